import { serviceRule } from './rule';

export default serviceRule({
  id: 'plugin-with-mode',
  effect: 'refused',
  summary: 'A service with `Runtime: plugin` is global.',
  why: 'A plugin is installed on every node. The engine sets `Mode.Global` itself, and answers 400 to any other mode.',
  source: 'engine 28.5: "plugins must not use replicated mode", "must specify only one service mode"',
  covers: ['runtime-plugin-replicated', 'runtime-plugin-job-mode'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec: null\n  Runtime: plugin\n  PluginSpec: { name: p, remote: "p:1" }\nMode:\n  Replicated: { Replicas: 1 }\n',
    good: 'TaskTemplate:\n  ContainerSpec: null\n  Runtime: plugin\n  PluginSpec: { name: p, remote: "p:1" }\nMode:\n  Global: {}\n',
  },

  check({ TaskTemplate, Mode = {} }, { report }) {
    if (TaskTemplate?.Runtime !== 'plugin' || !TaskTemplate.PluginSpec) return;
    for (const mode of ['Replicated', 'ReplicatedJob', 'GlobalJob'] as const) {
      if (!Mode[mode]) continue;
      report({
        at: ['Mode', mode],
        part: 'key',
        message: `A plugin cannot have the mode \`${mode}\`, since the engine installs it on every node.`,
        hint: 'Write `Global: {}`, or leave `Mode` out.',
        fix: Mode.Global ? undefined : { title: 'Make the service global', safe: false, edits: [{ kind: 'set', at: ['Mode'], value: { Global: {} } }] },
      });
    }
  },
});
