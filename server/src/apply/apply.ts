import type { Engine, EngineAnswer } from '../engine/engine';
import type { EngineError } from '../engine/error';
import { parseExact } from '../document/exact';
import { isObject } from '../document/value';
import type { Path } from '../path';
import { diff } from './diff';
import type { Plan } from './plan';
import { comparable } from './resolve';
import { placeOfRefusal } from './refusal';

/** Every way in which an apply can end, told apart truthfully. */
export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string; readonly at?: Path }
  | { readonly kind: 'outOfSequence'; readonly plannedAgainst: string }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'notAManager'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly cause: EngineError }
  /** No answer came back and reading the service did not settle it. */
  | { readonly kind: 'unknown'; readonly cause: EngineError };

/** Whose stored registry credentials an update keeps, or new ones. */
export interface ApplyOptions {
  readonly registryAuth?: string;
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
}

/** Sends exactly the body of the plan against exactly its version index, once. */
export async function applyPlan(plan: Plan, engine: Engine, options: ApplyOptions = {}): Promise<ApplyOutcome> {
  const answer = await engine.update(plan.service.id, { version: plan.index, body: plan.body, api: plan.api, ...options });
  return toOutcome(answer, plan, engine, plan.body);
}

/** Sends the way back to the previous spec, against the version index at which it was planned. */
export async function rollBack(plan: Plan, engine: Engine): Promise<ApplyOutcome> {
  const answer = await engine.update(plan.service.id, { version: plan.index, body: plan.body, api: plan.api, rollback: 'previous' });
  return toOutcome(answer, plan, engine, undefined);
}

async function toOutcome(answer: EngineAnswer, plan: Plan, engine: Engine, wanted: string | undefined): Promise<ApplyOutcome> {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'applied', warnings: answer.warnings };
    case 'refused':
      return { kind: 'refused', status: answer.status, message: answer.message, at: placeOfRefusal(answer.message, parseExact(plan.body)) };
    case 'nameConflict':
      return { kind: 'refused', status: 409, message: answer.message, at: ['Name'] };
    case 'outOfSequence':
      return { kind: 'outOfSequence', plannedAgainst: plan.index };
    case 'notFound':
      return { kind: 'notFound' };
    case 'notAManager':
      return { kind: 'notAManager', message: answer.message };
    case 'unreachable':
      return { kind: 'unreachable', cause: answer.cause };
    case 'unknownEnding':
      return settle(answer.cause, plan, engine, wanted);
  }
}

/**
 * The request left and nothing came back: reads the service to learn whether it was taken. It was if the live spec is
 * ours; anything else proves nothing, since the engine may still be at it.
 */
async function settle(cause: EngineError, plan: Plan, engine: Engine, wanted: string | undefined): Promise<ApplyOutcome> {
  const ours = wanted === undefined ? undefined : parseExact(wanted);
  if (!isObject(ours)) return { kind: 'unknown', cause };
  try {
    const live = await engine.service(plan.service.id, plan.api);
    const networks = await engine.networks(plan.api);
    if (live && live.index !== plan.index && diff(comparable(live.spec, networks), comparable(ours, networks)).length === 0) return { kind: 'applied', warnings: [] };
  } catch {
    // still unreachable: the first trouble is the one to tell
  }
  return { kind: 'unknown', cause };
}

/** An outcome in words; the first sentence stands alone. */
export function describeOutcome(outcome: ApplyOutcome, name: string): string {
  switch (outcome.kind) {
    case 'applied':
      return `Applied: \`${name}\` is updated.${outcome.warnings.length > 0 ? ` The engine warns: ${outcome.warnings.join(' ')}` : ''}`;
    case 'refused':
      return `The engine refuses the update of \`${name}\`: ${outcome.message} Nothing was applied.`.replace(/([^.]) Nothing/, '$1. Nothing');
    case 'outOfSequence':
      return `\`${name}\` has changed since it was read (version index ${outcome.plannedAgainst}). Nothing was applied. Plan and apply again.`;
    case 'notFound':
      return `There is no service \`${name}\` any more. Nothing was applied.`;
    case 'notAManager':
      return `This engine is not a swarm manager, and only managers take services. The engine says: ${outcome.message}`;
    case 'unreachable':
      return `${outcome.cause.message} Nothing was sent.`;
    case 'unknown':
      return `Nobody knows whether \`${name}\` was updated: ${outcome.cause.message} Look at the service before you apply again.`;
  }
}
