import { parseExact } from '../document/exact';
import { isObject, toJson } from '../document/value';
import type { Engine, LiveNetwork, LiveService } from '../engine/engine';
import { unlessTrouble } from '../engine/error';
import { type ApplyOptions, type ApplyOutcome, followCreation, followUpdate, sendCreation, sendUpdate, type Update } from './apply';
import { type Conflict, type ConflictHooks, rebase } from './conflict';
import type { Change } from './diff';
import type { CreationPlan, PlanOptions } from './plan';
import { notStored } from './readBack';
import { type FollowOptions, type RolloutEvent, type RolloutResult, sleep } from './rollout';

export interface LifeCycleOptions extends ApplyOptions {
  /** What new plans are made with, should there be a conflict. */
  readonly plan: PlanOptions;
  readonly conflict: ConflictHooks;
  /** So many new plans at most. */
  readonly mostRebases: number;
  /** How the rollout is followed; undefined where nobody waits for it. */
  readonly follow?: FollowOptions;
  readonly onEvent?: (event: RolloutEvent) => void;
  readonly networks: readonly LiveNetwork[];
}

/** How an apply has gone from the first request to the end of its rollout. */
export interface LifeCycle {
  readonly outcome: ApplyOutcome | { readonly kind: 'unchanged' };
  /** The update that was sent last; undefined for a creation. */
  readonly update?: Update;
  /** New plans that conflicts have led to. */
  readonly rebases: number;
  /** What stands in the way, where the outcome is `outOfSequence`. */
  readonly conflict?: Conflict;
  readonly rollout?: RolloutResult;
  /** Version index after it, where it was read. */
  readonly index?: string;
  /** What was posted and is stored otherwise. */
  readonly notStored: readonly Change[];
}

/** Sends an update, deals with conflicts, follows the rollout and reads back what was stored. */
export async function carryOut(origin: Update, engine: Engine, options: LifeCycleOptions): Promise<LifeCycle> {
  let update = origin;
  for (let rebases = 0; ; rebases++) {
    const outcome = await sendUpdate(update, engine, options);
    if (outcome.kind === 'applied') {
      const rollout = options.follow && (await watch(followUpdate(update, engine, options.follow), options));
      const stored = rollout ? rollout.stored : await readStored(engine, update);
      // a rollback stores the previous spec, not what was posted
      return { outcome, update, rebases, rollout, index: stored?.index, notStored: stored && update.goal === 'update' ? lostOf(update.body, stored, options) : [] };
    }
    if (outcome.kind !== 'outOfSequence') return { outcome, update, rebases, notStored: [] };
    // those who were not first meet again at the next attempt, unless they spread out
    if (rebases > 0) await sleep(Math.random() * Math.min(1_500, 50 * 2 ** rebases));
    const next = await rebase(origin, engine, options.plan, rebases < options.mostRebases ? options.conflict : GIVE_UP);
    if (next.kind === 'rebased') update = next.update;
    else if (next.kind === 'abandoned') return { outcome, update, rebases, conflict: next.conflict, notStored: [] };
    else return { outcome: next.kind === 'unchanged' ? next : next.outcome, update, rebases, notStored: [] };
  }
}

/** Creates a service, follows its tasks and reads back what was stored. */
export async function carryOutCreation(creation: CreationPlan, engine: Engine, api: string, options: LifeCycleOptions): Promise<LifeCycle> {
  const outcome = await sendCreation(creation, engine, api, options);
  if (outcome.kind !== 'applied') return { outcome, rebases: 0, notStored: [] };
  const service = await unlessTrouble(engine.service(creation.name, api));
  // without an answer it is followed by its name: that nobody could read it is no reason to say that all is well
  const rollout = options.follow && (await watch(followCreation(creation, service?.id ?? creation.name, engine, api, options.follow), options));
  const stored = rollout ? rollout.stored : service;
  return { outcome, rebases: 0, rollout, index: stored?.index, notStored: stored ? lostOf(creation.body, stored, options) : [] };
}

const GIVE_UP: ConflictHooks = { resolve: async () => undefined, consent: async () => false };

async function watch(events: ReturnType<typeof followUpdate>, { onEvent }: LifeCycleOptions): Promise<RolloutResult> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent?.(next.value);
  }
}

/** What was stored of an update that nobody watches; undefined when somebody else has come after it. */
async function readStored(engine: Engine, { service, api, live }: Update): Promise<LiveService | undefined> {
  const stored = await unlessTrouble(engine.service(service.id, api));
  return stored?.previousSpec && toJson(stored.previousSpec) === toJson(live) ? stored : undefined;
}

function lostOf(body: string, stored: LiveService, { networks }: LifeCycleOptions): readonly Change[] {
  const posted = parseExact(body);
  return isObject(posted) ? notStored(posted, stored.spec, networks) : [];
}
