import { isTiny } from '../facts/bareNumbers';
import { RestartPolicy } from '../facts/service/restartPolicy';
import { RollbackConfig } from '../facts/service/rollbackConfig';
import { UpdateConfig } from '../facts/service/updateConfig';
import type { Int } from '../facts/serviceSpec';
import type { Field } from '../facts/types';
import { insteadOfBare } from '../schema/bareNumber';
import { serviceRule, SMALLEST } from './rule';

const RESTART = RestartPolicy.fields;
const UPDATE = UpdateConfig.fields;
const ROLLBACK = RollbackConfig.fields;

export default serviceRule({
  id: 'tiny-duration',
  effect: 'changed',
  summary: 'A duration counts nanoseconds.',
  why: 'A small number is seconds or milliseconds written as such. The engine takes it for next to nothing: a failing task restarts in a loop, `MaxAttempts` is never reached, an update counts as complete before a crash can be noticed.',
  source: 'engine 28.5: restart loop without a pause; update of a crashing task reported as completed',
  covers: ['restart-delay-unit', 'restart-window-defeats-max-attempts', 'update-monitor-unit'],
  examples: { bad: 'TaskTemplate:\n  RestartPolicy: { Delay: 5 }\n', good: 'TaskTemplate:\n  RestartPolicy: { Delay: 5000000000, Window: 0 }\n' },

  check({ TaskTemplate, UpdateConfig, RollbackConfig }, { report }) {
    const restart = TaskTemplate?.RestartPolicy;
    const durations: readonly (readonly [readonly string[], Int | undefined, Field])[] = [
      [['TaskTemplate', 'RestartPolicy', 'Delay'], restart?.Delay, RESTART.Delay],
      [['TaskTemplate', 'RestartPolicy', 'Window'], restart?.Window, RESTART.Window],
      [['UpdateConfig', 'Delay'], UpdateConfig?.Delay, UPDATE.Delay],
      [['UpdateConfig', 'Monitor'], UpdateConfig?.Monitor, UPDATE.Monitor],
      [['RollbackConfig', 'Delay'], RollbackConfig?.Delay, ROLLBACK.Delay],
      [['RollbackConfig', 'Monitor'], RollbackConfig?.Monitor, ROLLBACK.Monitor],
    ];
    for (const [at, value, field] of durations) {
      if (value === undefined || !isTiny(value, field)) continue;
      report({
        at,
        severity: Number(value) === 1 ? SMALLEST : undefined,
        message: `\`${at[at.length - 1]}\` is ${value} ns, which is next to nothing: the engine counts nanoseconds.`,
        ...insteadOfBare(value, field, at),
      });
    }
  },
});
