import { NumberText, isObject, type SpecObject, type SpecValue } from '../document/value';
import { findKey } from '../facts/lookup';
import type { ApiVersion, Field, StructType, Type, Words } from '../facts/types';
import { isOlder } from '../facts/versions';

/**
 * A spec in the one form that all spellings with the same meaning to the engine share: keys in its spelling, no nulls,
 * no zero values that it drops, no defaults that it fills in. Two specs with equal normal forms are stored alike.
 *
 * Objects stay even when they are empty: `Resources: {}` is not the same as none, and restarts tasks. Values of the
 * wrong type stay as they are; they never get as far as a plan.
 */
export function normalise(value: SpecObject, root: StructType): SpecObject {
  const normal = struct(value, root);
  return root.name === 'ServiceSpec' ? struct(withDefaultMode(normal), root) : normal;
}

/**
 * The normal form of what the engine keeps of a spec that is sent at this API version: without the fields that it does
 * not know, never stores, or erases below a newer version. The default mode comes last, as in the engine, where a job
 * sent below 1.41 becomes a replicated service.
 */
export function asStored(value: SpecObject, root: StructType, api: ApiVersion): SpecObject {
  return normalise(kept(value, root, api) as SpecObject, root);
}

function kept(value: SpecValue, type: Type, api: ApiVersion): SpecValue {
  if (Array.isArray(value)) return type.kind === 'list' ? value.map((item) => kept(item, type.item.type, api)) : value;
  if (type.kind !== 'struct' || !isObject(value)) return value;
  const rest: SpecObject = {};
  for (const key of Object.keys(value)) {
    const name = findKey(type, key);
    const facts = name === undefined ? undefined : type.fields[name];
    if (!facts || facts.neverStored || (facts.erasedBelow && isOlder(api, facts.erasedBelow))) continue;
    rest[key] = kept(value[key], facts.type, api);
  }
  return rest;
}

function struct(value: SpecObject, type: StructType): SpecObject {
  const given = new Map<string, SpecValue>();
  for (const key of Object.keys(value)) given.set(findKey(type, key) ?? key, value[key]);
  const normal: SpecObject = {};
  // in the order of the facts, since the order of keys means nothing
  for (const [key, facts] of Object.entries(type.fields)) {
    const member = given.get(key);
    given.delete(key);
    const kept = member === undefined || member === null ? undefined : field(member, facts);
    if (kept !== undefined) normal[key] = kept;
  }
  for (const [key, member] of given) normal[key] = member;
  return normal;
}

function field(value: SpecValue, facts: Field): SpecValue | undefined {
  const { type } = facts;
  switch (type.kind) {
    case 'struct':
      if (!isObject(value)) return value;
      return dropped(struct(value, type), type.name);
    case 'list':
      if (!Array.isArray(value)) return value;
      return value.length === 0 ? undefined : value.map((item) => (item === null ? null : (field(item, type.item) ?? zero(type.item))));
    case 'map':
      if (!isObject(value)) return value;
      return Object.keys(value).length === 0 ? undefined : sorted(value);
    case 'scalar':
      if (typeof value === 'string') return text(value, facts.words);
      if (value === false) return facts.pointer ? value : undefined;
      if (value instanceof NumberText) return field(typeof value.value === 'bigint' ? value.value : Number(value.value), facts);
      if (value === 0 || value === 0n) return facts.pointer ? 0 : undefined;
      return type.name === 'float32' && typeof value === 'number' ? Math.fround(value) : value;
  }
}

function text(value: string, words: Words | undefined): string | undefined {
  if (value === '') return undefined;
  if (!words) return value;
  const word = words.letterCase === 'ignored' ? (Object.keys(words.words).find((word) => word.toLowerCase() === value.toLowerCase()) ?? value) : value;
  return word === words.empty ? undefined : word;
}

/** Structs that the engine does not store when nothing is in them. Seen on engine 28.5. */
const VANISHING: ReadonlySet<string> = new Set(['BindOptions', 'TaskSpec', 'ServiceMode', 'NetworkAttachmentSpec', 'ImageOptions', 'ClusterOptions']);

function dropped(value: SpecObject, name: string): SpecObject | undefined {
  return VANISHING.has(name) && Object.keys(value).length === 0 ? undefined : value;
}

/** What a list item that is dropped as a member counts as in a list, where its place must stay. */
function zero({ type }: Field): SpecValue {
  if (type.kind === 'struct' || type.kind === 'map') return {};
  if (type.kind === 'list') return [];
  return type.name === 'bool' ? false : type.name === 'string' || type.name === 'ip-address' || type.name === 'bytes' ? '' : 0;
}

function sorted(value: SpecObject): SpecObject {
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, value[key] ?? '']));
}

/** With the mode that the engine fills in: a service without one is replicated, with one replica. */
function withDefaultMode(spec: SpecObject): SpecObject {
  const { Mode } = spec;
  if (!isObject(Mode)) return { ...spec, Mode: { Replicated: { Replicas: 1 } } };
  const { Replicated, ReplicatedJob } = Mode;
  if (isObject(Replicated)) return { ...spec, Mode: { ...Mode, Replicated: { Replicas: 1, ...Replicated } } };
  if (!isObject(ReplicatedJob)) return spec;
  const { MaxConcurrent = 1, TotalCompletions = MaxConcurrent } = ReplicatedJob;
  return { ...spec, Mode: { ...Mode, ReplicatedJob: { ...ReplicatedJob, MaxConcurrent, TotalCompletions } } };
}
