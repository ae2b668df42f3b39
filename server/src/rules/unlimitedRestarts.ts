import { formatDuration } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'unlimited-restarts',
  effect: 'changed',
  // it is also how the engine writes the default
  severity: 'hint',
  decidedBy: 'Condition',
  summary: '`MaxAttempts: 0` means no limit.',
  why: 'Zero is the default and does not mean that nothing is restarted: that is `Condition: none`.',
  source: 'engine 28.5: restarts without limit',
  covers: ['restart-max-attempts-zero'],
  examples: { bad: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure, MaxAttempts: 0 }\n', good: 'TaskTemplate:\n  RestartPolicy: { Condition: none }\n' },

  check({ TaskTemplate }, { report }) {
    const { Condition, MaxAttempts, Delay = 5_000_000_000 } = TaskTemplate?.RestartPolicy ?? {};
    if (MaxAttempts === undefined || Number(MaxAttempts) !== 0 || Condition === 'none') return;
    report({
      at: ['TaskTemplate', 'RestartPolicy', 'MaxAttempts'],
      computesWith: [['TaskTemplate', 'RestartPolicy', 'Delay']],
      message: `\`MaxAttempts\` is 0, which is no limit: a task that keeps failing is restarted ${Delay > 0 ? `every ${formatDuration(Delay)}` : 'at once'} for ever.`,
      hint: 'Write `Condition: none` for no restarts, or a number for that many.',
    });
  },
});
