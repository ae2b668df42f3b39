import { serviceRule } from './rule';

export default serviceRule({
  id: 'job-without-tasks',
  effect: 'never-runs',
  // someone may want a job that waits
  severity: 'information',
  summary: 'A job runs at least one task.',
  why: 'Zero does not mean without a limit: with `MaxConcurrent` or `TotalCompletions` at 0 no task is ever created. Left out, they become 1 and the value of `MaxConcurrent`.',
  source: 'engine 28.5: no task is ever created',
  covers: ['job-max-concurrent-zero', 'job-total-completions-zero'],
  examples: { bad: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 0, TotalCompletions: 3 }\n', good: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 }\n' },

  check({ Mode }, { report }) {
    for (const name of ['MaxConcurrent', 'TotalCompletions'] as const) {
      if (Number(Mode?.ReplicatedJob?.[name] ?? 1) !== 0) continue;
      report({ at: ['Mode', 'ReplicatedJob', name], message: `\`${name}\` is 0, and the job never runs a task.`, hint: 'Write how many, or leave it out.' });
    }
  },
});
