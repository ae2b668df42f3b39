import { count, formatDuration } from '../facts/units';
import { serviceRule } from './rule';

const DELAY_DEFAULT = 5_000_000_000;

/** So many attempts are meant to be as good as no limit. */
const NO_LIMIT = 1000;

export default serviceRule({
  id: 'attempts-never-reached',
  effect: 'changed',
  decidedBy: 'Condition',
  summary: '`MaxAttempts` restarts, one `Delay` apart, fit into `Window`.',
  why: 'Only the restarts within the last `Window` count. Where fewer than `MaxAttempts` fit into it, the limit is never reached, and a task that keeps failing is restarted for ever.',
  source: 'engine 28.5: restarts never stop with Delay 1 s, MaxAttempts 3 and Window 2 s or 3 s; stop with 30 s',
  covers: ['restart-window-defeats-max-attempts'],
  examples: {
    bad: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure, Delay: 10000000000, MaxAttempts: 5, Window: 30000000000 }\n',
    good: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure, Delay: 10000000000, MaxAttempts: 5, Window: 300000000000 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Condition, Delay = DELAY_DEFAULT, MaxAttempts = 0, Window = 0 } = TaskTemplate?.RestartPolicy ?? {};
    // a few nanoseconds are a mistake of their own
    if (Condition === 'none' || MaxAttempts <= 0 || MaxAttempts >= NO_LIMIT || Window < 1_000_000 || Delay < 0) return;
    const needed = BigInt(Delay) * BigInt(MaxAttempts);
    if (needed < BigInt(Window)) return;
    report({
      at: ['TaskTemplate', 'RestartPolicy', 'Window'],
      computesWith: [['TaskTemplate', 'RestartPolicy', 'Delay']],
      message: `\`Window\` is ${formatDuration(Window)}, and ${count(MaxAttempts, 'restart')} with a \`Delay\` of ${formatDuration(Delay)} ${Number(MaxAttempts) === 1 ? 'takes' : 'take'} ${formatDuration(needed)}: \`MaxAttempts\` is never reached, and restarts never stop.`,
      hint: `Write a \`Window\` well above \`${needed}\`, or leave it out to count every restart.`,
    });
  },
});
