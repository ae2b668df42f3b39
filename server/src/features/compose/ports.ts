import { isObject, type SpecObject, type SpecValue } from '../../document/value';
import { compact, Source, toText } from './source';

/** The ports of a compose service, short forms and long ones, in the order in which the docker CLI sends them. */
export function toPorts(source: Source): SpecObject[] {
  const ports = source.list('ports').flatMap(({ value, at }) => (isObject(value) ? longPort(new Source(value, at, source.losses)) : shortPorts(value, at, source)));
  return ports.sort((a, b) => Number(a.PublishedPort ?? 0) - Number(b.PublishedPort ?? 0));
}

function longPort(port: Source): SpecObject[] {
  const target = port.number('target');
  const published = port.text('published');
  const mode = port.text('mode') ?? 'ingress';
  const protocol = port.text('protocol') ?? 'tcp';
  const name = port.text('name');
  port.rest({ host_ip: 'A swarm publishes on every address of a node.', app_protocol: 'A service has no such field, and nothing in the swarm reads it.' }, 'A published port has no such field.');
  if (target === undefined) {
    port.lose('target', 'A port without its target cannot be published, and is left out.');
    return [];
  }
  if (published !== undefined && !/^\d+$/.test(published)) {
    port.lose('published', `\`${published}\` is no single port. Write one entry for each.`);
    return [];
  }
  return [compact({ Name: name, Protocol: protocol, TargetPort: target, PublishedPort: published === undefined ? undefined : Number(published), PublishMode: mode })];
}

/** `80`, `8080:80/udp`, `3000-3001:4000-4001`, `127.0.0.1:8080:80`. */
function shortPorts(value: SpecValue, at: string, { losses }: Source): SpecObject[] {
  const text = toText(value) ?? '';
  const match = /^(?:(.*):)?(?:(\d+)(?:-(\d+))?)?:(\d+)(?:-(\d+))?(?:\/(\w+))?$|^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text);
  if (!match) {
    losses.push({ at, reason: `\`${text}\` is no port that can be read, and is left out.` });
    return [];
  }
  const [, address, hostFrom, hostTo, from, to, protocol, aloneFrom, aloneTo, aloneProtocol] = match;
  if (address) losses.push({ at, reason: `A swarm publishes on every address of a node, not on \`${address}\` alone.` });
  const targets = range(from ?? aloneFrom, to ?? aloneTo);
  const hosts = range(hostFrom, hostTo);
  if (hosts.length > 0 && targets.length > 1 && hosts.length !== targets.length) {
    losses.push({ at, reason: 'The two ranges differ in length, and are left out.' });
    return [];
  }
  const pairs = targets.length === 1 && hosts.length > 1 ? hosts.map((host) => [targets[0], host]) : targets.map((target, i) => [target, hosts[i]]);
  return pairs.map(([target, host]) => compact({ Protocol: (protocol ?? aloneProtocol ?? 'tcp').toLowerCase(), TargetPort: target, PublishedPort: host, PublishMode: 'ingress' }));
}

/** The ports from one to another; a range of more than 1000 is none that anybody means. */
function range(from: string | undefined, to: string | undefined): number[] {
  if (from === undefined) return [];
  const first = Number(from);
  const last = Math.min(Number(to ?? from), first + 999);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
