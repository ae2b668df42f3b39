import type { Path } from '../path';
import { picking, remembered } from '../remember';
import { type SecretSign, secretSign } from '../grammar/secretText';
import { type RuleProblem, serviceRule } from './rule';

const ENV = ['TaskTemplate', 'ContainerSpec', 'Env'];

/** The parts of an entry of `Env`, with what gives it away as secret. */
function secretIn(entry: string): { name: string; sign: SecretSign | undefined } {
  const equals = entry.indexOf('=');
  const name = entry.slice(0, Math.max(0, equals));
  return { name, sign: equals > 0 ? secretSign(name, entry.slice(equals + 1)) : undefined };
}

const secrets = picking((entry) => secretIn(entry).sign !== undefined);
const secretLabels = remembered((labels: Readonly<Record<string, string>>) => {
  const found: { readonly name: string; readonly sign: SecretSign }[] = [];
  for (const name of Object.keys(labels)) {
    const sign = secretSign(name, labels[name]);
    if (sign) found.push({ name, sign });
  }
  return found;
});

export default serviceRule({
  id: 'secret-in-plain-text',
  effect: 'advice',
  summary: 'Passwords, tokens and keys are in `Secrets`, not in `Env` or `Labels`.',
  why: 'Everyone who may read the service can read them, they are in the logs and backups of the managers, and a program can hand its environment on. A secret is encrypted at rest, and only the nodes that run a task get it. Many images read the file that `NAME_FILE` names.',
  source: 'engine 28.5: shown by `docker service inspect`',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["DB_PASSWORD=correct-horse"]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["DB_PASSWORD_FILE=/run/secrets/db", "TOKEN_TTL=3600", "USE_TOKEN=true", "API_KEY=", "DATABASE_URL=postgres://app@db/app"]\n    Labels: { "com.example.secret": "false" }\n',
  },

  check({ TaskTemplate, Labels }, { report }) {
    for (const [i, entry] of secrets(TaskTemplate?.ContainerSpec?.Env ?? [])) {
      const { name, sign } = secretIn(entry);
      if (sign) report(problem([...ENV, i], name, sign, `Write it to a secret, list that in \`Secrets\`, and let the program read the file${sign === 'name' ? `; many images take \`${name}_FILE: /run/secrets/…\`` : ''}.`));
    }
    const labels = [
      [['Labels'], Labels],
      [['TaskTemplate', 'ContainerSpec', 'Labels'], TaskTemplate?.ContainerSpec?.Labels],
    ] as const;
    for (const [at, texts] of labels) {
      for (const { name, sign } of texts ? secretLabels(texts) : []) {
        report(problem([...at, name], name, sign, 'Whoever lists services or containers sees labels: keep it in `Secrets`.'));
      }
    }
  },
});

/** Says what it is about by the name alone; the value is not shown anywhere. */
function problem(at: Path, name: string, sign: SecretSign, hint: string): RuleProblem {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const what = { name: `\`${shown}\` looks like a secret`, key: `The value of \`${shown}\` has the form of a secret key or token`, address: `The address in \`${shown}\` holds a password` }[sign];
  return { at, message: `${what}, and everyone who can read the service can read it.`, hint };
}
