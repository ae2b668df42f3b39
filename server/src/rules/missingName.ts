import { serviceRule } from './rule';

export default serviceRule({
  id: 'missing-name',
  effect: 'changed',
  // a spec that is created once may do without
  severity: 'information',
  wholeSpec: true,
  summary: 'A service has a name.',
  why: 'On create the engine makes one up, such as `jolly_turing`. On update that counts as a rename, which it refuses with 501.',
  source: 'engine 28.5: name generated; "renaming services is not supported"',
  covers: ['name-missing-on-create', 'name-missing-on-update'],
  examples: { bad: 'Name: null\n', good: 'Name: demo\n' },

  check({ Name }, { report }) {
    if (Name) return;
    report({ at: Name === undefined ? [] : ['Name'], part: 'key', lacks: Name === undefined ? 'Name' : undefined, message: 'This service has no `Name`: the engine makes one up on create, and refuses an update.' });
  },
});
