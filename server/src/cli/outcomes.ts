import { describeOutcome } from '../apply/apply';
import type { Conflict } from '../apply/conflict';
import type { Change } from '../apply/diff';
import type { LifeCycle } from '../apply/lifeCycle';
import { describeRollout } from '../apply/rolloutText';
import { showValue } from '../apply/secrecy';
import { toPointer } from '../path';
import { EXIT } from './command';

/** What a command has come to for one service; the shape of `services` in `schemas/result.v1.json`. */
export interface ServiceResult {
  /** The file it came from; none where the service was named itself. */
  readonly path?: string;
  readonly service: string;
  readonly action: 'create' | 'update' | 'rollback' | 'none';
  readonly outcome: string;
  readonly exit: number;
  /** In sentences; the first stands alone. */
  readonly message: string;
  readonly index?: { readonly base?: string; readonly after?: string };
  readonly warnings?: readonly string[];
  readonly changes?: readonly ShownChange[];
  /** What the engine says of the update, as in `schemas/plan.v1.json`. */
  readonly dryRun?: object;
  readonly rebases?: number;
  readonly conflict?: ShownConflict;
  readonly rollout?: ShownRollout;
  readonly notStored?: readonly ShownChange[];
}

/** A change as it may be shown: values that may be secret are hidden. */
export interface ShownChange {
  /** JSON Pointer into the spec. */
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ShownConflict {
  readonly plannedAgainst: string;
  readonly index: string;
  readonly theirs: readonly ShownChange[];
  readonly ours: readonly ShownChange[];
  readonly overlaps: readonly { readonly path: string; readonly base?: string; readonly live?: string; readonly ours?: string }[];
}

export interface ShownRollout {
  readonly end: string;
  readonly state: string;
  readonly wanted: number;
  readonly updated: number;
  readonly running: number;
  readonly old: number;
  readonly ended: readonly { readonly task: string; readonly slot?: number; readonly node?: string; readonly state: string; readonly reason: string }[];
}

const EXIT_OF_OUTCOME: Readonly<Record<LifeCycle['outcome']['kind'], number>> = {
  applied: EXIT.done, unchanged: EXIT.done, refused: EXIT.refused, outOfSequence: EXIT.conflict, notFound: EXIT.conflict, alreadyThere: EXIT.conflict,
  notAManager: EXIT.trouble, unreachable: EXIT.trouble, notTaken: EXIT.trouble, unknown: EXIT.trouble,
};

const EXIT_OF_END: Readonly<Record<NonNullable<LifeCycle['rollout']>['end']['kind'], number>> = {
  converged: EXIT.done, paused: EXIT.rolledBack, rolledBack: EXIT.rolledBack, superseded: EXIT.conflict, removed: EXIT.conflict,
  stuck: EXIT.notConverged, timedOut: EXIT.notConverged, cancelled: EXIT.notConverged, outOfSight: EXIT.trouble,
};

export function toResult(life: LifeCycle, about: Pick<ServiceResult, 'path' | 'service' | 'action' | 'changes'>): ServiceResult {
  const base = life.update?.index;
  const { outcome, rollout, conflict, index, notStored, rebases } = life;
  const applied = outcome.kind === 'applied';
  return {
    ...about,
    outcome: applied && rollout ? rollout.end.kind : outcome.kind,
    exit: applied && rollout ? EXIT_OF_END[rollout.end.kind] : EXIT_OF_OUTCOME[outcome.kind],
    message: messageOf(life, about.service, about.action),
    index: { ...(base !== undefined && { base }), ...(index !== undefined && { after: index }) },
    ...(applied && outcome.warnings.length > 0 && { warnings: outcome.warnings }),
    ...(rebases > 0 && { rebases }),
    ...(conflict && { conflict: showConflict(conflict) }),
    ...(rollout && { rollout: showRollout(rollout) }),
    ...(notStored.length > 0 && { notStored: notStored.map(showChange) }),
  };
}

function messageOf({ outcome, rollout }: LifeCycle, service: string, action: ServiceResult['action']): string {
  if (outcome.kind === 'unchanged') return `Nothing to change any more: \`${service}\` already is what was to be applied. Nothing was sent.`;
  const said = describeOutcome(outcome, service);
  if (outcome.kind !== 'applied') return said;
  const done = action === 'create' ? said.replace('Applied: ', '').replace('is updated', 'is created') : action === 'rollback' ? said.replace('Applied: ', '').replace('is updated', 'goes back to its previous spec') : said;
  return rollout ? `${done} ${describeRollout(rollout, service)}` : `${done} Nobody has waited for its tasks.`;
}

export function showChange({ path, from, to, before = [] }: Change): ShownChange {
  return { path: toPointer(path), ...(from !== undefined && { from: showValue(from, path, before[0]) }), ...(to !== undefined && { to: showValue(to, path, before[1]) }) };
}

function showConflict({ plannedAgainst, index, theirs, ours, overlaps }: Conflict): ShownConflict {
  return {
    plannedAgainst, index, theirs: theirs.map(showChange), ours: ours.map(showChange),
    overlaps: overlaps.map(({ path, base, live, ours: mine }) => ({
      path: toPointer(path),
      ...(base !== undefined && { base: showValue(base, path) }), ...(live !== undefined && { live: showValue(live, path) }), ...(mine !== undefined && { ours: showValue(mine, path) }),
    })),
  };
}

function showRollout({ end, view, ended }: NonNullable<LifeCycle['rollout']>): ShownRollout {
  const { state, wanted, updated, running, old } = view;
  return { end: end.kind, state, wanted, updated, running, old, ended: ended.map(({ id, ...rest }) => ({ task: id, ...rest })) };
}
