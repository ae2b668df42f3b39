import type { SpecDocument } from '../document/document';
import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import { fieldAt, fieldsAlong, findKey } from '../facts/lookup';
import type { StructType } from '../facts/types';
import { count, readAloud } from '../facts/units';
import { secretSign } from '../grammar/secretText';
import type { Path } from '../path';
import { normalise } from '../schema/normalise';
import type { PlaceInSpec } from './specPath';
import type { SwarmNames } from './swarmNames';

/** The normal form of specs, which is compared; made once for each. */
const normal = new WeakMap<SpecObject, SpecObject>();

/**
 * What the running service of the same name has at a place, where that means something else than what is written;
 * undefined where it means the same or no such service runs. Values that may be secret are not repeated.
 */
export function liveValueInWords({ value }: SpecDocument, { base, path }: PlaceInSpec, root: StructType, swarm: SwarmNames): string | undefined {
  const spec = base.reduce<SpecValue | undefined>((inside, step) => memberOf(inside, step), value);
  if (!isObject(spec)) return undefined;
  const name = Object.entries(spec).find(([key]) => findKey(root, key) === 'Name')?.[1];
  const service = swarm.services?.find((one) => one.name === name);
  if (!service) return undefined;
  const spelled = engineSpelling(path, root);
  const here = along(normalOf(spec, root), spelled);
  const there = along(normalOf(service.spec, root), spelled);
  if (sameMeaning(here, there, spelled, swarm)) return undefined;
  return `**Live:** ${show(there, spelled, root, swarm)}`;
}

function normalOf(spec: SpecObject, root: StructType): SpecObject {
  let known = normal.get(spec);
  if (!known) {
    known = normalise(spec, root);
    normal.set(spec, known);
  }
  return known;
}

function engineSpelling(path: Path, root: StructType): Path {
  let type = root as StructType | undefined;
  return path.map((step, i) => {
    const key = type && typeof step === 'string' ? (findKey(type, step) ?? step) : step;
    const inside = fieldAt(root, path.slice(0, i + 1))?.type;
    type = inside?.kind === 'struct' ? inside : undefined;
    return key;
  });
}

function along(value: SpecValue | undefined, path: Path): SpecValue | undefined {
  return path.reduce<SpecValue | undefined>((inside, step) => memberOf(inside, step), value);
}

function memberOf(value: SpecValue | undefined, step: string | number): SpecValue | undefined {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function sameMeaning(here: SpecValue | undefined, there: SpecValue | undefined, path: Path, swarm: SwarmNames): boolean {
  if (here === undefined || there === undefined) return here === there;
  if (path.includes('Networks')) return toJson(withIds(here, swarm)) === toJson(withIds(there, swarm));
  return toJson(here) === toJson(there) || imageOf(here) === imageOf(there);
}

/** Names of networks as their ids, which is what the engine stores. */
function withIds(value: SpecValue, swarm: SwarmNames): SpecValue {
  if (typeof value === 'string') return swarm.networks?.find(({ name }) => name === value)?.id ?? value;
  if (Array.isArray(value)) return value.map((item) => withIds(item, swarm));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === 'Target' ? withIds(member, swarm) : member])) : value;
}

/** The docker command pins the digest that a tag stood for; the tag then is the same text. */
function imageOf(value: SpecValue): SpecValue {
  return typeof value === 'string' && /@sha256:[0-9a-f]{64}$/.test(value) ? value.slice(0, value.indexOf('@')) : value;
}

/** Fields whose texts are shown to nobody: environment, labels, options, commands. */
const HIDDEN = ['Env', 'env', 'Labels', 'Options', 'DriverOpts', 'Args', 'Command', 'Test'];

function show(value: SpecValue | undefined, path: Path, root: StructType, swarm: SwarmNames): string {
  const field = fieldsAlong(root, path).at(-1);
  if (value === undefined) return 'left out in the running service.';
  if (path.some((step) => HIDDEN.includes(String(step)))) return 'something else in the running service.';
  if (Array.isArray(value)) return `${count(value.length, 'item')} in the running service, not the same.`;
  if (isObject(value)) return 'not the same in the running service.';
  const network = path.includes('Networks') && typeof value === 'string' ? swarm.networks?.find(({ id }) => id === value)?.name : undefined;
  if (typeof value === 'string' && secretSign(String(path.at(-1)), value)) return 'something else in the running service.';
  const aloud = typeof value === 'number' || typeof value === 'bigint' ? readAloud(value, field?.unit) : network;
  return `\`${typeof value === 'string' ? value : toJson(value)}\`${aloud === undefined ? '' : ` (${aloud})`} in the running service.`;
}
