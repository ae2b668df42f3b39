import { serviceRule } from './rule';

export default serviceRule({
  id: 'failure-action-never',
  effect: 'advice',
  decidedBy: 'FailureAction',
  summary: '`FailureAction` can happen.',
  why: 'The share of failed tasks has to exceed `MaxFailureRatio`, so that at 1 nothing ever happens. And a rollback is never rolled back: with that action a failing rollback is reported as completed.',
  source: 'engine 28.5: update of a failing task reported as completed',
  covers: ['update-max-failure-ratio-one', 'rollback-config-action-rollback'],
  examples: { bad: 'UpdateConfig: { Parallelism: 1, MaxFailureRatio: 1, FailureAction: rollback }\n', good: 'UpdateConfig: { Parallelism: 1, MaxFailureRatio: 0.5, FailureAction: rollback }\n' },

  check(spec, { report }) {
    const { RollbackConfig } = spec;
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      const { MaxFailureRatio, FailureAction } = spec[name] ?? {};
      if (MaxFailureRatio !== 1 || FailureAction === 'continue') continue;
      report({
        at: [name, 'MaxFailureRatio'],
        message: '`MaxFailureRatio` is 1, which is 100 %, and `FailureAction` never happens, since the ratio has to be exceeded.',
        hint: 'If 1 % is meant, write `0.01`; if nothing is to happen, `FailureAction: continue`.',
      });
    }
    if (RollbackConfig?.FailureAction === 'rollback') {
      report({ at: ['RollbackConfig', 'FailureAction'], message: 'A rollback is never rolled back: a failing one is reported as completed.', hint: 'Write `pause` or `continue`.' });
    }
  },
});
