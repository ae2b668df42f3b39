import type { Engine, LiveService } from '../engine/engine';
import { EngineError } from '../engine/error';
import { type EndedTask, judge, type Memory, type RolloutEnd, type RolloutView, type Sent, type Snapshot } from './rolloutView';

export type RolloutEvent =
  /** The numbers have moved. */
  | { readonly kind: 'progress'; readonly view: RolloutView }
  /** A task of the new spec has ended; told once for each. */
  | { readonly kind: 'taskEnded'; readonly task: EndedTask }
  /** The engine cannot be read at the moment; it is asked again. */
  | { readonly kind: 'outOfSight'; readonly cause: EngineError };

/** The end of a rollout, with the service as it was last read. */
export interface RolloutResult {
  readonly end: RolloutEnd | { readonly kind: 'outOfSight'; readonly cause: EngineError };
  readonly view: RolloutView;
  /** What the engine stored of what was sent; undefined when it was never seen. */
  readonly stored?: LiveService;
  readonly ended: readonly EndedTask[];
}

export interface FollowOptions {
  readonly timeoutMs: number;
  /** Aborting ends the watching; the rollout itself goes on in the swarm. */
  readonly signal?: AbortSignal;
  readonly pollMs?: number;
}

/** Unseen for longer than this at the end, nobody can say how the rollout goes on; a slow answer is no reason for that. */
const LOST_MS = 15_000;

const NO_VIEW: RolloutView = { state: 'none', wanted: 0, updated: 0, running: 0, old: 0, waiting: [] };

/** Follows what an update has set off to its end. Reads only. */
export async function* followRollout(engine: Engine, serviceId: string, api: string, sent: Sent, options: FollowOptions): AsyncGenerator<RolloutEvent, RolloutResult> {
  const { timeoutMs, signal, pollMs = 400 } = options;
  const start = Date.now();
  const told = new Map<string, EndedTask>();
  let memory: Memory = {};
  let view = NO_VIEW;
  let shown = '';
  let stored: LiveService | undefined;
  let trouble: EngineError | undefined;
  let seenAt: number | undefined;
  const result = (end: RolloutResult['end']): RolloutResult => ({ end, view, stored, ended: [...told.values()] });

  for (;;) {
    if (signal?.aborted) return result({ kind: 'cancelled' });
    const left = start + timeoutMs - Date.now();
    if (left <= 0) {
      const isSeen = seenAt !== undefined && Date.now() - seenAt <= LOST_MS;
      return result(trouble && !isSeen ? { kind: 'outOfSight', cause: trouble } : { kind: 'timedOut', afterMs: timeoutMs });
    }
    try {
      const snapshot = await take(engine, serviceId, api, { signal, timeoutMs: Math.min(Math.max(left, 1_000), 10_000), deadlineMs: Math.min(Math.max(left, 1_000), 20_000) });
      trouble = undefined;
      seenAt = Date.now();
      const judgement = judge(snapshot, sent, memory);
      memory = judgement.memory;
      view = judgement.view;
      if (memory.stored !== undefined) stored ??= snapshot.service;
      for (const task of judgement.ended) {
        if (told.has(task.id)) continue;
        told.set(task.id, task);
        yield { kind: 'taskEnded', task };
      }
      const numbers = JSON.stringify(view);
      if (numbers !== shown) yield { kind: 'progress', view };
      shown = numbers;
      if (judgement.end) return result(judgement.end);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (signal?.aborted) return result({ kind: 'cancelled' });
      if (error.trouble === 'refused' || error.trouble === 'notAManager') return result({ kind: 'outOfSight', cause: error });
      if (!trouble) yield { kind: 'outOfSight', cause: error };
      trouble = error;
    }
    await sleep(Math.min(pollMs, Math.max(0, start + timeoutMs - Date.now())), signal);
  }
}

/** The tasks are read after the service, so that no newer spec is held against older tasks. */
async function take(engine: Engine, serviceId: string, api: string, call: { signal?: AbortSignal; timeoutMs: number; deadlineMs: number }): Promise<Snapshot> {
  const service = await engine.service(serviceId, api, call);
  if (!service) return { at: Date.now(), service, upToDate: [], tasks: [], nodes: [] };
  const [upToDate, tasks, nodes] = await Promise.all([engine.tasks(serviceId, api, 'upToDate', call), engine.tasks(serviceId, api, undefined, call), engine.nodes(api, call)]);
  return { at: Date.now(), service, upToDate, tasks, nodes };
}

/** Waits; an abort ends the wait early. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
