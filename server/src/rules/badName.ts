import { serviceRule } from './rule';

/** The same names as swarmkit's `^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$`, which takes for ever on a long name outside of Go. */
const NAME = /^[a-zA-Z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/;

export default serviceRule({
  id: 'bad-name',
  effect: 'refused',
  summary: 'The name of a service is at most 63 letters and digits, with `-` and `_` inside.',
  why: 'The name becomes a DNS name on the networks of the service. The engine answers 400 to anything else.',
  source: 'engine 28.5: "name must be valid as a DNS name component", "name must be 63 characters or fewer"',
  covers: ['name-charset', 'name-too-long'],
  examples: { bad: 'Name: web.api\n', good: 'Name: web-api_2\n' },

  check({ Name = '' }, { report }) {
    const at = ['Name'];
    if (Name === '') return;
    if (!NAME.test(Name)) {
      const bad = /[^A-Za-z0-9_-]/u.exec(Name) ?? /^[-_]/.exec(Name) ?? /[-_]$/.exec(Name);
      const where = bad ? { start: bad.index, end: bad.index + bad[0].length } : undefined;
      const mended = Name.length > 100 ? '' : Name.replaceAll(/[^A-Za-z0-9_-]+/gu, '-').replaceAll(/^[-_]+|[-_]+$/g, '');
      report({
        at,
        within: where,
        message: bad
          ? `${/[-_]/.test(bad[0]) ? `A name cannot ${bad.index === 0 ? 'start' : 'end'} with \`${bad[0]}\`` : bad[0].trim() === '' ? '`Name` has white space in it' : `\`${bad[0]}\` cannot stand in \`Name\``}, and the engine refuses the service.`
          : 'The engine refuses this `Name`.',
        hint: 'A name has letters and digits, with `-` and `_` between them.',
        fix: NAME.test(mended) && mended.length <= 63 ? { title: `Write \`${mended}\``, safe: false, edits: [{ kind: 'set', at, value: mended }] } : undefined,
      });
    } else if (Name.length > 63) {
      report({ at, within: { start: 63, end: Name.length }, message: `\`Name\` has ${Name.length} characters, and the engine takes at most 63.` });
    }
  },
});
