import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { PlainValue } from '../finding';
import { asText, toEnv, toFileReference, toHosts, toMounts, toPorts, toRestartPolicy } from './compose';
import { findKey } from './lookup';
import type { Field, StructType, Type } from './types';

/** What a value of another shape stands for: that of compose files, of the docker command, or a name in place of its object. */
export interface OtherShape {
  readonly value: PlainValue;
  /** Whether nothing else can be meant. */
  readonly safe: boolean;
  /** The key beside it whose value is part of it. */
  readonly takes?: string;
}

const certain = (value: PlainValue | undefined): OtherShape | undefined => (value === undefined ? undefined : { value, safe: true });

/** The value that a field wants, read from one of another shape in an object; undefined where that cannot be told. */
export function readOtherShape(value: SpecValue, { type }: Field, name: string, holder: SpecObject): OtherShape | undefined {
  switch (type.kind) {
    case 'map':
      return certain(pairsToMap(value));
    case 'struct':
      if (type.name === 'ServiceMode') return toMode(value, holder);
      return OBJECTS[type.name]?.(value) ?? certain(gluedMembers(value, type));
    case 'list':
      return listOf(value, type.item.type, name);
    case 'scalar':
      // an entry of the list, `- A: b`, unless its key may say what stands there
      return name === 'Env' && isObject(value) && Object.keys(value).length === 1 && !/^(name|key|value)$/i.test(Object.keys(value)[0]) && Object.values(value)[0] !== null ? certain((toEnv(value) as PlainValue[] | undefined)?.[0]) : undefined;
  }
}

function listOf(value: SpecValue, item: Type, name: string): OtherShape | undefined {
  if (item.kind !== 'struct') return !isObject(value) ? undefined : name === 'Env' ? toVariables(value) : name === 'Hosts' ? certain(toHosts(value)) : undefined;
  if (!isObject(value)) return wrapped(OBJECTS[item.name]?.(value));
  if (item.name === 'Ulimit') return certain(all(Object.entries(value).map(([limit, both]) => toUlimit(limit, both))));
  if (item.name === 'NetworkAttachmentConfig') return certain(all(Object.entries(value).map(([network, attachment]) => toAttachment(network, attachment))));
  return undefined;
}

/** A null may be left to the image, to the shell as in compose files, or be empty; the name alone, which it becomes, takes the variable of the image away. */
function toVariables(value: SpecObject): OtherShape | undefined {
  const env = toEnv(value);
  return env === undefined ? undefined : { value: env, safe: !hasNull(value) };
}

/** Whether a member of an object is null. */
export function hasNull(value: SpecValue | undefined): boolean {
  return isObject(value) && Object.values(value).includes(null);
}

/** Whether an entry of a list is the name of a variable alone. */
export function hasBareName(value: SpecValue | undefined): boolean {
  return Array.isArray(value) && value.some((entry) => typeof entry === 'string' && /^\w+$/.test(entry));
}

/** One value in place of an object, by the name of the struct. */
const OBJECTS: Readonly<Record<string, (value: SpecValue) => OtherShape | undefined>> = {
  Global: toNothingInside,
  GlobalJob: toNothingInside,
  RestartPolicy: (value) => certain(toRestartPolicy(value)),
  Driver: (value) => certain(typeof value === 'string' && /^[\w.-]+$/.test(value) ? { Name: value } : undefined),
  PortConfig: (value) => certain(isText(value) ? (toPorts(asText(value)) as PlainValue[] | undefined)?.[0] : undefined),
  Mount: (value) => certain(isText(value) ? (toMounts([value]) as PlainValue[] | undefined)?.[0] : undefined),
  SpreadOver: (value) => certain(typeof value === 'string' && /^[\w./-]+$/.test(value) ? { SpreadDescriptor: value } : undefined),
  SecretReference: (value) => certain(typeof value === 'string' ? toFileReference(value, 'Secret') : undefined),
  ConfigReference: (value) => certain(typeof value === 'string' ? toFileReference(value, 'Config') : undefined),
  NetworkAttachmentConfig: (value) => certain(typeof value === 'string' && /^\w[\w.-]*$/.test(value) ? { Target: value } : undefined),
};

/** `Image:x:1` and lines like it, which together are a text to YAML, where `Image: x:1` was meant. */
function gluedMembers(value: SpecValue, struct: StructType): PlainValue | undefined {
  if (typeof value !== 'string') return undefined;
  const members: Record<string, PlainValue> = {};
  for (const line of value.trim().split(/\s+/)) {
    const [, name, text] = /^(\w+):([^/].*)$/.exec(line) ?? [];
    const key = name === undefined ? undefined : findKey(struct, name);
    if (key === undefined || Object.hasOwn(members, key)) return undefined;
    members[key] = /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
  }
  return members;
}

/** Of a service that is replicated, nobody has said how many replicas it has, unless that stands beside it. */
function toMode(value: SpecValue, holder: SpecObject): OtherShape | undefined {
  const takes = Object.keys(holder).find((key) => /^replicas$/i.test(key));
  const replicas = takes === undefined ? undefined : holder[takes];
  switch (value) {
    case 'global':
      return certain({ Global: {} });
    case 'global-job':
      return certain({ GlobalJob: {} });
    case 'replicated':
      if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0) return { value: { Replicated: { Replicas: replicas } }, safe: true, takes };
      return { value: { Replicated: { Replicas: 1 } }, safe: false };
    case 'replicated-job':
      return { value: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }, safe: false };
    default:
      return undefined;
  }
}

/** An object that has no members, where it is said that it is there. */
function toNothingInside(value: SpecValue): OtherShape | undefined {
  return certain(value === true || value === '' || (Array.isArray(value) && value.length === 0) ? {} : undefined);
}

/** `[a=b]` and `[{a: b}]`, as compose files have labels and sysctls; undefined where a key is there twice. */
function pairsToMap(value: SpecValue): PlainValue | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const map: Record<string, string> = {};
  for (const item of value) {
    const match = typeof item === 'string' ? /^([^=]+)=(.*)$/s.exec(item) : undefined;
    if (!match && !(isObject(item) && Object.keys(item).length === 1)) return undefined;
    for (const [key, given] of match ? [[match[1], match[2]]] : Object.entries(item as SpecObject)) {
      const text = asText(given);
      if (text === undefined || Object.hasOwn(map, key) || key === '__proto__') return undefined;
      map[key] = text;
    }
  }
  return map;
}

function toUlimit(Name: string, value: SpecValue): PlainValue | undefined {
  // what else it has, nobody knows here
  if (isObject(value) && Object.keys(value).some((key) => !/^(soft|hard)$/i.test(key))) return undefined;
  const both = isObject(value) ? { Soft: value.soft ?? value.Soft, Hard: value.hard ?? value.Hard } : { Soft: value, Hard: value };
  return Number.isInteger(both.Soft) && Number.isInteger(both.Hard) ? { Name, Soft: both.Soft as number, Hard: both.Hard as number } : undefined;
}

function toAttachment(Target: string, value: SpecValue): PlainValue | undefined {
  if (value === null || (isObject(value) && Object.keys(value).length === 0)) return { Target };
  if (!isObject(value) || Object.keys(value).join() !== 'aliases' || !Array.isArray(value.aliases) || !value.aliases.every((alias) => typeof alias === 'string')) return undefined;
  return { Target, Aliases: value.aliases };
}

function isText(value: SpecValue): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function wrapped(one: OtherShape | undefined): OtherShape | undefined {
  return one && { ...one, value: [one.value] };
}

/** The items, if all could be told and there are some. */
function all(items: readonly (PlainValue | undefined)[]): PlainValue | undefined {
  return items.length > 0 && items.every((item) => item !== undefined) ? (items as PlainValue[]) : undefined;
}
