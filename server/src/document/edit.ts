import type { Edit, PlainValue } from '../finding';
import type { Path } from '../path';
import { locate, readAgain, readDocument, type SpecDocument } from './document';
import { type Entry, type ListNode, type Node, type ObjectNode, resolveAlias } from './node';
import { isObject, type SpecValue, toJson } from './value';
import { writeDocument } from './write';

/** A replacement in the text of a document; offsets relative to it. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Edits by path as replacements of text, in the syntax and layout of the document; comments and everything untouched
 * stay as they are. Undefined where an edit cannot be written here, as when its place lies behind an alias.
 */
export function toTextEdits(document: SpecDocument, edits: readonly Edit[]): TextEdit[] | undefined {
  const windows = document.text.includes('\r\n');
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const written = toText(document, edit, edits);
    if (!written || (movesText(edit) && !staysReadable(document, written)) || (keepsRemarks(edit) && losesComment(document, written))) return undefined;
    result.push(...(windows ? written.map(({ text, ...range }) => ({ ...range, text: text.replaceAll(/\r?\n/g, '\r\n') })) : written));
  }
  return result.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The text after replacements that do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) continue;
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

function movesText({ kind }: Edit): boolean {
  return kind === 'move' || kind === 'remove' || kind === 'unwrap';
}

function keepsRemarks(edit: Edit): boolean {
  return edit.kind === 'move' || (edit.kind === 'remove' && edit.remarks !== undefined);
}

/** Whether a comment is gone afterwards. */
function losesComment(document: SpecDocument, edits: readonly TextEdit[]): boolean {
  const { text, syntax } = document;
  if (syntax === 'json' || !text.includes('#')) return false;
  const after = readAgain(document, applyTextEdits(text, edits));
  const left = new Map<string, number>();
  for (const comment of commentsIn(after, 0, after.text.length)) left.set(comment.text, (left.get(comment.text) ?? 0) + 1);
  for (const comment of commentsIn(document, 0, text.length)) {
    const count = left.get(comment.text) ?? 0;
    if (count === 0) return true;
    left.set(comment.text, count - 1);
  }
  return false;
}

/** Whether YAML can still be read afterwards: an alias may stand above its anchor now, or repeat nothing. */
function staysReadable({ text, syntax, problems }: SpecDocument, edits: readonly TextEdit[]): boolean {
  if (syntax === 'json') return true;
  const faults = (list: typeof problems) => list.filter(({ rule }) => rule === 'yaml-syntax').length;
  return faults(readDocument(applyTextEdits(text, edits), syntax).problems) <= faults(problems);
}

/** `together` are the edits of one fix: what one takes away, another may fill again. */
function toText(document: SpecDocument, edit: Edit, together: readonly Edit[]): TextEdit[] | undefined {
  switch (edit.kind) {
    case 'text':
      return [{ start: edit.start, end: edit.end, text: edit.text }];
    case 'rename': {
      const entry = locate(document, edit.at)?.entry;
      if (!entry || isGivenTwice(document, edit.at) || isTaken(document, edit.at, edit.to, entry)) return undefined;
      const quoted = /^["']/.test(document.text.slice(entry.keyStart, entry.keyEnd));
      return [{ start: entry.keyStart, end: entry.keyEnd, text: document.syntax === 'json' || quoted ? JSON.stringify(edit.to) : keyText(document, edit.to) }];
    }
    case 'set':
      return set(document, edit.at, edit.value, together.find(({ kind }) => kind === 'remove'));
    case 'add':
      return locate(document, edit.at) ? undefined : set(document, edit.at, edit.value, together.find(({ kind }) => kind === 'remove'));
    case 'remove':
      if (edit.remarks) return removalWithRemarks(document, edit.at, edit.remarks);
      return removal(document, edit.at, together.some((other) => (other.kind === 'set' || other.kind === 'add') && isInside(other.at, edit.at.slice(0, -1))));
    case 'move':
      return move(document, edit.from, edit.to, edit.as);
    case 'unwrap':
      return unwrap(document, edit.at, edit.without);
  }
}

/** Takes an entry away, and puts its comments above the line of another one. */
function removalWithRemarks(document: SpecDocument, at: Path, remarks: Path): TextEdit[] | undefined {
  const gone = removal(document, at);
  const entry = locate(document, remarks)?.entry;
  return gone && entry && [...gone, ...remarksAbove(document, entry.keyStart, gone.flatMap(({ start, end }) => commentsIn(document, start, end)))];
}

function set(document: SpecDocument, at: Path, value: PlainValue, removed?: Edit): TextEdit[] | undefined {
  const { text } = document;
  const found = locate(document, at);
  if (!found) {
    const leaving = removed?.kind === 'remove' ? locate(document, removed.at)?.entry : undefined;
    return insert(document, at, (_, indent) => ` ${inlineText(document, value, indent)}`, { leaving });
  }
  const { node, entry } = found;
  if (node?.kind === 'alias') return undefined;
  const indent = indentAt(text, entry?.keyStart ?? node?.start ?? 0);
  if (!node) return entry && [{ start: entry.keyEnd, end: entry.keyEnd, text: `: ${inlineText(document, value, indent)}` }];
  if (document.syntax === 'yaml' && node.kind === 'object' && !node.flow && isListOf(value, valueAt(document, at))) {
    // an object that should be a list of it: a dash before its first line is all it takes, and comments stay
    const own = ' '.repeat(columnOf(text, node.start));
    return [{ start: node.start, end: node.end, text: `- ${shift(text.slice(node.start, node.end), own, `${own}  `)}` }];
  }
  if (document.syntax === 'yaml' && (node.kind === 'object' || node.kind === 'list') && !node.flow && typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return [blockInstead(document, node, entry, value as SpecValue)];
  }
  const space = node.end <= node.start && !/\s$/.test(text.slice(0, node.start)) ? ' ' : '';
  // a block scalar reaches to the line below it
  const end = node.kind === 'scalar' && node.style === 'block' ? node.start + text.slice(node.start, node.end).trimEnd().length : node.end;
  return [...remarksAbove(document, node.start, commentsIn(document, node.start, node.end)), { start: node.start, end, text: space + inlineText(document, value, indent) }];
}

/** Comments that cannot stand where they stood, above the line of what they are about. */
function remarksAbove({ text }: SpecDocument, offset: number, comments: readonly { readonly text: string }[]): TextEdit[] {
  const line = lineStartAt(text, offset);
  return comments.length === 0 ? [] : [{ start: line, end: line, text: comments.map((comment) => `${indentAt(text, offset)}${comment.text}\n`).join('') }];
}

/** An object or list in block style in place of another. Where it has one member for each, comments stay at theirs; else they stand above it. */
function blockInstead(document: SpecDocument, node: ObjectNode | ListNode, entry: Entry | undefined, value: SpecValue): TextEdit {
  const { text } = document;
  const { start } = node;
  const column = columnOf(text, start);
  // a list may stand right below its key, an object may not
  const own = ' '.repeat(Math.max(column, entry ? columnOf(text, entry.keyStart) + 2 : 0));
  const written = membersOf(value).map((member) => writeDocument(member, 'yaml'));
  const stretches = memberRanges(text, node);
  let end = node.end;
  const lines: string[] = [];
  if (stretches.length === written.length) {
    let from = start;
    for (const [i, stretch] of stretches.entries()) {
      const lineEnd = lineEndAfter(text, stretch.end);
      const comments = commentsIn(document, from, lineEnd);
      const behind = written[i].includes('\n') ? undefined : comments.find((comment) => comment.start >= stretch.end);
      lines.push(...comments.filter((comment) => comment !== behind).map((comment) => comment.text), behind ? `${written[i]} ${behind.text}` : written[i]);
      from = lineEnd;
    }
    end = Math.max(end, withoutNewline(text, from));
  } else lines.push(...commentsIn(document, start, end).map((comment) => comment.text), ...written);
  return { start, end, text: own.slice(column) + shift(lines.join('\n'), '', own) };
}

/** Each member of an object or list as an object or list of its own. */
function membersOf(value: SpecValue): SpecValue[] {
  return Array.isArray(value) ? value.map((item) => [item]) : isObject(value) ? Object.keys(value).map((key) => ({ [key]: value[key] })) : [];
}

function isListOf(value: PlainValue, current: SpecValue | undefined): boolean {
  return Array.isArray(value) && value.length === 1 && current !== undefined && toJson(value[0] as SpecValue) === toJson(current);
}

/** Moves an entry with everything that is written in it; its comments that cannot travel inside are put above it. `as` is another value for it. */
function move(document: SpecDocument, from: Path, to: Path, as?: PlainValue): TextEdit[] | undefined {
  const found = locate(document, from);
  if (!found?.entry || isShared(document, from) || isGivenTwice(document, from) || !isFree(document, to)) return undefined;
  if (isInside(to, from)) return undefined;
  const gone = removal(document, from, isInside(to, from.slice(0, -1)));
  const piece = gone && pieceOf(as === undefined ? document : withValue(document, from, as), from);
  const inserted = piece && insert(document, to, (place, indent) => piece.render(place, indent), { comments: piece.comments, leaving: found.entry });
  return inserted && [...gone, ...inserted];
}

/** The document with another value at a place, which has to be there. */
function withValue(document: SpecDocument, at: Path, value: PlainValue): SpecDocument {
  return readDocument(applyTextEdits(document.text, set(document, at, value) ?? []), document.syntax);
}

/** What stands at a path, as a document of its own: with its comments and those of its key, and without some members of it, unless they have comments. */
function unwrap(document: SpecDocument, at: Path, without: readonly Path[]): TextEdit[] | undefined {
  const { text, syntax, root } = document;
  const { node, entry } = locate(document, at) ?? {};
  if (node?.kind !== 'object' || !root) return undefined;
  const own = node.flow ? indentAt(text, node.start) : ' '.repeat(columnOf(text, node.start));
  const lineEnd = lineEndAfter(text, node.end);
  const end = node.flow || lineEnd > root.end ? node.end : lineEnd;
  const above = entry ? commentsIn(document, Math.max(root.start, ownLines(text, entry.keyStart, entry.keyEnd).start), node.start) : [];
  let spec = readDocument(shift(text.slice(node.start, end).trimEnd(), own, ''), syntax);
  for (const path of without) {
    const gone = removal(spec, path);
    if (gone?.every((edit) => commentsIn(spec, edit.start, edit.end).length === 0)) spec = readAgain(spec, applyTextEdits(spec.text, gone));
  }
  return [{ start: root.start, end: root.end, text: [...above.map((comment) => comment.text), spec.text.trimEnd()].join('\n') }];
}

/** Where a value is written: under its key in block style, or on the line in flow style. */
type Place = 'block' | 'flow';

/** Writes what follows the colon of a key that stands at an indentation. */
type Render = (place: Place, indent: string) => string;

interface Piece {
  readonly render: Render;
  /** Comments of the removed text that `render` does not carry at a place. */
  comments(place: Place): readonly string[];
}

/** What is written in an entry, ready for another place. Undefined for a key in YAML's `? ` form. */
function pieceOf(document: SpecDocument, path: Path): Piece | undefined {
  const { text, syntax } = document;
  const { node: holder } = locate(document, path.slice(0, -1)) ?? {};
  const entry = locate(document, path)?.entry;
  if (!entry) return undefined;
  const colon = /^\s*:/.exec(text.slice(entry.keyEnd));
  const inside = resolveAlias(holder);
  if (!colon || inside?.kind !== 'object') return undefined;
  const from = entry.keyEnd + colon[0].length;
  const { value } = entry;
  const end = value ? Math.max(value.end, from) : from;
  const whole = inside.flow ? { start: entry.keyStart, end } : ownLines(text, entry.keyStart, end);
  const around = inside.flow ? flowRemarks(document, inside, memberRanges(text, inside), inside.entries.indexOf(entry)) : [];
  const comments = [...around, ...commentsIn(document, whole.start, whole.end)].sort((a, b) => a.start - b.start);
  // the text of a value in flow style, or of a scalar on one line, can stand anywhere
  const anywhere = !value || value.kind === 'alias' || (value.kind === 'scalar' ? value.style !== 'block' && (syntax === 'json' || !text.slice(value.start, value.end).includes('\n')) : value.flow);
  const asFlow = syntax === 'json' || anywhere;
  const own = inside.flow ? indentAt(text, entry.keyStart) : ' '.repeat(columnOf(text, entry.keyStart));
  const tail = inside.flow ? end : Math.max(end, withoutNewline(text, whole.end));
  return {
    render(place, indent) {
      if (place === 'block') return spaced(shift(text.slice(from, tail).trimEnd(), own, indent));
      if (!asFlow) return ` ${inlineText(document, valueAt(document, path) ?? null, indent)}`;
      // an anchor or a tag stands before the value
      const head = text.slice(from, value?.start ?? end).replaceAll(/(?:^|(?<=\s))#.*$/gm, '').trim();
      return spaced([head, value ? shift(text.slice(value.start, value.end), own, indent) : ''].filter(Boolean).join(' '));
    },
    comments: (place) => comments.filter(({ start }) => !(place === 'block' && start >= from && start < tail) && !(asFlow && value && start >= value.start && start < value.end)).map(({ text: comment }) => comment),
  };
}

function spaced(text: string): string {
  return text === '' || /^\s/.test(text) ? text : ` ${text}`;
}

/**
 * Takes away the entry or item at a path with its comments and its comma or line. An object or list that loses its last
 * member stays as `{}` or `[]`, since null would be something else (`Mode.Global`), unless another edit fills it again.
 */
function removal(document: SpecDocument, path: Path, refilled = false): TextEdit[] | undefined {
  const { text } = document;
  const holder = locate(document, path.slice(0, -1));
  const parent = resolveAlias(holder?.node);
  const found = locate(document, path);
  if (!found || !holder || !parent || (parent.kind !== 'object' && parent.kind !== 'list')) return undefined;
  const members = memberRanges(text, parent);
  const index = parent.kind === 'object' ? parent.entries.findIndex((entry) => entry === found.entry) : Number(path.at(-1));
  const member = members[index];
  if (member === undefined) return undefined;
  if (parent.flow) return flowRemoval(document, parent, members, index);
  const start = parent.kind === 'list' ? dashBefore(text, member.start) : member.start;
  const lines = ownLines(text, start, member.end);
  const alone = text.slice(lineStartAt(text, start), start).trim() === '';
  const left = members.length > 1 || refilled || path.length === 1 ? '' : parent.kind === 'object' ? '{}' : '[]';
  if (!alone && members.length > 1) {
    // the first member behind a dash: what follows takes its place
    return [{ start, end: lines.end + (/^\s*/.exec(text.slice(lines.end))?.[0].length ?? 0), text: '' }];
  }
  const lastLineEnd = Math.max(withoutNewline(text, member.end), withoutNewline(text, lines.end));
  if (!alone) return [{ start, end: lastLineEnd, text: left }];
  if (left === '') return [{ ...lines, text: '' }];
  const colon = holder.entry && /^\s*:(?:[ \t]+[&!]\S+)*/.exec(text.slice(holder.entry.keyEnd));
  if (!holder.entry || !colon) return [{ ...lines, text: `${indentAt(text, start)}${left}\n` }];
  const at = holder.entry.keyEnd + colon[0].length;
  return [{ start: at, end: at, text: ` ${left}` }, { ...lines, text: '' }];
}

function flowRemoval(document: SpecDocument, parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): TextEdit[] {
  const { text } = document;
  const { start, end } = members[index];
  const previous = members[index - 1];
  const next = members[index + 1];
  const [before, after] = gapsAround(parent, members, index);
  if ([before, after].some((gap) => commentsIn(document, gap.start, gap.end).length > 0)) {
    const own = flowRemarks(document, parent, members, index);
    const comma = commaIn(document, next || !previous ? after : before);
    const lineEnd = lineEndAfter(text, end);
    const first = lineStartAt(text, Math.min(start, own[0]?.start ?? start));
    const alone = text.slice(lineStartAt(text, start), start).trim() === '';
    // its lines, where nothing else stands on them
    if (alone && next && next.start >= lineEnd && comma !== undefined && comma < lineEnd) return [{ start: first, end: lineEnd, text: '' }];
    const cuts = [{ start: next && next.start < lineEnd ? start : spacesBefore(text, start), end }, ...(comma === undefined ? [] : [{ start: comma, end: comma + 1 }]), ...own.map((comment) => ({ start: spacesBefore(text, comment.start), end: comment.start + comment.text.length }))];
    return cuts.map((cut) => ({ ...cut, text: '' }));
  }
  if (next) return [{ start, end: next.start, text: '' }];
  if (previous) return [{ start: previous.end, end, text: '' }];
  return [{ start: parent.start + 1, end: Math.max(parent.end - 1, end), text: '' }];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What stands before and behind a member in braces or brackets, up to those beside it. */
function gapsAround(parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): [Stretch, Stretch] {
  const { start, end } = members[index];
  return [{ start: members[index - 1]?.end ?? parent.start + 1, end: start }, { start: end, end: members[index + 1]?.start ?? Math.max(parent.end - 1, end) }];
}

/** The comments of a member in braces or brackets that stand around it: in lines above it, and behind it on its last line. */
function flowRemarks(document: SpecDocument, parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): Comment[] {
  const { text } = document;
  const [before, after] = gapsAround(parent, members, index);
  const above = commentsIn(document, before.start, before.end).filter(({ start }) => start >= lineEndAfter(text, before.start));
  const behind = commentsIn(document, after.start, after.end).filter(({ start }) => start < lineEndAfter(text, after.start));
  return [...above, ...behind];
}

/** The comma in a stretch, those in comments aside. */
function commaIn(document: SpecDocument, { start, end }: Stretch): number | undefined {
  const comments = commentsIn(document, start, end);
  for (let at = start; at < end; at++) if (document.text[at] === ',' && !comments.some((comment) => at > comment.start && at < comment.start + comment.text.length)) return at;
  return undefined;
}

function spacesBefore(text: string, offset: number): number {
  return offset - (/[ \t]*$/.exec(text.slice(lineStartAt(text, offset), offset))?.[0].length ?? 0);
}

/** The lines of a block entry or item: the comments right above, what is written behind it on its last line, and the comments below that are indented deeper. */
function ownLines(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = lineStartAt(text, start);
  const alone = text.slice(lineStart, start).trim() === '';
  return { start: alone ? commentsAbove(text, lineStart) : start, end: commentsBelow(text, lineEndAfter(text, end), columnOf(text, start)) };
}

/** The end of the comment lines from a line on that are indented deeper than a column. */
function commentsBelow(text: string, lineStart: number, column: number): number {
  const lines = new RegExp(`(?:[ ]{${column + 1},}#.*(?:\\r?\\n|$)|[ \\t]*\\r?\\n(?=(?:[ \\t]*\\r?\\n)*[ ]{${column + 1},}#))*`, 'y');
  lines.lastIndex = lineStart;
  return lineStart + (lines.exec(text)?.[0].length ?? 0);
}

function dashBefore(text: string, start: number): number {
  // an anchor or a tag may stand between the dash and the item
  const before = /-(?:[ \t\r\n]|[&!]\S*)*$/.exec(text.slice(0, start));
  return before ? before.index : start;
}

/** The start of the comment lines right above a line, of the same indentation. */
function commentsAbove(text: string, lineStart: number): number {
  const indent = /^[ ]*/.exec(text.slice(lineStart))?.[0] ?? '';
  let start = lineStart;
  while (start > 0) {
    const before = lineStartAt(text, start - 1);
    const line = text.slice(before, start);
    if (!line.startsWith(`${indent}#`) || /^\s*#\s*(swarmspec(:|-ignore-document\b)|yaml-language-server:)/.test(line)) break;
    start = before;
  }
  return start;
}

/** The stretches of the members of an object or list, dashes aside. */
function memberRanges(text: string, node: ObjectNode | ListNode): { start: number; end: number }[] {
  return node.kind === 'object' ? node.entries.map((entry) => entryRange(text, entry)) : node.items.map(({ start, end }) => ({ start, end }));
}

function entryRange(text: string, { keyStart, keyEnd, value }: Entry): { start: number; end: number } {
  if (value && value.end > keyEnd) return { start: keyStart, end: value.end };
  return { start: keyStart, end: keyEnd + (/^\s*:/.exec(text.slice(keyEnd))?.[0].length ?? 0) };
}

interface Insertion {
  /** Comments to put above the new entry. */
  comments?(place: Place): readonly string[];
  /** An entry that another edit takes away. */
  readonly leaving?: Entry;
}

/** Adds an entry at a path, making the objects on the way; at the end of the deepest object that exists. */
function insert(document: SpecDocument, path: Path, render: Render, { comments = () => [], leaving }: Insertion = {}): TextEdit[] | undefined {
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

/** Whether an entry cannot get another key, since that is there already, in any letter case or by a merge key: one of the two would be lost. */
function isTaken(document: SpecDocument, at: Path, to: string, renamed: Entry): boolean {
  const holder = resolveAlias(locate(document, at.slice(0, -1))?.node);
  if (holder?.kind === 'object' && holder.entries.some((entry) => entry !== renamed && !entry.merge && entry.key.toLowerCase() === to.toLowerCase())) return true;
  const found = locate(document, [...at.slice(0, -1), to])?.entry;
  return found !== undefined && found !== renamed;
}

/** Whether the object that holds an entry has its key twice, letter case aside: one of the two would be left behind, and no longer count. */
function isGivenTwice(document: SpecDocument, at: Path): boolean {
  const holder = resolveAlias(locate(document, at.slice(0, -1))?.node);
  const key = String(at.at(-1)).toLowerCase();
  return holder?.kind === 'object' && holder.entries.filter((entry) => !entry.merge && entry.key.toLowerCase() === key).length > 1;
}

/** Whether a place holds nothing: it is not there, or there is a key and no value. */
function isNothing(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** Whether nothing would be lost to what is moved to a place. */
export function isFree(document: SpecDocument, to: Path): boolean {
  const target = locate(document, to);
  return !target || isNothing(target.node) || (target.node?.kind === 'list' && target.node.items.length === 0);
}

/** Whether a place lies inside an alias or a merge key, so that a change there would change other places too. */
function isShared({ root }: SpecDocument, path: Path): boolean {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node?.kind === 'list') node = node.items[Number(step)];
    else if (node?.kind === 'object') {
      const own: Entry[] = node.entries.filter(({ key, merge }) => !merge && key.toLowerCase() === String(step).toLowerCase());
      node = (own.findLast(({ key }) => key === step) ?? own.at(-1))?.value;
      if (own.length === 0) return true;
    } else return node?.kind === 'alias';
  }
  return false;
}

/** Whether a path leads to a place or into it. */
function isInside(path: Path, place: Path): boolean {
  return place.every((step, i) => path[i] === step);
}

function valueAt(document: SpecDocument, path: Path): SpecValue | undefined {
  let value: SpecValue | undefined = document.value;
  for (const step of locate(document, path)?.path ?? path) value = (value as Record<string | number, SpecValue> | undefined)?.[step];
  return value;
}

interface Comment {
  readonly start: number;
  readonly text: string;
}

/** The comments of a stretch of YAML: every `#` behind white space that is not part of a key or scalar. */
function commentsIn({ text, syntax, root }: SpecDocument, from: number, to: number): Comment[] {
  if (syntax === 'json') return [];
  const texts: { start: number; end: number }[] = [];
  const visit = (node: Node | undefined): void => {
    if (!node || node.end < from || node.start > to) return;
    if (node.kind === 'scalar') texts.push(node.style === 'block' ? { start: headerEnd(text, node.start), end: node.end } : node);
    else if (node.kind === 'list') node.items.forEach(visit);
    else if (node.kind === 'object') {
      for (const { keyStart, keyEnd, value } of node.entries) {
        texts.push({ start: keyStart, end: keyEnd });
        visit(value);
      }
    }
  };
  visit(root);
  const comments: Comment[] = [];
  let passed = 0;
  for (const { index } of text.slice(from, to).matchAll(/(?<=^|\s)#/g)) {
    const start = from + index;
    // both are in the order of the text
    while (passed < texts.length && texts[passed].end <= start) passed++;
    if ((comments.at(-1)?.start ?? -1) + (comments.at(-1)?.text.length ?? 0) > start || (passed < texts.length && start >= texts[passed].start)) continue;
    comments.push({ start, text: /^.*/.exec(text.slice(start))?.[0].trimEnd() ?? '' });
  }
  return comments;
}

/** The end of the line on which a block scalar begins, and on which a comment may stand. */
function headerEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}

/** Moves lines from one indentation to another: all but the first, which stands where it is put, unless asked. */
function shift(text: string, from: string, to: string, first = false): string {
  return text
    .split('\n')
    .map((line, i) => {
      if (i === 0 && !first) return line;
      if (line.trim() === '') return '';
      return line.startsWith(from) ? to + line.slice(from.length) : to + line.trimStart();
    })
    .join('\n');
}

/** A value on one line; in JSON, objects and lists take a line a member. */
function inlineText(document: SpecDocument, value: PlainValue | SpecValue, indent: string): string {
  if (document.syntax === 'yaml') return flowText(value as SpecValue);
  if (isOnOneLine(document)) return toJson(value as SpecValue);
  const step = stepOf(document);
  return toJson(value as SpecValue, 1).replaceAll(/\n( *)/g, (_, levels: string) => `\n${indent}${step.repeat(levels.length)}`);
}

/** JSON that a machine has written on one line stays there. */
function isOnOneLine({ text }: SpecDocument): boolean {
  return !text.trimEnd().includes('\n');
}

/** One level of indentation, as the first member on a line of its own inside of another has it; two spaces where none has. */
function stepOf({ text, root }: SpecDocument): string {
  return (root && stepIn(text, root)) ?? '  ';
}

function stepIn(text: string, node: Node): string | undefined {
  if (node.kind === 'scalar' || node.kind === 'alias') return undefined;
  if (node.kind === 'list') return firstOf(node.items, (item) => stepIn(text, item));
  if (node.flow) {
    const outer = indentAt(text, node.start);
    const inner = node.entries.length > 0 && text.slice(node.start, node.entries[0].keyStart).includes('\n') ? indentAt(text, node.entries[0].keyStart) : '';
    if (inner.length > outer.length) return inner.slice(outer.length);
  }
  return firstOf(node.entries, ({ keyStart, value }) => {
    if (node.flow || value?.kind !== 'object' || value.flow || value.entries.length === 0) return value && stepIn(text, value);
    return ' '.repeat(Math.max(1, columnOf(text, value.entries[0].keyStart) - columnOf(text, keyStart)));
  });
}

/** The first answer that is one. */
function firstOf<T, R>(things: readonly T[], answer: (thing: T) => R | undefined): R | undefined {
  for (const thing of things) {
    const given = answer(thing);
    if (given !== undefined) return given;
  }
  return undefined;
}

/** A value in flow style, with quotes only where they are needed. */
function flowText(value: SpecValue): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isObject(value)) return `{${Object.keys(value).map((key) => `${flowText(key)}: ${flowText(value[key])}`).join(', ')}}`;
  if (typeof value !== 'string') return toJson(value);
  return /^[\w./][\w./-]*$/.test(value) ? scalarText(value) : JSON.stringify(value);
}

/** A string as a YAML scalar, in quotes only where it would be read as something else. */
function scalarText(text: string): string {
  const { stringify }: typeof import('yaml') = require('yaml');
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

function keyText({ syntax }: SpecDocument, key: string): string {
  return syntax === 'json' ? JSON.stringify(key) : scalarText(key);
}

/** The end of the line (its newline included) on which a block value ends. */
function lineEndAfter(text: string, offset: number): number {
  const newline = text.indexOf('\n', Math.max(0, offset - (text[offset - 1] === '\n' ? 1 : 0)));
  return newline < 0 ? text.length : newline + 1;
}

/** The end of a line without its newline, however that is written. */
function withoutNewline(text: string, lineEnd: number): number {
  return lineEnd - (/\r?\n$/.exec(text.slice(Math.max(0, lineEnd - 2), lineEnd))?.[0].length ?? 0);
}

/** Where the line of an offset begins; that of the first is behind a byte order mark. */
function lineStartAt(text: string, offset: number): number {
  const newline = offset > 0 ? text.lastIndexOf('\n', offset - 1) : -1;
  return newline < 0 && text.startsWith('\uFEFF') ? 1 : newline + 1;
}

/** How many characters stand before an offset on its line; in block style dashes count as indentation. */
function columnOf(text: string, offset: number): number {
  return offset - lineStartAt(text, offset);
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset)))?.[0] ?? '';
}
