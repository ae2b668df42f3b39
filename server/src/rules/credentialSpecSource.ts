import { serviceRule } from './rule';

const SOURCES = ['Config', 'File', 'Registry'] as const;

export default serviceRule({
  id: 'credential-spec-source',
  effect: 'refused',
  summary: 'A credential spec comes from exactly one of `Config`, `File` and `Registry`.',
  why: 'The engine answers 400 to none and to several. An empty text counts as left out.',
  source: 'engine 28.5: "invalid CredentialSpec: must either provide …", "cannot specify both …"',
  covers: ['credential-spec-empty', 'credential-spec-two-sources', 'credential-spec-three-sources'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      CredentialSpec: { File: a.json, Registry: b }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      CredentialSpec: { File: a.json }\n',
  },

  check({ TaskTemplate }, { report }) {
    const spec = TaskTemplate?.ContainerSpec?.Privileges?.CredentialSpec;
    if (!spec) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'Privileges', 'CredentialSpec'];
    const given = SOURCES.filter((source) => spec[source]);
    if (given.length === 0) {
      report({ at, part: 'key', message: '`CredentialSpec` needs one of `Config`, `File` and `Registry`, and the engine refuses it without.', hint: 'Remove `CredentialSpec` where none is meant.' });
    }
    for (const extra of given.slice(1)) {
      report({
        at: [...at, extra],
        part: 'key',
        message: `\`${extra}\` stands next to \`${given[0]}\`, and the engine takes a credential spec from one place only.`,
        hint: 'Keep one of them.',
        fix: { title: `Remove \`${extra}\``, safe: false, edits: [{ kind: 'remove', at: [...at, extra] }] },
      });
    }
  },
});
