import type { SpecValue } from '../../document/value';
import { inside, listIn, type Live, liveRule, type OtherService } from '../liveRule';

export default liveRule({
  id: 'port-in-use',
  effect: 'refused',
  summary: 'No other service publishes the same port through the routing mesh.',
  why: 'A port in `ingress` mode is taken on every node, and no port of another service in either mode can have its number. The engine answers 400.',
  source: 'engines 20.10 and 28.5: "is already in use by service"',
  covers: ['port-conflict-ingress-ingress', 'port-conflict-host-vs-ingress', 'port-conflict-ingress-vs-host'],
  examples: {
    live: 'service: {}\nservices:\n  - { name: other, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 18080 }] } }\n',
    bad: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18080 }]\n',
    good: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18081 }]\n',
  },

  check({ EndpointSpec }, live, { report }) {
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (!port?.PublishedPort) continue;
      const taken = takenPorts(live).find(({ number, protocol, mode }) =>
        number === Number(port.PublishedPort) && protocol === (port.Protocol ?? 'tcp') && (mode === 'ingress' || (port.PublishMode ?? 'ingress') === 'ingress'));
      if (!taken) continue;
      report({
        at: ['EndpointSpec', 'Ports', i, 'PublishedPort'],
        message: `Port ${taken.number}/${taken.protocol} is published by service \`${taken.by}\` already, ${taken.mode === 'ingress' ? 'through the routing mesh on every node' : 'in `host` mode'}, and the engine refuses a second.`,
        hint: taken.chosen ? 'The engine chose the port for that service, since its spec names none.' : 'Publish another port.',
      });
    }
  },
});

interface TakenPort {
  readonly number: number;
  readonly protocol: string;
  readonly mode: string;
  readonly by: string;
  /** The engine chose the number. */
  readonly chosen: boolean;
}

/** The published ports of all other services. */
export function takenPorts({ service, services = [] }: Live): TakenPort[] {
  return services.filter(({ id }) => id !== service?.id).flatMap((other) => portsOf(other));
}

function portsOf({ name, spec, endpoint }: OtherService): TakenPort[] {
  const written = listIn(spec, 'EndpointSpec', 'Ports');
  const read = (list: readonly SpecValue[]) =>
    list.map((port) => ({ number: Number(inside(port, 'PublishedPort') ?? 0), protocol: String(inside(port, 'Protocol') || 'tcp'), mode: String(inside(port, 'PublishMode') || 'ingress') }));
  const own = read(written);
  const all = endpoint ? [...own, ...read(listIn(endpoint, 'Ports')).filter((port) => !own.some((one) => one.number === port.number && one.protocol === port.protocol))] : own;
  return all.filter(({ number }) => number > 0).map((port) => ({ ...port, by: name, chosen: !own.includes(port) }));
}
