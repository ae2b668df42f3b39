import type { Update } from '../apply/apply';
import type { Conflict, ConflictHooks } from '../apply/conflict';
import type { Change } from '../apply/diff';
import { toKept } from '../apply/journal';
import { carryOut, carryOutCreation, type LifeCycle, type LifeCycleOptions } from '../apply/lifeCycle';
import type { Choices } from '../apply/merge';
import type { CreationPlan, PlanOptions } from '../apply/plan';
import type { RolloutEvent } from '../apply/rollout';
import { describeEndedTask, describeView } from '../apply/rolloutText';
import { showValue } from '../apply/secrecy';
import { describeChanges } from '../apply/show';
import type { Swarm } from '../apply/swarm';
import { withoutControls } from '../controls';
import type { Engine } from '../engine/engine';
import type { ApiVersion } from '../facts/types';
import { parseDuration } from '../facts/units';
import { toDotted, toPointer } from '../path';
import { type Arguments, EXIT, type OptionRow, type Terminal, UsageError } from './command';
import { consent, type Guard, isGiven } from './consent';
import { JournalFile } from './journalFile';
import { showChange, type ServiceResult, toResult } from './outcomes';
import { planText } from './planText';
import { Progress } from './progress';

/** One service that a command is about to change. */
export interface Job {
  /** The file it came from. */
  readonly path?: string;
  readonly name: string;
  readonly api: ApiVersion;
  /** It is sent exactly as it is or not at all: a conflict leads to no new plan. */
  readonly isExact?: boolean;
  /** The `X-Registry-Auth` header that is sent along. Never to be shown. */
  readonly registryAuth?: string;
  readonly work:
    | { readonly kind: 'update'; readonly update: Update; readonly changes: readonly Change[] }
    | { readonly kind: 'create'; readonly creation: CreationPlan };
}

/** Options of the commands that send something. */
export const SENDING_OPTIONS: readonly OptionRow[] = [
  { name: 'yes', short: 'y', doc: 'Do not ask.', example: 'swarmspec apply web.service.yaml --yes' },
  { name: 'confirm', value: 'NAME', doc: 'The name of the engine that is meant: its docker context, host or address. Needed in place of `--yes` where the engine is protected by `type-name`.', example: '--context prod --confirm prod' },
  { name: 'detach', short: 'd', doc: 'Do not wait for the tasks.', example: '--yes --detach' },
  { name: 'timeout', value: 'TIME', doc: 'Longest wait for the tasks of a service, such as 90s; 10m unless said. Then the exit code is 6.', example: '--timeout 90s' },
  { name: 'rebase', doc: 'When somebody else was first and the changes do not overlap, plan anew; with `--yes` without asking.', example: '--rebase --yes' },
  { name: 'json', doc: 'Write one JSON object to the standard output, of the shape in schemas/result.v1.json.', example: '--yes --json' },
];

/** Options of the commands that send several at once. */
export const MANY_OPTIONS: readonly OptionRow[] = [
  { name: 'parallel', value: 'N', doc: 'So many services at a time; 4 unless said.', example: '--parallel 8' },
  { name: 'on-failure', value: 'WHAT', doc: 'stop (default) starts nothing more after a failure, continue goes on.', words: ['stop', 'continue'], example: '--on-failure continue' },
];

/** With `--rebase`, so many new plans for one service before its conflict is final. */
const MOST_REBASES = 100;

export interface Sending {
  readonly timeoutMs: number;
  readonly parallel: number;
  readonly stopOnFailure: boolean;
}

export function sendingOptions(values: Arguments['values']): Sending {
  const timeout = values.timeout === undefined ? 600_000_000_000n : parseDuration(String(values.timeout));
  if (timeout === undefined || timeout <= 0n) throw new UsageError('`--timeout` takes a time such as 90s or 10m.');
  const parallel = Number(values.parallel ?? 4);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 100) throw new UsageError('`--parallel` takes a number from 1 to 100.');
  const onFailure = values['on-failure'] ?? 'stop';
  if (onFailure !== 'stop' && onFailure !== 'continue') throw new UsageError('`--on-failure` takes stop or continue.');
  return { timeoutMs: Number(timeout / 1_000_000n), parallel, stopOnFailure: onFailure === 'stop' };
}

/** What running jobs needs besides the jobs. */
export interface Workshop {
  readonly engine: Engine;
  readonly swarm: Swarm;
  readonly terminal: Terminal;
  readonly values: Arguments['values'];
  readonly sending: Sending;
  readonly guard: Guard;
  readonly planOptions: Omit<PlanOptions, 'api' | 'service'>;
}

/** Sends the jobs, a bounded number at a time, and follows each to its end. The results are in the order of the jobs. */
export async function runJobs(jobs: readonly Job[], workshop: Workshop): Promise<ServiceResult[]> {
  const { terminal, values, sending } = workshop;
  const progress = new Progress(values.json ? terminal.err : terminal.out, terminal);
  terminal.seeThrough?.();
  const signal = values.detach ? undefined : terminal.interruption?.();
  const results = new Array<ServiceResult>(jobs.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < jobs.length) {
      const index = next++;
      const stopped = signal?.aborted || (failed && sending.stopOnFailure);
      const { result, text } = stopped ? notStarted(jobs[index]) : await runJob(jobs[index], workshop, progress, signal);
      results[index] = result;
      if (result.exit !== EXIT.done) failed = true;
      progress.say(text, result.exit === EXIT.done ? undefined : terminal.err);
    }
  };
  await Promise.all(Array.from({ length: Math.min(sending.parallel, jobs.length) }, worker));
  return results;
}

/** A result, and the same in words. */
interface Done {
  readonly result: ServiceResult;
  readonly text: string;
}

function notStarted({ path, name, work }: Job): Done {
  const message = `\`${name}\` was not started on, because of what happened before. Nothing was sent for it.`;
  return { result: { path, service: name, action: actionOf(work), outcome: 'notStarted', exit: EXIT.findings, message }, text: message };
}

function actionOf(work: Job['work']): ServiceResult['action'] {
  return work.kind === 'create' ? 'create' : work.update.goal;
}

async function runJob(job: Job, workshop: Workshop, progress: Progress, signal: AbortSignal | undefined): Promise<Done> {
  const { engine, swarm, values, sending, planOptions } = workshop;
  const { name, work, api, path, registryAuth } = job;
  const options: LifeCycleOptions = {
    registryAuth,
    settle: { signal },
    networks: swarm.networks,
    plan: { ...planOptions, api, swarm },
    mostRebases: job.isExact ? 0 : values.rebase ? MOST_REBASES : 3,
    conflict: conflictHooks(job, workshop, progress),
    ...(!values.detach && { follow: { timeoutMs: sending.timeoutMs, signal } }),
    onEvent: (event) => showEvent(event, name, progress),
    onSettling: (cause) => progress.say(`\`${name}\`: ${cause.message} Reading the service to learn what has become of the request.`),
  };
  const life = work.kind === 'create' ? await carryOutCreation(work.creation, engine, api, options) : await carryOut(work.update, engine, options);
  progress.clear(name);
  writeDown(job, life, workshop, progress);
  const result = toResult(life, { path, service: name, action: actionOf(work), ...(work.kind === 'update' && { changes: work.changes.map(showChange) }) });
  return { result, text: describe(result, life, !job.isExact) };
}

/** A failing task is told when its reason is new; the same one over and over would bury the rest. */
function showEvent(event: RolloutEvent, name: string, progress: Progress): void {
  switch (event.kind) {
    case 'progress':
      return progress.set(name, { line: `  ${name}: ${describeView(event.view)}`, short: `${name} ${event.view.running}/${event.view.wanted}` });
    case 'taskEnded':
      return progress.say(`  ${describeEndedTask(event.task, name)}`);
    case 'outOfSight':
      return progress.say(`  ${name}: ${event.cause.message} Asking again.`);
  }
}

function conflictHooks(job: Job, { terminal, values, guard }: Workshop, progress: Progress): ConflictHooks {
  const isSilent = values.rebase === true && isGiven(guard, values);
  return {
    async resolve(conflict) {
      const mayAsk = !values.json && !isGiven(guard, values) && terminal.ask !== undefined;
      if (conflict.overlaps.length === 0) return isSilent || mayAsk ? new Map() : undefined;
      return mayAsk && terminal.choose ? progress.alone(() => choose(conflict, terminal)) : undefined;
    },
    async consent(plan, conflict) {
      if (isSilent) {
        progress.say(`\`${job.name}\` has changed since it was read; planned anew against version index ${plan.index}.`);
        return true;
      }
      return progress.alone(async () => {
        terminal.out(`${conflictText(conflict)}${planText(plan, { color: terminal.color })}`);
        return consent(`Apply this new plan for \`${job.name}\`?`, guard, values, terminal);
      });
    },
  };
}

/** Asks for each overlap whose value counts; undefined when the person gives up. */
async function choose(conflict: Conflict, { out, choose: pick }: Terminal): Promise<Choices | undefined> {
  out(conflictText(conflict));
  const choices = new Map<string, 'live' | 'ours'>();
  for (const { path } of conflict.overlaps) {
    const answer = await pick?.(`\`${toDotted(path)}\`:`, [{ key: 't', label: 'keep theirs' }, { key: 'o', label: 'take ours' }, { key: 'a', label: 'abort' }]);
    if (answer !== 't' && answer !== 'o') return undefined;
    choices.set(toPointer(path), answer === 't' ? 'live' : 'ours');
  }
  return choices;
}

/** The three sides of a conflict: what others have changed, what we wanted, and where both meet. */
export function conflictText({ service, plannedAgainst, index, theirs, ours, overlaps }: Conflict): string {
  const lines = [`\`${service.name}\` has changed since it was read: version index ${plannedAgainst} is ${index} now.`];
  if (theirs.length === 0) lines.push('  Its spec is the same; only the index has moved.');
  else lines.push('  Others have changed:', ...describeChanges(theirs).map((line) => `    ${line}`), '  This apply wants to change:', ...describeChanges(ours).map((line) => `    ${line}`));
  for (const { path, base, live, ours: mine } of overlaps) {
    const say = (value: typeof base) => (value === undefined ? 'nothing' : showValue(value, path));
    lines.push(`  Both have changed \`${toDotted(path)}\`: it was ${say(base)}, is ${say(live)} now, and was to become ${say(mine)}.`);
  }
  return `${lines.map(withoutControls).join('\n')}\n`;
}

/** How a job has gone, in words. */
function describe({ message, warnings = [], service }: ServiceResult, { conflict, notStored }: Pick<LifeCycle, 'conflict' | 'notStored'>, mayRebase: boolean): string {
  const lines = [message];
  if (conflict) lines.push(conflictText(conflict).trimEnd());
  if (mayRebase && conflict && conflict.overlaps.length === 0) lines.push('  The changes do not overlap: `--rebase` plans anew and asks again.');
  if (notStored.length > 0) lines.push(`  The engine has stored \`${service}\` otherwise than it was sent:`, ...describeChanges(notStored).map((line) => `    ${line}`));
  for (const warning of warnings) if (!message.includes(warning)) lines.push(`  The engine warns: ${warning}`);
  return lines.join('\n');
}

/** Adds what was applied to the journal of the swarm. */
function writeDown({ name, api, work }: Job, { outcome, rollout, update, index }: LifeCycle, { swarm, terminal }: Workshop, progress: Progress): void {
  if (outcome.kind !== 'applied' || !swarm.id) return;
  const ours = work.kind === 'create' ? work.creation.ours : (update ?? work.update).ours;
  const id = work.kind === 'create' ? '' : work.update.service.id;
  const trouble = new JournalFile(swarm.id, terminal).add({
    time: new Date().toISOString(),
    service: { id: rollout?.stored?.id ?? id, name },
    action: work.kind === 'create' ? 'create' : work.update.goal,
    api,
    ...(update && { base: update.index }),
    ...(index !== undefined && { index }),
    result: rollout ? rollout.end.kind : 'detached',
    ...toKept(ours),
  });
  if (trouble) progress.say(trouble);
}

/** The exit code of several results: that of the gravest. */
export function worstOf(results: readonly ServiceResult[]): number {
  return results.reduce<number>((worst, { exit }) => Math.max(worst, exit), EXIT.done);
}

/** The results for programs; see `schemas/result.v1.json`. */
export function resultJson(command: string, { address }: Pick<Engine, 'address'>, swarm: Swarm, services: readonly ServiceResult[], exit: number): string {
  return `${JSON.stringify({ version: 1, command, engine: { address, version: swarm.info.engineVersion }, ...(swarm.id && { swarm: swarm.id }), services, exit })}\n`;
}
