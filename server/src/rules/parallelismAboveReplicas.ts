import { count, formatDuration } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'parallelism-above-replicas',
  effect: 'advice',
  summary: '`Parallelism` is not above the number of `Replicas`.',
  why: 'All tasks are then replaced at once, and `Delay` has nothing to stand between.',
  source: 'engine 28.5: stored',
  examples: {
    bad: 'Mode:\n  Replicated: { Replicas: 3 }\nUpdateConfig: { Parallelism: 5, Delay: 10000000000 }\n',
    good: 'Mode:\n  Replicated: { Replicas: 3 }\nUpdateConfig: { Parallelism: 1, Delay: 10000000000 }\n',
  },

  check(spec, { report }) {
    const replicas = spec.Mode?.Replicated?.Replicas;
    // a service at zero has been stopped for a while
    if (!replicas) return;
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      const { Parallelism = 0, Delay = 0 } = spec[name] ?? {};
      if (Parallelism <= replicas) continue;
      report({
        at: [name, 'Parallelism'],
        computesWith: [[name, 'Delay']],
        message: `\`Parallelism\` is ${Parallelism}, and there ${Number(replicas) === 1 ? 'is' : 'are'} ${count(replicas, 'replica')}: all of them are replaced at once${Delay > 0 ? `, with no \`Delay\` of ${formatDuration(Delay)} between them` : ''}.`,
        hint: Number(replicas) === 1 ? 'Write `Parallelism: 1`.' : `Write less than ${replicas} to keep some running, or \`0\` where all at once is meant.`,
      });
    }
  },
});
