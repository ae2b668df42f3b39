import { nearest } from '../../schema/nearest';
import { eligibleNodes, inside, listIn, liveRule } from '../liveRule';

export default liveRule({
  id: 'generic-resource-unknown',
  effect: 'never-runs',
  summary: 'Some node advertises the kind of a generic resource.',
  why: 'Without such a node the tasks stay pending, even when they ask for 0 of it. Kinds are compared by letter case.',
  source: 'engines 20.10 and 28.5: task pending, "insufficient resources on 1 node"',
  covers: ['generic-resource-unknown-kind'],
  examples: {
    live: 'nodes: [{}]\n',
    bad: 'TaskTemplate:\n  Resources: { Reservations: { GenericResources: [{ DiscreteResourceSpec: { Kind: gpu, Value: 1 } }] } }\n',
    good: 'TaskTemplate:\n  Resources: { Reservations: { MemoryBytes: 10485760 } }\n',
  },

  check(spec, live, { report }) {
    const nodes = eligibleNodes(live, spec);
    if (!nodes || nodes.length === 0) return;
    const kinds = nodes.flatMap(({ raw }) => listIn(raw, 'Description', 'Resources', 'GenericResources').map((one) => String(inside(one, 'NamedResourceSpec', 'Kind') ?? inside(one, 'DiscreteResourceSpec', 'Kind') ?? '')));
    for (const [i, resource] of (spec.TaskTemplate?.Resources?.Reservations?.GenericResources ?? []).entries()) {
      const kind = resource?.DiscreteResourceSpec?.Kind ?? resource?.NamedResourceSpec?.Kind ?? '';
      if (kind === '' || kinds.includes(kind)) continue;
      const near = nearest(kind, kinds);
      report({
        at: ['TaskTemplate', 'Resources', 'Reservations', 'GenericResources', i],
        message: `No node that may get a task has a \`${kind}\`, and the tasks stay pending.${near ? ` Did you mean \`${near}\`?` : ''}`,
        hint: 'Kinds come from `node-generic-resources` in the configuration of the nodes.',
      });
    }
  },
});
