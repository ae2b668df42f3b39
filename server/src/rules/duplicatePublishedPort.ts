import { serviceRule } from './rule';

export default serviceRule({
  id: 'duplicate-published-port',
  effect: 'refused',
  summary: 'A published port is given once for each protocol.',
  why: 'Two entries with the same `PublishedPort` and `Protocol` contradict each other, even where one is in `host` mode. The engine answers 400. A protocol it does not know counts as `tcp`.',
  source: 'engine 28.5: "duplicate published ports provided"',
  covers: ['ports-duplicate-published'],
  examples: {
    bad: 'EndpointSpec:\n  Ports:\n    - { TargetPort: 80, PublishedPort: 8080 }\n    - { TargetPort: 81, PublishedPort: 8080, PublishMode: host }\n',
    good: 'EndpointSpec:\n  Ports:\n    - { TargetPort: 80, PublishedPort: 8080 }\n    - { TargetPort: 81, PublishedPort: 8080, Protocol: udp }\n    - { TargetPort: 82 }\n    - { TargetPort: 83 }\n',
  },

  check({ EndpointSpec }, { report }) {
    const seen = new Map<string, number>();
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (!port?.PublishedPort) continue;
      const key = `${port.PublishedPort}/${port.Protocol || 'tcp'}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, i);
        continue;
      }
      // where only one of them says its protocol, the other may have meant another one
      const blamed = port.Protocol && !EndpointSpec?.Ports?.[first]?.Protocol ? first : i;
      report({
        at: ['EndpointSpec', 'Ports', blamed],
        goesBy: [first, i].map((index) => ['EndpointSpec', 'Ports', index, 'Protocol']),
        message: `\`${key}\` is published by \`Ports[${first}]\` and by \`Ports[${i}]\`, and the engine refuses a \`PublishedPort\` that two entries share with the same \`Protocol\`.`,
      });
    }
  },
});
