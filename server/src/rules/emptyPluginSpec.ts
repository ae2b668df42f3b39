import { serviceRule } from './rule';

export default serviceRule({
  id: 'empty-plugin-spec',
  effect: 'refused',
  summary: '`PluginSpec` says which plugin to install.',
  why: 'With nothing but empty values in it the engine has nothing to hand to the nodes, and answers 400. With one value too few it accepts the service, and the nodes fail.',
  source: 'engine 28.5: "Generic runtime has an empty payload"',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec: null\n  Runtime: plugin\n  PluginSpec: {}\n',
    good: 'TaskTemplate:\n  ContainerSpec: null\n  Runtime: plugin\n  PluginSpec: { name: p, remote: "p:1" }\n',
  },

  check({ TaskTemplate }, { report }) {
    const plugin = TaskTemplate?.PluginSpec;
    if (TaskTemplate?.Runtime !== 'plugin' || !plugin) return;
    // the engine counts the bytes of the protobuf message, which leaves out every zero value
    if (plugin.name || plugin.remote || plugin.disabled || plugin.privileges?.length || plugin.env?.length) return;
    report({ at: ['TaskTemplate', 'PluginSpec'], part: 'key', message: '`PluginSpec` holds nothing, and the engine refuses a plugin service without `name` and `remote`.' });
  },
});
