import { nearest } from '../../schema/nearest';
import type { RuleContext } from '../rule';
import { liveRule, type Named } from '../liveRule';

export default liveRule({
  id: 'reference-not-found',
  effect: 'refused',
  summary: 'Every secret and config of the spec is there, under its id and its name.',
  why: 'The engine compares both the whole id and the name, and answers 400 when they do not belong together. A reference by name alone gets its id from the plan.',
  source: 'engines 20.10 and 28.5: "secret not found", "config not found"',
  covers: ['secret-not-found-or-name-mismatch', 'config-not-found-or-name-mismatch'],
  examples: {
    live: 'service: {}\nsecrets: [{ name: app-secret }]\nconfigs: [{ name: app-config }]\n',
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretName: app-secert, SecretID: app-secret, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretName: app-secret, SecretID: "@secret:app-secret@", File: { Name: app-secret, UID: "0", GID: "0", Mode: 292 } }]\n',
  },

  check({ TaskTemplate }, { secrets, configs }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    const base = ['TaskTemplate', 'ContainerSpec'];
    if (secrets) for (const [i, one] of (container?.Secrets ?? []).entries()) reportUnknown(report, 'secret', one?.SecretID, one?.SecretName, secrets, [...base, 'Secrets', i], ['SecretID', 'SecretName']);
    if (configs) for (const [i, one] of (container?.Configs ?? []).entries()) reportUnknown(report, 'config', one?.ConfigID, one?.ConfigName, configs, [...base, 'Configs', i], ['ConfigID', 'ConfigName']);
  },
});

function reportUnknown(report: RuleContext['report'], what: string, id: string | undefined, name: string | undefined, known: readonly Named[], at: (string | number)[], [idKey, nameKey]: readonly [string, string]): void {
  const byId = known.find((one) => one.id === id);
  const byName = known.find((one) => one.name === name);
  if (byId && byId.name === name) return;
  if (byName) {
    const wrong = id === undefined || id === '' ? `\`${idKey}\` is missing` : `\`${idKey}\` is not the id of it`;
    report({
      at: [...at, id === undefined ? nameKey : idKey],
      message: `${wrong}: the ${what} \`${name}\` is \`${byName.id}\` in this swarm, and the engine refuses any other.`,
      fix: { title: `Write \`${byName.id}\``, safe: false, edits: [{ kind: 'set', at: [...at, idKey], value: byName.id }] },
    });
    return;
  }
  const near = name === undefined ? undefined : nearest(name, known.map((one) => one.name));
  report({
    at: [...at, nameKey],
    message: byId ? `The ${what} with this \`${idKey}\` is called \`${byId.name}\`, not \`${name}\`, and the engine refuses the service.` : `There is no ${what} \`${name}\` in this swarm, and the engine refuses the service.${near ? ` Did you mean \`${near}\`?` : ''}`,
    hint: byId || near ? undefined : `Create it first: \`docker ${what} create ${name} FILE\`.`,
  });
}
