import { serviceRule } from './rule';

export default serviceRule({
  id: 'missing-container-spec',
  effect: 'refused',
  decidedBy: 'Runtime',
  wholeSpec: true,
  summary: 'A task runs a container, so `TaskTemplate.ContainerSpec` must be there (or `PluginSpec`, with `Runtime: plugin`).',
  why: 'Without it the engine cannot tell what to run, and answers 400. It says the same of an empty body and of a whole inspect object.',
  source: 'engine 28.5: "mismatched Runtime and *Spec fields"',
  covers: ['body-empty', 'body-service-object', 'runtime-missing-container-spec', 'runtime-plugin-without-spec'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec: null\n  Placement: {}\n', good: 'TaskTemplate:\n  Placement: {}\n' },

  check({ TaskTemplate = {} }, { report }) {
    const plugin = TaskTemplate.Runtime === 'plugin';
    const needed = plugin ? 'PluginSpec' : 'ContainerSpec';
    if (TaskTemplate[needed] !== undefined) return;
    const at = ['TaskTemplate'];
    if (!plugin && TaskTemplate.PluginSpec !== undefined) {
      report({
        at, part: 'key', message: 'There is a `PluginSpec`, but `Runtime` is not `plugin`, and without a `ContainerSpec` the engine has nothing to run.',
        fix: { title: 'Write `Runtime: plugin`', safe: false, edits: [{ kind: 'set', at: [...at, 'Runtime'], value: 'plugin' }] },
      });
      return;
    }
    report({
      at, part: 'key', computesWith: [['TaskTemplate']], message: `\`TaskTemplate.${needed}\` is missing, and the engine has nothing to run${plugin ? ' with `Runtime: plugin`' : ''}.`,
      hint: plugin ? 'It says which plugin.' : 'It holds at least the `Image`.',
    });
  },
});
