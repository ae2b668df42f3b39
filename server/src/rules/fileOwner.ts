import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'file-owner',
  effect: 'never-runs',
  summary: 'The file of a secret or config has `UID` and `GID`, numbers as text.',
  why: 'The engine stores anything, and takes neither names nor nothing for 0. The task fails when it starts.',
  source: 'engine 28.5: task failed, "strconv.Atoi: parsing"',
  covers: ['file-uid-not-numeric'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, Mode: 292 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const list of ['Secrets', 'Configs'] as const) {
      for (const [i, reference] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        const file = reference?.File;
        if (!file) continue;
        const at = ['TaskTemplate', 'ContainerSpec', list, i, 'File'];
        for (const name of ['UID', 'GID'] as const) {
          const value = file[name] ?? '';
          if (/^[+-]?\d+$/.test(value)) continue;
          report({
            at: file[name] === undefined ? at : [...at, name],
            part: file[name] === undefined ? 'key' : 'value',
            lacks: file[name] === undefined ? name : undefined,
            severity: file[name] === undefined ? LEFT_OUT : undefined,
            message: value === '' ? `\`${name}\` is missing, and the task fails when it starts.` : `\`${name}\` is \`${value}\`, and the task fails when it starts, since names are not looked up.`,
            hint: 'Write a number as text: `"0"`.',
            fix: value.trim() === '' ? { title: `Write \`${name}: "0"\``, safe: file[name] !== undefined, edits: [{ kind: 'set', at: [...at, name], value: '0' }] } : undefined,
          });
        }
      }
    }
  },
});
