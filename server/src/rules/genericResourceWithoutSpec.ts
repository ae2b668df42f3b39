import { serviceRule } from './rule';

export default serviceRule({
  id: 'generic-resource-without-spec',
  effect: 'crashes-engine',
  summary: 'A generic resource has a `DiscreteResourceSpec`.',
  why: 'An entry without `NamedResourceSpec` and `DiscreteResourceSpec` makes the request handler of the engine panic. The connection is cut without an answer.',
  source: 'engine 28.5: connection closed, nil pointer panic',
  covers: ['null-entry-in-object-list'],
  examples: {
    bad: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{}]\n',
    good: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{ DiscreteResourceSpec: { Kind: gpu, Value: 1 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, resource] of (TaskTemplate?.Resources?.Reservations?.GenericResources ?? []).entries()) {
      if (!resource || resource.DiscreteResourceSpec || resource.NamedResourceSpec) continue;
      const at = ['TaskTemplate', 'Resources', 'Reservations', 'GenericResources', i];
      report({
        at,
        message: 'This entry has neither `DiscreteResourceSpec` nor `NamedResourceSpec`, and the engine panics over it.',
        hint: 'Write `DiscreteResourceSpec: {Kind: …, Value: …}`, or remove the entry.',
        fix: { title: 'Remove the entry', safe: false, edits: [{ kind: 'remove', at }] },
      });
    }
  },
});
