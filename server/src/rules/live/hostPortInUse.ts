import { eligibleNodes, liveRule } from '../liveRule';
import { takenPorts } from './portInUse';

export default liveRule({
  id: 'host-port-in-use',
  effect: 'never-runs',
  summary: 'A port in `host` mode is free on the nodes that the tasks may get.',
  why: 'Two services may publish the same port in `host` mode, on different nodes. A task that finds no node with the port free stays pending.',
  source: 'engines 20.10 and 28.5: task pending, "host-mode port already in use on 1 node"',
  covers: ['port-conflict-host-host'],
  examples: {
    live: 'services:\n  - { name: other, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 18080, PublishMode: host }] } }\n',
    bad: 'Name: demo2\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18080, PublishMode: host }]\n',
    good: 'Name: demo2\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18081, PublishMode: host }]\n',
  },

  check(spec, live, { report }) {
    const nodes = eligibleNodes(live, spec)?.length;
    for (const [i, port] of (spec.EndpointSpec?.Ports ?? []).entries()) {
      if (port?.PublishMode !== 'host' || !port.PublishedPort) continue;
      const taken = takenPorts(live).find((other) => other.mode === 'host' && other.number === Number(port.PublishedPort) && other.protocol === (port.Protocol ?? 'tcp'));
      if (!taken) continue;
      report({
        at: ['EndpointSpec', 'Ports', i, 'PublishedPort'],
        message: `Service \`${taken.by}\` publishes port ${taken.number}/${taken.protocol} in \`host\` mode too: on a node with a task of it, a task of this service finds no place${nodes === 1 ? ', and there is 1 node that may get a task' : ''}.`,
        hint: 'Publish another port, or keep the two services on different nodes by constraints.',
      });
    }
  },
});
