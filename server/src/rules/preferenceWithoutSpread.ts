import { serviceRule } from './rule';

export default serviceRule({
  id: 'preference-without-spread',
  effect: 'lost',
  summary: 'A placement preference is a `Spread`.',
  why: 'It is the only strategy the engine has. An entry without it is thrown away without a word.',
  source: 'engine 28.5: absent in GET',
  covers: ['preference-not-spread'],
  examples: {
    bad: 'TaskTemplate:\n  Placement:\n    Preferences: [{}]\n',
    good: 'TaskTemplate:\n  Placement:\n    Preferences: [{ Spread: { SpreadDescriptor: node.labels.zone } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, preference] of (TaskTemplate?.Placement?.Preferences ?? []).entries()) {
      if (!preference || preference.Spread) continue;
      const at = ['TaskTemplate', 'Placement', 'Preferences', i];
      report({
        at,
        message: 'This preference has no `Spread`, and the engine throws it away.',
        hint: 'Write `Spread: {SpreadDescriptor: node.labels.NAME}`.',
        fix: { title: 'Remove the preference', safe: false, edits: [{ kind: 'remove', at }] },
      });
    }
  },
});
