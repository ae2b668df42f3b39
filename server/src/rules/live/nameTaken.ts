import { liveRule } from '../liveRule';

export default liveRule({
  id: 'name-taken',
  effect: 'refused',
  summary: 'The name of a new service is free, whatever its letter case.',
  why: 'Names are unique without regard to letter case, but a service is found by its exact name only. The engine answers 409.',
  source: 'engines 20.10 and 28.5: "name conflicts with an existing object"',
  covers: ['name-duplicate', 'name-duplicate-case-insensitive'],
  examples: { live: 'services: [{ name: demo }]\n', bad: 'Name: DEMO\n', good: 'Name: demo2\n' },

  check({ Name = '' }, { service, services = [] }, { report }) {
    const other = service ? undefined : services.find(({ name }) => name.toLowerCase() === Name.toLowerCase());
    if (!other) return;
    report({
      at: ['Name'],
      message: `There is a service \`${other.name}\`, and the engine does not take \`${Name}\` next to it.`,
      hint: 'Names are unique without regard to letter case.',
      fix: { title: `Write \`${other.name}\``, safe: false, edits: [{ kind: 'set', at: ['Name'], value: other.name }] },
    });
  },
});
