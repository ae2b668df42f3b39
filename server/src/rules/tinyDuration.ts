import type { Int } from '../facts/serviceSpec';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'tiny-duration',
  effect: 'changed',
  summary: 'A duration counts nanoseconds.',
  why: 'A small number is seconds or milliseconds written as such. The engine takes it for next to nothing: a failing task restarts in a loop, `MaxAttempts` is never reached, an update counts as complete before a crash can be noticed.',
  source: 'engine 28.5: restart loop without a pause; update of a crashing task reported as completed',
  covers: ['restart-delay-unit', 'restart-window-defeats-max-attempts', 'update-monitor-unit'],
  examples: { bad: 'TaskTemplate:\n  RestartPolicy: { Delay: 5 }\n', good: 'TaskTemplate:\n  RestartPolicy: { Delay: 5000000000, Window: 0 }\n' },

  check({ TaskTemplate, UpdateConfig, RollbackConfig }, { report }) {
    const durations: readonly (readonly [readonly string[], Int | undefined])[] = [
      [['TaskTemplate', 'RestartPolicy', 'Delay'], TaskTemplate?.RestartPolicy?.Delay],
      [['TaskTemplate', 'RestartPolicy', 'Window'], TaskTemplate?.RestartPolicy?.Window],
      [['UpdateConfig', 'Delay'], UpdateConfig?.Delay],
      [['UpdateConfig', 'Monitor'], UpdateConfig?.Monitor],
      [['RollbackConfig', 'Delay'], RollbackConfig?.Delay],
      [['RollbackConfig', 'Monitor'], RollbackConfig?.Monitor],
    ];
    for (const [at, value] of durations) {
      // 1 is how people write the smallest duration there is
      if (value === undefined || value <= 1 || value >= 1_000_000) continue;
      // a second written as such is below a thousand; 30000 will be milliseconds
      const meant = Number(value) * (value < 1000 ? 1_000_000_000 : 1_000_000);
      report({
        at,
        message: `\`${at[at.length - 1]}\` is ${value} ns, which is next to nothing: the engine counts nanoseconds.`,
        hint: `If ${value} ${value < 1000 ? 'seconds' : 'milliseconds'} are meant, write \`${meant}\`.`,
        fix: { title: `Write \`${meant}\``, safe: false, edits: [{ kind: 'set', at, value: meant }] },
      });
    }
  },
});
