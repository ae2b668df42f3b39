import type { Path, Span } from '../path';
import { changeBetween } from './change';
import { parseJson } from './json';
import { readPlainJson } from './jsonPlain';
import { type Modeline, readModeline } from './modeline';
import { type Entry, type Node, type ObjectNode, type Parsed, resolveAlias, type TextProblem } from './node';
import { rereadDocument } from './reread';
import { detached, inOrder } from './shift';
import { resplitYaml, splitYaml } from './split';
import type { SpecValue } from './value';
import { PlainYamlReader, readPlainYaml } from './yamlPlain';

export type Syntax = 'json' | 'yaml';

/**
 * One document of a file, read. All offsets are relative to `text`, so that a document that moves inside its file
 * need not be read again.
 */
export interface SpecDocument {
  readonly text: string;
  readonly syntax: Syntax;
  /** Undefined for a document of nothing but comments. */
  readonly root: Node | undefined;
  /** What the text says, exact. Undefined where `root` is. */
  readonly value: SpecValue | undefined;
  readonly problems: readonly TextProblem[];
  readonly modeline: Modeline;
}

/** A document at its place in a file. */
export interface PlacedDocument {
  readonly index: number;
  /** Offset of the document's text in the file. */
  readonly offset: number;
  readonly document: SpecDocument;
}

export interface SpecFile {
  readonly text: string;
  readonly syntax: Syntax;
  readonly documents: readonly PlacedDocument[];
}

/** Reads a file. Documents of `before` whose text is unchanged are taken over as they are, and so are the unchanged parts of others. Never throws. */
export function readFile(text: string, syntax: Syntax, before?: SpecFile): SpecFile {
  const old = before?.syntax === syntax ? before : undefined;
  const change = old && changeBetween(old.text, text);
  if (old && !change) return old;
  if (syntax === 'json') {
    return { text, syntax, documents: [{ index: 0, offset: 0, document: old ? readAgain(old.documents[0].document, text) : readDocument(text, syntax) }] };
  }
  if (!old || !change) {
    return { text, syntax, documents: splitYaml(text).map(({ start, end }, index) => ({ index, offset: start, document: readDocument(own(text, start, end), syntax) })) };
  }
  const spans = old.documents.map(({ offset, document }) => ({ start: offset, end: offset + document.text.length }));
  const { before: kept, pieces, after } = resplitYaml(text, spans, change);
  const replaced = old.documents.slice(kept, old.documents.length - after);
  const known = new Map(replaced.map(({ document }) => [document.text, document]));
  const documents = old.documents.slice(0, kept);
  for (const { start, end } of pieces) {
    const piece = own(text, start, end);
    // where as many documents stand as before, each is what its predecessor has become
    const same = known.get(piece) ?? (pieces.length === replaced.length ? readAgain(replaced[documents.length - kept].document, piece) : readDocument(piece, syntax));
    documents.push({ index: documents.length, offset: start, document: same });
  }
  const delta = change.newEnd - change.oldEnd;
  for (const { offset, document } of old.documents.slice(old.documents.length - after)) documents.push({ index: documents.length, offset: offset + delta, document });
  return { text, syntax, documents };
}

/** What `readFile` gives for a file that is read for the first time, with a pause now and then. */
export function* readingFile(text: string, syntax: Syntax): Generator<void, SpecFile> {
  const documents: PlacedDocument[] = [];
  for (const { start, end } of syntax === 'yaml' ? splitYaml(text) : [{ start: 0, end: text.length }]) {
    yield;
    documents.push({ index: documents.length, offset: start, document: yield* readingDocument(own(text, start, end), syntax) });
  }
  return { text, syntax, documents };
}

function* readingDocument(text: string, syntax: Syntax): Generator<void, SpecDocument> {
  if (syntax === 'json' || text.length > MAX_LENGTH) return readDocument(text, syntax);
  const reader = new PlainYamlReader(text);
  for (;;) {
    const plain = reader.run(() => false);
    if (plain !== 'paused') return parsedDocument(text, syntax, plain ?? parseFullYaml(text));
    yield;
  }
}

/** A part of a file as a text of its own, so that a document that stays does not keep an old file in memory. */
function own(text: string, start: number, end: number): string {
  return start === 0 && end === text.length ? text : detached(text.slice(start, end));
}

/** Longer documents are not read: the engine refuses a service above 1.5 MiB, so nothing of such a length can be one. */
export const MAX_LENGTH = 8 * 1024 ** 2;

/** A document after a change of its text: what `readDocument` gives, sooner, since the unchanged parts of `before` are taken over. */
export function readAgain(before: SpecDocument, text: string): SpecDocument {
  return rereadDocument(before, text) ?? readDocument(text, before.syntax);
}

export function readDocument(text: string, syntax: Syntax): SpecDocument {
  if (text.length > MAX_LENGTH) return { text, syntax, modeline: readModeline(text, syntax), root: undefined, value: undefined, problems: [tooLong(text, syntax)] };
  const plain = syntax === 'json' ? readPlainJson(text) : undefined;
  if (plain !== undefined) return new PlainDocument(text, readModeline(text, syntax), plain);
  return parsedDocument(text, syntax, syntax === 'json' ? parseJson(text) : (readPlainYaml(text) ?? parseFullYaml(text)));
}

function parsedDocument(text: string, syntax: Syntax, { root, value, problems }: Parsed): SpecDocument {
  return { text, syntax, modeline: readModeline(text, syntax), root, value, problems: inOrder(problems) };
}

/** A document of JSON without a fault: its tree is made when somebody asks for places. */
class PlainDocument implements SpecDocument {
  readonly syntax = 'json';
  readonly problems: readonly TextProblem[] = [];
  private tree?: Node;

  constructor(readonly text: string, readonly modeline: Modeline, readonly value: SpecValue) {}

  get root(): Node | undefined {
    this.tree ??= parseJson(this.text).root;
    return this.tree;
  }
}

function tooLong(text: string, syntax: Syntax): TextProblem {
  const mebibytes = (length: number): string => (length / 1024 ** 2).toFixed(0);
  return {
    rule: `${syntax}-syntax`, effect: 'refused', start: 0, end: 1,
    message: `This document is ${mebibytes(text.length)} MiB long, and more than ${mebibytes(MAX_LENGTH)} MiB are not read: the engine refuses a service above 1.5 MiB.`,
    hint: 'Put large texts into configs.',
  };
}

/** The full parser is loaded with the first document that needs it: that takes longer than a small file takes to check. */
function parseFullYaml(text: string): Parsed {
  const yaml: typeof import('./yaml') = require('./yaml');
  return yaml.parseYaml(text);
}

/** Where a path ends in the tree: the entry of its last key (if it ends in one) and the node of its value. */
export interface Located {
  readonly entry?: Entry;
  readonly node: Node | undefined;
  /** The path in the spelling of the text. */
  readonly path: Path;
}

/**
 * Finds the place of a path. Keys are matched exactly, else ignoring letter case as the engine does. Of a key given
 * twice the last one that leads on counts. Aliases are followed, except the last: an alias itself is a place.
 */
export function locate({ root }: Pick<SpecDocument, 'root'>, path: Path): Located | undefined {
  return root && locateFrom(root, path, 0, []);
}

/** Objects with fewer entries need no index. */
const FEW = 32;

function locateFrom(node: Node, path: Path, depth: number, spelled: (string | number)[]): Located | undefined {
  if (depth === path.length) return { node, path: spelled };
  const inside = resolveAlias(node);
  const step = path[depth];
  if (typeof step === 'number') {
    const item = inside?.kind === 'list' ? inside.items[step] : undefined;
    return item && locateFrom(item, path, depth + 1, [...spelled, step]);
  }
  if (inside?.kind !== 'object') return undefined;
  if (inside.entries.length < FEW) {
    // nearly every place is found so; what is not is looked for in all ways below
    const entry = inside.entries.findLast(({ key, merge }) => key === step && !merge);
    if (entry && depth + 1 === path.length) return { entry, node: entry.value, path: [...spelled, step] };
    const found = entry?.value && locateFrom(entry.value, path, depth + 1, [...spelled, step]);
    if (found) return found;
  }
  for (const entry of entriesOf(inside, step)) {
    if (depth + 1 === path.length) return { entry, node: entry.value, path: [...spelled, entry.key] };
    const found = entry.value && locateFrom(entry.value, path, depth + 1, [...spelled, entry.key]);
    if (found) return found;
  }
  return undefined;
}

/** The entries that a key may mean, best first: the exact ones from the last, those of merge keys, other letter case. */
function* entriesOf(object: ObjectNode, key: string): Generator<Entry> {
  const { exact, folded, merges } = keysOf(object);
  const own = exact.get(key) ?? [];
  for (let i = own.length - 1; i >= 0; i--) yield own[i];
  for (const entry of merges) {
    const merged = resolveAlias(entry.value);
    const sources = merged?.kind === 'list' ? merged.items.map(resolveAlias) : [merged];
    for (const source of sources) if (source?.kind === 'object') yield* entriesOf(source, key);
  }
  for (const entry of folded.get(key.toLowerCase()) ?? []) if (entry.key !== key) yield entry;
}

interface Keys {
  readonly exact: ReadonlyMap<string, readonly Entry[]>;
  /** By key in lower case. */
  readonly folded: ReadonlyMap<string, readonly Entry[]>;
  readonly merges: readonly Entry[];
}

const keysOfObject = new WeakMap<ObjectNode, Keys>();

/** The entries of an object by key: as many places may be looked for as it has entries. */
function keysOf(object: ObjectNode): Keys {
  let keys = keysOfObject.get(object);
  if (!keys) {
    const exact = new Map<string, Entry[]>();
    const folded = new Map<string, Entry[]>();
    const add = (map: Map<string, Entry[]>, key: string, entry: Entry) => {
      const list = map.get(key);
      if (list) list.push(entry);
      else map.set(key, [entry]);
    };
    for (const entry of object.entries) {
      if (!entry.merge) add(exact, entry.key, entry);
      add(folded, entry.key.toLowerCase(), entry);
    }
    keys = { exact, folded, merges: object.entries.filter(({ merge }) => merge) };
    keysOfObject.set(object, keys);
  }
  return keys;
}

/** The stretch of text to underline for a path: the nearest place that exists, if the path itself does not. */
export function spanAt(document: SpecDocument, path: Path, part: 'key' | 'value' = 'value', within?: Span, found = locate(document, path)): Span {
  if (found) {
    const { entry, node } = found;
    if (part === 'key' && entry) return { start: entry.keyStart, end: entry.keyEnd };
    if (node && within && node.kind === 'scalar') return spanWithin(document, node.start, node.end, within);
    // an object or list is named by its key; underlining all of it would hide what is inside
    if (entry && (!node || node.end <= node.start || node.kind === 'object' || node.kind === 'list')) return { start: entry.keyStart, end: entry.keyEnd };
    if (node) return firstLine(document.text, node.start, Math.max(node.end, node.start + 1));
  }
  if (path.length > 0) return spanAt(document, path.slice(0, -1), 'key');
  return firstLine(document.text, document.root?.start ?? 0, Math.min((document.root?.start ?? 0) + 1, document.text.length));
}

function firstLine(text: string, start: number, end: number): Span {
  const newline = text.slice(start, end).indexOf('\n');
  return { start, end: newline > 0 ? start + newline : end };
}

/** Characters `within` of a decoded string as offsets in the text; the whole scalar where escapes make that unsure. */
function spanWithin({ text }: SpecDocument, start: number, end: number, within: Span): Span {
  const source = text.slice(start, end);
  const quoted = source[0] === '"' || source[0] === "'";
  if (quoted ? /[\\\n]/.test(source) || source.slice(1, -1).includes("''") : /\n/.test(source)) return firstLine(text, start, end);
  const base = start + (quoted ? 1 : 0);
  const last = end - (quoted ? 1 : 0);
  const from = Math.min(base + within.start, last);
  return { start: Math.min(from, end - 1), end: Math.max(Math.min(base + within.end, last), from + (from < end ? 1 : 0)) };
}

/** The path of the innermost key around an offset, so that a fault of the text has a path too. */
export function pathAt({ root }: SpecDocument, offset: number): Path {
  const path: (string | number)[] = [];
  let node = root;
  while (node) {
    if (node.kind === 'object') {
      const entry = node.entries[lastBefore(node.entries, ({ keyStart }) => keyStart, offset)];
      if (!entry || offset >= Math.max(entry.keyEnd, entry.value?.end ?? 0)) break;
      path.push(entry.key);
      if (offset < entry.keyEnd) break;
      node = entry.value;
    } else if (node.kind === 'list') {
      const index = lastBefore(node.items, ({ start }) => start, offset);
      if (index < 0 || offset >= node.items[index].end) break;
      path.push(index);
      node = node.items[index];
    } else break;
  }
  return path;
}

/** Of things in the order of the text, the index of the last one that starts at or before an offset; -1 where none does. */
function lastBefore<T>(things: readonly T[], startOf: (thing: T) => number, offset: number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(things[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What stands at an offset: a key or a value, with its path and span. */
export interface Spot {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly span: Span;
  readonly node: Node | undefined;
}

/** The innermost key or value at an offset; undefined between them. */
export function spotAt({ root }: SpecDocument, offset: number): Spot | undefined {
  return root && spotIn(root, offset, []);
}

function spotIn(node: Node, offset: number, path: Path): Spot | undefined {
  if (node.kind === 'object') {
    for (const entry of node.entries) {
      const here = [...path, entry.key];
      if (offset >= entry.keyStart && offset <= entry.keyEnd) return { path: here, part: 'key', span: { start: entry.keyStart, end: entry.keyEnd }, node: entry.value };
      if (entry.value && offset >= entry.value.start && offset <= entry.value.end) {
        const inside = spotIn(entry.value, offset, here);
        if (inside) return inside;
      }
    }
    return undefined;
  }
  if (node.kind === 'list') {
    for (const [i, item] of node.items.entries()) {
      if (offset >= item.start && offset <= item.end) return spotIn(item, offset, [...path, i]);
    }
    return undefined;
  }
  if (offset < node.start || offset > node.end) return undefined;
  return { path, part: 'value', span: { start: node.start, end: node.end }, node };
}
