import { liveRule } from '../liveRule';

export default liveRule({
  id: 'service-renamed',
  effect: 'refused',
  summary: '`Name` is the name that the service has.',
  why: 'A service cannot be renamed, not even in its letter case. The engine answers 501.',
  source: 'engines 20.10 and 28.5: "renaming services is not supported"',
  covers: ['name-rename-on-update', 'name-case-change-on-update'],
  examples: { live: 'service: {}\nupdating: demo\n', bad: 'Name: other\n', good: 'Labels: { a: b }\n' },

  check({ Name }, { service }, { report }) {
    if (!service || Name === service.name) return;
    report({
      at: ['Name'],
      message: `The service is called \`${service.name}\`, and the engine does not rename services.`,
      hint: 'Create a service of the new name, move what depends on the old one, and remove that. Ports cannot be published by both at once.',
      fix: { title: `Write \`${service.name}\``, safe: false, edits: [{ kind: 'set', at: ['Name'], value: service.name }] },
    });
  },
});
