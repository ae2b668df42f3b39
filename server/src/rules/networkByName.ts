import { serviceRule } from './rule';

/** Networks that every node has; they have no ID in the swarm. */
const NODE_NETWORKS = ['host', 'bridge', 'none', 'ingress', 'default', 'nat'];

export default serviceRule({
  id: 'network-by-name',
  effect: 'changed',
  // the way to do it: names are the same in every swarm
  severity: 'hint',
  summary: 'The engine stores the ID of a network in place of its name.',
  why: 'A spec that is read back differs from the file in `Target`, and a tool that compares the two sees a change where there is none. swarmspec compares by what they mean.',
  source: 'engine 28.5: stored as the full network ID',
  covers: ['network-target-rewritten-to-id'],
  examples: {
    bad: 'TaskTemplate:\n  Networks: [{ Target: frontend }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: host }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, network] of (TaskTemplate?.Networks ?? []).entries()) {
      const target = network?.Target ?? '';
      // 25 letters and digits are an ID
      if (!/^[A-Za-z0-9][\w.-]*$/.test(target) || /^[a-z0-9]{25}$/.test(target) || NODE_NETWORKS.includes(target)) continue;
      report({
        at: ['TaskTemplate', 'Networks', i, 'Target'],
        message: `The engine stores the ID of \`${target}\` here, so what it gives back differs from this file.`,
        hint: 'Keep the name: an ID is good for one swarm only.',
      });
    }
  },
});
