import { serviceRule } from './rule';

export default serviceRule({
  id: 'config-target',
  effect: 'refused',
  summary: 'A config has either `File` or `Runtime`.',
  why: 'A config becomes a file in the container, or is used by the engine itself. The engine answers 400 to neither and to both.',
  source: 'engine 28.5: "either File or Runtime should be set", "cannot specify both File and Runtime"',
  covers: ['config-target-missing', 'config-file-and-runtime', 'gate-config-runtime'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Configs:\n      - { ConfigID: a1, ConfigName: one }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Configs:\n      - { ConfigID: a1, ConfigName: one, File: { Name: /etc/one, UID: "0", GID: "0", Mode: 292 } }\n      - { ConfigID: b2, ConfigName: two, Runtime: {} }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, config] of (TaskTemplate?.ContainerSpec?.Configs ?? []).entries()) {
      if (!config) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Configs', i];
      if (config.File && config.Runtime) {
        report({
          at: [...at, 'Runtime'],
          part: 'key',
          message: '`Runtime` stands next to `File`, and the engine takes only one of them.',
          hint: 'Keep `File` for a file in the container, `Runtime` for a credential spec.',
          fix: { title: 'Remove `Runtime`', safe: false, edits: [{ kind: 'remove', at: [...at, 'Runtime'] }] },
        });
      } else if (!config.File && !config.Runtime) {
        report({
          at,
          message: 'This config has neither `File` nor `Runtime`, and the engine refuses it.',
          hint: '`File` says which file of the container it becomes; `Runtime: {}` is for a credential spec.',
        });
      }
    }
  },
});
