import { serviceRule } from './rule';

export default serviceRule({
  id: 'unused-in-mode',
  effect: 'advice',
  summary: 'A job has no `RollbackConfig` and no restarts after success, a global service no `MaxReplicas`.',
  why: 'The engine stores them, and they have no effect.',
  source: 'engine 28.5: stored; one task, state complete, no restart',
  covers: ['job-with-rollback-config', 'job-restart-any', 'max-replicas-with-global'],
  examples: {
    bad: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 }\nRollbackConfig: { Parallelism: 1 }\n',
    good: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 }\nTaskTemplate:\n  RestartPolicy: { Condition: on-failure }\n',
  },

  check({ Mode, RollbackConfig, TaskTemplate }, { report }) {
    const job = Mode?.ReplicatedJob !== undefined || Mode?.GlobalJob !== undefined;
    if (job && RollbackConfig) {
      report({ at: ['RollbackConfig'], part: 'key', message: '`RollbackConfig` has no effect on a job, which never rolls back.', fix: { title: 'Remove `RollbackConfig`', safe: false, edits: [{ kind: 'remove', at: ['RollbackConfig'] }] } });
    }
    if (job && TaskTemplate?.RestartPolicy?.Condition === 'any') {
      report({ at: ['TaskTemplate', 'RestartPolicy', 'Condition'], message: '`any` is `on-failure` to a job: a task that ends well is not started again.' });
    }
    if ((Mode?.Global || Mode?.GlobalJob) && TaskTemplate?.Placement?.MaxReplicas) {
      report({ at: ['TaskTemplate', 'Placement', 'MaxReplicas'], part: 'key', message: '`MaxReplicas` has no effect on a global service, which runs one task on each node.' });
    }
  },
});
