import { serviceRule } from './rule';

export default serviceRule({
  id: 'duplicate-file-target',
  effect: 'refused',
  summary: 'Each secret, and each config, has a `File.Name` of its own.',
  why: 'Two of them cannot be the same file. The engine compares the texts and answers 400; a secret and a config are not compared with each other.',
  source: 'engine 28.5: "have a conflicting target"',
  covers: ['secret-duplicate-target', 'config-duplicate-target'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets:\n      - { SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n      - { SecretID: b2, SecretName: two, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets:\n      - { SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n      - { SecretID: b2, SecretName: two, File: { Name: b, UID: "0", GID: "0", Mode: 292 } }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const list of ['Secrets', 'Configs'] as const) {
      const seen = new Map<string, number>();
      for (const [i, reference] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        const name = reference?.File?.Name;
        if (!name) continue;
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, i);
          continue;
        }
        report({
          at: ['TaskTemplate', 'ContainerSpec', list, i, 'File', 'Name'],
          message: `\`${name}\` is the file of \`${list}[${first}]\` already, and the engine refuses two ${list.toLowerCase()} with one \`File.Name\`.`,
        });
      }
    }
  },
});
