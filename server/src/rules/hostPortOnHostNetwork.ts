import { serviceRule } from './rule';

export default serviceRule({
  id: 'host-port-on-host-network',
  effect: 'lost',
  severity: 'warning',
  summary: 'A service on the network `host` publishes no ports.',
  why: 'The ports of the container are those of the node already. The engine stores the entry, and nodes discard it.',
  source: 'engine 28.5: no port mapping is made',
  covers: ['network-host-discards-host-ports'],
  examples: {
    bad: 'TaskTemplate:\n  Networks: [{ Target: host }]\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: host }]\n',
  },

  check({ TaskTemplate, EndpointSpec }, { report }) {
    if (!TaskTemplate?.Networks?.some((network) => network?.Target === 'host')) return;
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (port?.PublishMode !== 'host' || port.PublishedPort === port.TargetPort) continue;
      report({ at: ['EndpointSpec', 'Ports', i], message: `Nodes discard this mapping, since the service is on the network \`host\`: the port stays ${port.TargetPort ?? 0}.` });
    }
  },
});
