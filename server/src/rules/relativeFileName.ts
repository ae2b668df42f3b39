import { cleaned } from '../grammar/mountPath';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'relative-file-name',
  effect: 'changed',
  // the file is there, only not always where it is looked for
  severity: 'information',
  summary: 'The file of a config has an absolute name, and that of a secret stays below `/run/secrets/`.',
  why: 'A relative name of a config is a file in `/`, not in the working directory; one of a secret is below `/run/secrets/`. With `..` it climbs out of there.',
  source: 'engine 28.5: file appears at /app.conf',
  covers: ['config-relative-name-is-root'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Configs: [{ ConfigID: a1, ConfigName: app, File: { Name: app.conf, UID: "0", GID: "0", Mode: 292 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Configs: [{ ConfigID: a1, ConfigName: app, File: { Name: /etc/app.conf, UID: "0", GID: "0", Mode: 292 } }]\n    Secrets: [{ SecretID: b1, SecretName: key, File: { Name: key.pem, UID: "0", GID: "0", Mode: 256 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [list, directory] of [['Configs', '/'], ['Secrets', '/run/secrets/']] as const) {
      for (const [i, reference] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        const name = reference?.File?.Name;
        // a Windows path is nothing this can resolve
        if (!name || /^\/|^[A-Za-z]:|\\/.test(name)) continue;
        const file = cleaned(directory + name);
        if (list === 'Secrets' && file.startsWith(directory)) continue;
        const at = ['TaskTemplate', 'ContainerSpec', list, i, 'File', 'Name'];
        report({
          at,
          message: `\`${name}\` is the file \`${file}\` in the container: a relative name starts at \`${directory}\`.`,
          hint: 'Write the whole path.',
          fix: { title: `Write \`${file}\``, safe: true, edits: [{ kind: 'set', at, value: file }] },
        });
      }
    }
  },
});
