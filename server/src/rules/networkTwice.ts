import { serviceRule } from './rule';

export default serviceRule({
  id: 'network-twice',
  effect: 'changed',
  summary: 'A network is listed once.',
  why: 'A second entry gives the service a second virtual IP on that network, and the container still has one attachment.',
  source: 'engine 28.5: two VIPs on one network',
  covers: ['network-attached-twice'],
  examples: { bad: 'TaskTemplate:\n  Networks: [{ Target: front }, { Target: front }]\n', good: 'TaskTemplate:\n  Networks: [{ Target: front }, { Target: back }]\n' },

  check({ TaskTemplate, Networks }, { report }) {
    for (const [base, networks] of [[['TaskTemplate', 'Networks'], TaskTemplate?.Networks], [['Networks'], Networks]] as const) {
      const seen = new Map<string, number>();
      for (const [i, network] of (networks ?? []).entries()) {
        if (!network?.Target) continue;
        const first = seen.get(network.Target);
        if (first === undefined) seen.set(network.Target, i);
        else report({ at: [...base, i], message: `\`${network.Target}\` is attached by \`Networks[${first}]\` already; this entry only takes a second virtual IP.` });
      }
    }
  },
});
