import type { Span } from '../path';

/** A placement constraint such as `node.role==manager`, taken apart the way swarmkit does. */
export type Constraint =
  | { readonly kind: 'constraint'; readonly key: string; readonly operator: '==' | '!='; readonly value: string; readonly keySpan: Span; readonly valueSpan: Span }
  | { readonly kind: 'no-operator' }
  /** `character` is the first one that does not fit, where a single one is to blame; `span` is at it. */
  | { readonly kind: 'bad-key' | 'bad-value'; readonly text: string; readonly character?: string; readonly span: Span };

const KEY = /^[a-z_][a-z0-9_.-]+$/iu;
const VALUE = /^[a-z0-9:\-_ \t\n\f\r.*()?+[\]\\^$|/]+$/iu;

/**
 * Reads a constraint like swarmkit `manager/constraint.Parse`: `==` is looked for first, anywhere in the text, and only
 * without it `!=`; what stands before the first one is the key, all the rest is the value.
 */
export function parseConstraint(text: string): Constraint {
  for (const operator of ['==', '!='] as const) {
    const at = text.indexOf(operator);
    if (at < 0) continue;
    const keySpan = trimmed(text, 0, at);
    const key = text.slice(keySpan.start, keySpan.end);
    if (!KEY.test(key)) return { kind: 'bad-key', text: key, ...blame(key, keySpan, at, /^[a-z_]/iu, /[^a-z0-9_.-]/iu) };
    const valueSpan = trimmed(text, at + 2, text.length);
    const value = text.slice(valueSpan.start, valueSpan.end);
    if (!VALUE.test(value)) return { kind: 'bad-value', text: value, ...blame(value, valueSpan, at, undefined, /[^a-z0-9:\-_ \t\n\f\r.*()?+[\]\\^$|/]/iu) };
    return { kind: 'constraint', key, operator, value, keySpan, valueSpan };
  }
  return { kind: 'no-operator' };
}

/** The part between two offsets without the white space around it, as Go's `strings.TrimSpace` sees it. */
function trimmed(text: string, start: number, end: number): Span {
  const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  while (start < end && space.test(text[start])) start++;
  while (end > start && space.test(text[end - 1])) end--;
  return { start, end };
}

function blame(part: string, span: Span, operatorAt: number, first: RegExp | undefined, bad: RegExp): { character?: string; span: Span } {
  if (part === '') return { span: { start: operatorAt, end: operatorAt + 2 } };
  const at = first && !first.test(part) ? 0 : (bad.exec(part)?.index ?? -1);
  if (at < 0) return { span };
  const character = String.fromCodePoint(part.codePointAt(at) ?? 0);
  return { character, span: { start: span.start + at, end: span.start + at + character.length } };
}
