import { isObject, memberOf, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { LiveNode, LiveService, LiveTask } from '../engine/engine';

/** What the engine says of a service at one moment. */
export interface Snapshot {
  /** When it was read, in ms. */
  readonly at: number;
  /** Undefined once the service is removed. */
  readonly service: LiveService | undefined;
  /** Tasks that run the spec as it now is. */
  readonly upToDate: readonly LiveTask[];
  /** Every task that the engine remembers. */
  readonly tasks: readonly LiveTask[];
  readonly nodes: readonly LiveNode[];
}

/** What was sent, so that it can be told from what others send meanwhile. */
export interface Sent {
  readonly goal: 'update' | 'rollback' | 'create';
  /** The live spec that the request was made against, and when the manager had last changed the service; none for a creation. */
  readonly base?: { readonly spec: SpecObject; readonly updatedAt?: string };
  /** Whether this stored spec is the one that was sent, up to spelling. */
  readonly isOurs: (stored: SpecObject) => boolean;
  /** Whether a task of this task spec runs what was sent, up to spelling. */
  readonly isOurTask: (taskSpec: SpecObject) => boolean;
}

/** A task that has ended although it should run. */
export interface EndedTask {
  readonly id: string;
  readonly slot?: number;
  /** Host name of the node, or its id. */
  readonly node?: string;
  /** `failed`, `rejected`, `complete` and the like. */
  readonly state: string;
  /** The engine's own text, such as `task: non-zero exit (1)`. */
  readonly reason: string;
}

/** How far a rollout is, in numbers. */
export interface RolloutView {
  /** The engine's word for it; `none` where no task has to be replaced. */
  readonly state: string;
  readonly message?: string;
  /** Tasks that there should be; completions in the case of jobs. */
  readonly wanted: number;
  /** Tasks, of those, that have the new spec. */
  readonly updated: number;
  /** Tasks with the new spec that run; that are complete in the case of jobs. */
  readonly running: number;
  /** Tasks of an older spec that still run. */
  readonly old: number;
  /** Why tasks wait for a place, such as `no suitable node (insufficient resources on 1 node)`. */
  readonly waiting: readonly string[];
}

/** Every way in which a rollout can end. */
export type RolloutEnd =
  | { readonly kind: 'converged'; readonly restarted: boolean }
  /** The engine has stopped the update, or its rollback, halfway. */
  | { readonly kind: 'paused'; readonly rollback: boolean; readonly message: string }
  /** The engine, or somebody, went back to the spec from before. */
  | { readonly kind: 'rolledBack'; readonly byHand: boolean; readonly message: string }
  /** Somebody else has changed the service since. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'removed' }
  /** Tasks are missing and the manager starts no more. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'timedOut'; readonly afterMs: number }
  | { readonly kind: 'cancelled' };

/** What one snapshot leaves for the judgement of the next. */
export interface Memory {
  /** The spec as the engine stored it, as JSON; undefined until it has been seen. */
  readonly stored?: string;
  /** Which tasks ran in the last snapshot, and since when it is these. */
  readonly steady?: { readonly key: string; readonly since: number };
}

export interface Judgement {
  readonly view: RolloutView;
  readonly end?: RolloutEnd;
  readonly memory: Memory;
  /** Tasks of the new spec that have ended against its will. */
  readonly ended: readonly EndedTask[];
}

/** Time in which new tasks must stay up where the spec does not say; the engine's own default. */
const MONITOR_MS = 5_000;
/** The manager needs a moment to make tasks for nodes. */
const SETTLE_MS = 2_000;
/** Longer than the default delay between two attempts of a task, so that a pause between them is no end. */
const STUCK_MS = 15_000;

const ENDED = new Set(['failed', 'rejected', 'complete', 'orphaned']);
const OVER = new Set([...ENDED, 'shutdown', 'remove']);

/**
 * Reads one snapshot: how far the rollout is and whether it has ended. The engine's `UpdateStatus` is about this update as
 * long as the stored spec is ours, since every update removes it; without one, the tasks themselves tell.
 */
export function judge(snapshot: Snapshot, sent: Sent, memory: Memory): Judgement {
  const { service } = snapshot;
  if (!service) return { view: NOTHING, end: { kind: 'removed' }, memory, ended: [] };
  const ownership = whose(service, sent, memory);
  const stored = ownership === 'ours' ? (memory.stored ?? toJson(service.spec)) : memory.stored;
  const view = look(snapshot, service);
  const ended = endedTasks(snapshot, sent);
  const state = view.state;
  const message = view.message ?? '';

  const over = (end: RolloutEnd): Judgement => ({ view, end, memory: { ...memory, stored }, ended });
  const going = (steady?: Memory['steady']): Judgement => ({ view, memory: { stored, steady }, ended });

  if (ownership === 'rolledBack' && state === 'rollback_paused') return over({ kind: 'paused', rollback: true, message });
  if (ownership === 'rolledBack' && state === 'rollback_completed') return over({ kind: 'rolledBack', byHand: service.previousSpec !== undefined, message });
  if (ownership === 'rolledBack') return going();
  if (ownership === 'others') return over({ kind: 'superseded' });
  if (state === 'paused' || state === 'rollback_paused') return over({ kind: 'paused', rollback: state === 'rollback_paused', message });
  if (state === 'updating' || state === 'rollback_started') return going();

  const steady = steadiness(snapshot, view, memory);
  const steadyMs = snapshot.at - steady.since;
  if (isThere(view)) return steadyMs >= windowOf(snapshot, service, state, ended.length > 0) ? over({ kind: 'converged', restarted: state !== 'none' }) : going(steady);
  return nothingUnderWay(snapshot, service) && steadyMs >= STUCK_MS ? over({ kind: 'stuck' }) : going(steady);
}

const NOTHING: RolloutView = { state: 'none', wanted: 0, updated: 0, running: 0, old: 0, waiting: [] };

/** Whose spec the service has: ours, that from before because of a rollback, or somebody else's. */
function whose(service: LiveService, { goal, base, isOurs }: Sent, { stored }: Memory): 'ours' | 'rolledBack' | 'others' {
  const now = toJson(service.spec);
  if (now === stored) return 'ours';
  const isBase = base !== undefined && now === toJson(base.spec);
  const state = stateOf(service);
  if (isBase && goal === 'update' && state.startsWith('rollback_')) return 'rolledBack';
  // the first update of what was there before is ours, even where the engine has stored it differently
  if (stored === undefined && base && service.previousSpec && toJson(service.previousSpec) === toJson(base.spec) && !isBase) return 'ours';
  return isOurs(service.spec) ? 'ours' : 'others';
}

function stateOf({ updateStatus }: LiveService): string {
  return typeof updateStatus?.State === 'string' && updateStatus.State !== '' ? updateStatus.State : 'none';
}

function look({ upToDate, tasks, nodes }: Snapshot, service: LiveService): RolloutView {
  const down = new Set(nodes.filter(({ state }) => state === 'down').map(({ id }) => id));
  const reachable = (task: LiveTask) => task.nodeId === undefined || !down.has(task.nodeId);
  const fresh = new Set(upToDate.map(({ id }) => id));
  const message = typeof service.updateStatus?.Message === 'string' ? service.updateStatus.Message : undefined;
  const { kind, count } = modeOf(service.spec);
  const common = { state: stateOf(service), message };

  if (kind === 'job' || kind === 'globalJob') {
    const now = tasks.filter((task) => iterationOf(task.raw) === iterationOf(memberOf(service.raw, 'JobStatus')));
    const complete = now.filter(({ state }) => state === 'complete').length;
    if (kind === 'job') return { ...common, wanted: count, updated: new Set(now.map(slotOf)).size, running: complete, old: 0, waiting: waitingOf(now) };
    const wanted = placesOf(now.filter((task) => task.state === 'complete' || isWanted(task)));
    return { ...common, wanted, updated: placesOf(now), running: complete, old: 0, waiting: waitingOf(now) };
  }
  const alive = tasks.filter((task) => isWanted(task) && reachable(task));
  const current = alive.filter(({ id }) => fresh.has(id));
  const old = alive.filter((task) => !fresh.has(task.id) && !OVER.has(task.state));
  const running = placesOf(current.filter(({ state, desiredState }) => state === 'running' && desiredState === 'running'));
  return { ...common, wanted: kind === 'replicated' ? count : placesOf(alive), updated: placesOf(current), running, old: old.length, waiting: waitingOf(current) };
}

/** Whether the manager wants it to run, or will. */
function isWanted({ desiredState }: LiveTask): boolean {
  return desiredState !== 'shutdown' && desiredState !== 'remove';
}

/** The number of places that tasks take: replicas, or nodes. */
function placesOf(tasks: readonly LiveTask[]): number {
  return new Set(tasks.map(({ slot, nodeId, id }) => slot ?? nodeId ?? id)).size;
}

/** The first slot of a replicated job is 0, and the engine leaves zeros out. */
function slotOf({ slot = 0 }: LiveTask): number {
  return slot;
}

function waitingOf(tasks: readonly LiveTask[]): string[] {
  return [...new Set(tasks.flatMap(({ state, error }) => (state === 'pending' && error ? [error] : [])))];
}

function modeOf(spec: SpecObject): { kind: 'replicated' | 'global' | 'job' | 'globalJob'; count: number } {
  const mode = isObject(spec.Mode) ? spec.Mode : {};
  if (isObject(mode.Global)) return { kind: 'global', count: 0 };
  if (isObject(mode.GlobalJob)) return { kind: 'globalJob', count: 0 };
  if (isObject(mode.ReplicatedJob)) return { kind: 'job', count: Number(mode.ReplicatedJob.TotalCompletions ?? mode.ReplicatedJob.MaxConcurrent ?? 1) };
  return { kind: 'replicated', count: Number(memberOf(mode, 'Replicated', 'Replicas') ?? 1) };
}

function isJob(spec: SpecObject): boolean {
  return isObject(spec.Mode) && (isObject(spec.Mode.ReplicatedJob) || isObject(spec.Mode.GlobalJob));
}

function iterationOf(value: SpecValue | undefined): string {
  return String(memberOf(value, 'JobIteration', 'Index') ?? 0);
}

function isThere({ wanted, running, old }: RolloutView): boolean {
  return running === wanted && old === 0;
}

/** Since when the same tasks run. */
function steadiness({ at, tasks }: Snapshot, view: RolloutView, { steady }: Memory): { key: string; since: number } {
  const key = [view.wanted, view.running, ...tasks.filter(({ state }) => state === 'running').map(({ id }) => id).sort()].join(' ');
  return steady?.key === key ? steady : { key, since: at };
}

/**
 * How long what runs has to stay up before it counts, in ms. Where the engine has followed an update to its end it has
 * waited for that itself; it does not for tasks of a new service or of more replicas. An update that goes on over failing
 * tasks (`FailureAction: continue`) is completed while they fail over and over, so there the end says nothing.
 */
function windowOf({ upToDate }: Snapshot, service: LiveService, state: string, hasFailed: boolean): number {
  const { kind, count } = modeOf(service.spec);
  if (isJob(service.spec)) return kind === 'job' || upToDate.length > 0 ? 0 : SETTLE_MS;
  if ((state !== 'none' && !hasFailed) || (kind === 'replicated' && count === 0)) return 0;
  const since = Date.parse(String(service.raw.UpdatedAt ?? ''));
  const isNew = (task: LiveTask) => !(Date.parse(String(task.raw.CreatedAt ?? '')) < since);
  if (!hasFailed && !upToDate.some((task) => isWanted(task) && isNew(task))) return kind === 'global' ? SETTLE_MS : 0;
  const monitorNs = memberOf(service.spec, 'UpdateConfig', 'Monitor');
  return monitorNs ? Number(monitorNs) / 1e6 : MONITOR_MS;
}

/** Whether no task is on its way to become one that is missing. */
function nothingUnderWay({ tasks }: Snapshot, service: LiveService): boolean {
  const now = isJob(service.spec) ? tasks.filter((task) => iterationOf(task.raw) === iterationOf(memberOf(service.raw, 'JobStatus'))) : tasks;
  return !now.some((task) => isWanted(task) && !OVER.has(task.state) && task.state !== 'running');
}

/** Tasks of what was sent that have ended and should not have. */
function endedTasks({ tasks, nodes, service }: Snapshot, { base, isOurTask }: Sent): EndedTask[] {
  const job = service !== undefined && isJob(service.spec);
  const isReplicatedJob = service !== undefined && modeOf(service.spec).kind === 'job';
  const since = base ? Date.parse(base.updatedAt ?? '') : 0;
  return tasks
    .filter(({ state }) => ENDED.has(state) && !(job && state === 'complete'))
    // whatever ended before the request is an old story, even where the task's spec is the same
    .filter(({ raw }) => !(Date.parse(String(memberOf(raw, 'Status', 'Timestamp') ?? '')) <= since))
    .filter(({ raw }) => isObject(raw.Spec) && isOurTask(raw.Spec))
    .map(({ id, slot = isReplicatedJob ? 0 : undefined, nodeId, state, error, message }) => ({
      id,
      ...(slot !== undefined && { slot }),
      ...(nodeId !== undefined && { node: nodes.find((node) => node.id === nodeId)?.hostname ?? nodeId }),
      state,
      reason: error ?? (state === 'complete' ? 'its process ended with exit code 0' : (message ?? state)),
    }));
}
