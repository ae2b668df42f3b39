import { updateOf } from '../../apply/apply';
import { obstacleOf } from '../../apply/obstacle';
import { isPlanFile } from '../../apply/planFile';
import { readSwarm } from '../../apply/swarm';
import type { Engine } from '../../engine/engine';
import type { ApiVersion } from '../../facts/types';
import { applyAll, type Readied, refuseTwice } from '../applyAll';
import { MANY_OPTIONS, SENDING_OPTIONS, sendingOptions } from '../applying';
import { type Command, EXIT } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { requireSomebody } from '../consent';
import { DRY_RUN_OPTION, dryRunOption, type PlannedInput, planInputs } from '../planning';
import { AUTH_OPTIONS, authOptions, withRegistryAuth } from '../registryAuth';
import { namesPlanFile, savedJobs } from '../planFiles';
import { creationText, obstacleResult, planText } from '../planText';

const command: Command = {
  name: 'apply',
  usage: 'FILE|DIR|GLOB|PLAN… [--yes] [--rebase] [--detach] [--timeout TIME] [--parallel N] [--on-failure stop|continue] [--dry-run server|none] [--json] [--host ADDRESS] [--api V]',
  summary: 'Show what would change, ask, send exactly that, and follow it to its end.',
  options: [
    ...SENDING_OPTIONS,
    ...MANY_OPTIONS,
    DRY_RUN_OPTION,
    ...ENGINE_OPTIONS,
    ...AUTH_OPTIONS,
  ],
  examples: ['swarmspec apply web.service.yaml', 'swarmspec apply deploy/ --yes --timeout 5m', 'swarmspec apply web.plan', 'SWARMSPEC_REGISTRY_AUTH=… swarmspec apply web.service.yaml --yes'],

  async run({ positionals, values }, terminal) {
    const sending = sendingOptions(values);
    const auth = authOptions(values, terminal);
    const guard = requireSomebody({ positionals, values }, terminal);
    const { engine, info } = await openEngine(values, terminal);
    const swarm = await readSwarm(engine, info.apiVersion as ApiVersion, info);
    const planOptions = { swarm, registryAuthFrom: auth.keep, dryRun: dryRunOption(values['dry-run']) };
    const planFiles = positionals.filter((path) => namesPlanFile(path, terminal, isPlanFile));
    const specs = positionals.filter((path) => !planFiles.includes(path));
    const readied: Readied[] = [];
    for (const path of planFiles) readied.push(...(await savedJobs(path, engine, swarm, terminal)));
    if (specs.length > 0 || planFiles.length === 0) {
      for await (const planned of planInputs(specs, values, terminal, engine, info, planOptions)) readied.push(ready(planned, engine));
    }
    return applyAll('apply', await withRegistryAuth(refuseTwice(readied), auth, terminal), { engine, swarm, terminal, values, sending, guard, planOptions });
  },
};
export default command;

/** Turns a plan into a job, or tells why there is nothing to do. */
function ready({ path, outcome, blocked, api }: PlannedInput, engine: Engine): Readied {
  const stands = (service: string, kind: string, exit: number, message: string): Readied => ({ result: { path, service, action: 'none', outcome: kind, exit, message: `${path}: ${message}` } });
  if (blocked) return stands('', 'blocked', EXIT.findings, blocked);
  switch (outcome.kind) {
    case 'unnamed':
      return stands('', 'blocked', EXIT.findings, 'the spec has no `Name`, so nobody can tell which service it is for.');
    case 'unchanged':
      return stands(outcome.plan.service.name, 'unchanged', EXIT.done, `nothing to change, \`${outcome.plan.service.name}\` already is what this spec says. Nothing was sent.`);
    case 'noSuchService': {
      const obstacle = obstacleOf(outcome);
      if (obstacle) return { result: obstacleResult(obstacle, { path, service: outcome.name, subject: `the creation of \`${outcome.name}\`` }) };
      return { job: { path, name: outcome.name, api, work: { kind: 'create', creation: outcome } }, text: creationText(outcome, engine, api) };
    }
    case 'planned': {
      const { plan } = outcome;
      const { name } = plan.service;
      const obstacle = obstacleOf(plan);
      if (obstacle) return { result: obstacleResult(obstacle, { path, service: name, subject: `the update of \`${name}\`` }) };
      return { job: { path, name, api, work: { kind: 'update', update: updateOf(plan), changes: plan.changes } }, text: planText(plan) };
    }
  }
}
