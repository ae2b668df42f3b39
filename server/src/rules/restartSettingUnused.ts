import { count, formatDuration } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'restart-setting-unused',
  effect: 'advice',
  decidedBy: 'Condition',
  summary: '`MaxAttempts` and `Window` come with restarts, and `Window` with `MaxAttempts`.',
  why: 'With `Condition: none` nothing is restarted, so that there is nothing to count. And `Window` says which restarts count towards `MaxAttempts`: without a limit none do.',
  source: 'engine 28.5: stored; one task, no restart',
  examples: {
    bad: 'TaskTemplate:\n  RestartPolicy: { Condition: none, MaxAttempts: 3 }\n',
    good: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure, MaxAttempts: 3, Window: 120000000000 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Condition, MaxAttempts = 0, Window = 0 } = TaskTemplate?.RestartPolicy ?? {};
    const at = ['TaskTemplate', 'RestartPolicy'];
    if (Condition === 'none' && MaxAttempts > 0) {
      report({ at: [...at, 'MaxAttempts'], message: `\`MaxAttempts\` is ${MaxAttempts} and has no effect: \`Condition\` is \`none\`, and nothing is restarted.`, hint: `Write \`Condition: on-failure\` for up to ${count(MaxAttempts, 'restart')}.` });
    }
    if (Window <= 0 || (Condition !== 'none' && MaxAttempts > 0)) return;
    report({ at: [...at, 'Window'], computesWith: [[...at, 'MaxAttempts']], message: `\`Window\` is ${formatDuration(Window)} and has no effect: ${Condition === 'none' ? '`Condition` is `none`, and nothing is restarted' : 'there is no `MaxAttempts` that restarts could count towards'}.` });
  },
});
