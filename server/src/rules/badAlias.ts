import { serviceRule } from './rule';

export default serviceRule({
  id: 'bad-alias',
  effect: 'advice',
  severity: 'warning',
  summary: 'An alias is a DNS name.',
  why: 'The engine stores any text. An empty one, or one with white space in it, is never found.',
  source: 'engine 28.5: "my db" and "" stored, never resolve',
  covers: ['network-alias-not-checked'],
  examples: { bad: 'TaskTemplate:\n  Networks: [{ Target: front, Aliases: [my db] }]\n', good: 'TaskTemplate:\n  Networks: [{ Target: front, Aliases: [db, db.local] }]\n' },

  check({ TaskTemplate, Networks }, { report }) {
    for (const [base, networks] of [[['TaskTemplate', 'Networks'], TaskTemplate?.Networks], [['Networks'], Networks]] as const) {
      for (const [i, network] of (networks ?? []).entries()) {
        for (const [j, alias] of (network?.Aliases ?? []).entries()) {
          if (alias === null || /^\S+$/.test(alias)) continue;
          report({ at: [...base, i, 'Aliases', j], message: alias === '' ? 'This alias is empty, and never found.' : `\`${alias}\` has white space in it, and is never found.` });
        }
      }
    }
  },
});
