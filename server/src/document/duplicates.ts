import type { TextProblem } from './node';
import { isObject, NumberText, putMember, type SpecObject, type SpecValue } from './value';

/** That a key is given twice, and what the engine makes of it. */
export function duplicateKey(key: string, start: number, end: number): TextProblem {
  return {
    rule: 'duplicate-key',
    effect: 'changed',
    start,
    end,
    message: `The key \`${key}\` is given twice here. The engine takes the last value of a scalar or list and merges objects, also item by item in lists, without a word.`,
    hint: 'Keep one of them.',
  };
}

/** Objects that no pointer leads to in Go: a null leaves them as they are. */
const NO_POINTERS: ReadonlySet<string> = new Set(['tasktemplate', 'mode']);

/** Lists of pointers: a null drops what was there. In others it leaves the item as it is. */
const POINTER_ITEMS: ReadonlySet<string> = new Set(['secrets', 'configs', 'ulimits', 'privileges']);

/**
 * What the engine's decoder makes of a key given twice: objects are merged, also those at the same place of two lists, and
 * anything else is replaced, except by a null what no pointer leads to.
 */
export function mergeLikeTheEngine(key: string, first: SpecValue, second: SpecValue): SpecValue {
  if (second === null && (typeof first !== 'object' || first instanceof NumberText || NO_POINTERS.has(key.toLowerCase()))) return first;
  if (Array.isArray(first) && Array.isArray(second)) return mergeLists(first, second, !POINTER_ITEMS.has(key.toLowerCase()));
  if (!isObject(first) || !isObject(second)) return second;
  const merged: SpecObject = { ...first };
  for (const inner of Object.keys(second)) {
    putMember(merged, inner, Object.hasOwn(merged, inner) ? mergeLikeTheEngine(inner, merged[inner], second[inner]) : second[inner]);
  }
  return merged;
}

/** What is left in memory behind the end of a list that was longer before; a third list would find it there. */
const leftovers = new WeakMap<readonly SpecValue[], readonly SpecValue[]>();

function mergeLists(first: readonly SpecValue[], second: readonly SpecValue[], nullKeeps: boolean): SpecValue[] {
  const before = [...first, ...(leftovers.get(first) ?? [])];
  const merged = second.map((item, i) => {
    if (i >= before.length) return item;
    return item === null && nullKeeps && !Array.isArray(before[i]) ? before[i] : mergeLikeTheEngine('', before[i], item);
  });
  if (second.length > 0 && second.length < before.length) leftovers.set(merged, before.slice(second.length));
  return merged;
}
