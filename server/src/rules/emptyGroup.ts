import { serviceRule } from './rule';

export default serviceRule({
  id: 'empty-group',
  effect: 'crashes-engine',
  // some builds fail the task and live on
  severity: 'warning',
  summary: 'An entry of `Groups` names a group.',
  why: 'The engine accepts an empty entry. When the task starts, it panics or the task fails, depending on its build, and so again on every restart.',
  source: 'engine 28.5: "invalid memory address or nil pointer dereference"',
  covers: ['groups-empty-string'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Groups: [""]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Groups: [audio, "1001"]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, group] of (TaskTemplate?.ContainerSpec?.Groups ?? []).entries()) {
      if (group !== '') continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Groups', i];
      report({
        at,
        message: 'An empty entry in `Groups` fails the task when it starts, and takes down the engine of the node with it in some builds.',
        fix: { title: 'Remove the entry', safe: true, edits: [{ kind: 'remove', at }] },
      });
    }
  },
});
