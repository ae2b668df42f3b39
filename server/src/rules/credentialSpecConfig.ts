import { serviceRule } from './rule';

export default serviceRule({
  id: 'credential-spec-config',
  effect: 'refused',
  summary: 'The config of a credential spec is in `Configs` too, with `Runtime: {}`.',
  why: 'The engine hands only those configs to a node that `Configs` lists, and compares the IDs: neither the name nor an entry with `File` will do. It answers 400.',
  source: 'engine 28.5: "that config isn\'t in config references with RuntimeTarget"',
  covers: ['credential-spec-config-without-runtime-ref'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      CredentialSpec: { Config: a1 }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      CredentialSpec: { Config: a1 }\n    Configs:\n      - { ConfigID: a1, ConfigName: gmsa, Runtime: {} }\n',
  },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    const config = container?.Privileges?.CredentialSpec?.Config;
    if (!config) return;
    const configs = container.Configs ?? [];
    if (configs.some((reference) => reference?.Runtime && reference.ConfigID === config)) return;
    const named = configs.find((reference) => reference?.Runtime && reference.ConfigName === config);
    const at = ['TaskTemplate', 'ContainerSpec', 'Privileges', 'CredentialSpec', 'Config'];
    report({
      at,
      computesWith: [['TaskTemplate', 'ContainerSpec', 'Configs'], ...configs.flatMap((_, i) => ['ConfigID', 'Runtime'].map((name) => ['TaskTemplate', 'ContainerSpec', 'Configs', i, name]))],
      message: '`CredentialSpec.Config` is not the ID of an entry of `Configs` with `Runtime`, and the engine refuses the service.',
      hint: configs.some((reference) => reference?.ConfigID === config) ? 'Write `Runtime: {}` instead of `File` in that entry.' : 'Add an entry with this `ConfigID`, its `ConfigName` and `Runtime: {}` to `Configs`.',
      fix: named?.ConfigID ? { title: 'Write the ID of the config', safe: true, edits: [{ kind: 'set', at, value: named.ConfigID }] } : undefined,
    });
  },
});
