/** Objects and lists with fewer members are looked at anew: to remember them takes as long. */
const LARGE = 64;

/**
 * What a look at an object or list gave, kept as long as the object or list is, if it is large. One that nobody has edited
 * is the same from one version of a document to the next, so that only what has changed is looked at again.
 */
export function remembered<V extends object, R>(look: (value: V) => R): (value: V) => R {
  const known = new WeakMap<V, { readonly result: R }>();
  return (value) => {
    if ((Array.isArray(value) ? value : Object.keys(value)).length < LARGE) return look(value);
    const before = known.get(value);
    if (before) return before.result;
    const result = look(value);
    known.set(value, { result });
    return result;
  };
}

/** Where two lists differ: so many items at the beginning and at the end are the same ones. */
function sameEnds(one: readonly unknown[], other: readonly unknown[]): { readonly before: number; readonly after: number } {
  const least = Math.min(one.length, other.length);
  let before = 0;
  while (before < least && one[before] === other[before]) before++;
  let after = 0;
  while (after < least - before && one[one.length - 1 - after] === other[other.length - 1 - after]) after++;
  return { before, after };
}

type Texts = readonly (string | null)[];

/**
 * What a look at each text of a list gave. Of a list that differs from the one before in a few places, as after an edit,
 * only these are looked at.
 */
export function perText<R>(look: (text: string) => R): (list: Texts) => readonly (R | undefined)[] {
  let last: Texts = [];
  let results: readonly (R | undefined)[] = [];
  const lookAt = (text: string | null): R | undefined => (text === null ? undefined : look(text));
  return (list) => {
    if (list.length < LARGE) return list.map(lookAt);
    if (list === last) return results;
    const { before, after } = sameEnds(list, last);
    results = [...results.slice(0, before), ...list.slice(before, list.length - after).map(lookAt), ...results.slice(results.length - after)];
    last = list;
    return results;
  };
}

/** The texts of a list that a test picks, each with its index. As with `perText`, only those that have changed are tested. */
export function picking(test: (text: string) => boolean): (list: Texts) => readonly (readonly [number, string])[] {
  const tested = perText(test);
  return (list) => {
    const results = list.length < LARGE ? undefined : tested(list);
    const picked: [number, string][] = [];
    for (let i = 0; i < list.length; i++) {
      const text = list[i];
      if (text !== null && (results ? results[i] : test(text))) picked.push([i, text]);
    }
    return picked;
  };
}

/** Whether a list has something twice, undefined aside. Of a list that differs from the one before in a few places, only these are counted again. */
export function repeating(): (list: readonly (string | undefined)[]) => boolean {
  let last: readonly (string | undefined)[] = [];
  const counts = new Map<string | undefined, number>();
  let repeated = 0;
  const count = (text: string | undefined, by: 1 | -1): void => {
    if (text === undefined) return;
    const now = (counts.get(text) ?? 0) + by;
    if (now === (by > 0 ? 2 : 1)) repeated += by;
    if (now === 0) counts.delete(text);
    else counts.set(text, now);
  };
  return (list) => {
    if (list.length < LARGE) return list.some((text, i) => text !== undefined && list.indexOf(text) < i);
    const { before, after } = sameEnds(list, last);
    for (const text of last.slice(before, last.length - after)) count(text, -1);
    for (const text of list.slice(before, list.length - after)) count(text, 1);
    last = list;
    return repeated > 0;
  };
}
