import { serviceRule } from './rule';

export default serviceRule({
  id: 'predefined-network',
  effect: 'refused',
  summary: 'A service cannot be attached to `ingress`, `none` or `docker_gwbridge`.',
  why: '`ingress` belongs to the routing mesh, and publishing a port attaches the service to it; `none` does not exist in a swarm, and `docker_gwbridge` is a bridge of each node. The engine answers 400 and 404.',
  source: 'engine 28.5: "Service cannot be explicitly attached to the ingress network", "could not find the corresponding predefined swarm network", "cannot be used with services. Only networks scoped to the swarm can be used"',
  covers: ['network-ingress-task-level', 'network-none'],
  examples: {
    bad: 'TaskTemplate:\n  Networks: [{ Target: ingress }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: host }]\n',
  },

  check({ TaskTemplate, Networks }, { report }) {
    const own = TaskTemplate?.Networks ?? [];
    // the list of the service counts only while the task has none; there the engine looks up `none`, but lets `ingress` through
    const [base, networks] = own.length > 0 ? [['TaskTemplate', 'Networks'], own] : [['Networks'], Networks ?? []];
    for (const [i, network] of networks.entries()) {
      if (network?.Target === 'none') {
        report({ at: [...base, i, 'Target'], message: 'There is no network `none` in a swarm, and the engine refuses the service.', hint: 'A service without `Networks` is attached to none but the default ones.' });
      } else if (network?.Target === 'docker_gwbridge') {
        report({ at: [...base, i, 'Target'], message: '`docker_gwbridge` is a bridge of each node, and the engine refuses it for services.', hint: 'Leave it out: every container with an overlay network is attached to it as well.' });
      } else if (network?.Target === 'ingress' && own.length > 0) {
        report({ at: [...base, i, 'Target'], message: 'A service cannot be attached to `ingress`, and the engine refuses it.', hint: 'Publish a port with `EndpointSpec.Ports`: that does it.' });
      }
    }
  },
});
