import type { Span } from '../path';
import { duplicateKey, mergeLikeTheEngine } from './duplicates';
import type { Entry, Node, Parsed, TextProblem } from './node';
import { putMember, type SpecObject, type SpecValue, toNumber } from './value';

/** Deeper nesting is not looked at: no spec needs a tenth of it. */
export const MAX_DEPTH = 500;

/** Deeper nesting is refused by the engine's decoder. */
const ENGINE_DEPTH = 10_000;

/**
 * Reads JSON the way the engine's decoder does and goes on after each fault: every fault is a problem, and what
 * could be read is in the tree. Never throws.
 */
export function parseJson(text: string): Parsed {
  const reader = new JsonReader(text);
  return reader.document();
}

interface Read {
  readonly node: Node;
  readonly value: SpecValue;
}

export class JsonReader {
  readonly problems: TextProblem[] = [];
  /** Nothing is said any more: what is not read would look as if it were missing. */
  private gaveUp = false;

  constructor(
    private readonly text: string,
    private at = 0,
  ) {}

  document(): Parsed {
    if (this.text.charCodeAt(0) === 0xfeff) {
      this.problem('text-encoding', 0, 1, 'The file starts with a byte order mark, and the engine refuses a body that does.', 'Save it as UTF-8 without BOM.', {
        title: 'Remove the byte order mark',
        edits: [{ start: 0, end: 1, text: '' }],
      });
      this.at = 1;
    }
    this.space();
    if (this.at >= this.text.length) {
      this.problem('json-syntax', 0, this.text.length, 'The file is empty, and the engine takes an object.');
      return { root: undefined, value: undefined, problems: this.problems };
    }
    const read = this.value(0);
    this.space();
    if (this.at < this.text.length) this.trailing();
    return { root: read?.node, value: read?.value, problems: this.problems };
  }

  private trailing(): void {
    const start = this.at;
    const end = this.text.trimEnd().length;
    if (/[}\]]/.test(this.text[start])) {
      this.problem('trailing-text', start, end, 'The document ends before this text, and the engine stops reading without a word here.', 'Remove it, or find the bracket that closes too early.', undefined, 'lost');
    } else {
      this.problem('trailing-text', start, end, 'There is text after the end of the document, and the engine refuses that.', 'One file holds one JSON document.');
    }
  }

  private value(depth: number): Read | undefined {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (depth >= MAX_DEPTH) return this.skipDeep(depth);
      return code === OPEN_BRACE ? this.object(depth) : this.list(depth);
    }
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const value = this.string();
      return { node: { kind: 'scalar', start: at, end: this.at, value, style: 'quoted' }, value };
    }
    return this.word();
  }

  /** Passes over what is nested too deep to be looked at. It must still be JSON, and no deeper than the engine goes. */
  private skipDeep(depth: number): Read {
    const { text, at } = this;
    const { end, levels } = bracketed(text, at);
    const isTooDeep = depth + levels > ENGINE_DEPTH;
    if (!isTooDeep && isJson(text.slice(at, end))) {
      this.at = end;
      return text.charCodeAt(at) === OPEN_BRACE ? { node: { kind: 'object', start: at, end, entries: [], flow: true }, value: {} } : { node: { kind: 'list', start: at, end, items: [], flow: true }, value: [] };
    }
    this.problem('json-syntax', at, at + 1, isTooDeep ? `The document is nested deeper than ${ENGINE_DEPTH} levels, and the engine refuses it.` : `What is nested deeper than ${MAX_DEPTH} levels here is not JSON.`);
    this.at = text.length;
    this.gaveUp = true;
    return this.scalar(at, null);
  }

  private object(depth: number): Read {
    const start = this.at++;
    const entries: Entry[] = [];
    const value: SpecObject = {};
    if (this.members(entries, value, depth)) this.at++;
    else this.problem('json-syntax', start, start + 1, 'This `{` is never closed.');
    return { node: { kind: 'object', start, end: this.at, entries, flow: true }, value };
  }

  /** Reads members up to the brace or, if given, to a place where `until` says so; false at the end of the text. */
  members(entries: Entry[], value: SpecObject, depth: number, until?: (at: number) => boolean): boolean {
    for (;;) {
      this.space();
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_BRACE || until?.(this.at)) return true;
      if (this.at >= this.text.length) return false;
      if (code === COMMA) {
        this.problem('json-syntax', this.at, this.at + 1, 'A comma stands where a key is expected.');
        this.at++;
        continue;
      }
      if (code === CLOSE_BRACKET) {
        this.problem('json-syntax', this.at, this.at + 1, 'This `]` closes nothing; the object above is still open.');
        this.at++;
        continue;
      }
      const before = this.at;
      this.entry(entries, value, depth);
      this.comma(CLOSE_BRACE, before);
    }
  }

  private entry(entries: Entry[], value: SpecObject, depth: number): void {
    const keyStart = this.at;
    const key = this.key();
    const keyEnd = this.at;
    this.space();
    if (this.text.charCodeAt(this.at) !== COLON) {
      this.problem('json-syntax', keyStart, keyEnd, `The key \`${key}\` has no value: a colon is missing.`);
      entries.push({ key, keyStart, keyEnd, value: undefined });
      return;
    }
    this.at++;
    this.space();
    const next = this.text.charCodeAt(this.at);
    if (this.at >= this.text.length || next === COMMA || next === CLOSE_BRACE || next === CLOSE_BRACKET) {
      this.problem('json-syntax', keyStart, keyEnd, `The key \`${key}\` has no value.`);
      entries.push({ key, keyStart, keyEnd, value: undefined });
      return;
    }
    const read = this.brokenNumber() ?? this.value(depth + 1);
    entries.push({ key, keyStart, keyEnd, value: read?.node });
    if (!read) return;
    if (Object.hasOwn(value, key)) {
      this.problems.push(duplicateKey(key, keyStart, keyEnd));
      putMember(value, key, mergeLikeTheEngine(key, value[key], read.value));
    } else {
      putMember(value, key, read.value);
    }
  }

  private list(depth: number): Read {
    const start = this.at++;
    const items: Node[] = [];
    const values: SpecValue[] = [];
    if (this.items(items, values, depth)) this.at++;
    else this.problem('json-syntax', start, start + 1, 'This `[` is never closed.');
    return { node: { kind: 'list', start, end: this.at, items, flow: true }, value: values };
  }

  /** Reads items up to the bracket or, if given, to a place where `until` says so; false at the end of the text. */
  items(items: Node[], values: SpecValue[], depth: number, until?: (at: number) => boolean): boolean {
    for (;;) {
      this.space();
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_BRACKET || until?.(this.at)) return true;
      if (this.at >= this.text.length) return false;
      if (code === COMMA || code === CLOSE_BRACE || code === COLON) {
        this.problem('json-syntax', this.at, this.at + 1, `A \`${this.text[this.at]}\` stands where a list item is expected.`);
        this.at++;
        continue;
      }
      const before = this.at;
      const read = this.value(depth + 1);
      if (read) {
        items.push(read.node);
        values.push(read.value);
      }
      this.comma(CLOSE_BRACKET, before);
    }
  }

  /** Where the reader stands. */
  get offset(): number {
    return this.at;
  }

  /** Reads the comma between members; says what is wrong when there is none, or one too many. */
  private comma(close: number, before: number): void {
    const valueEnd = this.at;
    this.space();
    const code = this.text.charCodeAt(this.at);
    if (code === COMMA) {
      const comma = this.at++;
      this.space();
      if (this.text.charCodeAt(this.at) === close) {
        this.problem('json-syntax', comma, comma + 1, `JSON has no comma before \`${String.fromCharCode(close)}\`, and the engine refuses the body.`, undefined, {
          title: 'Remove the comma',
          edits: [{ start: comma, end: comma + 1, text: '' }],
        });
      }
    } else if (this.at < this.text.length && code !== CLOSE_BRACE && code !== CLOSE_BRACKET) {
      this.problem('json-syntax', valueEnd, this.at + 1, 'A comma is missing here.', undefined, {
        title: 'Add the comma',
        edits: [{ start: valueEnd, end: valueEnd, text: ',' }],
      });
      if (this.at === before) this.at++; // no progress on this character: leave it behind
    }
  }

  private key(): string {
    const code = this.text.charCodeAt(this.at);
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return this.string();
    const start = this.at;
    while (this.at < this.text.length && !/[\s:,{}[\]"]/.test(this.text[this.at])) this.at++;
    if (this.at === start) this.at++;
    const key = this.text.slice(start, this.at);
    this.problem('json-syntax', start, this.at, `A key stands in double quotes in JSON: \`"${key}"\`.`, undefined, {
      title: 'Put it in quotes',
      edits: [{ start, end: this.at, text: JSON.stringify(key) }],
    });
    return key;
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    const quote = text.charCodeAt(start);
    let at = start + 1;
    let value = '';
    let from = at;
    let halves = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        value = from === start + 1 ? text.slice(from, at) : value + text.slice(from, at);
        at++;
        break;
      }
      if (code === 92) {
        value += text.slice(from, at);
        const escape = this.escape(at);
        value += escape.value;
        halves = true;
        at = escape.end;
        from = at;
      } else if (code >= 32) {
        halves ||= code >= 0xd800;
        at++;
      } else if (code === 10 || at >= text.length) {
        this.problem('json-syntax', start, at, 'This string is never closed.');
        value += text.slice(from, at);
        break;
      } else {
        this.problem('json-syntax', at, at + 1, 'A control character inside a string must be escaped (`\\t`, `\\n`, `\\u0000`).');
        at++;
      }
    }
    this.at = at;
    if (quote === SINGLE_QUOTE) {
      this.problem('json-syntax', start, at, 'JSON strings stand in double quotes.', undefined, {
        title: 'Use double quotes',
        edits: [{ start, end: at, text: JSON.stringify(value) }],
      });
    }
    const half = halves ? halfCharacter(value, start, at) : undefined;
    if (half && this.problems.length < 100) this.problems.push(half);
    return value;
  }

  private escape(at: number): { value: string; end: number } {
    const { text } = this;
    const char = text[at + 1];
    const simple = SIMPLE_ESCAPES[char];
    if (simple !== undefined) return { value: simple, end: at + 2 };
    if (char === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
      return { value: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)), end: at + 6 };
    }
    const end = Math.min(at + 2, text.length);
    this.problem('json-syntax', at, end, `\`${text.slice(at, end)}\` is not an escape of JSON.`, 'A backslash itself is written `\\\\`.');
    return { value: char === undefined || char === '\n' ? '' : char, end: char === '\n' ? at + 1 : end };
  }

  /** A number, `true`, `false`, `null`, or something JSON does not have. */
  private word(): Read | undefined {
    const { text } = this;
    const start = this.at;
    while (isNumberPart(text.charCodeAt(this.at))) this.at++;
    while (this.at < text.length && !/[\s,:{}[\]"']/.test(text[this.at])) this.at++;
    if (this.at === start) {
      this.problem('json-syntax', start, start + 1, `\`${text[start]}\` stands where a value is expected.`);
      this.at++;
      return undefined;
    }
    const word = text.slice(start, this.at);
    const value = LITERALS.get(word) ?? (NUMBER.test(word) ? toNumber(word) : undefined);
    if (value !== undefined) return this.scalar(start, value);
    if (word === 'null') return this.scalar(start, null);
    const meant = MEANT.get(word.toLowerCase());
    if (/^[-+.]?\d/.test(word)) {
      this.problem('json-syntax', start, this.at, `\`${word}\` is not a number in JSON, and the engine refuses it.`, numberHint(word));
      const number = Number(word.replace(/^\+/, ''));
      return this.scalar(start, Number.isNaN(number) ? null : toNumber(String(number)));
    }
    this.problem(
      'json-syntax',
      start,
      this.at,
      `\`${word}\` is not a value in JSON.`,
      meant === undefined ? 'Text stands in double quotes.' : undefined,
      meant === undefined
        ? { title: 'Put it in quotes', edits: [{ start, end: this.at, text: JSON.stringify(word) }] }
        : { title: `Write \`${meant}\``, edits: [{ start, end: this.at, text: String(meant) }] },
    );
    return this.scalar(start, meant === undefined ? word : meant);
  }

  /** A number behind a key that the text takes apart: `1,000`, `1 000`, `10 s`. */
  private brokenNumber(): Read | undefined {
    const start = this.at;
    const code = this.text.charCodeAt(start);
    if ((code < 48 || code > 57) && code !== 45) return undefined;
    BROKEN_NUMBER.lastIndex = start;
    const broken = BROKEN_NUMBER.exec(this.text)?.[0];
    if (broken === undefined) return undefined;
    this.at += broken.length;
    const grouped = /^-?[1-9]\d{0,2}([,' ])\d{3}(?:\1\d{3})*$/.test(broken) ? broken.replaceAll(/[^-\d]/g, '') : undefined;
    this.problem(
      'json-syntax', start, this.at, `\`${broken}\` is not one number in JSON, and the engine refuses it.`, grouped === undefined ? numberHint(broken.replaceAll(' ', '')) : 'Digits stand without anything between them.',
      grouped === undefined ? undefined : { title: `Write \`${grouped}\``, edits: [{ start, end: this.at, text: grouped }] },
    );
    return this.scalar(start, grouped === undefined ? null : toNumber(grouped));
  }

  private scalar(start: number, value: SpecValue): Read {
    return { node: { kind: 'scalar', start, end: this.at, value, style: 'plain' }, value };
  }

  private space(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 10 || code === 13 || code === 9) this.at++;
      else if (code === 47 && (text[this.at + 1] === '/' || text[this.at + 1] === '*')) this.comment();
      else if (code === 35) this.comment();
      else return;
    }
  }

  private comment(): void {
    const { text } = this;
    const start = this.at;
    const block = text[start] === '/' && text[start + 1] === '*';
    const close = block ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
    this.at = close < 0 ? text.length : close + (block ? 2 : 0);
    this.problem('json-syntax', start, this.at, 'JSON has no comments, and the engine refuses the body.', 'Remove it, or write the spec in YAML, which has them.', {
      title: 'Remove the comment',
      edits: [{ ...this.withBlanks(start, this.at), text: '' }],
    });
  }

  /** What goes with a comment: the spaces before it, or its lines where nothing else stands on them. */
  private withBlanks(start: number, end: number): Span {
    const { text } = this;
    let from = start;
    while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
    const alone = (from === 0 || text[from - 1] === '\n') && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + 200));
    if (alone) return { start: from, end: (text.indexOf('\n', end) + 1 || text.length) };
    return { start: from === 0 || text[from - 1] === '\n' ? start : from, end };
  }

  private problem(
    rule: TextProblem['rule'],
    start: number,
    end: number,
    message: string,
    hint?: string,
    fix?: TextProblem['fix'],
    effect: TextProblem['effect'] = 'refused',
  ): void {
    if (this.gaveUp) return;
    // a file that is no JSON at all is wrong once, not at each of its words; but that something has no one right answer is always told
    if (this.problems.length < 100 || (fix === undefined && this.problems.every((problem) => problem.fix !== undefined))) this.problems.push({ rule, effect, start, end: Math.max(end, start + 1), message, hint, fix });
  }
}

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Digits and letters, a dot and the signs: what numbers and words are made of. */
function isNumberPart(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 46 || code === 45 || code === 43;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
});
const LITERALS = new Map<string, SpecValue>([['true', true], ['false', false]]);
const MEANT = new Map<string, boolean | null>([['true', true], ['yes', true], ['false', false], ['no', false], ['null', null], ['none', null], ['nil', null], ['undefined', null]]);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Digits with something between them, or a unit behind a space, and then the end of the member. */
const BROKEN_NUMBER = /-?\d[\d.]*(?:(?:[,' ]\d+)+|[ ]+[a-zA-Z\u00b5%]+)(?=\s*[,}])/y;

/** Where a list or object ends by its brackets, and how deep it is nested; at the end of the text where it is not closed. */
function bracketed(text: string, start: number): { readonly end: number; readonly levels: number } {
  let [open, levels] = [0, 0];
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== DOUBLE_QUOTE; at++) if (text.charCodeAt(at) === 92) at++;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) levels = Math.max(levels, ++open);
    else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --open === 0) return { end: at + 1, levels };
  }
  return { end: text.length, levels };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function numberHint(word: string): string | undefined {
  if (/^0[0-7]+$/.test(word)) return `JSON has no octal numbers: octal ${word} is \`${Number.parseInt(word, 8)}\`.`;
  if (/^0x/i.test(word)) return `JSON has no hexadecimal numbers: write \`${Number(word)}\`.`;
  if (/^[-+.]?\d[\d.]*[a-zA-Z]+$/.test(word)) return 'A number with a unit is text at best; the engine counts in the smallest unit.';
  return undefined;
}

/** Half of a surrogate pair in a text, written with an escape; undefined where every character is whole. */
export function halfCharacter(value: string, start: number, end: number): TextProblem | undefined {
  // isWellFormed is not in Node's types for ES2023
  if (!/[\ud800-\udfff]/.test(value) || !/(?:[^\ud800-\udbff]|^)[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/.test(value)) return undefined;
  return { rule: 'text-encoding', effect: 'changed', start, end: Math.max(end, start + 1), message: 'Half of a surrogate pair is no character, and the engine stores U+FFFD in its place.' };
}
