import { picking } from '../remember';
import { serviceRule } from './rule';

const nameless = picking((entry) => entry === '' || entry.startsWith('='));

export default serviceRule({
  id: 'env-without-name',
  effect: 'never-runs',
  summary: 'An entry of `Env` starts with the name of a variable.',
  why: 'The engine stores an empty entry, and one that starts with `=`. Nodes reject the task.',
  source: 'engine 28.5: task rejected, "invalid environment variable"',
  covers: ['env-empty-name'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["=value"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["A=value", "B="]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of nameless(TaskTemplate?.ContainerSpec?.Env ?? [])) {
      const at = ['TaskTemplate', 'ContainerSpec', 'Env', i];
      report({
        at,
        message: entry === '' ? 'This entry of `Env` is empty, and nodes reject the task.' : 'This variable has no name, and nodes reject the task.',
        hint: 'Write `NAME=value`.',
        fix: entry === '' ? { title: 'Remove the entry', safe: true, edits: [{ kind: 'remove', at }] } : undefined,
      });
    }
  },
});
