import { isPlainObject, leavesOf } from '../grammar/leaves';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'unused-runtime-spec',
  effect: 'lost',
  summary: 'A task has the one spec that belongs to its `Runtime`.',
  why: 'The engine stores `ContainerSpec` for containers and `PluginSpec` for plugins, and throws the other one away. Of a plugin it throws `Limits.Pids` away too.',
  source: 'engine 28.5: absent in GET',
  covers: ['runtime-extra-spec-dropped'],
  examples: {
    bad: 'TaskTemplate:\n  PluginSpec: { name: p, remote: "p:1" }\n',
    good: 'TaskTemplate:\n  Runtime: container\n',
  },

  check({ TaskTemplate }, { report }) {
    if (!TaskTemplate) return;
    const plugin = TaskTemplate.Runtime === 'plugin';
    const [used, unused] = plugin ? (['PluginSpec', 'ContainerSpec'] as const) : (['ContainerSpec', 'PluginSpec'] as const);
    const lost = TaskTemplate[unused];
    const pids = TaskTemplate.Resources?.Limits?.Pids;
    if (plugin && TaskTemplate.PluginSpec && pids) {
      const at = ['TaskTemplate', 'Resources', 'Limits', 'Pids'];
      report({ at, part: 'key', message: 'The engine throws `Pids` away for a plugin.', hint: 'The other limits are kept.', fix: { title: 'Remove `Pids`', safe: false, edits: [{ kind: 'remove', at }] } });
    }
    // without the right spec the service is refused, and that is what to say
    if (!TaskTemplate[used] || !isPlainObject(lost)) return;
    const at = ['TaskTemplate', unused];
    for (const below of leavesOf(lost)) {
      report({
        at: [...at, ...below],
        part: 'key',
        message: `The engine throws \`${unused}\` away${plugin ? ' next to `Runtime: plugin`' : ', since this service runs containers'}.`,
        hint: plugin ? 'Remove it.' : 'Remove it, or write `Runtime: plugin` and remove `ContainerSpec`.',
        fix: { title: `Remove \`${unused}\``, safe: false, edits: [{ kind: 'remove', at }] },
      });
    }
  },
});
