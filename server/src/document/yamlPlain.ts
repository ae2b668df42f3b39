import { duplicateKey, mergeLikeTheEngine } from './duplicates';
import { halfCharacter, MAX_DEPTH } from './json';
import type { Entry, Node, Parsed, TextProblem } from './node';
import { putMember, type SpecObject, type SpecValue } from './value';
import { plainValue } from './yamlScalar';
import { BAR, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, DASH, DOT, HASH, NEWLINE, OPEN_BRACE, OPEN_BRACKET, PLUS, RETURN, SPACE, UNSURE, YamlScanner } from './yamlScan';

/**
 * Reads the YAML that people write specs in: block and flow collections, scalars on one line, literal blocks, comments.
 *
 * Undefined for everything else, faults included: then the `yaml` package has the word. What is read here is read
 * exactly as that package reads it, which a differential test holds, in a fraction of the time.
 */
export function readPlainYaml(text: string, depth = 0): Parsed | undefined {
  return new PlainYamlReader(text, depth).run();
}

/** A document of more values than this is left to the full parser, which has its own limit. */
const MAX_VALUES = 400_000;

/** A block collection that is still open. */
interface Frame {
  readonly column: number;
  readonly start: number;
  /** One of the two. */
  readonly entries: Entry[] | undefined;
  readonly items: Node[] | undefined;
  readonly value: SpecObject | SpecValue[];
  /** The key whose value comes next. */
  key: string;
  keyStart: number;
  keyEnd: number;
  lastEnd: number;
}

/** Reads line by line with a stack of its own, so that it can stop between two lines and go on later. */
export class PlainYamlReader extends YamlScanner {
  private readonly frames: Frame[] = [];
  private readonly problems: TextProblem[] = [];
  private root: Node | undefined;
  private rootValue: SpecValue | undefined;
  private begun = false;
  /** Whether any string could hold half of a surrogate pair. */
  private readonly mayHalve: boolean;
  private values = 0;
  /** The first character of the line at hand that is neither space nor comment, and its column; column -1 at the end. */
  private at = 0;
  private column = -1;
  private lineStart = 0;
  constructor(
    text: string,
    private readonly depth = 0,
  ) {
    super(text);
    this.mayHalve = /[\ud800-\udfff]|\\[uU]/.test(text);
  }

  /**
   * Reads on until the end, or until `mayGoOn` says no: then the answer is `paused`, and another call goes on.
   * Undefined where this reader is not sure.
   */
  run(): Parsed | undefined;
  run(mayGoOn: () => boolean): Parsed | 'paused' | undefined;
  run(mayGoOn?: () => boolean): Parsed | 'paused' | undefined {
    try {
      if (!this.begun) this.begin();
      for (let lines = 1; this.frames.length > 0; lines++) {
        this.line();
        if (mayGoOn && lines % 64 === 0 && !mayGoOn()) return 'paused';
      }
      if (this.column >= 0) return undefined;
      return { root: this.root, value: this.rootValue, problems: this.problems };
    } catch (error) {
      if (error === UNSURE) return undefined;
      throw error;
    }
  }

  private begin(): void {
    if (this.text.includes('\ufeff')) throw UNSURE;
    this.nextLine(-1); // the line before the first one ends there
    this.begun = true;
    if (this.isMarker()) {
      if (this.text.charCodeAt(this.at) === DOT) throw UNSURE;
      this.nextLine(this.endOfLine(this.at + 3));
    }
    if (this.column >= 0) this.openBlock();
  }

  /** Whether the line at hand begins with `---` or `...`, which end a document wherever they stand. */
  private isMarker(): boolean {
    return this.column === 0 && (this.text.startsWith('---', this.at) || this.text.startsWith('...', this.at));
  }

  /** One line of the innermost open collection, or the end of it. */
  private line(): void {
    const frame = this.frames[this.frames.length - 1];
    if (this.column === frame.column) {
      if (frame.entries) return this.entry(frame);
      if (this.isDash(this.at)) return this.item(frame);
    } else if (this.column > frame.column) throw UNSURE;
    this.close(frame);
  }

  private close(frame: Frame): void {
    this.frames.pop();
    const { start, entries, items, value } = frame;
    let end = frame.lastEnd;
    while (end > start && isSpace(this.text.charCodeAt(end - 1))) end--;
    this.put(entries ? { kind: 'object', start, end, entries, flow: false } : { kind: 'list', start, end, items: items ?? [], flow: false }, value);
  }

  /** Hands a finished value to the collection around it. */
  private put(node: Node, value: SpecValue): void {
    if (++this.values > MAX_VALUES) throw UNSURE;
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) {
      this.root = node;
      this.rootValue = value;
      return;
    }
    frame.lastEnd = node.end;
    if (frame.items) {
      frame.items.push(node);
      (frame.value as SpecValue[]).push(value);
    } else {
      const { key, keyStart, keyEnd } = frame;
      this.member(frame.entries as Entry[], frame.value as SpecObject, key, keyStart, keyEnd, node, value);
    }
  }

  private member(entries: Entry[], object: SpecObject, key: string, keyStart: number, keyEnd: number, node: Node, value: SpecValue): void {
    entries.push({ key, keyStart, keyEnd, value: node });
    if (Object.hasOwn(object, key)) {
      this.problems.push(duplicateKey(key, keyStart, keyEnd));
      putMember(object, key, mergeLikeTheEngine(key, object[key], value));
    } else {
      putMember(object, key, value);
    }
  }

  private push(isList: boolean, start: number, column: number): void {
    if (this.frames.length + this.depth > MAX_DEPTH - 2) throw UNSURE;
    this.frames.push({ column, start, entries: isList ? undefined : [], items: isList ? [] : undefined, value: isList ? [] : {}, key: '', keyStart: 0, keyEnd: 0, lastEnd: start });
  }

  /** A value that begins on a line of its own. */
  private openBlock(): void {
    const { at } = this;
    if (this.isDash(at)) this.push(true, at, this.column);
    else this.inline(at, this.column);
  }

  private entry(frame: Frame): void {
    const { text } = this;
    if (!this.key(this.at)) throw UNSURE;
    frame.key = this.scalar;
    frame.keyStart = this.at;
    frame.keyEnd = this.scalarEnd;
    let at = this.stop + 1;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN || code === HASH || at >= this.length) {
      this.nextLine(this.endOfLine(at));
      if (this.column > frame.column || (this.column === frame.column && this.isDash(this.at))) this.openBlock();
      else this.empty(at);
      return;
    }
    if (this.isDash(at)) throw UNSURE;
    this.value(at, frame.column);
  }

  private item(frame: Frame): void {
    const { text } = this;
    let at = this.at + 1;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN || code === HASH || at >= this.length) {
      this.nextLine(this.endOfLine(at));
      if (this.column > frame.column) this.openBlock();
      else this.empty(at);
      return;
    }
    const column = at - this.lineStart;
    if (this.isDash(at)) {
      this.push(true, at, column);
      this.at = at;
      this.column = column;
    } else if (code === BAR) this.block(at, frame.column);
    else this.inline(at, column);
  }

  /** The entries of an object that begins here, or any other value. */
  private inline(at: number, column: number): void {
    const code = this.text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) this.value(at, this.outerColumn());
    else if (this.key(at)) {
      this.push(false, at, column);
      this.at = at;
      this.column = column;
    } else this.scalarValue(at);
  }

  private outerColumn(): number {
    return this.frames.length === 0 ? -1 : this.frames[this.frames.length - 1].column;
  }

  /** A value on the line of its key. */
  private value(at: number, outer: number): void {
    const code = this.text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const { node, value } = this.flow(at, outer, this.frames.length + this.depth);
      this.put(node, value);
      this.nextLine(this.endOfLine(node.end));
    } else if (code === BAR) this.block(at, outer);
    else {
      if (this.key(at)) throw UNSURE;
      this.scalarValue(at);
    }
  }

  /** The scalar that `key` has just found to be none. */
  private scalarValue(at: number): void {
    const { scalar, scalarEnd } = this;
    const quoted = this.isQuote(at);
    const value = quoted ? scalar : this.plainScalar(scalar);
    if (typeof value === 'string') this.whole(value, at, scalarEnd);
    this.put({ kind: 'scalar', start: at, end: scalarEnd, value, style: quoted ? 'quoted' : 'plain' }, value);
    this.nextLine(this.endOfLine(scalarEnd));
  }

  private plainScalar(source: string): SpecValue {
    const value = plainValue(source);
    if (value === undefined) throw UNSURE;
    return value;
  }

  private whole(value: string, start: number, end: number): void {
    if (!this.mayHalve) return;
    const half = halfCharacter(value, start, end);
    if (half) this.problems.push(half);
  }

  private empty(at: number): void {
    this.put({ kind: 'scalar', start: at, end: at, value: null, style: 'plain' }, null);
  }

  /** A literal block without an indentation indicator. */
  private block(start: number, outer: number): void {
    const { text, length } = this;
    let at = start + 1;
    const mark = text.charCodeAt(at);
    const chomp = mark === DASH || mark === PLUS ? mark : 0;
    if (chomp !== 0) at++;
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) !== NEWLINE) throw UNSURE;
    let indent = -1;
    const lines: string[] = [];
    /** Behind the last line with content, and how many lines there are up to it. */
    let end = at + 1;
    let kept = 0;
    for (at++; at < length; ) {
      let content = at;
      while (text.charCodeAt(content) === SPACE) content++;
      const newline = text.indexOf('\n', content);
      const next = newline < 0 ? length : newline + 1;
      let last = newline < 0 ? length : newline;
      if (last > content && newline >= 0 && text.charCodeAt(last - 1) === RETURN) last--;
      const spaces = content - at;
      if (content === last) {
        if (newline < 0 && spaces > 0) throw UNSURE;
        if (spaces > (indent < 0 ? 0 : indent)) throw UNSURE;
        lines.push('');
      } else {
        if (indent < 0) {
          if (spaces <= outer || spaces === 0) break;
          indent = spaces;
        }
        if (spaces < indent) break;
        lines.push(text.slice(at + indent, last));
        kept = lines.length;
        end = next;
      }
      at = next;
    }
    if (kept === 0) throw UNSURE;
    let value = lines.slice(0, kept).join('\n');
    if (chomp === PLUS) {
      value += '\n'.repeat(lines.length - kept + 1);
      end = at;
    } else if (chomp !== DASH) value += '\n';
    this.whole(value, start, end);
    this.put({ kind: 'scalar', start, end, value, style: 'block' }, value);
    this.nextLine(end < length || text.charCodeAt(length - 1) === NEWLINE ? end - 1 : length);
  }

  /** A flow collection whose further lines, if any, are indented deeper than `outer`. */
  private flow(start: number, outer: number, depth: number): { node: Node; value: SpecValue } {
    if (depth > MAX_DEPTH - 2 || ++this.values > MAX_VALUES) throw UNSURE;
    const { text } = this;
    const isList = text.charCodeAt(start) === OPEN_BRACKET;
    const close = isList ? CLOSE_BRACKET : CLOSE_BRACE;
    const entries: Entry[] = [];
    const items: Node[] = [];
    const object: SpecObject = {};
    const values: SpecValue[] = [];
    let at = this.flowSpace(start + 1, outer);
    while (text.charCodeAt(at) !== close) {
      if (isList) {
        const { node, value } = this.flowValue(at, outer, depth);
        items.push(node);
        values.push(value);
        at = this.flowSpace(node.end, outer);
      } else {
        const keyStart = at;
        this.flowScalar(at);
        const key = this.scalar;
        const keyEnd = this.scalarEnd;
        at = keyEnd;
        while (text.charCodeAt(at) === SPACE) at++;
        // behind a quoted key the colon needs no space after it, as in JSON
        if (text.charCodeAt(at) !== COLON || !(this.isBlank(at + 1) || this.isQuote(keyStart)) || at - keyStart > 1000 || key === '<<') throw UNSURE;
        at = this.flowSpace(at + 1, outer);
        const { node, value } = this.flowValue(at, outer, depth);
        this.member(entries, object, key, keyStart, keyEnd, node, value);
        at = this.flowSpace(node.end, outer);
      }
      const code = text.charCodeAt(at);
      if (code === COMMA) at = this.flowSpace(at + 1, outer);
      else if (code !== close) throw UNSURE;
    }
    const end = at + 1;
    return isList ? { node: { kind: 'list', start, end, items, flow: true }, value: values } : { node: { kind: 'object', start, end, entries, flow: true }, value: object };
  }

  private flowValue(at: number, outer: number, depth: number): { node: Node; value: SpecValue } {
    const code = this.text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.flow(at, outer, depth + 1);
    this.values++;
    this.flowScalar(at);
    const { scalar, scalarEnd } = this;
    const quoted = this.isQuote(at);
    const value = quoted ? scalar : this.plainScalar(scalar);
    if (typeof value === 'string') this.whole(value, at, scalarEnd);
    return { node: { kind: 'scalar', start: at, end: scalarEnd, value, style: quoted ? 'quoted' : 'plain' }, value };
  }

  /** The next character of a flow collection that is no space. */
  private flowSpace(from: number, outer: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE) at++;
      else if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) === NEWLINE)) {
        const line = code === RETURN ? at + 2 : at + 1;
        at = line;
        while (text.charCodeAt(at) === SPACE) at++;
        const first = text.charCodeAt(at);
        if (first !== NEWLINE && first !== RETURN && at - line <= Math.max(outer, 0)) throw UNSURE;
      } else if (code > SPACE && code !== HASH) return at;
      else throw UNSURE;
    }
  }

  /** Goes to the next line that has more than a comment, from the newline (or the end of the text) at `from`. */
  private nextLine(from: number): void {
    const { text, length } = this;
    let at = from;
    for (;;) {
      if (at >= length) break;
      const line = ++at;
      let code = text.charCodeAt(at);
      while (code === SPACE) code = text.charCodeAt(++at);
      if (code === NEWLINE) continue;
      if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) {
        at++;
        continue;
      }
      if (code === HASH) {
        at = text.indexOf('\n', at);
        if (at < 0) break;
        continue;
      }
      if (!(code >= SPACE)) {
        if (at >= length) break;
        throw UNSURE;
      }
      this.at = at;
      this.column = at - line;
      this.lineStart = line;
      if (this.begun && this.isMarker()) throw UNSURE;
      return;
    }
    this.at = length;
    this.column = -1;
  }
}

function isSpace(code: number): boolean {
  return code === SPACE || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)));
}
