import { formatDuration } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'update-delay-unused',
  effect: 'advice',
  summary: '`Delay` comes with a `Parallelism` above 0.',
  why: 'It is the pause between one batch of tasks and the next. With `Parallelism` at 0 there is one batch.',
  source: 'engine 28.5: all replicas replaced at once',
  examples: { bad: 'UpdateConfig: { Parallelism: 0, Delay: 10000000000 }\n', good: 'UpdateConfig: { Parallelism: 2, Delay: 10000000000 }\n' },

  check(spec, { report }) {
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      const { Parallelism, Delay = 0 } = spec[name] ?? {};
      if (Parallelism === undefined || Number(Parallelism) !== 0 || Delay <= 0) continue;
      report({ at: [name, 'Delay'], message: `\`Delay\` is ${formatDuration(Delay)} and stands between nothing: \`Parallelism\` is 0, and all tasks are replaced at once.`, hint: 'Write `Parallelism: 1` to replace one after the other.' });
    }
  },
});
