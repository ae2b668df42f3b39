import { locate, readDocument, type SpecDocument } from '../document/document';
import { type Node, resolveAlias } from '../document/node';
import type { Path, Span } from '../path';

/** Where the cursor is, as completion needs it. Paths are of the document. */
export interface Cursor {
  /** The object whose key is being written, or the value being written. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** What is replaced when something is chosen. */
  readonly replace: Span;
  /** Keys that the object has already, the one being written aside. */
  readonly siblings: readonly string[];
  readonly style: 'block' | 'flow' | 'json';
  /** Indentation of the key being written, or of the line of the value. */
  readonly indent: string;
  /** Whether a colon follows what is replaced: then only the name of a key is written. */
  readonly colonFollows: boolean;
  /** Whether the value begins right behind the colon, without a space. */
  readonly needsSpace: boolean;
  /** The opening quote of what is replaced, if any. */
  readonly quote: '' | '"' | "'";
}

/** No key or value of a real spec holds this. */
const PROBE = 'swarmspecProbe';

/** Finds the cursor by reading the document with a word of our own in its place. Undefined where nothing can be written. */
export function findCursor(document: SpecDocument, offset: number): Cursor | undefined {
  return document.syntax === 'json' ? inJson(document.text, offset) : inYaml(document, offset);
}

function inJson(text: string, offset: number): Cursor | undefined {
  const stack: { kind: 'object' | 'list'; key?: string; index: number; state: 'key' | 'colon' | 'value' | 'after' }[] = [];
  let at = 0;
  const step = (): void => {
    const top = stack.at(-1);
    if (top) top.state = 'after';
  };
  const stringEnd = (from: number): number => {
    for (let i = from + 1; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '"') return i + 1;
      else if (text[i] === '\n') return i;
    }
    return text.length;
  };
  let replace: Span = { start: offset, end: offset };
  while (at < offset) {
    const char = text[at];
    const top = stack.at(-1);
    if (char === '"') {
      const end = stringEnd(at);
      if (end > offset || (end === offset && text[end - 1] !== '"')) {
        replace = { start: at, end };
        break;
      }
      if (end === offset) replace = { start: at, end };
      else if (top?.kind === 'object' && top.state === 'key') {
        top.key = text.slice(at + 1, end - 1);
        top.state = 'colon';
      } else step();
      at = end;
      if (end === offset) break;
    } else if (char === '{' || char === '[') {
      stack.push({ kind: char === '{' ? 'object' : 'list', index: 0, state: char === '{' ? 'key' : 'value' });
      at++;
    } else if (char === '}' || char === ']') {
      stack.pop();
      step();
      at++;
    } else if (char === ':') {
      if (top?.kind === 'object') top.state = 'value';
      at++;
    } else if (char === ',') {
      if (top) {
        top.index++;
        top.state = top.kind === 'object' ? 'key' : 'value';
      }
      at++;
    } else if (/\s/.test(char)) {
      at++;
    } else {
      let end = at;
      while (end < text.length && /[^\s,:{}[\]"]/.test(text[end])) end++;
      if (end >= offset) {
        replace = { start: at, end };
        break;
      }
      step();
      at = end;
    }
  }
  const top = stack.at(-1);
  const quote = text[replace.start] === '"' && replace.end > replace.start ? '"' : '';
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
  const rest = text.slice(replace.end);
  const base = { replace, style: 'json' as const, indent, colonFollows: /^\s*:/.test(rest), needsSpace: /:$/.test(text.slice(0, replace.start)), quote: quote as Cursor['quote'] };
  if (!top) return text.trim() === '' || offset <= text.length - text.trimStart().length ? { ...base, path: [], part: 'value', siblings: [] } : undefined;
  const path = stack.slice(0, -1).map((level) => (level.kind === 'list' ? level.index : (level.key ?? '')));
  if (top.kind === 'object' && (top.state === 'key' || top.state === 'colon')) {
    const parsed = readDocument(text, 'json');
    return { ...base, path, part: 'key', siblings: siblingsOf(parsed, path, replace) };
  }
  if (top.state !== 'value') return undefined;
  return { ...base, path: [...path, top.kind === 'list' ? top.index : (top.key ?? '')], part: 'value', siblings: [] };
}

function siblingsOf(document: SpecDocument, path: Path, { start, end }: Span): string[] {
  const node = resolveAlias(locate(document, path)?.node);
  return node?.kind === 'object' ? node.entries.filter(({ keyStart, keyEnd }) => start === end || keyEnd < start || keyStart > end).map(({ key }) => key) : [];
}

function inYaml(document: SpecDocument, offset: number): Cursor | undefined {
  const { text } = document;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline < 0 ? text.length : newline;
  const before = text.slice(lineStart, offset);
  const after = text.slice(offset, lineEnd);
  if (/(^|\s)#/.test(before.replaceAll(/"[^"]*"|'[^']*'/g, ''))) return undefined;
  const quoted = /(["'])((?:(?!\1).)*)$/.exec(before.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (whole) => '_'.repeat(whole.length)));
  const start = quoted ? lineStart + quoted.index : offset - (/[^\s:,{}[\]"'#]*$/.exec(before)?.[0].length ?? 0);
  const quote = (quoted?.[1] ?? '') as Cursor['quote'];
  const endMatch = quote ? after.indexOf(quote) + 1 : (/^[^\s:,{}[\]"'#]*/.exec(after)?.[0].length ?? 0);
  const replace = { start, end: offset + (quote && endMatch === 0 ? after.length : endMatch) };
  const head = text.slice(lineStart, start);
  const tail = text.slice(replace.end, lineEnd);
  const colonFollows = /^\s*:(\s|$)/.test(tail);
  const indent = ' '.repeat(/^[\s-]*/.exec(head)?.[0].length ?? 0);
  const base = { replace, indent, colonFollows, needsSpace: head.endsWith(':'), quote };

  const atKeyPlace = /^\s*(-\s+)*$/.test(head);
  const flow = isInFlow(text, start, document);
  if (flow || !atKeyPlace) {
    // behind a colon, in a flow collection, or as an item
    const asKey = flow && /[{,]\s*$/.test(text.slice(0, start)) ? probe(text, replace, `${PROBE}${colonFollows ? '' : ': 0'}`) : undefined;
    if (asKey?.part === 'key') return { ...base, ...asKey, style: 'flow' };
    if (!flow && !/(:|-)\s*$/.test(head) && quote === '') return undefined;
    const asValue = probe(text, replace, `${head.endsWith(':') ? ' ' : ''}${PROBE}`);
    return asValue && asValue.part === 'value' ? { ...base, ...asValue, style: flow ? 'flow' : 'block' } : undefined;
  }
  // the beginning of a line: a key where the column belongs to an object, an item where it belongs to a list of scalars
  const word = `${PROBE}${colonFollows ? '' : ': 0'}`;
  const whole = colonFollows || tail.trim() === '' ? replace : { start: replace.start, end: lineEnd };
  const key = probe(text, whole, word) ?? probeAtOtherIndents(text, whole, word, head);
  if (key?.part === 'key') return { ...base, ...key, style: 'block' };
  const value = probe(text, whole, PROBE);
  return value?.part === 'value' ? { ...base, ...value, style: 'block' } : undefined;
}

/** On a line that is indented like nothing above it, the object of the line above is meant. */
function probeAtOtherIndents(text: string, replace: Span, word: string, head: string): Pick<Cursor, 'path' | 'part' | 'siblings'> | undefined {
  if (head.trim() !== '') return undefined;
  const lineStart = replace.start - head.length;
  for (const line of text.slice(0, lineStart).split('\n').reverse()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const indent = /^[\s-]*/.exec(line)?.[0].length ?? 0;
    if (indent <= head.length) return probe(text, { start: lineStart, end: replace.end }, ' '.repeat(indent) + word);
  }
  return undefined;
}

/** Reads the text with the probe in place and says where it ended up. */
function probe(text: string, { start, end }: Span, word: string): Pick<Cursor, 'path' | 'part' | 'siblings'> | undefined {
  const probed = readDocument(text.slice(0, start) + word + text.slice(end), 'yaml');
  return probed.root && search(probed.root, []);
}

function search(node: Node, path: Path): Pick<Cursor, 'path' | 'part' | 'siblings'> | undefined {
  if (node.kind === 'object') {
    for (const { key, value } of node.entries) {
      if (key === PROBE) return { path, part: 'key', siblings: node.entries.map((entry) => entry.key).filter((other) => other !== PROBE) };
      const found = value && search(value, [...path, key]);
      if (found) return found;
    }
  } else if (node.kind === 'list') {
    for (const [i, item] of node.items.entries()) {
      const found = search(item, [...path, i]);
      if (found) return found;
    }
  } else if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.includes(PROBE)) {
    return { path, part: 'value', siblings: [] };
  }
  return undefined;
}

/** Whether an offset lies inside `{…}` or `[…]` that is still open, judged by the brackets before it outside of strings. */
function isInFlow(text: string, offset: number, { root }: SpecDocument): boolean {
  const inside = (node: Node | undefined): boolean => {
    if (!node || node.kind === 'alias' || node.kind === 'scalar' || offset <= node.start || offset > node.end) return false;
    if (node.flow && (offset < node.end || !/[}\]]/.test(text[node.end - 1]))) return true;
    return node.kind === 'object' ? node.entries.some(({ value }) => inside(value)) : node.items.some(inside);
  };
  if (inside(root)) return true;
  // a collection that is not closed yet ends, for the parser, where it gives up
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).replaceAll(/"[^"]*"|'[^']*'|\{\{.*?\}\}/g, '');
  let depth = 0;
  for (const char of line) depth += char === '{' || char === '[' ? 1 : char === '}' || char === ']' ? -1 : 0;
  return depth > 0;
}
