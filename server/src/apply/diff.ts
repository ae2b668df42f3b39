import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { Path } from '../path';

/** One difference between the live spec and the one to apply. */
export interface Change {
  readonly path: Path;
  /** Undefined where the live service has nothing here. */
  readonly from: SpecValue | undefined;
  /** Undefined where nothing will be here. */
  readonly to: SpecValue | undefined;
}

/** The differences between two normal forms, deepest places first told by their paths. */
export function diff(from: SpecValue | undefined, to: SpecValue | undefined): Change[] {
  const changes: Change[] = [];
  compare(from, to, [], changes);
  return changes;
}

function compare(from: SpecValue | undefined, to: SpecValue | undefined, path: Path, changes: Change[]): void {
  if (from === undefined || to === undefined) {
    if (from !== to) changes.push({ path, from, to });
  } else if (isObject(from) && isObject(to)) {
    for (const key of keysOf(from, to)) compare(from[key], to[key], [...path, key], changes);
  } else if (Array.isArray(from) && Array.isArray(to)) {
    compareLists(from, to, path, changes);
  } else if (toJson(from) !== toJson(to)) {
    changes.push({ path, from, to });
  }
}

function keysOf(from: SpecObject, to: SpecObject): string[] {
  return [...Object.keys(from), ...Object.keys(to).filter((key) => !Object.hasOwn(from, key))];
}

/** Lists by what their items are called, where they are called something; else item by item. */
function compareLists(from: readonly SpecValue[], to: readonly SpecValue[], path: Path, changes: Change[]): void {
  const names = [from.map(nameOf), to.map(nameOf)];
  const named = names.every((list) => list.every((name) => name !== undefined) && new Set(list).size === list.length);
  if (!named || names[0].join('\n') !== names[1].filter((name) => names[0].includes(name)).join('\n')) {
    const moved = named && [...names[0]].sort().join('\n') === [...names[1]].sort().join('\n');
    if (moved && from.every((item) => to.some((other) => toJson(item) === toJson(other)))) {
      changes.push({ path, from: [...from], to: [...to] });
      return;
    }
    for (let i = 0; i < Math.max(from.length, to.length); i++) compare(from[i], to[i], [...path, i], changes);
    return;
  }
  for (const [i, name] of names[0].entries()) {
    const other = names[1].indexOf(name);
    compare(from[i], other < 0 ? undefined : to[other], [...path, i], changes);
  }
  for (const [i, name] of names[1].entries()) if (!names[0].includes(name)) compare(undefined, to[i], [...path, i], changes);
}

function nameOf(item: SpecValue): string | undefined {
  if (typeof item === 'string') return item.split('=', 1)[0];
  if (!isObject(item)) return undefined;
  for (const key of ['Target', 'SecretName', 'ConfigName']) if (typeof item[key] === 'string') return item[key];
  if (item.TargetPort !== undefined) return `${String(item.TargetPort)}/${String(item.Protocol ?? 'tcp')}/${String(item.PublishedPort ?? '')}`;
  return undefined;
}
