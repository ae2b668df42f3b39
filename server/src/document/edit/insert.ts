import type { Path } from '../../path';
import { locate, type SpecDocument } from '../document';
import type { Entry, ObjectNode } from '../node';
import type { TextEdit } from '../textEdit';
import { isOnOneLine, keyText, stepOf } from './layout';
import { columnOf, indentAt, lineStartAt } from './lines';
import { isNothing, isShared } from './places';
import { commaIn, commentsIn, flowRemarks, remarksAbove } from './remarks';
import { entryRange, memberRanges, ownLines } from './stretches';

/** Where a value is written: under its key in block style, or on the line in flow style. */
export type Place = 'block' | 'flow';

/** Writes what follows the colon of a key that stands at an indentation. */
export type Render = (place: Place, indent: string) => string;

interface Insertion {
  /** Comments to put above the new entry. */
  comments?(place: Place): readonly string[];
  /** An entry that another edit takes away. */
  readonly leaving?: Entry;
}

/** Adds an entry at a path, making the objects on the way; at the end of the deepest object that exists. */
export function insert(document: SpecDocument, path: Path, render: Render, { comments = () => [], leaving }: Insertion = {}): TextEdit[] | undefined {
  const { text } = document;
  let depth = path.length - 1;
  while (depth > 0 && isNothing(locate(document, path.slice(0, depth))?.node)) depth--;
  const holder = locate(document, path.slice(0, depth))?.node;
  if (holder?.kind !== 'object' || isShared(document, path.slice(0, depth)) || path.slice(depth).some((step) => typeof step === 'number')) return undefined;
  const keys = path.slice(depth) as string[];
  // a key that is there without a value gets one
  const empty = locate(document, path.slice(0, depth + 1))?.entry;
  if (holder.flow) return insertFlow(document, holder, keys, render, comments('flow'), leaving, empty);
  if (holder.entries.length === 0) return undefined;
  const indent = ' '.repeat(columnOf(text, holder.entries[0].keyStart));
  const written = nested(document, keys, indent, render, comments('block'));
  if (empty) {
    const { start, end } = ownLines(text, empty.keyStart, entryRange(text, empty).end);
    if (empty === leaving || text.slice(lineStartAt(text, empty.keyStart), empty.keyStart).trim() !== '') return undefined;
    const lineStart = lineStartAt(text, empty.keyStart);
    const remark = commentsIn(document, lineStart, end).map((comment) => `${indent}${comment.text}\n`).join('');
    return [{ start: Math.max(start, lineStart), end, text: `${remark}${written}\n` }];
  }
  const last = entryRange(text, holder.entries[holder.entries.length - 1]);
  const at = ownLines(text, last.start, last.end).end;
  const newline = at === 0 || text[at - 1] === '\n' ? '' : '\n';
  return [{ start: at, end: at, text: newline + written + (newline === '' ? '\n' : '') }];
}

/** `a: {b: …}` in block style, one key a line, comments above the last one. */
function nested(document: SpecDocument, keys: readonly string[], indent: string, render: Render, comments: readonly string[]): string {
  const lines: string[] = [];
  const step = stepOf(document);
  let own = indent;
  for (const [i, key] of keys.entries()) {
    const last = i === keys.length - 1;
    if (last) lines.push(...comments.map((comment) => own + comment));
    lines.push(`${own}${keyText(document, key)}:${last ? render('block', own) : ''}`);
    own += step;
  }
  return lines.join('\n');
}

function insertFlow(document: SpecDocument, node: ObjectNode, keys: readonly string[], render: Render, comments: readonly string[], leaving?: Entry, empty?: Entry): TextEdit[] {
  const { text, syntax } = document;
  const remaining = node.entries.filter((entry) => entry !== leaving);
  const first = node.entries[0];
  const multiline = first ? text.slice(node.start, first.keyStart).includes('\n') : syntax === 'json' && !isOnOneLine(document);
  const step = stepOf(document);
  const indent = indentAt(text, first && multiline ? first.keyStart : node.start) + (first && multiline ? '' : step);
  let entry = '';
  let inner = indent;
  for (const [i, key] of keys.entries()) {
    entry += `${keyText(document, key)}:`;
    if (i === keys.length - 1) break;
    inner += step;
    entry += multiline ? ` {\n${inner}` : ' {';
  }
  entry += render('flow', multiline ? inner : indentAt(text, node.start));
  for (let i = keys.length - 2; i >= 0; i--) {
    inner = inner.slice(step.length);
    entry += multiline ? `\n${inner}}` : '}';
  }
  const last = node.entries.at(-1);
  const ranges = memberRanges(text, node);
  const behind = last && last !== leaving ? flowRemarks(document, node, ranges, ranges.length - 1).find((comment) => comment.start >= ranges[ranges.length - 1].end) : undefined;
  const replaced = empty && empty !== leaving;
  // comments stand right above it where it has a line of its own
  const ownLine = !replaced && (multiline || behind !== undefined);
  const above = ownLine ? comments.map((comment) => `\n${indent}${comment}`).join('') : '';
  const edits = ownLine ? [] : remarksAbove(document, node.start, comments.map((comment) => ({ text: comment })));
  if (replaced) return [...edits, { ...entryRange(text, empty), text: entry }];
  if (last && remaining.length > 0) {
    const at = ranges[ranges.length - 1].end;
    if (behind) {
      // the comment stays behind what it is about
      const comma = commaIn(document, { start: at, end: behind.start });
      const lineEnd = behind.start + behind.text.length;
      return [...(comma === undefined ? [{ start: at, end: at, text: ',' }] : []), { start: lineEnd, end: lineEnd, text: `${above}\n${indent}${entry}` }];
    }
    return [...edits, { start: at, end: at, text: multiline ? `,${above}\n${indent}${entry}` : `, ${entry}` }];
  }
  const at = node.start + 1;
  return [...edits, { start: at, end: at, text: multiline ? `${above}\n${indent}${entry}\n${indentAt(text, node.start)}` : entry }];
}
