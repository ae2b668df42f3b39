import type { TextEdit } from '../../document/textEdit';
import type { Path, Span } from '../../path';
import { type Cursor, cursorAt, stepOf } from './cursor';
import { closeOf, readFlow } from './flow';

/** A block collection that is still open at a line. */
interface Level {
  readonly kind: 'object' | 'list';
  readonly indent: number;
  readonly path: Path;
  readonly keys: string[];
  key: string;
  index: number;
  /** Whether the last key or dash has no value yet. */
  open: boolean;
}

interface Key extends Span {
  readonly name: string;
  readonly colon: number;
}

interface NextLine {
  readonly indent: number;
  readonly dash: boolean;
}

/** Behind the indentation, up to the end of the line: a plain text that is no key, and a key with a plain text. */
const PLAIN_ITEMS = /- [A-Za-z0-9_/.](?:[^\n:]|:(?=\S))*\n/y;
const PLAIN_ENTRIES = /([A-Za-z_][A-Za-z0-9_.-]*): [A-Za-z0-9_/.][^\n]*\n/y;

export function findInYaml(text: string, offset: number): Cursor[] {
  return new BlockReader(text, offset).find();
}

/**
 * Reads the lines of a YAML document up to the cursor, keeping the collections that are open, and on from there to the
 * end of the object that the cursor is in, for its other keys.
 */
class BlockReader {
  private readonly levels: Level[] = [];
  private readonly step: string;
  private found: readonly Cursor[] | undefined;
  /** The line of the cursor is looked at more closely. */
  private plainUntil: number;

  constructor(
    private readonly text: string,
    private offset: number,
  ) {
    this.step = stepOf(text).replace('\t', '  ');
    this.plainUntil = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  }

  find(): Cursor[] {
    let at = 0;
    for (;;) {
      const end = this.lineEnd(at);
      if (this.offset <= end) return this.cursorLine(at, this.contentEnd(at, end));
      at = this.plainLines(this.line(at, end));
      if (this.found) return [...this.found];
      if (at > this.text.length) return [];
    }
  }

  // — lines away from the cursor —

  /**
   * Takes in the lines at `from` that are one more item or entry of the collection at hand, with a plain text each, as lists
   * of variables and labels have them by the thousand: what `line` would do, all at once. Gives the beginning of the next line.
   */
  private plainLines(from: number): number {
    const level = this.levels.at(-1);
    if (!level || level.open || this.found) return from;
    const { text } = this;
    const lines = level.kind === 'list' ? PLAIN_ITEMS : PLAIN_ENTRIES;
    const indent = spaces(level.indent);
    let at = from;
    for (;;) {
      if (!text.startsWith(indent, at)) return at;
      lines.lastIndex = at + indent.length;
      const found = lines.exec(text);
      if (!found || lines.lastIndex > this.plainUntil) return at;
      at = lines.lastIndex;
      if (level.kind === 'list') level.index++;
      else level.keys.push((level.key = found[1]));
    }
  }

  /** Takes one line in and gives the beginning of the next; that may be further down, behind a text of several lines. */
  private line(start: number, end: number): number {
    const { text } = this;
    let at = start;
    while (text.charCodeAt(at) === 32) at++;
    const content = this.contentEnd(start, end);
    const code = text.charCodeAt(at);
    if (at >= content || code === 35 || code === 9) return end + 1;
    if (at === start && code === 45 && text.startsWith('---', at)) return end + 1;
    if (at === start && code === 46 && /^\.\.\.\s*(?:\s#.*)?$/.test(text.slice(at, content))) {
      // the document ends, and what comes then has nothing of it
      this.levels.length = 0;
      return end + 1;
    }
    for (;;) {
      if (code45(text, at) && (at + 1 >= content || text[at + 1] === ' ')) {
        const list = this.enter(at - start, 'list');
        if (!list) return end + 1;
        list.index++;
        list.open = true;
        const inside = this.skip(at + 1, content);
        if (inside >= content || text[inside] === '#') return end + 1;
        at = inside;
        if (code45(text, at) && (at + 1 >= content || text[at + 1] === ' ')) continue;
        const key = this.keyAt(this.properties(at, content), content);
        if (!key) return this.value(at, content, list, end);
        at = this.properties(at, content);
      }
      const key = this.keyAt(at, content);
      if (!key) {
        const above = this.levels.at(-1);
        if (!above) return this.value(at, content, undefined, end);
        return above.open && at - start > above.indent ? this.value(at, content, above, end) : end + 1;
      }
      const object = this.enter(at - start, 'object');
      if (!object) return end + 1;
      object.key = key.name;
      object.keys.push(key.name);
      object.open = true;
      return this.value(this.skip(key.colon + 1, content), content, object, end);
    }
  }

  /** Reads the value at `at`, which may be nothing yet, and gives the beginning of the next line. */
  private value(from: number, content: number, owner: Level | undefined, end: number): number {
    const { text } = this;
    const at = this.properties(from, content);
    if (at >= content || text[at] === '#') return end + 1;
    if (owner) owner.open = false;
    const char = text[at];
    const floor = owner?.indent ?? -1;
    if ((char === '|' || char === '>') && /^[|>][\d+-]*\s*(?:#.*)?$/.test(text.slice(at, content))) return this.skipBlockScalar(end + 1, floor);
    if ((char === '{' && text[at + 1] !== '{') || char === '[') {
      const reading = readFlow(text, at, this.offset, { json: false, path: this.pathOf(owner), floor, step: this.step });
      if (reading.found) this.found = reading.found;
      return Math.max(end, this.lineEnd(Math.max(at, reading.end - 1))) + 1;
    }
    if (char === '"' || char === "'") {
      const close = this.closeBelow(at, end, floor);
      if (close !== undefined && close > end) {
        if (this.offset > end && this.offset <= close) this.found = [];
        return this.lineEnd(close - 1) + 1;
      }
    }
    return end + 1;
  }

  private skipBlockScalar(from: number, floor: number): number {
    const { text } = this;
    let at = from;
    while (at <= text.length) {
      const end = this.lineEnd(at);
      const indent = this.indentOf(at, end);
      const blank = indent === undefined;
      const here = this.offset >= at && this.offset <= end;
      if (!blank && indent <= floor) return at;
      if (here) {
        // an empty line that is indented no deeper than the key may be one behind the text
        const next = this.nextLine(end + 1);
        if (blank && this.offset - at <= Math.max(floor, 0) && (!next || next.indent <= floor)) return at;
        this.found = [];
        return at;
      }
      at = end + 1;
    }
    return at;
  }

  /** Where a quoted text that goes on below ends; undefined where it is not closed before something else begins. */
  private closeBelow(start: number, end: number, floor: number): number | undefined {
    let close = closeOf(this.text, start, end);
    for (let line = end + 1; close === undefined && line < this.text.length; line = this.lineEnd(line) + 1) {
      const indent = this.indentOf(line, this.lineEnd(line));
      if (indent !== undefined && indent <= floor) return undefined;
      // the text from its own beginning again: a quote may be escaped across lines
      close = closeOf(this.text, start, this.lineEnd(line));
    }
    return close;
  }

  /** The collection of this kind at a column, made if it begins here; undefined where the column fits nowhere. */
  private enter(indent: number, kind: Level['kind']): Level | undefined {
    const { levels } = this;
    while (levels.length > 0 && levels[levels.length - 1].indent > indent) levels.pop();
    let top = levels.at(-1);
    if (top?.indent === indent) {
      if (top.kind === kind) return top;
      if (kind === 'list') return top.open ? this.push(indent, kind, top) : undefined;
      levels.pop();
      top = levels.at(-1);
      return top?.indent === indent && top.kind === 'object' ? top : undefined;
    }
    return top && !top.open ? undefined : this.push(indent, kind, top);
  }

  private push(indent: number, kind: Level['kind'], above: Level | undefined): Level {
    const level: Level = { kind, indent, path: this.pathOf(above), keys: [], key: '', index: -1, open: false };
    if (above) above.open = false;
    this.levels.push(level);
    return level;
  }

  private pathOf(level: Level | undefined): Path {
    return level ? [...level.path, level.kind === 'list' ? level.index : level.key] : [];
  }

  // — the line of the cursor —

  private cursorLine(start: number, content: number): Cursor[] {
    const { text, offset } = this;
    let at = start;
    while (at < content && text[at] === ' ') at++;
    if (at >= content || (offset < at && offset < content && text.slice(at, content).trim() === '')) return this.emptyLine(start, offset - start, { start: offset, end: offset }, '');
    if (offset < at || text[at] === '#' || (at === start && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, content)))) return [];
    let list: Level | undefined;
    while (text[at] === '-' && (at + 1 >= content || text[at + 1] === ' ')) {
      if (offset <= at) return [];
      list = this.enter(at - start, 'list');
      if (!list) return [];
      list.index++;
      list.open = true;
      const inside = this.skip(at + 1, content);
      if (inside >= content) {
        const behind = offset === at + 1;
        return this.valueInPlace(this.pathOf(list), { start: offset, end: offset }, '', behind ? at + 2 - start : offset - start, list, { lead: behind ? ' ' : '' });
      }
      if (offset < inside) return [];
      at = inside;
    }
    const own = this.properties(at, content);
    if (own > at && offset < own && !(offset >= content)) return [];
    if (own > at && own >= content) {
      // an anchor, and nothing behind it yet
      if (text[content - 1] !== ' ' || !list) return [];
      return this.valueInPlace(this.pathOf(list), { start: offset, end: offset }, '', at - start, list, { scalarsOnly: true });
    }
    at = own;
    if (text[at] === '#') return [];
    const key = this.keyAt(at, content);
    if (key) {
      const object = this.enter(at - start, 'object');
      if (!object) return [];
      if (offset === key.start) {
        // right before a key: a new one is written in front of it
        object.keys.push(key.name);
        return [this.keyCursor(object, { start: offset, end: offset }, start, at - start, { tail: `\n${spaces(object.indent)}` })];
      }
      if (offset <= key.colon) return [this.keyCursor(object, key, start, at - start, { colonFollows: true })];
      object.key = key.name;
      object.open = true;
      return this.behindColon(object, key.colon, content);
    }
    const glued = list ? undefined : this.gluedValue(at, at - start, content);
    if (glued) return [glued];
    const above = this.levels.at(-1);
    if (above && !list && !(above.open && at - start > above.indent)) {
      const word = this.wordAt(at, content);
      if (!word || offset < word.start || offset > word.end || /^[{[|>*]/.test(text[at])) return [];
      return this.emptyLine(start, at - start, word, word.quote);
    }
    const owner = list ?? above;
    const collection = (text[at] === '{' && text[at + 1] !== '{') || text[at] === '[';
    if (collection) return [...(readFlow(text, at, offset, { json: false, path: this.pathOf(owner), floor: owner?.indent ?? -1, step: this.step }).found ?? [])];
    const word = this.wordAt(at, content);
    if (!word || offset < word.start || offset > word.end || /^[|>]/.test(text[at])) return [];
    if (!list && owner) {
      // further lines may show at which column the object stands
      const next = this.nextLine(content + 1);
      if (next && next.indent > owner.indent && next.indent !== at - start) return this.emptyLine(start, at - start, word, word.quote);
    }
    return this.valueInPlace(this.pathOf(owner), word, word.quote, at - start, owner);
  }

  /** A line that holds nothing, or only what is being typed: which column is meant depends on what stands around it. */
  private emptyLine(start: number, column: number, replace: Span, quote: Cursor['quote']): Cursor[] {
    const next = this.nextLine(this.lineEnd(this.offset) + 1);
    const top = this.levels.at(-1);
    const given = { replace, quote };
    if (!top || top.open) {
      const floor = top?.indent ?? -1;
      const path = this.pathOf(top);
      const listBelow = next?.dash === true && next.indent === floor && top?.kind === 'object';
      if (next && (next.indent > floor || listBelow)) {
        if (next.dash) return [this.item([...path, 0], next.indent, start, column, given)];
        return this.valueInPlace(path, replace, quote, next.indent, top, { edits: this.indented(start, column, next.indent) });
      }
      if (column > floor) return this.valueInPlace(path, replace, quote, column, top);
    }
    const wanted = Math.max(column, next?.indent ?? 0);
    let depth = this.levels.length - 1;
    while (depth > 0 && this.levels[depth].indent > wanted) depth--;
    const level = this.levels[depth];
    if (!level) return [];
    const cursors: Cursor[] = [];
    if (level.kind === 'list') {
      const below = this.levels[depth - 1];
      const splits = next?.dash === true && next.indent === level.indent;
      const item = this.item([...level.path, level.index + 1], level.indent, start, column, given);
      if (below?.kind === 'object' && below.indent === level.indent && !splits) cursors.push(this.keyCursor(below, replace, start, column, { quote }));
      cursors.push(item);
      return cursors;
    }
    const pending = level === top && top.open && column === level.indent ? this.pathOf(top) : undefined;
    cursors.push(this.keyCursor(level, replace, start, column, { quote }));
    if (pending) cursors.push(cursorAt(this.offset, { path: pending, part: 'value', style: 'block', ...given, indent: spaces(level.indent), step: this.step, listsOnly: true, ownLine: true }));
    return cursors;
  }

  private behindColon(object: Level, colon: number, content: number): Cursor[] {
    const { text, offset } = this;
    const first = this.skip(colon + 1, content);
    const at = this.properties(first, content);
    if (at > first && offset < Math.max(at, content) && offset < at) return [];
    if (at > first && at >= content && text[offset - 1] !== ' ') return [];
    const path = this.pathOf(object);
    const common = { path, part: 'value', style: 'block', indent: spaces(object.indent + this.step.length), step: this.step, below: true } as const;
    const next = this.nextLine(this.lineEnd(offset) + 1);
    const goesOn = next !== undefined && (next.indent > object.indent || (next.dash && next.indent === object.indent));
    if (at >= content || text[at] === '#') {
      const comment = at < content;
      if (comment && offset > at) return [];
      if (goesOn) return [];
      const behind = offset === colon + 1;
      return [cursorAt(offset, { ...common, scalarsOnly: comment, lead: behind ? ' ' : '', tail: comment && text[offset] === '#' ? ' ' : '', gap: { start: at > first ? offset : colon + 1, end: offset } })];
    }
    if (offset < at) return [];
    const char = text[at];
    if (char === '|' || char === '>') return [];
    if ((char === '{' && text[at + 1] !== '{') || char === '[') return [...(readFlow(text, at, offset, { json: false, path, floor: object.indent, step: this.step }).found ?? [])];
    const word = this.wordAt(at, content);
    if (!word || offset > word.end) return [];
    // a word alone may be the beginning of what then stands below
    const alone = word.quote === '' && text.slice(word.end, content).trim() === '' && !goesOn;
    return [cursorAt(offset, { ...common, replace: word, quote: word.quote, scalarsOnly: !alone, gap: { start: at > first ? word.start : colon + 1, end: word.start } })];
  }

  /** The value in `Delay:10s`, which is one word to YAML: a key whose colon has no space behind it yet. */
  private gluedValue(at: number, column: number, content: number): Cursor | undefined {
    const { text, offset } = this;
    const [head, name] = /^([A-Z]\w*):(?=[^\s:/])/.exec(text.slice(at, content)) ?? [];
    const holder = this.levels.findLast(({ indent }) => indent <= column);
    if (head === undefined || offset < at + head.length || (holder && !(holder.kind === 'object' && (holder.indent === column || holder.open)))) return undefined;
    const replace = this.wordAt(at + head.length, content);
    if (!replace || offset > replace.end) return undefined;
    const path = [...(holder?.indent === column ? holder.path : this.pathOf(holder)), name];
    return cursorAt(offset, { path, part: 'value', style: 'block', indent: spaces(column), step: this.step, below: true, scalarsOnly: true, replace, quote: replace.quote, lead: ' ' });
  }

  private keyCursor(object: Level, replace: Span, start: number, column: number, given: Partial<Cursor> = {}): Cursor {
    const cursor = { path: object.path, part: 'key', style: 'block', replace: { start: replace.start, end: replace.end }, indent: spaces(object.indent), step: this.step, ownLine: true, edits: this.indented(start, column, object.indent), ...given } as const;
    return cursorAt(this.offset, { quote: quoteAt(this.text, replace), ...cursor, siblings: this.keysOf(object) });
  }

  private item(path: Path, indent: number, start: number, column: number, given: Pick<Cursor, 'replace' | 'quote'>): Cursor {
    return cursorAt(this.offset, { path, part: 'value', style: 'block', ...given, indent: spaces(indent + 2), step: this.step, lead: '- ', ownLine: true, edits: this.indented(start, column, indent) });
  }

  /** A value that begins here, also if it is a collection; the keys that an object would have are those of the lines below. */
  private valueInPlace(path: Path, replace: Span, quote: Cursor['quote'], column: number, owner: Level | undefined, given: Partial<Cursor> = {}): Cursor[] {
    const next = this.nextLine(this.lineEnd(this.offset) + 1);
    const floor = owner?.indent ?? -1;
    if (next && next.indent > floor && next.indent !== column) return [];
    const object: Level = { kind: 'object', indent: column, path, keys: [], key: '', index: 0, open: false };
    if (owner) owner.open = false;
    this.levels.push(object);
    return [cursorAt(this.offset, { path, part: 'value', style: 'block', replace: { start: replace.start, end: replace.end }, quote, indent: spaces(column), step: this.step, siblings: this.keysOf(object), ...given })];
  }

  /** All keys of an object, those below the cursor too. */
  private keysOf(object: Level): readonly string[] {
    const depth = this.levels.indexOf(object);
    if (depth < 0) return object.keys;
    this.levels.length = depth + 1;
    object.open = false;
    const { offset, text } = this;
    let at = this.lineEnd(offset) + 1;
    this.offset = Number.POSITIVE_INFINITY;
    this.plainUntil = text.length;
    while (at <= text.length && this.levels[depth] === object) at = this.plainLines(this.line(at, this.lineEnd(at)));
    this.offset = offset;
    return object.keys;
  }

  private indented(start: number, column: number, wanted: number): readonly TextEdit[] {
    return column === wanted ? [] : [{ start, end: start + column, text: spaces(wanted) }];
  }

  // — pieces of a line —

  private keyAt(at: number, content: number): Key | undefined {
    const { text } = this;
    const char = text[at];
    if (char === '"' || char === "'") {
      const end = closeOf(text, at, content);
      if (end === undefined) return undefined;
      const colon = this.skip(end, content);
      return text[colon] === ':' && (colon + 1 >= content || text[colon + 1] === ' ') ? { start: at, end, name: text.slice(at + 1, end - 1), colon } : undefined;
    }
    if (char === '{' || char === '[' || char === '|' || char === '>' || char === '#') return undefined;
    // most lines have no colon, or one: a look at each character would take long in the first minutes
    const line = text.slice(at, content);
    for (let colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
      const behind = line[colon + 1];
      if (behind !== undefined && behind !== ' ' && behind !== '\t') continue;
      let end = colon;
      while (end > 0 && line[end - 1] === ' ') end--;
      const name = line.slice(0, end);
      return end === 0 || name.includes(' #') ? undefined : { start: at, end: at + end, name, colon: at + colon };
    }
    return undefined;
  }

  /** The scalar at `at`, up to the comment behind it; undefined where the cursor is behind it in one. */
  private wordAt(at: number, content: number): (Span & { readonly quote: Cursor['quote'] }) | undefined {
    const { text, offset } = this;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const end = closeOf(text, at, content);
      if (end !== undefined) return { start: at, end, quote };
      return { start: at, end: Math.max(offset, at + text.slice(at, content).trimEnd().length), quote };
    }
    const comment = text.slice(at, content).search(/\s#/);
    const limit = comment < 0 ? content : at + comment;
    let end = limit;
    while (end > at && text[end - 1] === ' ') end--;
    if (offset > limit) return undefined;
    return { start: at, end: Math.max(end, offset), quote: '' };
  }

  /** Behind the anchor and the tag that may stand before a value. */
  private properties(from: number, content: number): number {
    let at = from;
    while (at < content && (this.text[at] === '&' || this.text[at] === '!')) {
      while (at < content && this.text[at] !== ' ') at++;
      at = this.skip(at, content);
    }
    return at;
  }

  private skip(at: number, content: number): number {
    let next = at;
    while (next < content && (this.text[next] === ' ' || this.text[next] === '\t')) next++;
    return next;
  }

  private nextLine(from: number): NextLine | undefined {
    const { text } = this;
    for (let at = from; at < text.length; ) {
      const end = this.lineEnd(at);
      const indent = this.indentOf(at, end);
      if (indent !== undefined && text[at + indent] !== '#') {
        const rest = text[at + indent + 1] ?? '\n';
        return { indent, dash: text[at + indent] === '-' && /\s/.test(rest) };
      }
      at = end + 1;
    }
    return undefined;
  }

  /** Indentation of a line; undefined where it holds nothing. */
  private indentOf(start: number, end: number): number | undefined {
    let at = start;
    while (at < end && this.text.charCodeAt(at) === 32) at++;
    return at >= this.contentEnd(start, end) ? undefined : at - start;
  }

  private lineEnd(at: number): number {
    const newline = this.text.indexOf('\n', at);
    return newline < 0 ? this.text.length : newline;
  }

  private contentEnd(start: number, end: number): number {
    return end > start && this.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }
}

function code45(text: string, at: number): boolean {
  return text.charCodeAt(at) === 45;
}

function quoteAt(text: string, { start, end }: Span): Cursor['quote'] {
  const char = end > start ? text[start] : '';
  return char === '"' || char === "'" ? char : '';
}

function spaces(count: number): string {
  return ' '.repeat(count);
}
