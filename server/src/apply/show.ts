import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import { SERVICE } from '../facts/kinds';
import { fieldAt } from '../facts/lookup';
import { readAloud } from '../facts/units';
import { withoutControls } from '../controls';
import { type Path, toDotted } from '../path';
import { type Change, isReordered, itemsBefore, matchItems, nameOf } from './diff';
import { showValue } from './secrecy';

/** The changes as lines for people, secrets hidden: `~ TaskTemplate.ContainerSpec.Image: "web:1" → "web:2"`. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.map(({ path, from, to, before }) => {
    const mark = from === undefined ? '+' : to === undefined ? '-' : '~';
    return withoutControls(`${mark} ${toDotted(path)}: ${between(from, to, path, {}, before)}`);
  });
}

/** One line of the tree of changes. */
export interface TreeLine {
  readonly depth: number;
  /** New, gone, or changed inside. */
  readonly mark: '+' | '-' | '~';
  readonly text: string;
}

/**
 * What changes from one normal form to the other, as an indented tree. Numbers are read aloud, secrets hidden, and items
 * of lists called by their names; `names` are those of ids.
 */
export function changeTree(from: SpecObject, to: SpecObject, names: Readonly<Record<string, string>> = {}): TreeLine[] {
  return lines(compare(from, to, { label: '', path: [], names }), 0).filter(({ text }) => text !== '');
}

interface Node {
  readonly mark: TreeLine['mark'];
  readonly label: string;
  /** Undefined where the children tell it. */
  readonly value?: string;
  readonly children: readonly Node[];
}

interface Place {
  readonly label: string;
  readonly path: Path;
  /** The items before it, where it is one of a list: what a flag is followed by may be secret. */
  readonly before?: readonly [SpecValue?, SpecValue?];
  readonly names: Readonly<Record<string, string>>;
}

/** Undefined where nothing changes. */
function compare(from: SpecValue | undefined, to: SpecValue | undefined, { label, path, names, before }: Place): Node | undefined {
  if (from === undefined ? to === undefined : to !== undefined && toJson(from) === toJson(to)) return undefined;
  const mark = from === undefined ? '+' : to === undefined ? '-' : '~';
  const nested = members(from, to, path, names).flatMap((place) => {
    const child = compare(place.from, place.to, place);
    return child ? [child] : [];
  });
  if (nested.length === 0) return { mark, label, value: between(from, to, path, names, before), children: [] };
  const [only] = nested;
  // a step with one change in it is no line of its own
  if (nested.length === 1 && (only.mark === mark || mark === '~') && label !== '') return { ...only, label: only.label.startsWith('[') ? label + only.label : `${label}.${only.label}` };
  return { mark, label, children: nested };
}

/** What there is inside of either side to compare; nothing where a value is compared as a whole. */
function members(from: SpecValue | undefined, to: SpecValue | undefined, path: Path, names: Place['names']): (Place & { readonly from: SpecValue | undefined; readonly to: SpecValue | undefined })[] {
  if (isTree(from, isObject) && isTree(to, isObject)) {
    return orderedKeys(from ?? {}, to ?? {}, path).map((key) => ({ label: key, path: [...path, key], names, from: from?.[key], to: to?.[key] }));
  }
  if (isTree(from, isList) && isTree(to, isList)) {
    const [before, after] = [from ?? [], to ?? []];
    const short = (list: SpecValue[]) => list.every((item) => typeof item === 'string') && !path.includes('Env');
    if (isReordered(before, after) || ((before.length === 0 || after.length === 0) && short(before) && short(after))) return [];
    return matchItems(before, after).map(([i, j]) => {
      const item = (i === undefined ? after[j ?? 0] : before[i]) as SpecValue;
      const name = nameOf(item);
      return { label: `[${name === undefined || short([item]) ? String(i ?? j) : (names[name] ?? name)}]`, path: [...path, i ?? j ?? 0], names, before: itemsBefore(before, after, i, j), from: i === undefined ? undefined : before[i], to: j === undefined ? undefined : after[j] };
    });
  }
  return [];
}

/** The keys of both sides in the order of the facts, in which normal forms are; those of maps as they come. */
function orderedKeys(from: SpecObject, to: SpecObject, path: Path): string[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const type = path.length === 0 ? SERVICE.root : fieldAt(SERVICE.root, path)?.type;
  if (type?.kind !== 'struct') return keys;
  const order = Object.keys(type.fields);
  return keys.sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** Whether a side is of this sort, or not there. */
function isTree<T extends SpecValue>(value: SpecValue | undefined, is: (value: SpecValue | undefined) => value is T): value is T | undefined {
  return value === undefined || is(value);
}

function isList(value: SpecValue | undefined): value is SpecValue[] {
  return Array.isArray(value);
}

function between(from: SpecValue | undefined, to: SpecValue | undefined, path: Path, names: Place['names'] = {}, items: Place['before'] = []): string {
  if (from === undefined) return aloud(to as SpecValue, path, names, items[1]);
  if (to === undefined) return aloud(from, path, names, items[0]);
  if (Array.isArray(from) && Array.isArray(to) && isReordered(from, to)) return `the same in another order: ${aloud(to, path, names)}`;
  const [before, after] = [aloud(from, path, names, items[0]), aloud(to, path, names, items[1])];
  return before === after ? `${after} (changed, but not shown)` : `${before} → ${after}`;
}

/** A value with what its number or id means: `10000000000 (10 s)`. */
function aloud(value: SpecValue, path: Path, names: Place['names'], item?: SpecValue): string {
  const shown = showValue(value, path, item);
  if (typeof value === 'string' && Object.hasOwn(names, value)) return `${shown} (${names[value]})`;
  const words = typeof value === 'number' || typeof value === 'bigint' ? readAloud(value, fieldAt(SERVICE.root, path)?.unit) : undefined;
  return words ? `${shown} (${words})` : shown;
}

function lines(node: Node | undefined, depth: number): TreeLine[] {
  if (!node) return [];
  const { mark, label, value, children } = node;
  const own: TreeLine = { depth, mark, text: withoutControls(value === undefined ? label : `${label}: ${value}`) };
  return label === '' ? children.flatMap((child) => lines(child, depth)) : [own, ...children.flatMap((child) => lines(child, depth + 1))];
}
