import { leavesOf } from '../grammar/leaves';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'generic-resource-both-kinds',
  effect: 'lost',
  summary: 'An entry of `GenericResources` has one of `DiscreteResourceSpec` and `NamedResourceSpec`.',
  why: 'With both the engine keeps the discrete one, and throws the named one away without a word.',
  source: 'engine 28.5: NamedResourceSpec absent in GET',
  covers: ['generic-resource-both-kinds'],
  examples: {
    bad: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{ NamedResourceSpec: { Kind: gpu, Value: a }, DiscreteResourceSpec: { Kind: gpu, Value: 1 } }]\n',
    good: 'TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources: [{ DiscreteResourceSpec: { Kind: gpu, Value: 1 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, resource] of (TaskTemplate?.Resources?.Reservations?.GenericResources ?? []).entries()) {
      if (!resource?.DiscreteResourceSpec || !resource.NamedResourceSpec) continue;
      const at = ['TaskTemplate', 'Resources', 'Reservations', 'GenericResources', i, 'NamedResourceSpec'];
      for (const below of leavesOf(resource.NamedResourceSpec)) {
        report({
          at: [...at, ...below],
          part: 'key',
          message: 'The engine throws `NamedResourceSpec` away, since `DiscreteResourceSpec` stands next to it.',
          hint: 'Give each an entry of its own.',
          fix: { title: 'Remove `NamedResourceSpec`', safe: false, edits: [{ kind: 'remove', at }] },
        });
      }
    }
  },
});
