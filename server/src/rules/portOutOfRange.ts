import { serviceRule } from './rule';

export default serviceRule({
  id: 'port-out-of-range',
  effect: 'never-runs',
  summary: 'A port is at most 65535.',
  why: 'The engine stores any number of 32 bits. Tasks with such a port are rejected in `host` mode; in `ingress` mode they stay in the state `new`, or their traffic goes nowhere.',
  source: 'engine 28.5: "invalid port specification"; engine log "requested id does not belong to the set"',
  covers: ['published-port-above-65535-host', 'target-port-above-65535-host', 'published-port-above-65535-ingress', 'target-port-too-large-ingress'],
  examples: { bad: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 70000 }]\n', good: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 65535 }]\n' },

  check({ EndpointSpec }, { report }) {
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      for (const name of ['TargetPort', 'PublishedPort'] as const) {
        const number = port?.[name] ?? 0;
        if (number > 65535) report({ at: ['EndpointSpec', 'Ports', i, name], message: `\`${name}\` is ${number}, and ports end at 65535: the engine stores it, and it never works.` });
      }
    }
  },
});
