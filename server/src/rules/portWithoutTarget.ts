import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'port-without-target',
  effect: 'advice',
  severity: 'warning',
  summary: 'A published port has a `TargetPort`.',
  why: 'The engine accepts an entry without one, the tasks run, and the traffic goes nowhere.',
  source: 'engine 28.5: stored without TargetPort',
  covers: ['target-port-missing-or-out-of-range'],
  examples: { bad: 'EndpointSpec:\n  Ports: [{ PublishedPort: 8080 }]\n', good: 'EndpointSpec:\n  Ports: [{ PublishedPort: 8080, TargetPort: 80 }]\n' },

  check({ EndpointSpec }, { report }) {
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (!port || port.TargetPort) continue;
      report({ at: ['EndpointSpec', 'Ports', i], lacks: port.TargetPort === undefined ? 'TargetPort' : undefined, severity: port.TargetPort === undefined ? LEFT_OUT : undefined, message: 'This port has no `TargetPort`, and its traffic goes nowhere.', hint: 'Write the port the container listens on.' });
    }
  },
});
