import { serviceRule } from './rule';

export default serviceRule({
  id: 'named-generic-resource',
  effect: 'never-runs',
  // seen in specs that are otherwise right; a hint is enough until someone waits for the task
  severity: 'information',
  summary: 'A service asks for a number of generic resources, not for a particular one.',
  why: 'Only nodes can name their resources. The engine accepts `NamedResourceSpec`, and no node ever fits.',
  source: 'engine 28.5: task pending, "insufficient resources"',
  covers: ['generic-resource-named'],
  examples: {
    bad: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{ NamedResourceSpec: { Kind: gpu, Value: a } }]\n',
    good: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{ DiscreteResourceSpec: { Kind: gpu, Value: 1 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, resource] of (TaskTemplate?.Resources?.Reservations?.GenericResources ?? []).entries()) {
      if (!resource?.NamedResourceSpec || resource.DiscreteResourceSpec) continue;
      report({
        at: ['TaskTemplate', 'Resources', 'Reservations', 'GenericResources', i, 'NamedResourceSpec'],
        part: 'key',
        computesWith: [['TaskTemplate', 'Resources', 'Reservations', 'GenericResources', i, 'DiscreteResourceSpec']],
        message: 'No node ever satisfies a `NamedResourceSpec`, and the tasks stay pending.',
        hint: 'Write `DiscreteResourceSpec` with the `Kind` and how many.',
      });
    }
  },
});
