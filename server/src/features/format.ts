import { commentsOf } from '../document/comments';
import { readDocument, readFile, type SpecDocument, type SpecFile } from '../document/document';
import type { TextEdit } from '../document/edit';
import type { Entry, Node, ObjectNode } from '../document/node';
import { isObject, NumberText, type SpecValue } from '../document/value';
import type { Span } from '../path';
import { arrange, type Arranged, blockText, type Layout, NotArranged, type Piece } from './format/arrange';
import { printJson } from './format/printJson';
import { printYaml, type YamlStyle } from './format/printYaml';
import { whiteSpaceEdits } from './format/edits';
import { sortedEntries } from './sortKeys';
import type { SpecRoots } from './typedTree';

export interface FormatOptions {
  readonly tabSize: number;
  /** Tabs are used where this is false and the syntax has them; YAML has not. */
  readonly insertSpaces: boolean;
  /** Sort the keys of every document in the order of the API too; undefined leaves them as they are. */
  readonly sort?: (document: SpecDocument) => SpecRoots;
}

/** The text laid out anew, or why it is left alone. `skipped` says why a document of several is as it was. */
export type Formatted = { readonly kind: 'formatted'; readonly text: string; readonly skipped: readonly string[] } | { readonly kind: 'refused'; readonly reason: string };

export const DEFAULT_FORMAT: FormatOptions = { tabSize: 2, insertSpaces: true };

/**
 * Lays a file out anew: indentation, blank lines, spaces. Every value, comment and anchor stays as it is; a file with
 * faults of the syntax is left alone, since nobody knows what they mean.
 */
export function format(given: SpecFile, options: FormatOptions = DEFAULT_FORMAT): Formatted {
  const windows = given.text.includes('\r\n');
  const file = windows ? readFile(given.text.replaceAll('\r\n', '\n'), given.syntax) : given;
  const fault = faultOf(file);
  if (fault) return { kind: 'refused', reason: fault };
  const skipped: string[] = [];
  const text = file.documents
    .map(({ document }, i) => {
      const laid = formatDocument(document, options);
      if (typeof laid === 'string') return laid;
      if (laid.reason) skipped.push(laid.reason);
      return i < file.documents.length - 1 || document.text === '' || /[\r\n]$/.test(document.text) ? document.text : `${document.text}\n`;
    })
    .join('');
  return { kind: 'formatted', text: windows ? text.replaceAll('\n', '\r\n') : text, skipped };
}

/** The edits that lay a file out anew: only the white space that changes, where only that does. */
export function formatEdits(file: SpecFile, options: FormatOptions = DEFAULT_FORMAT): { readonly edits: readonly TextEdit[]; readonly reason?: string } {
  const laid = format(file, options);
  return laid.kind === 'refused' ? { edits: [], reason: laid.reason } : { edits: whiteSpaceEdits(file.text, laid.text), reason: laid.skipped[0] };
}

/**
 * The edits for a stretch of a file. Indentation cannot change on some lines of a block only, so the stretch grows to the
 * entries around it until the values are as they were.
 */
export function formatRange(file: SpecFile, { start, end }: Span, options: FormatOptions = DEFAULT_FORMAT): { readonly edits: readonly TextEdit[]; readonly reason?: string } {
  const { edits, reason } = formatEdits(file, options);
  if (edits.length === 0) return { edits, reason };
  for (const span of stretches(file, { start, end })) {
    const chosen = edits.filter((edit) => edit.start <= span.end && edit.end >= span.start);
    if (chosen.length === edits.length) break;
    if (isSame(file, readFile(applied(file.text, chosen), file.syntax))) return { edits: chosen };
  }
  return { edits };
}

/** The lines of a stretch, then blocks around it, from the inside. */
function* stretches({ text, documents }: SpecFile, { start, end }: Span): Generator<Span> {
  yield lines(text, { start, end });
  const placed = documents.findLast(({ offset }) => offset <= start);
  if (!placed) return;
  const around: Span[] = [];
  let node: Node | undefined = placed.document.root;
  while (node?.kind === 'object' || node?.kind === 'list') {
    around.push({ start: node.start + placed.offset, end: node.end + placed.offset });
    const members: (Span & { readonly inner: Node | undefined })[] = node.kind === 'object'
      ? node.entries.map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: Math.max(keyEnd, value?.end ?? 0), inner: value }))
      : node.items.map((item) => ({ start: item.start, end: item.end, inner: item }));
    const member = members.find((one) => one.start + placed.offset <= start && end <= one.end + placed.offset);
    if (!member) break;
    around.push({ start: member.start + placed.offset, end: member.end + placed.offset });
    node = member.inner;
  }
  // each try reads the file, so only the block at hand and the one at the top are tried
  const blocks = [around.at(-1), around[1]].filter((span) => span !== undefined);
  for (const span of new Set(blocks)) yield lines(text, span);
}

function lines(text: string, { start, end }: Span): Span {
  const newline = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: newline < 0 ? text.length : newline };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function isSame(before: SpecFile, after: SpecFile): boolean {
  return before.documents.length === after.documents.length && before.documents.every(({ document }, i) => isKept(document, after.documents[i].document, false));
}

/** Why a file cannot be laid out; undefined where it can. */
function faultOf({ text, documents }: SpecFile): string | undefined {
  for (const { document, offset } of documents) {
    const fault = document.problems.find(({ rule, effect }) => (rule === 'json-syntax' || rule === 'yaml-syntax' || rule === 'trailing-text') && effect !== 'changed');
    if (fault) return `Line ${text.slice(0, offset + fault.start).split('\n').length} cannot be read: ${fault.message}`;
  }
  return undefined;
}

function formatDocument(document: SpecDocument, { tabSize, insertSpaces, sort }: FormatOptions): string | { readonly reason?: string } {
  const { root, text, syntax } = document;
  if (!root) return {};
  const orders = sort ? sortedEntries(document, sort(document)) : new Map<ObjectNode, readonly Entry[]>();
  try {
    let laid: string;
    if (syntax === 'json') {
      const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
      laid = `${mark}${printJson(text, root, { unit: insertSpaces ? ' '.repeat(tabSize) : '\t', entries: (node) => orders.get(node) ?? node.entries })}\n`;
    } else {
      const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
      laid = mark + printYaml(sorted(arrange(document), orders, text), yamlStyle(text, tabSize));
    }
    if (laid === text) return laid;
    // nothing but the layout may change: where it does, that is a bug of ours, and the file stays as it is
    return isKept(document, readDocument(laid, syntax), sort !== undefined) ? laid : { reason: 'It is laid out in a way that cannot be changed safely.' };
  } catch (error) {
    if (error instanceof NotArranged) return { reason: `It has ${error.message}, and is left as it is.` };
    throw error;
  }
}

function yamlStyle(text: string, tabSize: number): YamlStyle {
  return {
    step: Math.max(2, tabSize),
    key: ({ keyStart, keyEnd }) => text.slice(keyStart, keyEnd),
    scalar: (node) => {
      const written = text.slice(node.start, node.end);
      return node.kind === 'scalar' && node.style === 'block' ? blockText(written) : written.trimEnd();
    },
    comment: (comment) => [comment],
    flow: ({ flow }) => flow,
    spread: ({ node }) => text.slice(node.start, node.end).includes('\n'),
  };
}

/** The layout with the members of objects in another order; what stands at the top of a file stays there. */
function sorted(arranged: Arranged, orders: ReadonlyMap<ObjectNode, readonly Entry[]>, text: string): Arranged {
  if (orders.size === 0) return arranged;
  const { value } = arranged.root;
  if (value?.kind !== 'members' || value.pieces.length === 0) return arranged;
  const [first, ...rest] = value.pieces;
  const top = topComments(first, text);
  const body = { ...value, pieces: [{ ...first, before: first.before.slice(top) }, ...rest] };
  const root = { ...arranged.root, value: sortMembers(body, orders) };
  return { ...arranged, head: [...arranged.head, ...first.before.slice(0, top)], root: top > 0 ? withBlank(root, first.before[top]?.blank ?? first.blank) : root };
}

/** How many of the comments above the first key speak of the whole file: modelines, and what a blank line sets apart. */
function topComments({ before, blank }: Piece, text: string): number {
  if (!text.includes('#')) return 0;
  const modeline = before.findLastIndex((remark) => /^#\s*(?:swarmspec:|swarmspec-ignore-document\b|yaml-language-server:)/.test(remark.text));
  const apart = blank ? before.length : before.findLastIndex((remark, i) => i > 0 && remark.blank);
  return Math.max(modeline + 1, apart, 0);
}

function withBlank(root: Piece, blank: boolean): Piece {
  const value = root.value as Extract<Layout, { kind: 'members' }>;
  if (!blank) return root;
  const [first, ...rest] = value.pieces;
  return { ...root, value: { ...value, pieces: [first.before.length > 0 ? { ...first, before: [{ ...first.before[0], blank }, ...first.before.slice(1)] } : { ...first, blank }, ...rest] } };
}

function sortMembers(layout: Layout, orders: ReadonlyMap<ObjectNode, readonly Entry[]>): Layout {
  if (layout.kind === 'scalar') return layout;
  const pieces = layout.pieces.map((piece) => (piece.value ? { ...piece, value: sortMembers(piece.value, orders) } : piece));
  const order = layout.node.kind === 'object' ? orders.get(layout.node) : undefined;
  if (!order) return { ...layout, pieces };
  const places = new Map(order.map((entry, i) => [entry, i]));
  return { ...layout, pieces: pieces.sort((a, b) => places.get(a.entry!)! - places.get(b.entry!)!) };
}

/** Whether two documents say the same, comments included. */
function isKept(before: SpecDocument, after: SpecDocument, anyOrder: boolean): boolean {
  const comments = (document: SpecDocument) => {
    const texts = commentsOf(document).map(({ start, end }) => document.text.slice(start, end));
    return JSON.stringify(anyOrder ? texts.sort() : texts);
  };
  return after.problems.length === before.problems.length && sameValue(before.value, after.value, anyOrder) && comments(before) === comments(after);
}

/** Whether two values are the same to the last digit, in the spelling of their numbers and the order of their keys. */
export function sameValue(a: SpecValue | undefined, b: SpecValue | undefined, anyOrder = false): boolean {
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
