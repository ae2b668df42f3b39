import { isObject, NumberText, type SpecObject, type SpecValue, toJson } from '../document/value';
import { SERVICE } from '../facts/kinds';
import { findKey } from '../facts/lookup';
import type { ApiVersion, Field, Type } from '../facts/types';
import { isOlder } from '../facts/versions';
import type { Path } from '../path';
import { matchItems } from './diff';
import type { Resolution } from './resolve';

/** A difference in writing between the live spec and ours that makes none to the engine, so that the plan leaves it out. */
export interface IgnoredDifference {
  readonly path: Path;
  /** Undefined where that side has nothing here. */
  readonly live: SpecValue | undefined;
  readonly ours: SpecValue | undefined;
  /** Why it means nothing: `the engine fills it in`. */
  readonly why: string;
}

export interface IgnoredContext {
  /** The normal forms; where they differ, it is a change and not told here. */
  readonly base: SpecObject;
  readonly ours: SpecObject;
  readonly resolved: readonly Resolution[];
  readonly api: ApiVersion;
}

/** Every difference between the live spec as read and the body as sent that normalising makes disappear. */
export function ignoredDifferences(live: SpecObject, sent: SpecObject, { base, ours, resolved, api }: IgnoredContext): IgnoredDifference[] {
  const found: IgnoredDifference[] = resolved.map(({ path, what, name, id }) => ({ path, live: id, ours: name, why: `the name of the ${what} stands for this id` }));
  compare({ live, sent, base, ours }, SERVICE.root, [], { found, api });
  return found;
}

/** The four views of one place: both writings, and both normal forms. */
interface Views {
  readonly live: SpecValue | undefined;
  readonly sent: SpecValue | undefined;
  readonly base: SpecValue | undefined;
  readonly ours: SpecValue | undefined;
}

interface Walk {
  readonly found: IgnoredDifference[];
  readonly api: ApiVersion;
}

function compare(views: Views, type: Type, path: Path, walk: Walk, facts?: Field): void {
  const { live, sent, base, ours } = views;
  if (write(live) === write(sent)) return;
  if (isObject(live) && isObject(sent)) return compareObjects({ ...views, live, sent }, type, path, walk);
  if (type.kind === 'list' && Array.isArray(live) && Array.isArray(sent)) {
    for (const [i, j] of matchItems(live, sent)) {
      if (i === undefined || j === undefined) continue; // a whole item is always a change
      const item = { live: live[i], sent: sent[j], base: Array.isArray(base) ? base[i] : undefined, ours: Array.isArray(ours) ? ours[j] : undefined };
      compare(item, type.item.type, [...path, i], walk, type.item);
    }
    return;
  }
  if (write(base) === write(ours)) walk.found.push({ path, live, ours: sent, why: reason(views, facts, walk.api) });
}

function compareObjects({ live, sent, base, ours }: Views & { readonly live: SpecObject; readonly sent: SpecObject }, type: Type, path: Path, walk: Walk): void {
  const written = (value: SpecObject) => new Map(Object.keys(value).map((key) => [(type.kind === 'struct' && findKey(type, key)) || key, key]));
  const [inLive, inSent] = [written(live), written(sent)];
  for (const name of new Set([...inLive.keys(), ...inSent.keys()])) {
    const [left, right] = [inLive.get(name), inSent.get(name)];
    const at = [...path, name];
    if (left !== undefined && right !== undefined && left !== right) walk.found.push({ path: at, live: left, ours: right, why: 'the letter case of a key does not count' });
    const facts = type.kind === 'struct' ? type.fields[name] : type.kind === 'map' ? type.value : undefined;
    const views: Views = {
      live: left === undefined ? undefined : live[left],
      sent: right === undefined ? undefined : sent[right],
      base: isObject(base) ? base[name] : undefined,
      ours: isObject(ours) ? ours[name] : undefined,
    };
    if (facts) compare(views, facts.type, at, walk, facts);
    else if (views.live === undefined) walk.found.push({ path: at, live: undefined, ours: views.sent, why: 'the engine knows no such field and drops it' });
  }
}

function reason({ live, sent, ours }: Views, facts: Field | undefined, api: ApiVersion): string {
  if (sent !== undefined && facts?.neverStored) return 'the engine never stores it';
  if (sent !== undefined && facts?.erasedBelow && isOlder(api, facts.erasedBelow)) return `the engine erases it below v${facts.erasedBelow}`;
  if (live === null || sent === null) return 'null is the same as leaving it out';
  const [only] = live === undefined ? [sent] : sent === undefined ? [live] : [undefined];
  if (only !== undefined) {
    if (ours !== undefined) return 'the engine fills it in';
    if (typeof only === 'string' && only !== '') return 'this is what leaving it out means';
    return Array.isArray(only) || isObject(only) ? 'an empty one is not stored' : 'a zero value is not stored';
  }
  if (typeof live === 'string' && typeof sent === 'string' && live.toLowerCase() === sent.toLowerCase()) return 'the letter case of this word does not count';
  if (live instanceof NumberText || sent instanceof NumberText || typeof live === 'number') return 'the same number';
  return 'the engine stores both alike';
}

function write(value: SpecValue | undefined): string | undefined {
  return value === undefined ? undefined : toJson(value);
}
