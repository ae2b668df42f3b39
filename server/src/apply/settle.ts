import { type SpecObject, toJson } from '../document/value';
import type { Engine, LiveService } from '../engine/engine';
import { EngineError } from '../engine/error';
import { sleep } from './rollout';

/** A request whose ending is not known, with what it was planned against. */
export interface Asked {
  /** Id of the service; its name, for a creation. */
  readonly serviceId: string;
  readonly api: string;
  readonly goal: 'update' | 'rollback' | 'create';
  /** Version index that it was sent against; empty for a creation. */
  readonly index: string;
  /** The service as it was: its spec, the one before, and the state of its last update. */
  readonly base: Pick<LiveService, 'spec' | 'previousSpec' | 'updateStatus'>;
  /** Whether this stored spec is the one that was asked for, up to spelling. */
  readonly isOurs: (stored: SpecObject) => boolean;
}

export type Settled =
  | { readonly kind: 'taken'; readonly service: LiveService }
  /** It was not taken and cannot be any more: somebody else's update was first, or the index has moved on. */
  | { readonly kind: 'overtaken'; readonly service: LiveService }
  /** It was not taken, and whoever had it has given it up. */
  | { readonly kind: 'notTaken' }
  /** Nobody can tell any more. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface SettleOptions {
  /** How long the service has to be seen unchanged, in ms, before the request counts as given up. */
  readonly steadyMs?: number;
  readonly deadlineMs?: number;
  readonly pollMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * A manager gives each request 20 s, also when it passes it on or sends it again to a new leader, and a leader that has
 * lost its majority answers reads for less than 10 s more. (Engines 20.10 and 28.5: after 20 s, "context deadline exceeded".)
 */
export const STEADY_MS = 25_000;
/** An election takes some 10 s; a stopped manager may take longer to come back. */
export const DEADLINE_MS = 120_000;

/**
 * Finds out what has become of a request that got no answer, by reading the service until that is certain. The request is
 * never sent again. It was taken when the service says so; it was not when somebody else's update took its place, or when
 * nothing has moved for longer than a manager keeps a request.
 */
export async function settle(engine: Engine, asked: Asked, options: SettleOptions = {}): Promise<Settled> {
  const { steadyMs = STEADY_MS, deadlineMs = DEADLINE_MS, pollMs = 500, signal } = options;
  const deadline = Date.now() + deadlineMs;
  let unchangedSince: number | undefined;
  let why = 'nobody asked';
  while (Date.now() < deadline && !signal?.aborted) {
    const asking = Date.now();
    try {
      const service = await engine.service(asked.serviceId, asked.api, { timeoutMs: 10_000, deadlineMs: 20_000, signal });
      const verdict = weigh(service, asked);
      if (verdict !== 'asBefore') return verdict;
      unchangedSince ??= asking;
      if (asking - unchangedSince >= steadyMs) return { kind: 'notTaken' };
      why = 'the service was not seen unchanged for long enough.';
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // the managers may be electing a leader, so the time in which nothing moved begins anew
      unchangedSince = undefined;
      why = error.message;
    }
    await sleep(pollMs, signal);
  }
  return { kind: 'unknown', why: signal?.aborted ? 'The waiting was cancelled.' : why };
}

/** What one reading of the service says about the request. */
export function weigh(service: LiveService | undefined, asked: Asked): Settled | 'asBefore' {
  const { base, goal, isOurs } = asked;
  if (goal === 'create') return service ? { kind: isOurs(service.spec) ? 'taken' : 'overtaken', service } : 'asBefore';
  if (!service) return { kind: 'unknown', why: 'The service is removed.' };
  if (service.index === asked.index) return 'asBefore';
  const [now, before] = [toJson(service.spec), service.previousSpec && toJson(service.previousSpec)];
  const [wasNow, wasBefore] = [toJson(base.spec), base.previousSpec && toJson(base.previousSpec)];
  if (now === wasNow && before === wasBefore) {
    // going there and back leaves the specs as they were, but not the state of the update
    return isNewRollback(service, asked) ? { kind: 'unknown', why: 'The service was rolled back meanwhile.' } : { kind: 'overtaken', service };
  }
  if (goal === 'rollback' ? now === wasBefore && before === wasNow : isOurs(service.spec)) return { kind: 'taken', service };
  if (goal === 'update' && service.previousSpec && isOurs(service.previousSpec)) return { kind: 'taken', service };
  // whatever came directly after what was there before is not ours, and there can be only one
  if (before === wasNow) return { kind: 'overtaken', service };
  return { kind: 'unknown', why: 'Others have changed the service more than once since.' };
}

function isNewRollback({ updateStatus }: LiveService, { base }: Asked): boolean {
  const state = String(updateStatus?.State ?? '');
  return state.startsWith('rollback') && updateStatus?.StartedAt !== base.updateStatus?.StartedAt;
}
