import { serviceRule } from './rule';

export default serviceRule({
  id: 'job-counts-missing',
  effect: 'changed',
  // the engine does what its documentation says
  severity: 'hint',
  decidedBy: 'MaxConcurrent',
  summary: 'A replicated job says `MaxConcurrent` and `TotalCompletions`.',
  why: 'Left out, `MaxConcurrent` is 1, and `TotalCompletions` is what `MaxConcurrent` is: a job that is to run ten tasks, two at a time, runs two.',
  source: 'engine 28.5: stored as 1 and as the value of MaxConcurrent',
  covers: ['job-defaults'],
  examples: { bad: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 2 }\n', good: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 10 }\n' },

  check({ Mode }, { report }) {
    const job = Mode?.ReplicatedJob;
    if (!job) return;
    const { MaxConcurrent = 1, TotalCompletions } = job;
    const at = ['Mode', 'ReplicatedJob'];
    if (TotalCompletions === undefined) {
      report({
        at,
        part: 'key',
        lacks: 'TotalCompletions',
        message: `\`TotalCompletions\` is missing, and the engine makes it ${MaxConcurrent}, ${job.MaxConcurrent === undefined ? 'as `MaxConcurrent` is when left out' : 'the value of `MaxConcurrent`'}.`,
        hint: 'Write how many tasks have to end well.',
        fix: { title: `Write \`TotalCompletions: ${MaxConcurrent}\``, safe: MaxConcurrent > 0, edits: [{ kind: 'set', at: [...at, 'TotalCompletions'], value: MaxConcurrent }] },
      });
    } else if (job.MaxConcurrent === undefined && TotalCompletions > 1) {
      report({
        at,
        part: 'key',
        lacks: 'MaxConcurrent',
        message: `\`MaxConcurrent\` is missing, and the ${TotalCompletions} tasks of the job run one after the other.`,
        fix: { title: 'Write `MaxConcurrent: 1`', safe: true, edits: [{ kind: 'set', at: [...at, 'MaxConcurrent'], value: 1 }] },
      });
    }
  },
});
