import { formatCpus, formatSize } from '../../facts/units';
import { eligibleNodes, inside, liveRule } from '../liveRule';

export default liveRule({
  id: 'reservation-above-nodes',
  effect: 'never-runs',
  summary: 'Some node has what a task reserves.',
  why: 'A task is placed on a node that has its reservation free. Where no node has so much at all, the tasks stay pending.',
  source: 'engines 20.10 and 28.5: task pending, "no suitable node (insufficient resources on … node"',
  covers: ['reservation-above-every-node'],
  examples: {
    live: 'nodes: [{ cpus: 2, memory: 8589934592 }]\n',
    bad: 'TaskTemplate:\n  Resources: { Reservations: { MemoryBytes: 1125899906842624 } }\n',
    good: 'TaskTemplate:\n  Resources: { Reservations: { MemoryBytes: 10485760 } }\n',
  },

  check(spec, live, { report }) {
    const reserved = spec.TaskTemplate?.Resources?.Reservations;
    for (const [key, format] of [['NanoCPUs', formatCpus], ['MemoryBytes', formatSize]] as const) {
      const wanted = Number(reserved?.[key] ?? 0);
      const sizes = (eligibleNodes(live, spec) ?? []).map(({ raw }) => Number(inside(raw, 'Description', 'Resources', key) ?? Infinity));
      const largest = Math.max(...sizes);
      if (sizes.length === 0 || wanted <= largest) continue;
      report({
        at: ['TaskTemplate', 'Resources', 'Reservations', key],
        message: `No node that may get a task has ${format(wanted)}: the largest has ${format(largest)}, and the tasks stay pending.`,
        hint: 'Reserve less, or add a node.',
      });
    }
  },
});
