import { serviceRule } from './rule';

export default serviceRule({
  id: 'host-port-twice',
  effect: 'lost',
  // stored as it is; only one of the ports is bound
  severity: 'warning',
  summary: 'A target port is published in `host` mode once.',
  why: 'A container has one binding for a port and protocol. Of two entries in `host` mode only the last one is bound.',
  source: 'engine 28.5: only one binding exists in the container',
  covers: ['host-port-same-target-twice'],
  examples: {
    bad: 'EndpointSpec:\n  Ports:\n    - { TargetPort: 80, PublishedPort: 8080, PublishMode: host }\n    - { TargetPort: 80, PublishedPort: 8081, PublishMode: host }\n',
    good: 'EndpointSpec:\n  Ports:\n    - { TargetPort: 80, PublishedPort: 8080, PublishMode: host }\n    - { TargetPort: 80, PublishedPort: 8081 }\n',
  },

  check({ EndpointSpec }, { report }) {
    const last = new Map<string, number>();
    const ports = (EndpointSpec?.Ports ?? []).map((port, i) => ({ i, key: port?.PublishMode === 'host' ? `${port.TargetPort ?? 0}/${port.Protocol || 'tcp'}` : undefined }));
    for (const { i, key } of ports) if (key) last.set(key, i);
    for (const { i, key } of ports) {
      const winner = key === undefined ? i : last.get(key);
      if (winner === i) continue;
      report({ at: ['EndpointSpec', 'Ports', i], message: `\`Ports[${winner}]\` publishes \`${key}\` in \`host\` mode again, and nodes bind only that one.` });
    }
  },
});
