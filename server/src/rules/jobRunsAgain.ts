import { serviceRule } from './rule';

export default serviceRule({
  id: 'job-runs-again',
  effect: 'changed',
  // what a job is for, once one knows
  severity: 'hint',
  summary: 'What changes without the job, such as labels, is not part of its spec.',
  why: 'Any update of a job runs all of it again, even one that changes a label or nothing. Labels of other services can change without a task noticing.',
  source: 'engine 28.5: JobIteration grows with every update',
  covers: ['job-any-update-reruns'],
  examples: {
    bad: 'Labels: { owner: team-a }\nMode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 10 }\n',
    good: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 10 }\n',
  },

  check({ Mode, Labels }, { report }) {
    const job = Mode?.ReplicatedJob;
    if (!job && !Mode?.GlobalJob) return;
    const tasks = job ? (job.TotalCompletions ?? job.MaxConcurrent ?? 1) : undefined;
    const again = tasks === undefined ? 'on every node' : Number(tasks) === 1 ? 'with its 1 task' : `with its ${tasks} tasks`;
    if (Labels && Object.keys(Labels).length > 0) {
      report({ at: ['Labels'], part: 'key', computesWith: ['TotalCompletions', 'MaxConcurrent'].map((name) => ['Mode', 'ReplicatedJob', name]), message: `These labels are on a job: changing one runs it again ${again}.`, hint: 'Keep what changes often out of the spec of a job.' });
    }
  },
});
