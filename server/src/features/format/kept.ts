import { commentsOf } from '../../document/comments';
import type { SpecDocument } from '../../document/document';
import { isObject, NumberText, type SpecValue } from '../../document/value';

/** Whether two documents say the same, comments included. */
export function isKept(before: SpecDocument, after: SpecDocument, anyOrder: boolean): boolean {
  return after.problems.length === before.problems.length && sameValue(before.value, after.value, anyOrder) && sameComments(before, after, anyOrder);
}

function sameComments(before: SpecDocument, after: SpecDocument, anyOrder: boolean): boolean {
  const sign = before.syntax === 'json' ? /#|\/\/|\/\*/ : /#/;
  if (!sign.test(before.text) && !sign.test(after.text)) return true;
  const [one, other] = [before, after].map((document) => {
    const texts = commentsOf(document).map(({ start, end }) => document.text.slice(start, end));
    return anyOrder ? texts.sort() : texts;
  });
  return one.length === other.length && one.every((text, i) => text === other[i]);
}

/** Whether two values are the same to the last digit, in the spelling of their numbers and the order of their keys. */
export function sameValue(a: SpecValue | undefined, b: SpecValue | undefined, anyOrder = false): boolean {
  if (typeof a === 'object' && a === b) return true;
  if (a instanceof NumberText || b instanceof NumberText) return a instanceof NumberText && b instanceof NumberText && a.text === b.text;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i], anyOrder));
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const keys = Object.keys(a);
    const others = Object.keys(b);
    return keys.length === others.length && keys.every((key, i) => (anyOrder ? Object.hasOwn(b, key) : others[i] === key) && sameValue(a[key], b[key], anyOrder));
  }
  return Object.is(a, b);
}
