import { nearest } from '../../schema/nearest';
import type { Path } from '../../path';
import { eligibleNodes, inside, listIn, type Live, liveRule } from '../liveRule';

export default liveRule({
  id: 'plugin-missing-on-nodes',
  effect: 'never-runs',
  summary: 'Some node has the log driver and the volume drivers.',
  why: 'Tasks are placed on nodes with every plugin that they name. Without such a node they stay pending.',
  source: 'engines 20.10 and 28.5: task pending, "missing plugin on 1 node"',
  covers: ['mount-volume-driver-unknown', 'log-driver-unknown'],
  examples: {
    live: 'nodes: [{ plugins: { Log: [json-file, local], Volume: [local] } }]\n',
    bad: 'TaskTemplate:\n  LogDriver: { Name: nosuchdriver }\n',
    good: 'TaskTemplate:\n  LogDriver: { Name: json-file }\n',
  },

  check(spec, live, { report }) {
    const { LogDriver, ContainerSpec } = spec.TaskTemplate ?? {};
    const log = LogDriver?.Name;
    // these two are no plugins
    if (log && log !== 'none' && log !== 'default') look('Log', 'log driver', log, ['TaskTemplate', 'LogDriver', 'Name']);
    for (const [i, mount] of (ContainerSpec?.Mounts ?? []).entries()) {
      const driver = mount?.VolumeOptions?.DriverConfig?.Name;
      if (driver && mount?.Type === 'volume') look('Volume', 'volume driver', driver, ['TaskTemplate', 'ContainerSpec', 'Mounts', i, 'VolumeOptions', 'DriverConfig', 'Name']);
    }

    function look(type: string, what: string, name: string, at: Path): void {
      const nodes = eligibleNodes(live, spec)?.map((node) => pluginsOf(node, type)) ?? [];
      // the plugin of a node may carry the tag of its image; a node that lists none does not tell
      if (nodes.length === 0 || nodes.some((plugins) => plugins.length === 0 || plugins.some((one) => one === name || one === `${name}:latest`))) return;
      const near = nearest(name, nodes.flat());
      report({ at, message: `No node that may get a task has the ${what} \`${name}\`, and the tasks stay pending.${near ? ` Did you mean \`${near}\`?` : ''}`, hint: `The nodes have ${[...new Set(nodes.flat())].map((one) => `\`${one}\``).join(', ')}.` });
    }
  },
});

function pluginsOf({ raw }: NonNullable<Live['nodes']>[number], type: string): string[] {
  return listIn(raw, 'Description', 'Engine', 'Plugins').filter((plugin) => inside(plugin, 'Type') === type).map((plugin) => String(inside(plugin, 'Name')));
}
