import { isPlainObject, leavesOf } from '../grammar/leaves';
import type { ServiceSpec } from '../facts/serviceSpec';
import { type RuleProblem, serviceRule } from './rule';

export default serviceRule({
  id: 'unused-runtime-spec',
  effect: 'lost',
  decidedBy: 'Runtime',
  summary: 'A task has the one spec that belongs to its `Runtime`.',
  why: 'The engine stores `ContainerSpec` for containers and `PluginSpec` for plugins, and throws the other one away. Of a plugin it throws `Limits.Pids` away too.',
  source: 'engine 28.5: absent in GET',
  covers: ['runtime-extra-spec-dropped'],
  examples: {
    bad: 'TaskTemplate:\n  PluginSpec: { name: p, remote: "p:1" }\n',
    good: 'TaskTemplate:\n  Runtime: container\n',
  },

  check(spec, { report }) {
    const { TaskTemplate } = spec;
    if (!TaskTemplate) return;
    const plugin = TaskTemplate.Runtime === 'plugin';
    const pids = TaskTemplate.Resources?.Limits?.Pids;
    if (plugin && TaskTemplate.PluginSpec && pids) {
      const at = ['TaskTemplate', 'Resources', 'Limits', 'Pids'];
      report({ at, part: 'key', message: 'The engine throws `Pids` away for a plugin.', hint: 'The other limits are kept.', fix: { title: 'Remove `Pids`', safe: false, edits: [{ kind: 'remove', at }] } });
    }
    const unused = unusedSpec(spec);
    const lost = unused && TaskTemplate[unused];
    if (!unused || !isPlainObject(lost)) return;
    for (const below of leavesOf(lost)) report({ at: ['TaskTemplate', unused, ...below], ...thrownAway(unused) });
  },
});

/** The spec that the engine throws away. Without the right one the service is refused, and that is what to say. */
export function unusedSpec({ TaskTemplate }: ServiceSpec): 'ContainerSpec' | 'PluginSpec' | undefined {
  const [used, unused] = TaskTemplate?.Runtime === 'plugin' ? (['PluginSpec', 'ContainerSpec'] as const) : (['ContainerSpec', 'PluginSpec'] as const);
  return TaskTemplate?.[used] === undefined ? undefined : unused;
}

/** What is to say of each value in it. */
export function thrownAway(unused: 'ContainerSpec' | 'PluginSpec'): Omit<RuleProblem, 'at'> {
  const plugin = unused === 'ContainerSpec';
  return {
    part: 'key',
    message: `The engine throws \`${unused}\` away${plugin ? ' next to `Runtime: plugin`' : ', since this service runs containers'}.`,
    hint: plugin ? 'Remove it.' : 'Remove it, or write `Runtime: plugin` and remove `ContainerSpec`.',
    fix: { title: `Remove \`${unused}\``, safe: false, edits: [{ kind: 'remove', at: ['TaskTemplate', unused] }] },
  };
}
