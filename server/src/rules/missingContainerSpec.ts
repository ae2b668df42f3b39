import { serviceRule } from './rule';

export default serviceRule({
  id: 'missing-container-spec',
  effect: 'refused',
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
    report({
      at: ['TaskTemplate'],
      part: 'key',
      message: `\`TaskTemplate.${needed}\` is missing, and the engine has nothing to run.`,
      hint: plugin ? 'A service with `Runtime: plugin` says which plugin in `PluginSpec`.' : 'It holds at least the `Image`.',
    });
  },
});
