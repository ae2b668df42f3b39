import { parseExact } from '../document/exact';
import type { Syntax } from '../document/document';
import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import { writeDocument } from '../document/write';
import { SERVICE } from '../facts/kinds';
import { findKey } from '../facts/lookup';
import type { Type } from '../facts/types';
import type { Path } from '../path';
import { itemsBefore, matchItems } from './diff';
import type { Plan } from './plan';
import { isSecret, maskText } from './secrecy';

/** The two sides of a diff view. */
export interface PlanTexts {
  /** The live spec. */
  readonly left: string;
  /** The body that will be sent. */
  readonly right: string;
}

/**
 * The live spec and ours as texts to compare: both in the order and spelling of the document, so that the only lines which
 * differ are those that the plan calls changes. What looks secret is hidden on both sides, and a change of it still shows.
 */
export function planTexts({ base, ours, body }: Pick<Plan, 'base' | 'ours' | 'body'>, syntax: Syntax): PlanTexts {
  const written = parseExact(body);
  const right = isObject(written) ? written : {};
  const left = asWritten(base, ours, right, SERVICE.root) ?? {};
  const [hiddenLeft, hiddenRight] = mask(left, right, []);
  return { left: `${writeDocument(hiddenLeft ?? {}, syntax)}\n`, right: `${writeDocument(hiddenRight ?? {}, syntax)}\n` };
}

/** The live value in the writing of ours: ours itself wherever both mean the same. Undefined where the live service has nothing. */
function asWritten(live: SpecValue | undefined, ours: SpecValue | undefined, written: SpecValue | undefined, type: Type): SpecValue | undefined {
  if (same(live, ours)) return written;
  if (live === undefined) return undefined;
  if (isObject(live) && isObject(written)) return objectAsWritten(live, isObject(ours) ? ours : {}, written, type);
  if (Array.isArray(live) && Array.isArray(written) && type.kind === 'list') return listAsWritten(live, Array.isArray(ours) ? ours : [], written, type.item.type);
  return live;
}

function objectAsWritten(live: SpecObject, ours: SpecObject, written: SpecObject, type: Type): SpecObject {
  const result: SpecObject = {};
  const told = new Set<string>();
  for (const key of Object.keys(written)) {
    const name = type.kind === 'struct' ? (findKey(type, key) ?? key) : key;
    told.add(name);
    const inside = type.kind === 'struct' ? type.fields[name]?.type : type.kind === 'map' ? type.value.type : undefined;
    const value = inside ? asWritten(live[name], ours[name], written[key], inside) : live[name];
    if (value !== undefined) result[key] = value;
  }
  for (const name of Object.keys(live)) if (!told.has(name) && !same(live[name], ours[name])) result[name] = live[name];
  return result;
}

/** The items keep the order of the live list, which is part of what may differ. */
function listAsWritten(live: readonly SpecValue[], ours: readonly SpecValue[], written: readonly SpecValue[], item: Type): SpecValue[] {
  // an item that the engine drops would shift the rest; lists are then compared as they are
  if (ours.length !== written.length) return [...live];
  const partner = new Map(matchItems(live, ours).map(([i, j]) => [i, j]));
  return live.map((value, i) => {
    const j = partner.get(i);
    return j === undefined ? value : (asWritten(value, ours[j], written[j], item) ?? value);
  });
}

function same(one: SpecValue | undefined, other: SpecValue | undefined): boolean {
  return one === undefined || other === undefined ? one === other : toJson(one) === toJson(other);
}

const HIDDEN = '(hidden)';
const CHANGED = '(hidden but changed)';

/** Both sides without what looks secret. */
function mask(left: SpecValue | undefined, right: SpecValue | undefined, path: Path, siblings: readonly [SpecValue?, SpecValue?] = []): [SpecValue | undefined, SpecValue | undefined] {
  if (isObject(left) || isObject(right)) {
    const [a, b] = [isObject(left) ? left : undefined, isObject(right) ? right : undefined];
    const sides: [SpecObject, SpecObject] = [{}, {}];
    for (const [side, own] of [[0, a], [1, b]] as const) {
      for (const key of Object.keys(own ?? {})) sides[side][key] = mask(a?.[key], b?.[key], [...path, key])[side] as SpecValue;
    }
    return [a ? sides[0] : left, b ? sides[1] : right];
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    const [a, b] = [Array.isArray(left) ? left : [], Array.isArray(right) ? right : []];
    const sides: [SpecValue[], SpecValue[]] = [[...a], [...b]];
    for (const [i, j] of matchItems(a, b)) {
      const [one, other] = mask(i === undefined ? undefined : a[i], j === undefined ? undefined : b[j], [...path, i ?? j ?? 0], itemsBefore(a, b, i, j));
      if (i !== undefined) sides[0][i] = one as SpecValue;
      if (j !== undefined) sides[1][j] = other as SpecValue;
    }
    return [Array.isArray(left) ? sides[0] : left, Array.isArray(right) ? sides[1] : right];
  }
  const changed = left !== undefined && right !== undefined && !same(left, right);
  return [hide(left, path, siblings[0], HIDDEN), hide(right, path, siblings[1], changed ? CHANGED : HIDDEN)];
}

function hide(value: SpecValue | undefined, path: Path, before: SpecValue | undefined, mark: string): SpecValue | undefined {
  return typeof value === 'string' && isSecret(value, path, before) ? maskText(value, path, before, mark) : value;
}
