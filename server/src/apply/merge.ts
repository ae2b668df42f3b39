import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import { SERVICE } from '../facts/kinds';
import type { StructType, Type } from '../facts/types';
import { type Path, toPointer } from '../path';

/** A place that both sides have changed, and not to the same. Undefined stands for nothing being there. */
export interface MergeConflict {
  readonly path: Path;
  readonly base: SpecValue | undefined;
  readonly live: SpecValue | undefined;
  readonly ours: SpecValue | undefined;
}

/** Which side counts at a place in conflict, by its JSON pointer. */
export type Choices = ReadonlyMap<string, 'live' | 'ours'>;

export interface Merge {
  /** Both sides' changes in one spec; of places in conflict without a choice, the live value. */
  readonly spec: SpecObject;
  /** Places in conflict that no choice has settled. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * What a service becomes when the changes that others have made (from `base` to `live`) and ours (from `base` to `ours`)
 * both count. All three are normal forms. Items of lists are taken by what they are called, where they are called
 * something: variables by name, mounts by target, ports by target and protocol; other lists count as one value.
 */
export function mergeSpecs(base: SpecObject, live: SpecObject, ours: SpecObject, choices: Choices = new Map()): Merge {
  const conflicts: MergeConflict[] = [];
  const spec = merge({ base, live, ours, type: SERVICE.root, path: [] }, { choices, conflicts });
  return { spec: isObject(spec) ? spec : {}, conflicts };
}

/** The three values of one place. */
interface Place {
  readonly base: SpecValue | undefined;
  readonly live: SpecValue | undefined;
  readonly ours: SpecValue | undefined;
  /** Undefined where the facts know nothing of it. */
  readonly type: Type | undefined;
  readonly path: Path;
}

interface Merging {
  readonly choices: Choices;
  readonly conflicts: MergeConflict[];
}

function merge(place: Place, merging: Merging): SpecValue | undefined {
  const { base, live, ours, type } = place;
  if (isSame(live, ours) || isSame(base, ours)) return live;
  if (isSame(base, live)) return ours;
  if (type?.kind === 'struct' && isObject(live) && isObject(ours) && !isOneOf(type, live, ours)) {
    return mergeMembers(place, live, ours, (key) => type.fields[key]?.type, merging);
  }
  if (type?.kind === 'map' && [base, live, ours].every(isMap)) {
    const merged = mergeMembers(place, live ?? {}, ours ?? {}, () => type.value.type, merging);
    return Object.keys(merged).length === 0 ? undefined : merged;
  }
  const list = type?.kind === 'list' ? mergeLists(place, type.item.type, merging) : undefined;
  // a normal form has no empty lists
  if (list) return list.length === 0 ? undefined : list;
  return decide(place, merging);
}

function isSame(one: SpecValue | undefined, other: SpecValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return toJson(one) === toJson(other);
}

function isMap(value: SpecValue | undefined): boolean {
  return value === undefined || isObject(value);
}

/** Of a mode there is one; two kinds of it do not mix. */
function isOneOf({ name }: StructType, live: SpecObject, ours: SpecObject): boolean {
  return name === 'ServiceMode' && Object.keys(live).sort().join() !== Object.keys(ours).sort().join();
}

function decide({ path, base, live, ours }: Place, { choices, conflicts }: Merging): SpecValue | undefined {
  const choice = choices.get(toPointer(path));
  if (!choice) conflicts.push({ path, base, live, ours });
  return choice === 'ours' ? ours : live;
}

function mergeMembers({ base, path }: Place, live: SpecValue, ours: SpecValue, typeOf: (key: string) => Type | undefined, merging: Merging): SpecObject {
  const [from, theirs, mine] = [base, live, ours].map((value): SpecObject => (isObject(value) ? value : {}));
  const merged: SpecObject = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(from)])) {
    const member = (value: SpecObject) => (Object.hasOwn(value, key) ? value[key] : undefined);
    const value = merge({ base: member(from), live: member(theirs), ours: member(mine), type: typeOf(key), path: [...path, key] }, merging);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** The merged list; undefined where its items have no names to tell them apart, or both sides have moved them. */
function mergeLists(place: Place, item: Type, merging: Merging): SpecValue[] | undefined {
  const lists = [place.base, place.live, place.ours].map((value) => (value === undefined ? [] : value));
  if (!lists.every(Array.isArray)) return undefined;
  const named = nameItems(place.path, lists);
  if (!named) return undefined;
  const [base, live, ours] = named;
  const order = mergeOrder([...base.keys()], [...live.keys()], [...ours.keys()]);
  return order?.flatMap((name) => {
    const value = merge({ base: base.get(name), live: live.get(name), ours: ours.get(name), type: item, path: [...place.path, name] }, merging);
    return value === undefined ? [] : [value];
  });
}

type Namer = (item: SpecObject) => readonly (SpecValue | undefined)[];

/** What items of lists are called, the shortest name first; the first that is unique in all three lists counts. */
const NAMES: Readonly<Record<string, readonly Namer[]>> = {
  Mounts: [({ Target }) => [Target]],
  Networks: [({ Target }) => [Target]],
  Ulimits: [({ Name }) => [Name]],
  Secrets: [({ File, SecretName, SecretID }) => [isObject(File) ? File.Name : undefined, isObject(File) ? '' : (SecretName ?? SecretID)]],
  Configs: [({ File, ConfigName, ConfigID }) => [isObject(File) ? File.Name : undefined, isObject(File) ? '' : (ConfigName ?? ConfigID)]],
  Ports: [
    ({ TargetPort, Protocol }) => [TargetPort, Protocol ?? 'tcp'],
    ({ TargetPort, Protocol, PublishedPort, PublishMode }) => [TargetPort, Protocol ?? 'tcp', PublishedPort, PublishMode ?? 'ingress'],
  ],
};

/** Lists of texts in which the text itself is the name: their order means nothing, or little. */
const SETS: ReadonlySet<string> = new Set(['Constraints', 'CapabilityAdd', 'CapabilityDrop', 'Groups', 'Aliases', 'Hosts', 'Search']);

function nameItems(path: Path, lists: readonly (readonly SpecValue[])[]): Map<string, SpecValue>[] | undefined {
  const field = String(path.at(-1));
  const namers: ((item: SpecValue) => string | undefined)[] =
    field === 'Env'
      ? [(item) => (typeof item === 'string' ? item.split('=', 1)[0] : undefined)]
      : SETS.has(field)
        ? [(item) => (typeof item === 'string' ? item : undefined)]
        : (NAMES[field] ?? []).map((name) => (item) => (isObject(item) ? name(item).filter((part) => part !== undefined && part !== '').map(String).join('/') || undefined : undefined));
  for (const name of namers) {
    const named = lists.map((list) => new Map(list.flatMap((item) => (name(item) === undefined ? [] : [[name(item)!, item] as const]))));
    if (named.every((map, i) => map.size === lists[i].length)) return named;
  }
  return undefined;
}

/**
 * The names of both sides in one order: that of the side which has moved items, with the items that the other has added
 * behind the ones that they stood behind. Undefined when both sides have moved items, and differently.
 */
function mergeOrder(base: readonly string[], live: readonly string[], ours: readonly string[]): string[] | undefined {
  const kept = (names: readonly string[], others: readonly string[]) => names.filter((name) => others.includes(name)).join('\n');
  const liveMoved = kept(base, live) !== kept(live, base);
  const oursMoved = kept(base, ours) !== kept(ours, base);
  if (liveMoved && oursMoved && kept(live, ours) !== kept(ours, live)) return undefined;
  const [leading, following] = liveMoved && !oursMoved ? [live, ours] : [ours, live];
  const order = [...leading];
  for (const [i, name] of following.entries()) {
    if (order.includes(name)) continue;
    const before = following.slice(0, i).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name);
  }
  return order;
}
