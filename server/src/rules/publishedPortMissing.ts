import { serviceRule } from './rule';

export default serviceRule({
  id: 'published-port-missing',
  effect: 'changed',
  // sometimes any port will do
  severity: 'information',
  decidedBy: 'PublishMode',
  summary: 'A port in `ingress` mode says its `PublishedPort`.',
  why: 'Left out or 0, the engine picks one from 30000 to 32767, which nobody knows before, and another one when `TargetPort`, `Protocol` or `Name` of the entry changes.',
  source: 'engine 28.5: dynamic port assigned',
  covers: ['published-port-missing-ingress'],
  examples: { bad: 'EndpointSpec:\n  Ports: [{ TargetPort: 80 }]\n', good: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080 }]\n' },

  check({ EndpointSpec }, { report }) {
    // with `dnsrr` the engine refuses the port, and without a target it leads nowhere
    if (EndpointSpec?.Mode === 'dnsrr') return;
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (!port?.TargetPort || port.PublishedPort || port.PublishMode === 'host') continue;
      report({
        at: ['EndpointSpec', 'Ports', i],
        lacks: 'PublishedPort',
        message: `\`TargetPort\` ${port.TargetPort} has no \`PublishedPort\`: the engine picks one from 30000 to 32767.`,
        hint: 'Write the port to listen on. Other services on the same network need none.',
      });
    }
  },
});
