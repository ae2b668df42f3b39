import { serviceRule } from './rule';

export default serviceRule({
  id: 'ingress-in-service-networks',
  effect: 'never-runs',
  summary: '`Networks` does not name `ingress`.',
  why: 'The engine looks for it in `TaskTemplate.Networks` only. The tasks stay in the state `new`, and from then on no service of the swarm gets an address for a published port until the manager is restarted.',
  source: 'engine 28.5: engine log "could not find an available IP while allocating VIP"',
  covers: ['network-ingress-service-level'],
  examples: { bad: 'Networks: [{ Target: ingress }]\n', good: 'TaskTemplate:\n  Networks: [{ Target: front }]\n' },

  check({ Networks, TaskTemplate }, { report }) {
    if (TaskTemplate?.Networks?.length) return;
    for (const [i, network] of (Networks ?? []).entries()) {
      if (network?.Target !== 'ingress') continue;
      report({
        at: ['Networks', i, 'Target'],
        message: 'Attaching a service to `ingress` stops the whole swarm from publishing ports until the manager is restarted.',
        hint: 'Publish a port with `EndpointSpec.Ports` instead.',
      });
    }
  },
});
