import { MAX_DEPTH } from '../../document/json';
import type { Path, Span } from '../../path';
import { type Cursor, cursorAt, stepOf } from './cursor';

interface Frame {
  readonly kind: 'object' | 'list';
  readonly path: Path;
  readonly keys: string[];
  key: string;
  index: number;
  state: 'key' | 'colon' | 'value' | 'after';
}

interface Word extends Span {
  readonly quote: Cursor['quote'];
  readonly closed: boolean;
}

/** What reading a collection in brackets gives: where it ends and, if the cursor is inside, where that is. */
export interface FlowReading {
  readonly end: number;
  readonly found?: readonly Cursor[];
}

export function findInJson(text: string, offset: number): Cursor[] {
  const start = /^\ufeff?\s*/.exec(text)?.[0].length ?? 0;
  const step = stepOf(text);
  if (start >= text.length) return [cursorAt(offset, { path: [], part: 'value', style: 'json', ownLine: true, step })];
  if (offset <= start || (text[start] !== '{' && text[start] !== '[')) {
    const word = /^[^\s,:{}[\]"]*/.exec(text.slice(start))?.[0].length ?? 0;
    return offset >= start && start + word === text.trimEnd().length && offset <= start + word ? [cursorAt(offset, { path: [], part: 'value', style: 'json', ownLine: true, step, replace: { start, end: start + word } })] : [];
  }
  return [...(readFlow(text, start, offset, { json: true, path: [], floor: -1, step }).found ?? [])];
}

interface FlowContext {
  readonly json: boolean;
  /** Path of the collection. */
  readonly path: Path;
  /** Indentation of what the collection belongs to: a line at it that begins a key ends a collection that was never closed. */
  readonly floor: number;
  readonly step: string;
}

/** Reads the collection in brackets at `start`. */
export function readFlow(text: string, start: number, offset: number, context: FlowContext): FlowReading {
  return new FlowReader(text, offset, context).read(start);
}

/** A text or an entry with a text, and the comma behind it. */
const TEXT_ITEM = /[ \t\r\n]*"(?:[^"\\\n]|\\.)*"[ \t]*,/y;
const TEXT_ENTRY = /[ \t\r\n]*"((?:[^"\\\n]|\\.)*)"[ \t]*:[ \t]*"(?:[^"\\\n]|\\.)*"[ \t]*,/y;

const WHITE_SPACE = /[ \t\r\n]*/y;
const WHITE_SPACE_ON_LINE = /[ \t\r]*/y;

class FlowReader {
  private readonly frames: Frame[] = [];
  private found: readonly Cursor[] | undefined;
  /** A stretch without the end of a line, up to it. */
  private line: Span = { start: 0, end: -1 };
  /** The object whose further keys are still looked for. */
  private waiting: Frame | undefined;
  /** End of the last value, key or bracket. */
  private last = 0;
  private lastPlain = false;
  /** Where a collection that is never closed ends, once that is known. */
  private unclosedEnd = 0;

  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly context: FlowContext,
  ) {}

  read(start: number): FlowReading {
    // in front of it there is no room for another value
    if (this.offset === start) return { end: start, found: [] };
    let at = this.bracket(start);
    while (this.frames.length > 0 && !(this.found && !this.waiting)) {
      if (this.context.json) at = this.texts(at);
      const next = this.space(at);
      if (next === undefined) {
        if (!this.found && this.offset <= this.unclosedEnd) this.between(this.unclosedEnd);
        break;
      }
      if (!this.found && this.offset < next) this.between(next);
      const frame = this.frames[this.frames.length - 1];
      const char = this.text[next];
      if (!this.found && this.offset === next && !this.startsWord(next, frame)) this.between(next);
      if (this.found && !this.waiting) break;
      if (this.isBracket(next)) at = this.bracket(next);
      else if (char === '}' || char === ']') {
        this.frames.pop();
        if (frame === this.waiting) this.waiting = undefined;
        at = this.finish(next + 1);
      } else if (char === ',') {
        frame.index++;
        frame.state = frame.kind === 'object' ? 'key' : 'value';
        at = next + 1;
      } else if (char === ':' && frame.kind === 'object' && frame.state !== 'value') {
        frame.state = 'value';
        at = next + 1;
      } else at = this.word(next, frame);
    }
    return { end: at, found: this.found };
  }

  /** Takes in the texts at `from` that have a comma behind them, before the cursor: what the loop over words does, sooner where there are thousands. */
  private texts(from: number): number {
    const frame = this.frames[this.frames.length - 1];
    const isList = frame.kind === 'list';
    if (frame.state !== (isList ? 'value' : 'key')) return from;
    const one = isList ? TEXT_ITEM : TEXT_ENTRY;
    let at = from;
    for (;;) {
      one.lastIndex = at;
      const found = one.exec(this.text);
      if (!found || (!this.found && one.lastIndex >= this.offset)) return at;
      this.last = at = one.lastIndex;
      this.lastPlain = false;
      frame.index++;
      if (!isList) frame.keys.push((frame.key = found[1]));
    }
  }

  private isBracket(at: number): boolean {
    return this.text[at] === '[' || (this.text[at] === '{' && !this.isTemplate(at));
  }

  private isTemplate(at: number): boolean {
    return !this.context.json && this.text.startsWith('{{', at);
  }

  private startsWord(at: number, { state }: Frame): boolean {
    return (state === 'key' || state === 'value') && !/[,:}\]]/.test(this.text[at]) && !this.isBracket(at);
  }

  private bracket(at: number): number {
    // what is nested deeper than any document that is read has nothing to complete
    if (this.frames.length > MAX_DEPTH) {
      this.found = [];
      this.waiting = undefined;
      return this.text.length;
    }
    const above = this.frames.at(-1);
    const path = above ? this.pathIn(above) : this.context.path;
    const object = this.text[at] === '{';
    this.frames.push({ kind: object ? 'object' : 'list', path, keys: [], key: '', index: 0, state: object ? 'key' : 'value' });
    this.last = at + 1;
    return at + 1;
  }

  private pathIn({ kind, path, key, index }: Frame): Path {
    return [...path, kind === 'list' ? index : key];
  }

  private finish(end: number): number {
    const frame = this.frames.at(-1);
    if (frame) frame.state = 'after';
    this.last = end;
    this.lastPlain = false;
    return end;
  }

  /** The next character that is neither white space nor comment; undefined where the text or the collection ends. */
  private space(at: number): number | undefined {
    const { text, context } = this;
    const white = context.json ? WHITE_SPACE : WHITE_SPACE_ON_LINE;
    for (;;) {
      white.lastIndex = at;
      white.test(text);
      at = white.lastIndex;
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || (code === 10 && this.endsAt(at + 1))) {
        this.unclosedEnd = at;
        return undefined;
      }
      if (code === 10) {
        at++;
      } else if ((code === 35 && !context.json && /\s/.test(text[at - 1] ?? ' ')) || (context.json && (code === 35 || (code === 47 && text[at + 1] === '/')))) {
        const newline = text.indexOf('\n', at);
        const end = newline < 0 ? text.length : newline;
        if (this.offset > at && this.offset <= end && !this.found) this.found = [];
        at = end;
      } else if (context.json && code === 47 && text[at + 1] === '*') {
        const close = text.indexOf('*/', at + 2);
        const end = close < 0 ? text.length : close + 2;
        if (this.offset > at && (this.offset < end || close < 0) && !this.found) this.found = [];
        at = end;
      } else return at;
    }
  }

  /** Whether a collection that was never closed has to end before this line. */
  private endsAt(lineStart: number): boolean {
    const { text, context } = this;
    let at = lineStart;
    while (text[at] === ' ') at++;
    if (at - lineStart > context.floor) return false;
    return /^(?:- |["']?[\w$.-]+["']?\s*:(?:\s|$))/.test(text.slice(at, at + 80));
  }

  /** The cursor stands between words. */
  private between(next: number): void {
    const frame = this.frames[this.frames.length - 1];
    const sameLine = !this.text.slice(this.last, this.offset).includes('\n');
    if (frame.state === 'colon') this.found = [];
    else if (frame.state === 'after' && ((this.context.json || !this.lastPlain) && sameLine)) this.found = [];
    else if (frame.kind === 'object' && frame.state === 'value' && this.isValue(next)) this.found = [];
    else if (frame.state === 'after') this.settle(frame, frame.kind === 'object' ? 'key' : 'value', { start: this.offset, end: this.offset }, '', next, this.last);
    else this.settle(frame, frame.state, { start: this.offset, end: this.offset }, '', next);
  }

  /** Whether what begins here is the value of the key before it, and not the next key behind a missing comma. */
  private isValue(at: number): boolean {
    if (at >= this.text.length || /[,:}\]]/.test(this.text[at])) return false;
    if (this.isBracket(at)) return true;
    const behind = this.space(this.wordAt(at).end);
    return behind === undefined || this.text[behind] !== ':';
  }

  /** Writes down where the cursor is. `comma` is the end of a value that lacks one behind it. */
  private settle(frame: Frame, part: 'key' | 'value', replace: Span, quote: Cursor['quote'], after: number, comma?: number): void {
    const { text, context, offset } = this;
    const lineStart = text.lastIndexOf('\n', replace.start - 1) + 1;
    const head = text.slice(lineStart, replace.start);
    const follows = this.space(after);
    const next = follows === undefined ? undefined : text[follows];
    const colonFollows = part === 'key' && next === ':';
    const more = next !== undefined && !/[,:}\]]/.test(next);
    const path = part === 'key' ? frame.path : comma === undefined ? this.pathIn(frame) : [...frame.path, frame.index + 1];
    const cursor = cursorAt(offset, {
      path, part, style: context.json ? 'json' : 'flow', replace, quote, siblings: frame.keys, colonFollows, step: context.step,
      indent: /^[ \t]*/.exec(head)?.[0] ?? '', ownLine: /^\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*)?$/.test(head),
      lead: part === 'value' && /:$/.test(head) ? ' ' : comma !== undefined && comma === replace.start ? ' ' : '',
      tail: more && !colonFollows ? (follows === replace.end ? ', ' : ',') : '',
      edits: comma === undefined ? [] : [{ start: comma, end: comma, text: ',' }],
    });
    this.found = [cursor];
    if (part === 'key') this.waiting = frame;
    if (comma !== undefined) frame.state = part;
  }

  private word(at: number, frame: Frame): number {
    const word = this.wordAt(at);
    const here = !this.found && this.offset >= word.start && this.offset <= word.end;
    const follows = here && this.offset === word.start && frame.state === 'key' ? this.space(word.end) : undefined;
    if (follows !== undefined && this.text[follows] === ':') {
      // right before a key: a new one is written in front of it
      this.settle(frame, 'key', { start: at, end: at }, '', at);
      frame.keys.push(this.textOf(word));
    } else if (here) {
      if (frame.state === 'key' || frame.state === 'value') this.settle(frame, frame.state, word, word.quote, word.end);
      else if (frame.state === 'after' && this.text.slice(this.last, word.start).includes('\n')) this.settle(frame, frame.kind === 'object' ? 'key' : 'value', word, word.quote, word.end, this.last);
      else this.found = [];
    }
    const missing = frame.state === 'after';
    if (frame.kind === 'object' && (frame.state === 'key' || missing)) {
      frame.key = this.textOf(word);
      if (!here) frame.keys.push(frame.key);
      frame.state = 'colon';
      const next = this.space(word.end);
      if (next === undefined || this.text[next] !== ':') frame.state = 'key';
      this.last = word.end;
      this.lastPlain = word.quote === '';
      return word.end;
    }
    if (missing) frame.index++;
    this.finish(word.end);
    this.lastPlain = word.quote === '';
    return word.end;
  }

  private wordAt(at: number): Word {
    const char = this.text[at];
    if (char === '"' || char === "'") return this.quoted(at, char);
    let end = at;
    const { text, context, offset } = this;
    for (; end < text.length; end++) {
      const one = text[end];
      if (context.json ? /[\s,:{}[\]"]/.test(one) : /[\n,[\]{}]/.test(one) || (one === ':' && /[\s,[\]{}]|^$/.test(text[end + 1] ?? '')) || (one === '#' && text[end - 1] === ' ')) {
        if (!this.isTemplate(end)) break;
        const close = text.slice(end, this.lineEnd(end)).search(/\}\}/);
        end = close < 0 ? Math.max(end + 1, Math.min(offset, this.lineEnd(end)) - 1) : end + close + 1;
      }
    }
    if (end === at) end++;
    let trimmed = end;
    while (trimmed > at + 1 && /\s/.test(text[trimmed - 1])) trimmed--;
    // what is being typed may end in a space
    if (!context.json && offset > trimmed && offset <= end && !text.slice(trimmed, offset).includes('\n')) trimmed = offset;
    return { start: at, end: trimmed, quote: '', closed: true };
  }

  /** A word without its quotes; those of values are never asked for. */
  private textOf({ start, end, quote, closed }: Word): string {
    return quote === '' ? this.text.slice(start, end) : this.text.slice(start + 1, closed ? end - 1 : end);
  }

  /** A string; one that is not closed on its line ends where the word under the cursor ends. */
  private quoted(start: number, quote: '"' | "'"): Word {
    const { text, offset } = this;
    const lineEnd = this.lineEnd(start);
    let end = closeOf(text, start, lineEnd);
    if (end !== undefined && !/[\s,:}\]]|^$/.test(text[end] ?? '')) end = undefined;
    if (end === undefined && !this.context.json && !(offset > start && offset <= lineEnd)) {
      // over several lines, as long as they are its own
      for (let line = lineEnd; line < text.length && !this.endsAt(line + 1); line = this.lineEnd(line + 1)) {
        end = closeOf(text, start, this.lineEnd(line + 1));
        if (end !== undefined) break;
      }
    }
    if (end === undefined) {
      const from = offset > start && offset <= lineEnd ? offset : start + 1;
      end = from + (/^[\w.-]*/.exec(text.slice(from, lineEnd))?.[0].length ?? 0);
      return { start, end, quote, closed: false };
    }
    return { start, end, quote, closed: true };
  }

  private lineEnd(at: number): number {
    // in JSON on one line all words end there
    if (at < this.line.start || at > this.line.end) {
      const newline = this.text.indexOf('\n', at);
      this.line = { start: at, end: newline < 0 ? this.text.length : newline };
    }
    return this.line.end;
  }
}

/** What stands in a string before anything that may end it. */
const PLAIN_DOUBLE = /^[^"\\]*/;
const PLAIN_SINGLE = /^[^']*/;

/** The end of the string that begins at `start`, its closing quote included; undefined where it is not closed before `limit`. */
export function closeOf(text: string, start: number, limit: number): number | undefined {
  const quote = text.charCodeAt(start);
  // most have nothing escaped
  const [plain] = (quote === 34 ? PLAIN_DOUBLE : PLAIN_SINGLE).exec(text.slice(start + 1, limit)) ?? [''];
  for (let at = start + 1 + plain.length; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at++;
    else if (code === quote) {
      if (quote === 39 && text.charCodeAt(at + 1) === 39) at++;
      else return at + 1;
    }
  }
  return undefined;
}
