import { serviceRule } from './rule';

export default serviceRule({
  id: 'pids-not-limited',
  effect: 'advice',
  severity: 'warning',
  summary: '`Pids` is a positive number.',
  why: 'The engine stores a negative one, and nodes apply no limit.',
  source: 'engine 28.5: container runs with no pids limit',
  covers: ['pids-negative-means-unlimited'],
  examples: { bad: 'TaskTemplate:\n  Resources:\n    Limits: { Pids: -5 }\n', good: 'TaskTemplate:\n  Resources:\n    Limits: { Pids: 100 }\n' },

  check({ TaskTemplate }, { report }) {
    const pids = TaskTemplate?.Resources?.Limits?.Pids ?? 0;
    // -1 is how people write "no limit"
    if (pids >= -1) return;
    report({ at: ['TaskTemplate', 'Resources', 'Limits', 'Pids'], message: `\`Pids\` is ${pids}, and nodes apply no limit.`, hint: 'Write a positive number, or leave it out.' });
  },
});
