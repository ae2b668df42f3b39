import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { LiveNode, LiveTask } from '../engine/engine';
import { type PlacementNode, satisfies } from '../grammar/placement';
import { type Path, toDotted } from '../path';
import { hasSameMeaning } from '../schema/sameMeaning';
import { diff } from './diff';

/**
 * What becomes of the tasks of a service when an update is taken, told before it is sent. Computed the way the manager
 * does it (swarmkit `orchestrator.IsTaskDirty`, `replicated` and `global`): each task carries the spec that it was started
 * with, and is replaced when the new one differs from it.
 */
export interface RestartForecast {
  /** Tasks replaced by new ones. */
  readonly restart: number;
  /** New tasks besides those: more replicas, more nodes, the tasks of a job, new ones for tasks that had ended. */
  readonly start: number;
  /** Tasks that end without a successor. */
  readonly stop: number;
  /** Tasks that go on as they are. */
  readonly keep: number;
  /** The service is a job, which any update runs again from the beginning. */
  readonly job: boolean;
  /** Why tasks are replaced, most telling first; empty where none is. */
  readonly reasons: readonly RestartReason[];
}

export interface RestartReason {
  readonly at: Path;
  /**
   * - `changed`: the task template or the endpoint says something else.
   * - `same-meaning`: another writing of the same thing, such as `Resources: {}` where there was none, which restarts all the same.
   * - `evicted`: the node of the task does not satisfy the new constraints.
   * - `outdated`: the task was left behind by an earlier update, and any update goes on with it.
   */
  readonly kind: 'changed' | 'same-meaning' | 'evicted' | 'outdated';
  readonly tasks: number;
}

export interface ForecastInput {
  /** Normal form of the live spec. */
  readonly base: SpecObject;
  /** Normal form of what the engine will store. */
  readonly ours: SpecObject;
  /** Every task of the service that the engine lists, ended ones included. */
  readonly tasks: readonly LiveTask[] | undefined;
  readonly nodes: readonly LiveNode[] | undefined;
  /** The normal form of a task template, with networks by id, for the specs that tasks carry. */
  readonly normalTask: (template: SpecObject) => SpecObject;
}

/** Everything that a forecast looks at. */
type Known = ForecastInput & { readonly tasks: readonly LiveTask[]; readonly nodes: readonly LiveNode[] };

/** Undefined where the engine tells no tasks, or no nodes and it depends on them. */
export function forecast(given: ForecastInput): RestartForecast | undefined {
  const { base, ours, tasks, nodes } = given;
  if (!tasks) return undefined;
  const isUnchanged = diff(base, ours).length === 0;
  if (isUnchanged) return { restart: 0, start: 0, stop: 0, keep: tasks.filter(isWanted).length, job: false, reasons: [] };
  if (!nodes && dependsOnNodes(given)) return undefined;
  const input: Known = { ...given, tasks, nodes: nodes ?? [] };
  const mode = isObject(ours.Mode) ? ours.Mode : {};
  if (isObject(mode.ReplicatedJob) || isObject(mode.GlobalJob)) return jobForecast(input, mode);
  const slots = slotsOf(tasks, isObject(mode.Global));
  return isObject(mode.Global) ? globalForecast(input, slots) : replicatedForecast(input, slots, Number(isObject(mode.Replicated) ? (mode.Replicated.Replicas ?? 0) : 0));
}

function dependsOnNodes({ base, ours }: ForecastInput): boolean {
  const mode = isObject(ours.Mode) ? ours.Mode : {};
  const placement = ({ TaskTemplate }: SpecObject) => (isObject(TaskTemplate) ? TaskTemplate.Placement : undefined);
  return isObject(mode.Global) || isObject(mode.GlobalJob) || !same(placement(base), placement(ours));
}

/** The states a task passes before it ends; the rest are ends. */
const ALIVE: ReadonlySet<string> = new Set(['new', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting', 'running']);

/** Whether the manager wants this task to run, whatever it does at the moment. Of the task of a job it wants that it completes. */
export function isWanted({ desiredState, state }: LiveTask): boolean {
  return ALIVE.has(desiredState) || (desiredState === 'complete' && ALIVE.has(state));
}

/** A place that tasks of a service have: the number of a replica, or a node of a global service. */
export interface Slot {
  readonly key: string;
  /** What an update looks at: the tasks that are to run; else the newest, which has ended and is not to be restarted. */
  readonly tasks: readonly LiveTask[];
  /** Ended ones included. */
  readonly all: readonly LiveTask[];
}

export function slotsOf(tasks: readonly LiveTask[], byNode: boolean): Slot[] {
  const places = new Map<string, LiveTask[]>();
  for (const task of tasks) {
    if (task.desiredState === 'remove') continue;
    const key = byNode ? (task.nodeId ?? '') : String(task.slot ?? '');
    places.set(key, [...(places.get(key) ?? []), task]);
  }
  return [...places].map(([key, all]) => {
    const wanted = all.filter(isWanted);
    return { key, all, tasks: wanted.length > 0 ? wanted : [newestOf(all)] };
  });
}

/** The task that moved last; of one at least. */
export function newestOf(tasks: readonly LiveTask[]): LiveTask {
  return tasks.reduce((newest, task) => (timeOf(task) >= timeOf(newest) ? task : newest));
}

function timeOf({ raw }: LiveTask): string {
  const status = isObject(raw.Status) ? raw.Status : {};
  return typeof status.Timestamp === 'string' ? status.Timestamp : '';
}

function replicatedForecast(input: Known, slots: readonly Slot[], replicas: number): RestartForecast {
  const kept = scaledDown(slots, replicas);
  const { restart, start, reasons } = dirtySlots(input, kept);
  return { restart, start: start + Math.max(0, replicas - slots.length), stop: running(slots) - running(kept), keep: running(kept) - restart, job: false, reasons };
}

/** The slots that stay when there are too many: those that run before those that do not, spread over the nodes. */
function scaledDown(slots: readonly Slot[], replicas: number): readonly Slot[] {
  if (slots.length <= replicas) return slots;
  const isRunning = (slot: Slot) => slot.tasks.some(({ state }) => state === 'running');
  const ordered = [...slots].sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)));
  const copies = new Map<string, number>();
  const nth = new Map(ordered.map((slot) => {
    const node = slot.tasks[0].nodeId ?? '';
    copies.set(node, (copies.get(node) ?? 0) + 1);
    return [slot, copies.get(node) ?? 0];
  }));
  return ordered.sort((a, b) => (nth.get(a) ?? 0) - (nth.get(b) ?? 0)).slice(0, replicas);
}

function globalForecast(input: Known, slots: readonly Slot[]): RestartForecast {
  const { nodes, ours } = input;
  const constraints = constraintsOf(ours);
  const updated: Slot[] = [];
  let [start, keep] = [0, 0];
  for (const node of nodes) {
    const slot = slots.find(({ key }) => key === node.id);
    if (!isUsable(node) || !satisfies(node, constraints)) continue;
    if (node.availability === 'pause') keep += slot ? running([slot]) : 0;
    else if (slot) updated.push(slot);
    else start++;
  }
  const { restart, start: again, reasons } = dirtySlots(input, updated);
  start += again;
  keep += running(updated) - restart;
  return { restart, start, stop: running(slots) - keep - restart, keep, job: false, reasons };
}

/** A node that takes tasks of global services, or keeps them. */
function isUsable({ state, availability }: PlacementNode): boolean {
  return state !== 'down' && availability !== 'drain';
}

/** Any update starts a job anew: what runs of it is stopped, and all of it is run. */
function jobForecast({ ours, tasks, nodes }: Known, mode: SpecObject): RestartForecast {
  const stop = tasks.filter(isWanted).length;
  const job = isObject(mode.ReplicatedJob) ? mode.ReplicatedJob : undefined;
  const start = job ? Number(job.TotalCompletions ?? job.MaxConcurrent ?? 1) : nodes.filter((node) => isUsable(node) && satisfies(node, constraintsOf(ours))).length;
  return { restart: 0, start, stop, keep: 0, job: true, reasons: [] };
}

function constraintsOf({ TaskTemplate }: SpecObject): SpecValue[] {
  const placement = isObject(TaskTemplate) ? TaskTemplate.Placement : undefined;
  return isObject(placement) && Array.isArray(placement.Constraints) ? placement.Constraints : [];
}

/** Tasks in these slots that are there: an ended one that nobody restarts is none. */
function running(slots: readonly Slot[]): number {
  return slots.filter(({ tasks }) => tasks.some(isWanted)).length;
}

/** Which slots get a new task: in place of a running one, or of one that has ended and would not be restarted otherwise. */
function dirtySlots(input: Known, slots: readonly Slot[]): Pick<RestartForecast, 'restart' | 'start' | 'reasons'> {
  const counted = new Map<string, RestartReason>();
  let [restart, start] = [0, 0];
  for (const slot of slots) {
    const reasons = slot.tasks.map((task) => reasonsToReplace(task, input));
    // more than one task in a slot is a replacement that is under way, and goes on
    if (slot.tasks.length === 1 && reasons[0].length === 0) continue;
    if (running([slot]) > 0) restart++;
    else start++;
    for (const { at, kind } of reasons.find((some) => some.length > 0) ?? []) {
      const key = `${kind} ${toDotted(at)}`;
      counted.set(key, { at, kind, tasks: (counted.get(key)?.tasks ?? 0) + 1 });
    }
  }
  const order: RestartReason['kind'][] = ['changed', 'evicted', 'outdated', 'same-meaning'];
  return { restart, start, reasons: [...counted.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)) };
}

/** Why the manager replaces this task; empty where it does not. */
function reasonsToReplace(task: LiveTask, { base, ours, nodes, normalTask }: Known): Pick<RestartReason, 'at' | 'kind'>[] {
  const template = isObject(ours.TaskTemplate) ? ours.TaskTemplate : {};
  const own = isObject(task.raw.Spec) ? normalTask(task.raw.Spec) : isObject(base.TaskTemplate) ? base.TaskTemplate : {};
  const moved = !same(own.Placement, template.Placement);
  const rest = diff({ ...own, Placement: {} }, { ...template, Placement: {} });
  if (moved && rest.length === 0) {
    // the manager looks no further, not even at the endpoint, when the node is still right
    const node = nodes.find(({ id }) => id === task.nodeId);
    if (node && satisfies(node, constraintsOf(ours))) return [];
    return [{ at: ['TaskTemplate', 'Placement'], kind: 'evicted' }];
  }
  const endpoint = diff(base.EndpointSpec, ours.EndpointSpec).map((change) => ({ ...change, path: ['EndpointSpec', ...change.path] }));
  const inTemplate = rest.map((change) => ({ ...change, path: ['TaskTemplate', ...change.path] }));
  const planned = new Set(diff(base.TaskTemplate, ours.TaskTemplate).map(({ path }) => toDotted(['TaskTemplate', ...path])));
  return [...inTemplate, ...endpoint].map((change) => {
    const fromEarlier = change.path[0] === 'TaskTemplate' && !planned.has(toDotted(change.path));
    return { at: change.path, kind: fromEarlier ? 'outdated' : hasSameMeaning(change) ? 'same-meaning' : 'changed' };
  });
}

function same(one: SpecValue | undefined, other: SpecValue | undefined): boolean {
  return one === undefined || other === undefined ? one === other : toJson(one) === toJson(other);
}
