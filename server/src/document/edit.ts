import { stringify } from 'yaml';
import type { Edit, PlainValue } from '../finding';
import type { Path } from '../path';
import { locate, type SpecDocument } from './document';
import { type Entry, type ListNode, type Node, type ObjectNode, resolveAlias } from './node';
import { type SpecValue, toJson } from './value';

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
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const written = toText(document, edit);
    if (!written) return undefined;
    result.push(...written);
  }
  return result.sort((a, b) => a.start - b.start);
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

function toText(document: SpecDocument, edit: Edit): TextEdit[] | undefined {
  switch (edit.kind) {
    case 'text':
      return [{ start: edit.start, end: edit.end, text: edit.text }];
    case 'rename': {
      const entry = locate(document, edit.at)?.entry;
      if (!entry) return undefined;
      const quoted = /^["']/.test(document.text.slice(entry.keyStart, entry.keyEnd));
      return [{ start: entry.keyStart, end: entry.keyEnd, text: document.syntax === 'json' || quoted ? JSON.stringify(edit.to) : scalarText(edit.to) }];
    }
    case 'set': {
      const found = locate(document, edit.at);
      if (!found) return insert(document, edit.at, renderer(document, edit.value));
      const { node, entry } = found;
      if (!node && entry) return [{ start: entry.keyEnd, end: entry.keyEnd, text: `: ${renderer(document, edit.value)('', true)}` }];
      if (!node || node.kind === 'alias') return undefined;
      const empty = node.end <= node.start;
      const flow = document.syntax === 'json' || isInFlow(document, edit.at);
      const indent = indentAt(document.text, entry?.keyStart ?? node.start) + '  ';
      const text = renderer(document, edit.value)(indent, flow || node.kind === 'scalar');
      return [{ start: node.start, end: node.end, text: empty && !/\s$/.test(document.text.slice(0, node.start)) ? ` ${text}` : text }];
    }
    case 'remove': {
      const range = removal(document, edit.at);
      return range && [{ ...range, text: '' }];
    }
    case 'move': {
      const range = removal(document, edit.from);
      const source = locate(document, edit.from)?.node;
      if (!range || locate(document, edit.to)) return undefined;
      const inserted = insert(document, edit.to, carried(document, edit.from, source));
      return inserted && [{ ...range, text: '' }, ...inserted];
    }
    case 'mergeList': {
      const target = locate(document, edit.to)?.node;
      if (!target || resolveAlias(target)?.kind !== 'list') return target ? undefined : toText(document, { ...edit, kind: 'move' });
      return mergeLists(document, edit.from, edit.to);
    }
  }
}

/** Writes a value at an indentation; `inline` asks for flow style on one line. */
type Render = (indent: string, inline: boolean) => string;

function renderer(document: SpecDocument, value: PlainValue): Render {
  return (indent, inline) => {
    if (document.syntax === 'json') return toJson(value as SpecValue, 2).replaceAll('\n', `\n${indent}`);
    if (typeof value === 'string') return scalarText(value);
    if (value === null || typeof value !== 'object') return toJson(value as SpecValue);
    if (inline) return toJson(value as SpecValue);
    return `\n${stringify(value, { indent: 2 }).trimEnd().split('\n').map((line) => indent + line).join('\n')}`;
  };
}

/** A string as a YAML scalar, in quotes only where it would be read as something else. */
function scalarText(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

/** The text of an existing value, re-indented for its new place; comments inside it travel along. */
function carried(document: SpecDocument, path: Path, node: Node | undefined): Render {
  const { text } = document;
  return (indent, inline) => {
    if (!node) return 'null';
    const source = text.slice(node.start, node.end);
    const before = indentAt(text, locate(document, path)?.entry?.keyStart ?? node.start);
    const block = node.kind !== 'alias' && node.kind !== 'scalar' && !node.flow;
    if (!block) return source.replaceAll(`\n${before}`, `\n${indent.slice(0, Math.max(0, indent.length - 2))}`);
    if (inline) return toJson(valueAt(document, path) ?? null);
    const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
    const own = text.slice(lineStart, node.start);
    // comments between the key and the first member belong to the value
    const keyEnd = locate(document, path)?.entry?.keyEnd ?? node.start;
    const from = text.indexOf('\n', keyEnd);
    const body = from >= 0 && from < node.start ? text.slice(from + 1, node.end) : own + source;
    return `\n${reindent(body, own.replace(/[^ ].*$/, ''), indent)}`;
  };
}

function valueAt(document: SpecDocument, path: Path): SpecValue | undefined {
  let value: SpecValue | undefined = document.value;
  for (const step of path) value = (value as Record<string | number, SpecValue> | undefined)?.[step];
  return value;
}

function reindent(text: string, from: string, to: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line.startsWith(from) ? to + line.slice(from.length) : to + line.trimStart()))
    .join('\n');
}

/** The whole entry or item at a path with its comments and its comma or line. */
function removal(document: SpecDocument, path: Path): { start: number; end: number } | undefined {
  const { text } = document;
  const parent = resolveAlias(locate(document, path.slice(0, -1))?.node);
  const found = locate(document, path);
  if (!found || !parent || (parent.kind !== 'object' && parent.kind !== 'list')) return undefined;
  const members = parent.kind === 'object' ? parent.entries.map(entryRange) : parent.items.map(({ start, end }) => ({ start, end }));
  const index = parent.kind === 'object' ? parent.entries.findIndex((entry) => entry === found.entry) : Number(path.at(-1));
  if (index < 0 || members[index] === undefined) return undefined;
  if (parent.flow) return flowRemoval(text, parent, members, index);
  // a block mapping without members is null, and a list without items too: that is what leaving it out means as well
  let { start, end } = members[index];
  if (parent.kind === 'list') start = text.lastIndexOf('-', start - 1) < 0 ? start : dashBefore(text, start);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const alone = text.slice(lineStart, start).trim() === '';
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  if (!alone) {
    // the first member behind a dash: the next member takes its place
    const next = members[index + 1];
    return next ? { start, end: next.start } : { start, end: newline < 0 ? text.length : newline };
  }
  start = commentsAbove(text, lineStart);
  end = lineEnd;
  return { start, end };
}

function dashBefore(text: string, start: number): number {
  let at = start - 1;
  while (at > 0 && (text[at] === ' ' || text[at] === '\n' || text[at] === '\r')) at--;
  return text[at] === '-' ? at : start;
}

/** The start of the comment lines right above a line, of the same indentation. */
function commentsAbove(text: string, lineStart: number): number {
  const indent = /^[ ]*/.exec(text.slice(lineStart))?.[0] ?? '';
  let start = lineStart;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    const line = text.slice(before, start);
    if (!line.startsWith(`${indent}#`) || /^\s*#\s*swarmspec:/.test(line)) break;
    start = before;
  }
  return start;
}

function entryRange({ keyStart, keyEnd, value }: Entry): { start: number; end: number } {
  return { start: keyStart, end: Math.max(keyEnd + (value && value.end > keyEnd ? 0 : 1), value?.end ?? 0) };
}

function flowRemoval(text: string, parent: ObjectNode | ListNode, members: readonly { start: number; end: number }[], index: number): { start: number; end: number } {
  const { start, end } = members[index];
  const next = members[index + 1];
  if (next) return { start, end: next.start };
  if (index > 0) return { start: members[index - 1].end, end };
  // the only member: take the space around it too
  const inner = text.slice(parent.start + 1, parent.end - 1);
  return inner.slice(0, start - parent.start - 1).trim() === '' && inner.slice(end - parent.start - 1).trim() === '' ? { start: parent.start + 1, end: parent.end - 1 } : { start, end };
}

/** Adds an entry at a path, making the objects on the way; at the end of the deepest object that exists. */
function insert(document: SpecDocument, path: Path, render: Render): TextEdit[] | undefined {
  let depth = path.length - 1;
  while (depth > 0 && !isHolder(locate(document, path.slice(0, depth))?.node)) depth--;
  const holder = locate(document, path.slice(0, depth));
  const node = holder?.node;
  if (path.slice(depth).some((step) => typeof step === 'number')) return undefined;
  const keys = path.slice(depth) as string[];
  if (node && node.kind !== 'object') return undefined;
  if (!node) return undefined;
  const { text } = document;
  if (node.flow) return insertFlow(document, node, keys, render);
  const last = node.entries.at(-1);
  if (!last) return undefined;
  const indent = columnIndent(text, node.entries[0].keyStart);
  const at = lineEndAfter(text, entryRange(last).end);
  const newline = at === 0 || text[at - 1] === '\n' ? '' : '\n';
  return [{ start: at, end: at, text: newline + nested(keys, indent, render) + (newline === '' || text[at] === '\n' ? '\n' : '') }];
}

/** `a: {b: …}` in block style, one key a line. */
function nested(keys: readonly string[], indent: string, render: Render): string {
  let text = '';
  let own = indent;
  for (const [i, key] of keys.entries()) {
    text += `${own}${scalarText(key)}:`;
    own += '  ';
    if (i < keys.length - 1) text += '\n';
  }
  const value = render(own, false);
  return text + (value.startsWith('\n') ? value : ` ${value}`);
}

function insertFlow(document: SpecDocument, node: ObjectNode, keys: readonly string[], render: Render): TextEdit[] {
  const { text, syntax } = document;
  const last = node.entries.at(-1);
  const first = node.entries[0];
  const own = first ? columnIndent(text, first.keyStart) : `${indentAt(text, node.start)}  `;
  const multiline = first ? text.slice(node.start, first.keyStart).includes('\n') : syntax === 'json';
  const indent = multiline ? indentAt(text, first?.keyStart ?? node.start) + (first ? '' : '  ') : own;
  const quote = (key: string) => (syntax === 'json' ? JSON.stringify(key) : scalarText(key));
  let entry = '';
  let inner = indent;
  for (const [i, key] of keys.entries()) {
    entry += `${quote(key)}: `;
    if (i < keys.length - 1) {
      inner += '  ';
      entry += multiline ? `{\n${inner}` : '{';
    }
  }
  entry += render(`${inner}${syntax === 'json' ? '' : '  '}`, true);
  for (let i = keys.length - 2; i >= 0; i--) {
    inner = inner.slice(2);
    entry += multiline ? `\n${inner}}` : '}';
  }
  if (last) {
    const at = entryRange(last).end;
    return [{ start: at, end: at, text: multiline ? `,\n${indent}${entry}` : `, ${entry}` }];
  }
  return [{ start: node.start + 1, end: node.end - 1, text: multiline ? `\n${indent}${entry}\n${indentAt(text, node.start)}` : entry }];
}

/** Moves the items of one list behind those of another; an item for a target that is there already is dropped. */
function mergeLists(document: SpecDocument, from: Path, to: Path): TextEdit[] | undefined {
  const { text } = document;
  const source = locate(document, from)?.node;
  const target = locate(document, to)?.node;
  const range = removal(document, from);
  if (source?.kind !== 'list' || target?.kind !== 'list' || !range) return undefined;
  const present = new Set((valueAt(document, to) as SpecValue[]).map(targetOf));
  const values = valueAt(document, from) as SpecValue[];
  const items = source.items.filter((_, i) => !present.has(targetOf(values[i])));
  const edits: TextEdit[] = [{ ...range, text: '' }];
  if (items.length === 0) return edits;
  const last = target.items.at(-1);
  if (target.flow) {
    const written = items.map((item) => text.slice(item.start, item.end)).map((source, i) => (/\n/.test(source) && document.syntax === 'yaml' ? toJson(values[source.indexOf(source) + i]) : source));
    const at = last?.end ?? target.start + 1;
    return [...edits, { start: at, end: at, text: (last ? ', ' : '') + written.join(', ') }];
  }
  const dash = dashBefore(text, last?.start ?? target.start);
  const indent = columnIndent(text, dash);
  const at = lineEndAfter(text, last?.end ?? target.end);
  const written = items.map((item) => {
    if (source.flow) return `${indent}- ${text.slice(item.start, item.end)}\n`;
    const start = dashBefore(text, item.start);
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const whole = text.slice(commentsAbove(text, lineStart), lineEndAfter(text, item.end));
    return reindent(whole, columnIndent(text, start), indent);
  });
  const newline = text[at - 1] === '\n' ? '' : '\n';
  return [...edits, { start: at, end: at, text: newline + written.join('') }];
}

function targetOf(item: SpecValue): string {
  const target = typeof item === 'object' && item !== null && 'Target' in item ? item.Target : undefined;
  return typeof target === 'string' ? target : toJson(item);
}

function isHolder(node: Node | undefined): boolean {
  return node?.kind === 'object';
}

/** The end of the line (its newline included) on which a block value ends. */
function lineEndAfter(text: string, offset: number): number {
  const newline = text.indexOf('\n', Math.max(0, offset - (text[offset - 1] === '\n' ? 1 : 0)));
  return newline < 0 ? text.length : newline + 1;
}

/** As many spaces as stand, or would stand, before a place: dashes before it count as spaces. */
function columnIndent(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function isInFlow(document: SpecDocument, path: Path): boolean {
  const parent = resolveAlias(locate(document, path.slice(0, -1))?.node);
  return (parent?.kind === 'object' || parent?.kind === 'list') && parent.flow;
}
