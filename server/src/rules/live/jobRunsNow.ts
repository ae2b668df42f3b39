import { count } from '../../facts/units';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'job-runs-now',
  effect: 'changed',
  summary: 'An update of a job runs it again.',
  why: 'The tasks of a job that are still running are stopped, and all of it is run from the beginning, whatever has changed, a label included.',
  source: 'engines 20.10 and 28.5: JobIteration grows with every update',
  covers: ['job-any-update-reruns'],
  examples: {
    live: 'service:\n  Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }\n',
    bad: 'Labels: { a: b }\nMode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }\n',
    good: 'Name: demo2\n',
  },

  check({ Mode }, { service }, { report }) {
    const job = Mode?.ReplicatedJob;
    if (!service || (!job && !Mode?.GlobalJob)) return;
    const tasks = job ? count(job.TotalCompletions ?? job.MaxConcurrent ?? 1, 'task') : 'a task on every node';
    report({ at: ['Mode'], part: 'key', message: `This service is a job, and the update runs it again from the beginning: ${tasks}.` });
  },
});
