import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { findKey } from '../facts/lookup';
import { SERVICE } from '../facts/kinds';
import type { ApiVersion, StructType, Type } from '../facts/types';
import type { Path } from '../path';
import { asStored, normalise } from '../schema/normalise';

/** A name of the document that stands as an id in the body. */
export interface Resolution {
  /** Of the id, in the spelling of the body. */
  readonly path: Path;
  readonly what: 'network' | 'secret' | 'config';
  readonly name: string;
  readonly id: string;
}

/** What names can mean in a swarm. */
export interface Names {
  readonly networks: readonly { readonly id: string; readonly name: string; readonly scope: string }[];
  readonly secrets: readonly { readonly id: string; readonly name: string }[];
  readonly configs: readonly { readonly id: string; readonly name: string }[];
}

/**
 * The spec with the ids that its names stand for: a network by the rule of the engine, a secret or config that is given by
 * name alone (`SecretName` without `SecretID`), for which the engine has no rule. A name that means nothing here stays as
 * it is: rules about the live swarm tell it, and the engine refuses it.
 */
export function resolveNames(spec: SpecObject, names: Names): { readonly spec: SpecObject; readonly resolved: readonly Resolution[] } {
  const resolved: Resolution[] = [];
  const networks = (list: SpecValue, path: Path): SpecValue =>
    eachObject(list, path, (item, at) => {
      const key = keyOf(item, 'Target', NETWORK);
      const name = key && item[key];
      const id = typeof name === 'string' ? networkId(name, names.networks) : undefined;
      if (!key || id === undefined || id === name) return item;
      resolved.push({ path: [...at, key], what: 'network', name: name as string, id });
      return { ...item, [key]: id };
    });
  const files = (what: 'secret' | 'config', idName: string, nameName: string, known: Names['secrets']) => (list: SpecValue, path: Path): SpecValue =>
    eachObject(list, path, (item, at) => {
      const type = what === 'secret' ? SECRET : CONFIG;
      const [idKey, nameKey] = [keyOf(item, idName, type), keyOf(item, nameName, type)];
      const name = nameKey && item[nameKey];
      if (typeof name !== 'string' || (idKey && item[idKey] !== '' && item[idKey] !== null)) return item;
      const id = known.find((one) => one.name === name)?.id;
      if (id === undefined) return item;
      resolved.push({ path: [...at, idKey ?? idName], what, name, id });
      return { ...item, [idKey ?? idName]: id };
    });
  let changed = at(spec, ['Networks'], SERVICE.root, networks);
  changed = at(changed, ['TaskTemplate', 'Networks'], SERVICE.root, networks);
  changed = at(changed, ['TaskTemplate', 'ContainerSpec', 'Secrets'], SERVICE.root, files('secret', 'SecretID', 'SecretName', names.secrets));
  changed = at(changed, ['TaskTemplate', 'ContainerSpec', 'Configs'], SERVICE.root, files('config', 'ConfigID', 'ConfigName', names.configs));
  return { spec: changed as SpecObject, resolved };
}

const NETWORK = structAt(['TaskTemplate', 'Networks', 0]);
const SECRET = structAt(['TaskTemplate', 'ContainerSpec', 'Secrets', 0]);
const CONFIG = structAt(['TaskTemplate', 'ContainerSpec', 'Configs', 0]);

function structAt(path: Path): StructType {
  const type = path.reduce<Type>((inside, step) => (inside.kind === 'struct' ? inside.fields[step].type : inside.kind === 'list' ? inside.item.type : inside), SERVICE.root);
  if (type.kind !== 'struct') throw new Error(`${path.join('.')} is no struct`);
  return type;
}

/** The id of a swarm-wide network as the engine looks it up: the whole id, then the name; an abbreviated id is left to the engine. */
function networkId(text: string, networks: Names['networks']): string | undefined {
  const swarm = networks.filter(({ scope }) => scope === 'swarm');
  if (swarm.some(({ id }) => id === text)) return text;
  const named = swarm.filter(({ name }) => name === text);
  return named.length === 1 ? named[0].id : undefined;
}

/** The key of the object that the engine takes for this field. */
function keyOf(value: SpecObject, name: string, type: StructType): string | undefined {
  return Object.keys(value).findLast((key) => findKey(type, key) === name);
}

/** The value with what is at a place replaced; as it is where there is nothing. */
function at(value: SpecValue, path: Path, type: Type, change: (inside: SpecValue, path: Path) => SpecValue, before: Path = []): SpecValue {
  if (path.length === 0) return change(value, before);
  if (!isObject(value) || type.kind !== 'struct') return value;
  const key = keyOf(value, String(path[0]), type);
  return key === undefined ? value : { ...value, [key]: at(value[key], path.slice(1), type.fields[path[0]].type, change, [...before, key]) };
}

function eachObject(list: SpecValue, path: Path, change: (item: SpecObject, path: Path) => SpecObject): SpecValue {
  return Array.isArray(list) ? list.map((item, i) => (isObject(item) ? change(item, [...path, i]) : item)) : list;
}

/**
 * The normal form with networks by id, the way the engine stores them. With an API version, what is left of the spec when
 * it is sent at that version.
 */
export function comparable(spec: SpecObject, networks: Names['networks'], api?: ApiVersion): SpecObject {
  const { $schema: _, ...rest } = spec;
  const { spec: byId } = resolveNames(rest, { networks, secrets: [], configs: [] });
  return api ? asStored(byId, SERVICE.root, api) : normalise(byId, SERVICE.root);
}
