import type { Span } from '../path';
import type { SpecDocument } from './document';
import type { Node } from './node';

/** A comment: its text from the `#` or `//` on, without white space at the end. */
export interface Comment extends Span {
  /** Whether nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

/** Every comment of a document, in order. What looks like one inside a key or value is none. */
export function commentsOf(document: SpecDocument): Comment[] {
  const { text, syntax, problems } = document;
  const found: Comment[] = [];
  if (syntax === 'json' && problems.length === 0) return found; // a comment is a fault there
  const mark = syntax === 'json' ? /[#/]/g : /#/g;
  const nextMark = (from: number): number => {
    mark.lastIndex = from;
    return mark.exec(text)?.index ?? text.length;
  };
  let next = nextMark(0);
  if (next === text.length) return found;
  for (const gap of gapsOf(document)) {
    if (next < gap.start) next = nextMark(gap.start);
    if (next >= gap.end) continue; // most gaps hold none
    const marks = syntax === 'json' ? /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|#[^\n]*/g : /(?<=^|\s)#[^\n]*/g;
    // a `#` right behind a value is no comment in YAML, so the character before the gap counts
    const from = Math.max(0, gap.start - 1);
    const piece = text.slice(from, gap.end);
    for (const { 0: comment, index } of piece.matchAll(marks)) {
      const start = from + index;
      if (start < gap.start) continue;
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      found.push({ start, end: start + comment.trimEnd().length, ownLine: text.slice(lineStart, start).trim() === '' });
    }
  }
  return found;
}

/** Blocks of two and more comments on lines of their own, one right below the other. */
export function commentLines(document: SpecDocument): Span[] {
  const { text } = document;
  const blocks: { start: number; end: number; count: number }[] = [];
  for (const { start, end, ownLine } of commentsOf(document)) {
    if (!ownLine) continue;
    const last = blocks.at(-1);
    if (last && /^[ \t\r]*\n[ \t]*$/.test(text.slice(last.end, start))) {
      last.end = end;
      last.count++;
    } else blocks.push({ start, end, count: 1 });
  }
  return blocks.filter(({ start, end }) => text.slice(start, end).includes('\n'));
}

/** The stretches of a document between its keys and scalars: white space, signs of the syntax, comments. */
export function* gapsOf({ text, root }: SpecDocument): Generator<Span> {
  let at = 0;
  for (const { start, end } of tokens(root)) {
    if (start > at) yield { start: at, end: start };
    at = Math.max(at, end);
  }
  if (at < text.length) yield { start: at, end: text.length };
}

/** Keys, scalars and aliases in the order of the text. */
function* tokens(node: Node | undefined): Generator<Span> {
  if (!node) return;
  if (node.kind === 'object') {
    for (const { keyStart, keyEnd, value } of node.entries) {
      yield { start: keyStart, end: keyEnd };
      yield* tokens(value);
    }
  } else if (node.kind === 'list') for (const item of node.items) yield* tokens(item);
  else yield node;
}
