import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { Path } from '../path';

/** One difference between the live spec and the one to apply. */
export interface Change {
  readonly path: Path;
  /** Undefined where the live service has nothing here. */
  readonly from: SpecValue | undefined;
  /** Undefined where nothing will be here. */
  readonly to: SpecValue | undefined;
  /** The items before it on both sides, where it is one of a list: what a flag is followed by may be secret. */
  readonly before?: readonly [SpecValue?, SpecValue?];
}

/** The differences between two normal forms, deepest places first told by their paths. Indexes are those of the live list; of a new item, its own. */
export function diff(from: SpecValue | undefined, to: SpecValue | undefined): Change[] {
  const changes: Change[] = [];
  compare(from, to, [], changes);
  return changes;
}

function compare(from: SpecValue | undefined, to: SpecValue | undefined, path: Path, changes: Change[], before?: Change['before']): void {
  if (from === undefined || to === undefined) {
    if (from !== to) changes.push({ path, from, to, ...(before && { before }) });
  } else if (isObject(from) && isObject(to)) {
    for (const key of keysOf(from, to)) compare(from[key], to[key], [...path, key], changes);
  } else if (Array.isArray(from) && Array.isArray(to)) {
    if (isReordered(from, to)) changes.push({ path, from: [...from], to: [...to] });
    else for (const [i, j] of matchItems(from, to)) compare(i === undefined ? undefined : from[i], j === undefined ? undefined : to[j], [...path, i ?? j ?? 0], changes, itemsBefore(from, to, i, j));
  } else if (toJson(from) !== toJson(to)) {
    changes.push({ path, from, to, ...(before && { before }) });
  }
}

/** The items before two of a list, on either side; undefined where neither has one. */
export function itemsBefore(from: readonly SpecValue[], to: readonly SpecValue[], i: number | undefined, j: number | undefined): [SpecValue?, SpecValue?] | undefined {
  return i || j ? [i ? from[i - 1] : undefined, j ? to[j - 1] : undefined] : undefined;
}

function keysOf(from: SpecObject, to: SpecObject): string[] {
  return [...Object.keys(from), ...Object.keys(to).filter((key) => !Object.hasOwn(from, key))];
}

/**
 * Which item of one list is which of the other, as pairs of indexes: by what the items are called, where they are called
 * something and keep their order; else item by item. Removed items have no second index, new ones no first.
 */
export function matchItems(from: readonly SpecValue[], to: readonly SpecValue[]): [number | undefined, number | undefined][] {
  const [before, after] = [from.map(nameOf), to.map(nameOf)];
  const named = [before, after].every((list) => list.every((name) => name !== undefined) && new Set(list).size === list.length);
  if (!named || before.filter((name) => after.includes(name)).join('\n') !== after.filter((name) => before.includes(name)).join('\n')) {
    return Array.from({ length: Math.max(from.length, to.length) }, (_, i) => [i < from.length ? i : undefined, i < to.length ? i : undefined]);
  }
  // a word in the place of another, as in a command, is a change of it
  const isReplaced = (i: number) => [from[i], to[i]].every((item) => typeof item === 'string' && !item.includes('=')) && !after.includes(before[i]) && !before.includes(after[i]);
  const known = before.map((name, i): [number, number | undefined] => [i, after.includes(name) ? after.indexOf(name) : isReplaced(i) ? i : undefined]);
  const added = after.flatMap((name, j): [undefined, number][] => (before.includes(name) || isReplaced(j) ? [] : [[undefined, j]]));
  return [...known, ...added];
}

/** The same items in another order, which the engine stores as they come and which tasks are compared by. */
export function isReordered(from: readonly SpecValue[], to: readonly SpecValue[]): boolean {
  const [before, after] = [from.map((item) => toJson(item)), to.map((item) => toJson(item))];
  return before.join('\n') !== after.join('\n') && [...before].sort().join('\n') === [...after].sort().join('\n');
}

/** What an item of a list is called: a variable, a network, the path of a mount, a port. Undefined where it has no name. */
export function nameOf(item: SpecValue): string | undefined {
  if (typeof item === 'string') return item.split('=', 1)[0];
  if (!isObject(item)) return undefined;
  for (const key of ['Target', 'SecretName', 'ConfigName']) if (typeof item[key] === 'string') return item[key];
  if (item.TargetPort !== undefined) return `${String(item.TargetPort)}/${String(item.Protocol ?? 'tcp')}/${String(item.PublishedPort ?? '')}`;
  return undefined;
}
