import { liveRule } from '../liveRule';

export default liveRule({
  id: 'plugin-needs-experimental',
  effect: 'refused',
  summary: 'A plugin service runs on engines with experimental features.',
  why: 'Without them the engine answers 500.',
  source: 'engines 20.10 and 28.5: "only supported in experimental"',
  covers: ['runtime-plugin-not-experimental'],
  examples: {
    live: 'experimental: false\n',
    bad: 'Name: demo2\nMode: { Global: {} }\nTaskTemplate:\n  Runtime: plugin\n  ContainerSpec: null\n  PluginSpec: { Name: p, Remote: "p:1" }\n',
    good: 'Name: demo2\n',
  },

  check({ TaskTemplate }, { experimental }, { report }) {
    if (TaskTemplate?.Runtime !== 'plugin' || experimental) return;
    report({ at: ['TaskTemplate', 'Runtime'], message: 'This engine runs without experimental features, and refuses plugin services.', hint: 'Start the engine with `"experimental": true`.' });
  },
});
