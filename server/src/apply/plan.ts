import { isOurSchema } from '../document/modeline';
import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { Engine, LiveNetwork, LiveService } from '../engine/engine';
import { findKey } from '../facts/lookup';
import { SERVICE } from '../facts/kinds';
import type { ApiVersion } from '../facts/types';
import { toDotted } from '../path';
import { type Change, diff } from './diff';
import { normalise } from '../schema/normalise';
import { showValue } from './secrecy';

/**
 * What an apply will do: one body against one version index of one service. What is shown of a plan is what is sent;
 * nothing is read again in between.
 */
export interface Plan {
  readonly service: { readonly id: string; readonly name: string };
  /** Version index that the plan was made against. */
  readonly index: string;
  readonly api: ApiVersion;
  /** The request body, exactly as it will be sent. */
  readonly body: string;
  readonly changes: readonly Change[];
  /** The live spec, as read. */
  readonly live: SpecObject;
}

export type PlanOutcome =
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** The live service already is what the spec says, up to spelling. */
  | { readonly kind: 'unchanged'; readonly plan: Plan }
  | { readonly kind: 'noSuchService'; readonly name: string; readonly body: string }
  | { readonly kind: 'unnamed' };

/** Plans the update of the service that the spec names. Throws an `EngineError` when the engine cannot be read. */
export async function planUpdate(spec: SpecObject, engine: Engine, api: ApiVersion): Promise<PlanOutcome> {
  const nameKey = Object.keys(spec).findLast((key) => findKey(SERVICE.root, key) === 'Name');
  const name = nameKey === undefined ? undefined : spec[nameKey];
  if (typeof name !== 'string' || name === '') return { kind: 'unnamed' };
  const body = toBody(spec);
  const [live, networks] = await Promise.all([engine.service(name, api), engine.networks(api)]);
  if (!live) return { kind: 'noSuchService', name, body };
  const changes = diff(comparable(live.spec, networks), comparable(spec, networks));
  const plan: Plan = { service: { id: live.id, name }, index: live.index, api, body, changes, live: live.spec };
  return { kind: changes.length === 0 ? 'unchanged' : 'planned', plan };
}

/** Plans the way back to the previous spec. The engine still checks the body, so it is the current spec. */
export function planRollback(live: LiveService, networks: readonly LiveNetwork[], api: ApiVersion): Plan | undefined {
  if (!live.previousSpec) return undefined;
  return {
    service: { id: live.id, name: String(live.spec.Name) },
    index: live.index,
    api,
    body: toJson(live.spec),
    changes: diff(comparable(live.spec, networks), comparable(live.previousSpec, networks)),
    live: live.spec,
  };
}

/** The body that is sent: the spec as written, without what is there for editors only. */
export function toBody(spec: SpecObject): string {
  const { $schema, ...rest } = spec;
  return toJson($schema !== undefined && !isOurSchema($schema) ? spec : rest);
}

/** The normal form with networks by id, the way the engine stores them. */
export function comparable(spec: SpecObject, networks: readonly LiveNetwork[]): SpecObject {
  const { $schema: _, ...rest } = spec;
  const normal = normalise(rest, SERVICE.root);
  const ids = new Map(networks.map(({ id, name }) => [name, id]));
  const byId = (list: SpecValue | undefined): SpecValue | undefined =>
    Array.isArray(list) ? list.map((item) => (isObject(item) && typeof item.Target === 'string' ? { ...item, Target: ids.get(item.Target) ?? item.Target } : item)) : list;
  const task = normal.TaskTemplate;
  if (isObject(task) && task.Networks !== undefined) normal.TaskTemplate = { ...task, Networks: byId(task.Networks) as SpecValue };
  if (normal.Networks !== undefined) normal.Networks = byId(normal.Networks) as SpecValue;
  return normal;
}

/** The changes as lines for people, secrets hidden: `~ TaskTemplate.ContainerSpec.Image: "web:1" → "web:2"`. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.map(({ path, from, to }) => {
    const place = toDotted(path);
    if (from === undefined) return `+ ${place}: ${showValue(to as SpecValue, path)}`;
    if (to === undefined) return `- ${place}: ${showValue(from, path)}`;
    return `~ ${place}: ${showValue(from, path)} → ${showValue(to, path)}`;
  });
}
