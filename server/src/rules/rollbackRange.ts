import { RollbackConfig as Facts } from '../facts/service/rollbackConfig';
import { insteadOfBare } from '../schema/bareNumber';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'rollback-range',
  effect: 'advice',
  severity: 'warning',
  summary: 'The numbers of `RollbackConfig` have the ranges of `UpdateConfig`.',
  why: 'The engine checks them in `UpdateConfig` only, and stores here what makes no sense: a negative pause, or a share of tasks outside of 0 to 1.',
  source: 'engine 28.5: MaxFailureRatio 5 and Delay -1 stored',
  covers: ['rollback-config-not-validated'],
  examples: { bad: 'RollbackConfig: { Parallelism: 1, Delay: -1 }\n', good: 'RollbackConfig: { Parallelism: 1, Delay: 0, MaxFailureRatio: 0.5 }\n' },

  check({ RollbackConfig }, { report }) {
    for (const name of ['Delay', 'Monitor'] as const) {
      const value = RollbackConfig?.[name] ?? 0;
      if (value < 0) report({ at: ['RollbackConfig', name], message: `\`${name}\` is ${value}, and the engine stores a negative duration without a word.` });
    }
    const ratio = RollbackConfig?.MaxFailureRatio ?? 0;
    if (ratio >= 0 && ratio <= 1) return;
    const at = ['RollbackConfig', 'MaxFailureRatio'];
    report({ at, message: `\`MaxFailureRatio\` is ${ratio}, and a share is from 0 to 1.`, ...insteadOfBare(ratio, Facts.fields.MaxFailureRatio, at) });
  },
});
