import { type SpecObject, toJson } from '../document/value';
import type { Engine, LiveService } from '../engine/engine';
import { type ApplyOutcome, type Update, updateOf } from './apply';
import { type Change, diff } from './diff';
import { type Choices, type MergeConflict, mergeSpecs } from './merge';
import { type Plan, type PlanOptions, planRollback, planUpdate } from './plan';
import { comparable } from './resolve';

/** Somebody else was first: what they have done, what we wanted, and where the two overlap. */
export interface Conflict {
  readonly service: Update['service'];
  /** Version index that ours was planned against, and the one that the service has now. */
  readonly plannedAgainst: string;
  readonly index: string;
  /** From the spec of our plan to the live one. None: only the version index has moved. */
  readonly theirs: readonly Change[];
  /** From the spec of our plan to ours. */
  readonly ours: readonly Change[];
  /** Places that both have changed, and not to the same; a person has to choose. */
  readonly overlaps: readonly MergeConflict[];
}

/** What a person, or the options of a command, decide about a conflict. */
export interface ConflictHooks {
  /** Which side counts where both have changed the same; undefined gives up. Called without overlaps too. */
  readonly resolve: (conflict: Conflict) => Promise<Choices | undefined>;
  /** Whether the new plan, made against the service as it is now, is sent. */
  readonly consent: (plan: Plan, conflict: Conflict) => Promise<boolean>;
}

/** How a conflict was dealt with: by a new update that was agreed to, or not at all. */
export type Rebased =
  | { readonly kind: 'rebased'; readonly update: Update }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'abandoned'; readonly conflict: Conflict }
  | { readonly kind: 'ended'; readonly outcome: ApplyOutcome };

/** While others keep changing the service between two readings, the reading is repeated so often at most. */
const MOST_READINGS = 10;

/**
 * Reads the service again and makes a new plan of the changes of both sides. The plan is made against the version index of
 * that reading, shown, and agreed to again; nothing is sent here. `origin` is the first plan, whose changes are ours.
 */
export async function rebase(origin: Update, engine: Engine, options: PlanOptions, hooks: ConflictHooks): Promise<Rebased> {
  for (let reading = 1; ; reading++) {
    const live = await engine.service(origin.service.id, origin.api);
    if (!live) return { kind: 'ended', outcome: { kind: 'notFound' } };
    const networks = options.swarm?.networks ?? (await engine.networks(origin.api));
    const base = comparable(origin.live, networks);
    const now = comparable(live.spec, networks);
    const { conflicts } = mergeSpecs(base, now, origin.ours);
    const conflict = toConflict(origin, live, diff(base, now), diff(base, origin.ours), origin.goal === 'rollback' ? [] : conflicts);
    if (origin.goal === 'rollback') return rebaseRollback(origin, live, conflict, engine, options, hooks);

    const choices = await hooks.resolve(conflict);
    if (!choices) return { kind: 'abandoned', conflict };
    const merged = mergeSpecs(base, now, origin.ours, choices);
    if (merged.conflicts.length > 0) return { kind: 'abandoned', conflict };
    const planned = await planUpdate(merged.spec, engine, { ...options, service: live.id });
    if (planned.kind === 'noSuchService' || planned.kind === 'unnamed') return { kind: 'ended', outcome: { kind: 'notFound' } };
    if (toJson(planned.plan.live) !== toJson(live.spec) && reading < MOST_READINGS) continue; // changed once more in between
    if (toJson(planned.plan.live) !== toJson(live.spec)) return { kind: 'abandoned', conflict };
    if (planned.kind === 'unchanged') return { kind: 'unchanged' };
    return agreed(planned.plan, 'update', conflict, hooks);
  }
}

/** A rollback is planned anew only where it still leads from the same spec to the same spec. */
async function rebaseRollback(origin: Update, live: LiveService, conflict: Conflict, engine: Engine, options: PlanOptions, hooks: ConflictHooks): Promise<Rebased> {
  const isSame = (one: SpecObject | undefined, other: SpecObject | undefined) => (one && other ? toJson(one) === toJson(other) : one === other);
  if (!isSame(live.spec, origin.live) || !isSame(live.previousSpec, origin.previous)) return { kind: 'abandoned', conflict };
  if (!(await hooks.resolve(conflict))) return { kind: 'abandoned', conflict };
  const plan = await planRollback(live, engine, options);
  return plan ? agreed(plan, 'rollback', conflict, hooks) : { kind: 'abandoned', conflict };
}

async function agreed(plan: Plan, goal: Update['goal'], conflict: Conflict, { consent }: ConflictHooks): Promise<Rebased> {
  const { dryRun } = plan;
  if (dryRun.kind === 'refused') return { kind: 'ended', outcome: { ...dryRun, kind: 'refused' } };
  return (await consent(plan, conflict)) ? { kind: 'rebased', update: updateOf(plan, goal) } : { kind: 'abandoned', conflict };
}

function toConflict({ service, index }: Update, live: LiveService, theirs: readonly Change[], ours: readonly Change[], overlaps: readonly MergeConflict[]): Conflict {
  return { service, plannedAgainst: index, index: live.index, theirs, ours, overlaps };
}
