import { serviceRule } from './rule';

export default serviceRule({
  id: 'file-mode-missing',
  effect: 'changed',
  // root can read such a file, and many images run as root
  severity: 'information',
  summary: 'The file of a secret or config has a `Mode`.',
  why: 'Left out it is 0, no permissions at all: only root can read the file. The docker command fills in `0444`; the engine does not.',
  source: 'engine 28.5: file mode 000',
  covers: ['secret-mode-missing-is-000'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0" } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const list of ['Secrets', 'Configs'] as const) {
      for (const [i, reference] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        if (!reference?.File || reference.File.Mode !== undefined) continue;
        const at = ['TaskTemplate', 'ContainerSpec', list, i, 'File'];
        report({ at, part: 'key', lacks: 'Mode', message: '`Mode` is missing, and the file has no permissions: only root can read it.', fix: { title: 'Write `Mode: 292` (octal 0444)', safe: false, edits: [{ kind: 'set', at: [...at, 'Mode'], value: 292 }] } });
      }
    }
  },
});
