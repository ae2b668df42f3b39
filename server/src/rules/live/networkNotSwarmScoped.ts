import { liveRule } from '../liveRule';

export default liveRule({
  id: 'network-not-swarm-scoped',
  effect: 'refused',
  summary: 'Networks of a service span the swarm.',
  why: 'A network of a single node, such as a bridge made by `docker network create`, cannot carry tasks of other nodes. The engine answers 403.',
  source: 'engines 20.10 and 28.5: "cannot be used with services. Only networks scoped to the swarm can be used"',
  covers: ['network-not-swarm-scoped'],
  examples: {
    live: 'service: {}\nnetworks: [{ name: local-bridge, scope: local }, { name: app-net, scope: swarm }]\n',
    bad: 'TaskTemplate:\n  Networks: [{ Target: local-bridge }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: app-net }]\n',
  },

  check({ TaskTemplate, Networks }, { networks = [] }, { report }) {
    const own = TaskTemplate?.Networks ?? [];
    const [base, list] = own.length > 0 ? [['TaskTemplate', 'Networks'], own] : [['Networks'], Networks ?? []];
    for (const [i, network] of list.entries()) {
      const target = network?.Target ?? '';
      const found = networks.filter(({ id, name }) => id === target || name === target);
      // the networks that every node has are there twice: on the node, and under the same name in the swarm
      if (found.length === 0 || found.some(({ scope }) => scope === 'swarm') || target === 'none') continue;
      report({
        at: [...base, i, 'Target'],
        message: `\`${target}\` is a network of one node, and the engine refuses it for a service.`,
        hint: 'Use an overlay network: `docker network create --driver overlay NAME`.',
      });
    }
  },
});
