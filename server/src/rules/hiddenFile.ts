import { cleaned } from '../grammar/mountPath';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'hidden-file',
  effect: 'lost',
  // stored as it is; only one of the files is visible
  severity: 'warning',
  summary: 'No two secrets and configs are the same file.',
  why: 'A relative name of a secret is below `/run/secrets/`, one of a config below `/`. The engine compares the texts only; where two mean the same file, the later one hides the other.',
  source: 'engine 28.5: only one of the two files is visible',
  covers: ['secret-target-collision-after-resolution'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets:\n      - { SecretID: a1, SecretName: one, File: { Name: /run/secrets/a, UID: "0", GID: "0", Mode: 292 } }\n      - { SecretID: b2, SecretName: two, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets:\n      - { SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n    Configs:\n      - { ConfigID: b2, ConfigName: two, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }\n',
  },

  check({ TaskTemplate }, { report }) {
    const seen = new Map<string, { readonly list: string; readonly name: string; readonly place: string }>();
    for (const [list, directory] of [['Secrets', '/run/secrets/'], ['Configs', '/']] as const) {
      for (const [i, reference] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        const name = reference?.File?.Name;
        // a Windows path is nothing this can resolve
        if (!name || /^[A-Za-z]:|\\/.test(name)) continue;
        const file = cleaned(name.startsWith('/') ? name : directory + name);
        const other = seen.get(file);
        if (!other) seen.set(file, { list, name, place: `${list}[${i}]` });
        else if (other.list !== list || other.name !== name) {
          report({ at: ['TaskTemplate', 'ContainerSpec', list, i, 'File', 'Name'], message: `\`${name}\` is the file \`${file}\`, like that of \`${other.place}\`, and one of them hides the other.` });
        }
      }
    }
  },
});
