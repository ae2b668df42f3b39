import type { Span } from '../path';

export type TokenKind =
  | 'text' | 'leftDelim' | 'rightDelim' | 'leftParen' | 'rightParen' | 'space' | 'pipe' | 'assign' | 'declare' | 'char'
  | 'field' | 'variable' | 'identifier' | 'keyword' | 'dot' | 'nil' | 'bool' | 'number' | 'charConstant' | 'string' | 'rawString' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A fault of a template, thrown inside this folder and caught by `expandTemplate`. */
export class TemplateFault extends Error {
  constructor(message: string, readonly span: Span, readonly hint?: string) {
    super(message);
  }
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
const SPACE = /[ \t\r\n]/;
const WORD = /[\p{L}\p{Nd}_]/u;

/**
 * Cuts a template into the tokens of Go's `text/template/parse`, delimiters `{{` and `}}`. Offsets count UTF-16 units.
 * Throws a `TemplateFault` where Go's lexer gives up.
 */
export function tokenize(input: string): Token[] {
  const tokens: Token[] = [];
  let pos = 0;
  let trimNext = false;

  const push = (kind: TokenKind, start: number) => tokens.push({ kind, start, end: pos, text: input.slice(start, pos) });
  const charAt = (at: number) => (at < input.length ? String.fromCodePoint(input.codePointAt(at)!) : '');
  const isWord = (at: number) => at < input.length && WORD.test(charAt(at));
  const hasRightTrim = (at: number) => SPACE.test(charAt(at)) && input.startsWith('-}}', at + 1);
  const atRightDelim = () => hasRightTrim(pos) || input.startsWith('}}', pos);
  const closeDelim = () => {
    trimNext = hasRightTrim(pos);
    pos += trimNext ? 4 : 2;
  };

  while (pos < input.length) {
    const open = input.indexOf('{{', pos);
    const textEnd = open < 0 ? input.length : open;
    const trimmed = open >= 0 && input[open + 2] === '-' && SPACE.test(charAt(open + 3));
    let text = input.slice(pos, textEnd);
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    if (trimmed) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') tokens.push({ kind: 'text', start: pos, end: textEnd, text });
    if (open < 0) break;
    trimNext = false;
    pos = open + (trimmed ? 4 : 2);
    if (input.startsWith('/*', pos)) comment(open);
    else action(open);
  }
  tokens.push({ kind: 'end', start: input.length, end: input.length, text: '' });
  return tokens;

  function comment(open: number): void {
    const close = input.indexOf('*/', pos + 2);
    if (close < 0) throw new TemplateFault('A comment of this template is not closed with `*/}}`', { start: open, end: input.length });
    pos = close + 2;
    if (!atRightDelim()) throw new TemplateFault('A comment has to be the only thing between `{{` and `}}`', { start: open, end: pos });
    closeDelim();
  }

  function action(open: number): void {
    tokens.push({ kind: 'leftDelim', start: open, end: pos, text: '{{' });
    const parens: number[] = [];
    for (;;) {
      const start = pos;
      if (atRightDelim()) {
        if (parens.length > 0) throw new TemplateFault('A `(` of this template is not closed', { start: parens[0], end: parens[0] + 1 });
        closeDelim();
        push('rightDelim', start);
        return;
      }
      const char = charAt(pos);
      if (char === '') throw new TemplateFault('This template opens with `{{` and is not closed with `}}`', { start: open, end: input.length });
      pos += char.length;
      if (SPACE.test(char)) {
        while (SPACE.test(charAt(pos)) && !hasRightTrim(pos)) pos++;
        push('space', start);
      } else if (char === '=') push('assign', start);
      else if (char === ':') {
        if (input[pos] !== '=') throw new TemplateFault('`:` stands in a template only as `:=`', { start, end: pos });
        pos++;
        push('declare', start);
      } else if (char === '|') push('pipe', start);
      else if (char === '"') quoted('"', 'string', start);
      else if (char === "'") quoted("'", 'charConstant', start);
      else if (char === '`') {
        const close = input.indexOf('`', pos);
        if (close < 0) throw new TemplateFault('A raw string of this template is not closed', { start, end: input.length });
        pos = close + 1;
        push('rawString', start);
      } else if (char === '$' || (char === '.' && !/[0-9]/.test(charAt(pos)))) fieldOrVariable(char, start);
      else if (/[.+\-0-9]/.test(char)) number(start);
      else if (isWord(start)) {
        while (isWord(pos)) pos += charAt(pos).length;
        terminated(start);
        const word = input.slice(start, pos);
        push(KEYWORDS.has(word) ? 'keyword' : word === 'nil' ? 'nil' : word === 'true' || word === 'false' ? 'bool' : 'identifier', start);
      } else if (char === '(') {
        parens.push(start);
        push('leftParen', start);
      } else if (char === ')') {
        push('rightParen', start);
        if (parens.pop() === undefined) throw new TemplateFault('A `)` of this template closes nothing', { start, end: pos });
      } else if (/^[\x21-\x7e]$/.test(char)) push('char', start);
      else throw new TemplateFault(`\`${char}\` cannot stand in a template outside of a string`, { start, end: pos });
    }
  }

  function quoted(quote: string, kind: TokenKind, start: number): void {
    for (;;) {
      const char = charAt(pos);
      const escaped = char === '\\';
      if (escaped) pos++;
      const next = charAt(pos);
      if (next === '' || next === '\n') throw new TemplateFault('A quoted string of this template is not closed', { start, end: pos });
      pos += next.length;
      if (!escaped && next === quote) break;
    }
    push(kind, start);
  }

  function fieldOrVariable(sigil: string, start: number): void {
    while (isWord(pos)) pos += charAt(pos).length;
    terminated(start);
    push(sigil === '$' ? 'variable' : pos === start + 1 ? 'dot' : 'field', start);
  }

  /** What may follow a word; `$x+2` and `.a-b` are refused this way. */
  function terminated(start: number): void {
    const next = charAt(pos);
    if (next === '' || SPACE.test(next) || /[.,|:()}]/.test(next)) return;
    throw new TemplateFault(
      `\`${next}\` cannot follow \`${input.slice(start, pos)}\` in a template`,
      { start: pos, end: pos + next.length },
      next === '-' ? 'A label or field with `-` in its name is read with `index`, as in `{{index .Service.Labels "a-b"}}`.' : undefined,
    );
  }

  function number(start: number): void {
    pos = start;
    const scan = () => {
      const match = /^[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/.exec(input.slice(pos));
      pos += match?.[0].length ?? 0;
      return !isWord(pos);
    };
    let right = scan();
    if (right && /[+-]/.test(charAt(pos))) right = scan() && input[pos - 1] === 'i';
    if (!right) {
      while (isWord(pos)) pos += charAt(pos).length;
      throw new TemplateFault(`\`${input.slice(start, pos)}\` is not a number, and a name cannot start like one`, { start, end: pos });
    }
    push('number', start);
  }
}
