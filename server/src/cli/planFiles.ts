import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Update, updateOf } from '../apply/apply';
import { diff } from '../apply/diff';
import type { Plan } from '../apply/plan';
import { isPlanFile, type PlanFileProblem, readPlanFile, type SavedPlan, type SavedUpdate, writePlanFile } from '../apply/planFile';
import { comparable } from '../apply/resolve';
import { describeChanges } from '../apply/show';
import type { Swarm } from '../apply/swarm';
import { parseExact } from '../document/exact';
import { isObject } from '../document/value';
import type { Engine } from '../engine/engine';
import type { Readied } from './applyAll';
import { EXIT, type Terminal, TroubleError, UsageError } from './command';
import { foundBy } from './planText';

/**
 * Makes room for a plan that will be saved: an older plan there goes at once, so that nobody takes it for this one should
 * none be saved. A file that is no plan may be somebody's work, such as a spec, and is never overwritten.
 */
export function makeRoomForPlan(path: string, terminal: Pick<Terminal, 'cwd'>): void {
  const file = resolve(terminal.cwd, path);
  const before = statSync(file, { throwIfNoEntry: false });
  if (before === undefined) return;
  if (!before.isFile() || (before.size > 0 && !namesPlanFile(path, terminal, isPlanFile))) throw new UsageError(`\`${path}\` is there already and is no saved plan. \`--out\` overwrites nothing else.`);
  try {
    rmSync(file);
  } catch (error) {
    throw new TroubleError(`cannot replace \`${path}\`: ${(error as Error).message}.`);
  }
}

/** Writes plans to a file that only its owner can read. */
export function savePlans(path: string, plans: readonly { readonly plan: Plan; readonly goal: Update['goal'] }[], engine: Engine, swarm: Swarm, { cwd }: Terminal): void {
  if (!swarm.id) throw new TroubleError('the engine does not tell which swarm it is of, and a saved plan is for one swarm only.');
  const updates = plans.map(({ plan, goal }): SavedUpdate => {
    const { service, index, api, body, registryAuthFrom, live, previous, updatedAt, updateStatus } = updateOf(plan, goal);
    return { goal, service, index, api, body, registryAuthFrom, live, previous, updatedAt, updateStatus };
  });
  const text = writePlanFile({ made: new Date().toISOString(), swarmId: swarm.id, address: engine.address, updates });
  try {
    writeFileSync(resolve(cwd, path), text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new TroubleError(`cannot write \`${path}\`: ${(error as Error).message}.`);
  }
}

/** Whether an argument names a saved plan; told by the beginning of the file. What can be read only once, such as a pipe, is left to who reads all of it. */
export function namesPlanFile(path: string, { cwd }: Pick<Terminal, 'cwd'>, isPlan: (text: string) => boolean): boolean {
  const start = Buffer.alloc(64);
  try {
    if (!statSync(resolve(cwd, path)).isFile()) return false;
    const file = openSync(resolve(cwd, path), 'r');
    const length = readSync(file, start);
    closeSync(file);
    return isPlan(start.toString('utf8', 0, length));
  } catch {
    return false; // a folder, a glob, or no file at all: not a plan, whatever else it is
  }
}

/** The updates of a saved plan, each ready to be sent exactly as it was saved, or refused. */
export async function savedJobs(path: string, engine: Engine, swarm: Swarm, { cwd }: Terminal): Promise<Readied[]> {
  const plan = readPlanFile(readFileSync(resolve(cwd, path), 'utf8'));
  if ('kind' in plan) throw new UsageError(problemText(path, plan));
  return Promise.all(plan.updates.map((saved) => readySaved(path, saved, plan, engine, swarm)));
}

async function readySaved(path: string, saved: SavedUpdate, { made, swarmId }: SavedPlan, engine: Engine, swarm: Swarm): Promise<Readied> {
  const { service, api, index, goal, body, live, previous } = saved;
  const { name } = service;
  const refuse = (exit: number, outcome: string, message: string): Readied => ({ result: { path, service: name, action: 'none', outcome, exit, message: `${path}: ${message} Nothing was sent.` } });
  if (swarmId !== swarm.id) return refuse(EXIT.conflict, 'otherSwarm', `the plan was made for another swarm than the one at ${engine.address}.`);
  const now = await engine.service(service.id, api);
  if (!now) return refuse(EXIT.conflict, 'notFound', `the service \`${name}\` that was planned for is no longer there.`);
  if (now.name !== name) return refuse(EXIT.conflict, 'otherService', `the service that was planned for is called \`${now.name}\` and not \`${name}\`.`);
  if (now.index !== index) return refuse(EXIT.conflict, 'stale', `\`${name}\` has changed since the plan was saved: it was planned against version index ${index}, which is ${now.index} now. A saved plan is sent exactly or not at all; plan again.`);
  const spec = goal === 'rollback' ? previous : parseExact(body);
  if (!isObject(spec)) return refuse(EXIT.conflict, 'stale', 'the plan holds no spec.');
  const ours = comparable(spec, swarm.networks, goal === 'rollback' ? undefined : api);
  const changes = diff(comparable(live, swarm.networks), ours);
  return {
    job: { path, name, api, isExact: true, work: { kind: 'update', update: { ...saved, ours }, changes } },
    text: `\`${name}\` at ${engine.address} (${foundBy(engine)}API v${api}, version index ${index}) would ${goal === 'rollback' ? 'go back' : 'change'}, as planned at ${made}:\n${describeChanges(changes).map((line) => `  ${line}\n`).join('')}`,
  };
}

function problemText(path: string, problem: PlanFileProblem): string {
  switch (problem.kind) {
    case 'notAPlan':
      return `\`${path}\` holds no saved plan.`;
    case 'tampered':
      return `\`${path}\` is not what was saved: its content does not fit its hash. It is not applied; plan again.`;
    case 'otherFormat':
      return `\`${path}\` is a plan of the format \`${problem.format}\`, which this swarmspec does not know. Plan again with this one.`;
  }
}
