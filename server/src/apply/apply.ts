import { parseExact } from '../document/exact';
import { type SpecObject, toJson } from '../document/value';
import type { Engine, EngineAnswer } from '../engine/engine';
import { EngineError, unlessTrouble } from '../engine/error';
import type { Path } from '../path';
import type { CreationPlan, Plan } from './plan';
import { placeOfRefusal } from './refusal';
import { comparable } from './resolve';
import { followRollout, type FollowOptions } from './rollout';
import type { Sent } from './rolloutView';
import { type Asked, settle, type Settled, type SettleOptions, weigh } from './settle';

/** What is sent: the parts of a plan that a request and its ending are about, however the plan came here. */
export interface Update extends Pick<Plan, 'service' | 'index' | 'api' | 'body' | 'live' | 'previous' | 'updateStatus' | 'updatedAt' | 'ours' | 'registryAuthFrom'> {
  readonly goal: 'update' | 'rollback';
}

/** Every way in which an apply can end, told apart truthfully. */
export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly warnings: readonly string[]; /** No answer came, or a wrong one, and reading the service told the end. */ readonly settled: boolean }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string; readonly at?: Path }
  | { readonly kind: 'outOfSequence'; readonly plannedAgainst: string }
  | { readonly kind: 'notFound' }
  /** Somebody else has created a service of this name since it was planned. */
  | { readonly kind: 'alreadyThere' }
  | { readonly kind: 'notAManager'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly cause: EngineError }
  /** No answer came back, and reading the service has proven that nothing was stored. */
  | { readonly kind: 'notTaken'; readonly cause: EngineError }
  /** No answer came back, and reading the service did not settle it. */
  | { readonly kind: 'unknown'; readonly cause: EngineError; readonly why: string };

export interface ApplyOptions {
  readonly registryAuth?: string;
  readonly settle?: SettleOptions;
  /** Called when no answer has come and the service is read to learn the end, which takes a while. */
  readonly onSettling?: (cause: EngineError) => void;
}

/** Sends exactly the body of the plan against exactly its version index, once. */
export async function sendUpdate(update: Update, engine: Engine, options: ApplyOptions = {}): Promise<ApplyOutcome> {
  const { service, index, body, api, registryAuthFrom, goal } = update;
  const rollback = goal === 'rollback' ? ('previous' as const) : undefined;
  const answer = await engine.update(service.id, { version: index, body, api, registryAuthFrom, rollback, registryAuth: options.registryAuth });
  switch (answer.kind) {
    case 'outOfSequence':
      return (await wasOursAfterAll(update, engine)) ? { kind: 'applied', warnings: [], settled: true } : { kind: 'outOfSequence', plannedAgainst: index };
    case 'unknownEnding':
      options.onSettling?.(answer.cause);
      return toSettled(await settle(engine, askedOf(update), options.settle), answer.cause, index);
    default:
      return toOutcome(answer, body);
  }
}

/** Creates the service of the plan, once. */
export async function sendCreation({ name, body, ours }: CreationPlan, engine: Engine, api: string, options: ApplyOptions = {}): Promise<ApplyOutcome> {
  const isOurs = (stored: SpecObject) => isSameSpec(stored, ours);
  const answer = await engine.create({ body, api, registryAuth: options.registryAuth });
  if (answer.kind === 'outOfSequence') throw new Error('A creation has no version index that could be stale.');
  if (answer.kind === 'nameConflict' || answer.kind === 'refused') {
    // it may be there by now, which the engine tells by its ports too: of somebody else, or of this request, which a manager that loses its leader sends again
    const service = await unlessTrouble(engine.service(name, api));
    if (service) return isOurs(service.spec) ? { kind: 'applied', warnings: [], settled: true } : { kind: 'alreadyThere' };
  }
  if (answer.kind !== 'unknownEnding') return toOutcome(answer, body);
  options.onSettling?.(answer.cause);
  // a service that is not there has no index; once it is there, its spec tells whose it is
  const settled = await settle(engine, { serviceId: name, api, goal: 'create', index: '', base: { spec: {} }, isOurs }, options.settle);
  return settled.kind === 'overtaken' ? { kind: 'alreadyThere' } : toSettled(settled, answer.cause, '');
}

/** The update of a plan. */
export function updateOf(plan: Plan, goal: Update['goal'] = 'update'): Update {
  return { ...plan, goal };
}

/** Follows what was sent to its end; see `followRollout`. */
export function followUpdate(update: Update, engine: Engine, options: FollowOptions) {
  const { live, updatedAt, goal, ours } = update;
  return followRollout(engine, update.service.id, update.api, { goal, base: { spec: live, updatedAt }, ...recognise(ours) }, options);
}

export function followCreation({ ours }: CreationPlan, id: string, engine: Engine, api: string, options: FollowOptions) {
  return followRollout(engine, id, api, { goal: 'create', ...recognise(ours) }, options);
}

/** Tells stored specs, and the specs that tasks carry, from those of others. */
function recognise(ours: SpecObject): Pick<Sent, 'isOurs' | 'isOurTask'> {
  const template = ours.TaskTemplate === undefined ? '' : toJson(ours.TaskTemplate);
  return {
    isOurs: (stored) => isSameSpec(stored, ours),
    isOurTask: (taskSpec) => {
      const { TaskTemplate } = comparable({ TaskTemplate: taskSpec }, []);
      return TaskTemplate !== undefined && toJson(TaskTemplate) === template;
    },
  };
}

/** Whether a stored spec, which has ids only, is this normal form. */
function isSameSpec(stored: SpecObject, normal: SpecObject): boolean {
  return toJson(comparable(stored, [])) === toJson(normal);
}

function askedOf({ service, api, goal, index, live, previous, updateStatus, ours }: Update): Asked {
  return { serviceId: service.id, api, goal, index, base: { spec: live, previousSpec: previous, updateStatus }, isOurs: (stored) => isSameSpec(stored, ours) };
}

/**
 * Whether a request that was called out of sequence was taken all the same: a manager that loses its leader sends the
 * request again to the new one, which may have it already and then finds the index stale.
 */
async function wasOursAfterAll(update: Update, engine: Engine): Promise<boolean> {
  try {
    const service = await engine.service(update.service.id, update.api);
    const weighed = weigh(service, askedOf(update));
    return weighed !== 'asBefore' && weighed.kind === 'taken' && service?.previousSpec !== undefined && toJson(service.previousSpec) === toJson(update.live);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return false; // what the engine has said stands
  }
}

function toOutcome(answer: Exclude<EngineAnswer, { kind: 'outOfSequence' | 'unknownEnding' }>, body: string): ApplyOutcome {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'applied', warnings: answer.warnings, settled: false };
    case 'refused':
      return { kind: 'refused', status: answer.status, message: answer.message, at: placeOfRefusal(answer.message, parseExact(body)) };
    case 'nameConflict':
      return { kind: 'refused', status: 409, message: answer.message, at: ['Name'] };
    case 'notFound':
      return { kind: 'notFound' };
    case 'notAManager':
      return { kind: 'notAManager', message: answer.message };
    case 'unreachable':
      return { kind: 'unreachable', cause: answer.cause };
  }
}

function toSettled(settled: Settled, cause: EngineError, index: string): ApplyOutcome {
  switch (settled.kind) {
    case 'taken':
      return { kind: 'applied', warnings: [], settled: true };
    case 'overtaken':
      return { kind: 'outOfSequence', plannedAgainst: index };
    case 'notTaken':
      return { kind: 'notTaken', cause };
    case 'unknown':
      return { kind: 'unknown', cause, why: settled.why };
  }
}

/** An outcome in words; the first sentence stands alone. */
export function describeOutcome(outcome: ApplyOutcome, name: string): string {
  switch (outcome.kind) {
    case 'applied':
      return `Applied: \`${name}\` is updated.${outcome.settled ? ' No answer told so; the service does.' : ''}${outcome.warnings.length > 0 ? ` The engine warns: ${outcome.warnings.join(' ')}` : ''}`;
    case 'refused':
      return `The engine refuses the spec of \`${name}\`: ${outcome.message.replace(/\.?$/, '.')} Nothing was applied.`;
    case 'outOfSequence':
      return `\`${name}\` has changed since it was read (version index ${outcome.plannedAgainst}). Nothing was applied. Plan and apply again.`;
    case 'notFound':
      return `There is no service \`${name}\` any more. Nothing was applied.`;
    case 'alreadyThere':
      return `Somebody else has created a service \`${name}\` since it was planned. Nothing was applied. Plan and apply again.`;
    case 'notAManager':
      return `This engine is not a swarm manager, and only managers take services. Nothing was applied. The engine says: ${outcome.message}`;
    case 'unreachable':
      return `${outcome.cause.message} Nothing was sent.`;
    case 'notTaken':
      return `The engine did not take the update of \`${name}\`: no answer came, and the service has stayed as it was for longer than a manager keeps a request. Nothing was applied. ${outcome.cause.message}`;
    case 'unknown':
      return `Nobody knows whether \`${name}\` was updated: ${outcome.cause.message} ${outcome.why} Look at the service before you apply again.`;
  }
}
