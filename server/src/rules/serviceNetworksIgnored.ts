import { serviceRule } from './rule';

export default serviceRule({
  id: 'service-networks-ignored',
  effect: 'lost',
  // stored as it is, so the request itself loses nothing
  severity: 'warning',
  summary: 'Networks are in `TaskTemplate.Networks`, and not in `Networks` as well.',
  why: 'With both lists the engine attaches tasks to those of `TaskTemplate` only. The other list is stored without being looked at, even where it names a network that does not exist.',
  source: 'engine 28.5: stored with the name as it is, no address in that network',
  covers: ['networks-service-level-ignored-when-both'],
  examples: {
    bad: 'Networks: [{ Target: back }]\nTaskTemplate:\n  Networks: [{ Target: front }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: front }, { Target: back }]\n',
  },

  check({ Networks, TaskTemplate }, { report }) {
    if (!Networks?.length || !TaskTemplate?.Networks?.length) return;
    report({
      at: ['Networks'],
      part: 'key',
      message: '`Networks` has no effect next to `TaskTemplate.Networks`, and the service is not attached to what it lists.',
      hint: 'Add what is missing to `TaskTemplate.Networks`, if tasks shall be attached to it.',
      fix: { title: 'Remove `Networks`', safe: false, edits: [{ kind: 'remove', at: ['Networks'] }] },
    });
  },
});
