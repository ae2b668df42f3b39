import { obstacleOf } from '../../apply/obstacle';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { updateOf } from '../../apply/apply';
import { planRollback } from '../../apply/plan';
import { readSwarm, type Swarm } from '../../apply/swarm';
import { specsIn } from '../../document/shape';
import { memberOf } from '../../document/value';
import type { Engine } from '../../engine/engine';
import type { ApiVersion } from '../../facts/types';
import { applyAll, type Readied, refuseTwice } from '../applyAll';
import { MANY_OPTIONS, SENDING_OPTIONS, sendingOptions, worstOf } from '../applying';
import { type Command, EXIT, type Terminal, TroubleError, UsageError } from '../command';
import { apiOption } from './validate';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { requireSomebody } from '../consent';
import { readInputs } from '../files';
import { makeRoomForPlan, savePlans } from '../planFiles';
import { obstacleResult, planText } from '../planText';

const command: Command = {
  name: 'rollback',
  usage: 'SERVICE|FILE… [--yes] [--out FILE] [--detach] [--timeout TIME] [--json] [--host ADDRESS] [--api V]',
  summary: 'Go back to the spec before the last update: show it, ask, follow it to its end.',
  options: [
    ...SENDING_OPTIONS,
    ...MANY_OPTIONS,
    { name: 'out', short: 'o', value: 'FILE', doc: 'Send nothing, and save the plan for `swarmspec apply FILE`.', example: 'swarmspec rollback web --out back.plan' },
    ...ENGINE_OPTIONS,
  ],
  examples: ['swarmspec rollback web', 'swarmspec rollback web.service.yaml --yes'],

  async run({ positionals, values }, terminal) {
    const sending = sendingOptions(values);
    const flag = apiOption(values.api);
    const { out } = values;
    const guard = typeof out === 'string' ? undefined : requireSomebody({ positionals, values }, terminal);
    if (typeof out === 'string') makeRoomForPlan(out, terminal);
    const names = serviceNames(positionals, terminal);
    const { engine, info } = await openEngine(values, terminal);
    const api = (flag ?? info.apiVersion) as ApiVersion;
    const swarm = await readSwarm(engine, api, info);
    if (guard === undefined) return save(String(out), names.map(({ name }) => name), engine, api, swarm, terminal);
    const readied = await Promise.all(names.map(({ path, name }) => ready(name, path, engine, api, swarm)));
    return applyAll('rollback', refuseTwice(readied), { engine, swarm, terminal, values, sending, guard, planOptions: { swarm } });
  },
};
export default command;

/** The services that arguments name: files by the names in their specs, everything else as it is. */
export function serviceNames(positionals: readonly string[], terminal: Terminal): { readonly path?: string; readonly name: string }[] {
  if (positionals.length === 0) throw new UsageError('no service is given. Name services, or files with their specs.');
  return positionals.flatMap((positional) => {
    if (statSync(resolve(terminal.cwd, positional), { throwIfNoEntry: false }) === undefined) return [{ name: positional }];
    return [...readInputs([positional], terminal)].flatMap(({ path, file }) =>
      file.documents.flatMap(({ document }) =>
        specsIn(document).map(({ value }) => {
          const name = memberOf(value, 'Name');
          if (typeof name !== 'string' || name === '') throw new UsageError(`a spec in \`${path}\` has no \`Name\`, so nobody can tell which service it is for.`);
          return { path, name };
        }),
      ),
    );
  });
}

/** Saves the plans, all or none. */
async function save(out: string, names: readonly string[], engine: Engine, api: ApiVersion, swarm: Swarm, terminal: Terminal): Promise<number> {
  const plans = await Promise.all(names.map(async (name) => {
    const live = await engine.service(name, api);
    const plan = live && (await planRollback(live, engine, { api, swarm }));
    if (!live) throw new TroubleError(`there is no service \`${name}\` to roll back. Nothing is saved.`);
    if (!plan) throw new TroubleError(`there is no way back for \`${name}\`: it has no previous spec. Nothing is saved.`);
    return plan;
  }));
  for (const plan of plans) terminal.out(plan.changes.length === 0 ? `${sameText(plan.service.name)}\n` : `Going back to the previous spec: ${planText(plan)}`);
  const obstacles = plans.flatMap((plan) => {
    const obstacle = obstacleOf(plan);
    return obstacle ? [obstacleResult(obstacle, { service: plan.service.name, subject: `the way back of \`${plan.service.name}\`` })] : [];
  });
  if (obstacles.length > 0) {
    for (const { message } of obstacles) terminal.err(`${message}\n`);
    terminal.err('Nothing is saved.\n');
    return worstOf(obstacles);
  }
  const changing = plans.filter(({ changes }) => changes.length > 0);
  savePlans(out, changing.map((plan) => ({ plan, goal: 'rollback' })), engine, swarm, terminal);
  return changing.length > 0 ? EXIT.findings : EXIT.done;
}

function sameText(name: string): string {
  return `The previous spec of \`${name}\` is the same as the current one.`;
}

async function ready(name: string, path: string | undefined, engine: Engine, api: ApiVersion, swarm: Swarm): Promise<Readied> {
  const stands = (outcome: string, exit: number, message: string): Readied => ({ result: { path, service: name, action: 'none', outcome, exit, message } });
  const live = await engine.service(name, api);
  if (!live) return stands('notFound', EXIT.findings, `There is no service \`${name}\` to roll back.`);
  const plan = await planRollback(live, engine, { api, swarm });
  if (!plan) return stands('noPrevious', EXIT.findings, `\`${live.name}\` has no previous spec to go back to.`);
  if (plan.changes.length === 0) return stands('unchanged', EXIT.done, `${sameText(live.name)} Nothing was sent.`);
  const obstacle = obstacleOf(plan);
  if (obstacle) return { result: obstacleResult(obstacle, { path, service: live.name, subject: `the way back of \`${live.name}\`` }) };
  return { job: { path, name: live.name, api, work: { kind: 'update', update: updateOf(plan, 'rollback'), changes: plan.changes } }, text: `Going back to the previous spec: ${planText(plan)}` };
}
