import { serviceRule } from './rule';

export default serviceRule({
  id: 'oom-score-out-of-range',
  effect: 'never-runs',
  summary: '`OomScoreAdj` is from -1000 to 1000.',
  why: 'The engine stores any number, and nodes reject the task.',
  source: 'engine 28.5: task rejected, "range for oom score adj is [-1000, 1000]"',
  covers: ['oom-score-adj-range'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    OomScoreAdj: 1001\n', good: 'TaskTemplate:\n  ContainerSpec:\n    OomScoreAdj: -1000\n' },

  check({ TaskTemplate }, { report }) {
    const score = TaskTemplate?.ContainerSpec?.OomScoreAdj ?? 0;
    if (score >= -1000 && score <= 1000) return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'OomScoreAdj'], message: `\`OomScoreAdj\` is ${score}, and nodes reject a task outside of -1000 to 1000.` });
  },
});
