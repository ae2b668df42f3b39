/** Thrown by the scanner and the reader on top of it where they are not sure; never seen outside of these two. */
export const UNSURE = Symbol('unsure');

export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const PLUS = 43;
export const COMMA = 44;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const BAR = 124;
export const CLOSE_BRACE = 125;

/** Characters that a plain scalar does not begin with, or that say something this reader leaves alone. */
const NO_PLAIN_START = new Uint8Array(128);
for (const char of ',[]{}#&*!|>\'"%@`?:') NO_PLAIN_START[char.charCodeAt(0)] = 1;

/** Finds the scalars and line ends of plain YAML; a step of `PlainYamlReader`, which knows the structure. */
export class YamlScanner {
  protected readonly length: number;
  /** Where the last scan ended: behind the scalar, and the character that stopped it. */
  protected scalarEnd = 0;
  protected stop = 0;
  protected scalar = '';

  constructor(protected readonly text: string) {
    this.length = text.length;
  }

  /** Whether the scalar at hand is a key: then `stop` is its colon. Sets `scalar` and `scalarEnd` in any case. */
  protected key(start: number): boolean {
    if (this.isQuote(start)) {
      this.quoted(start);
      let at = this.scalarEnd;
      while (this.text.charCodeAt(at) === SPACE) at++;
      this.stop = at;
    } else this.plain(start);
    if (this.text.charCodeAt(this.stop) !== COLON) return false;
    if (!this.isBlank(this.stop + 1)) throw UNSURE;
    if (this.stop - start > 1000 || this.scalar === '<<') throw UNSURE;
    return true;
  }

  /** A plain scalar of block style: up to a comment, to a colon that makes it a key, or to the end of the line. */
  protected plain(start: number): void {
    const { text } = this;
    const first = text.charCodeAt(start);
    if (NO_PLAIN_START[first] === 1 || (first === DASH && this.isBlank(start + 1))) throw UNSURE;
    let at = start;
    let end = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code > COLON) end = at + 1;
      else if (code === SPACE) {
        if (text.charCodeAt(at + 1) === HASH) break;
      } else if (code === COLON) {
        if (this.isBlank(at + 1)) break;
        end = at + 1;
      } else if (code === NEWLINE) break;
      else if (code < SPACE) {
        if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) break;
        throw UNSURE;
      } else if (code === code) end = at + 1;
      else break; // the end of the text
    }
    this.stop = at;
    this.scalarEnd = end;
    this.scalar = text.slice(start, end);
  }

  /** A quoted scalar on one line. */
  protected quoted(start: number): void {
    const { text } = this;
    const quote = text.charCodeAt(start);
    let at = start + 1;
    let special = false;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        if (quote === DOUBLE_QUOTE || text.charCodeAt(at + 1) !== SINGLE_QUOTE) break;
        special = true;
        at++;
      } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        special = true;
        at++;
        if (!SIMPLE_ESCAPES.has(text[at])) throw UNSURE;
      } else if (!(code >= SPACE)) throw UNSURE;
    }
    const inside = text.slice(start + 1, at);
    this.scalar = !special ? inside : quote === SINGLE_QUOTE ? inside.replaceAll("''", "'") : inside.replaceAll(/\\(.)/g, (_, char: string) => SIMPLE_ESCAPES.get(char) as string);
    this.scalarEnd = at + 1;
  }

  protected flowScalar(start: number): void {
    if (this.isQuote(start)) return this.quoted(start);
    const { text } = this;
    const first = text.charCodeAt(start);
    if (NO_PLAIN_START[first] === 1 || (first === DASH && (this.isBlank(start + 1) || isFlowMark(text.charCodeAt(start + 1))))) throw UNSURE;
    let at = start;
    let end = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (isFlowMark(code)) break;
      if (code === COLON) {
        if (this.isBlank(at + 1)) break;
        if (isFlowMark(text.charCodeAt(at + 1))) throw UNSURE;
        end = at + 1;
      } else if (code === SPACE) {
        if (text.charCodeAt(at + 1) === HASH) throw UNSURE;
      } else if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) === NEWLINE)) break;
      else if (code >= SPACE) end = at + 1;
      else throw UNSURE;
    }
    this.scalarEnd = end;
    this.scalar = text.slice(start, end);
  }

  /** The newline that ends the line behind a value, or the end of the text; nothing but a comment may come before it. */
  protected endOfLine(from: number): number {
    const { text, length } = this;
    let at = from;
    let code = text.charCodeAt(at);
    while (code === SPACE) code = text.charCodeAt(++at);
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) {
      at = text.indexOf('\n', at);
      return at < 0 ? length : at;
    }
    if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) return at + 1;
    if (code === NEWLINE || at >= length) return at;
    throw UNSURE;
  }

  protected isDash(at: number): boolean {
    return this.text.charCodeAt(at) === DASH && this.isBlank(at + 1);
  }

  protected isQuote(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
  }

  /** Whether a space, the end of the line or of the text is there. */
  protected isBlank(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === SPACE || code === NEWLINE || at >= this.length || (code === RETURN && this.text.charCodeAt(at + 1) === NEWLINE);
  }
}

const SIMPLE_ESCAPES = new Map([['"', '"'], ['\\', '\\'], ['/', '/'], ['n', '\n'], ['t', '\t']]);

function isFlowMark(code: number): boolean {
  return code === COMMA || code === OPEN_BRACKET || code === CLOSE_BRACKET || code === OPEN_BRACE || code === CLOSE_BRACE;
}
