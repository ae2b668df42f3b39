import type { Span } from '../path';
import { TemplateFault, tokenize, type Token } from './goTemplateLexer';

export type Operand =
  | ({ readonly kind: 'dot' | 'nil' } & Span)
  | ({ readonly kind: 'bool'; readonly value: boolean } & Span)
  | ({ readonly kind: 'number'; readonly text: string; readonly value: Constant } & Span)
  | ({ readonly kind: 'string'; readonly value: string } & Span)
  | ({ readonly kind: 'function'; readonly name: string } & Span)
  /** Fields of the cursor, of a variable or of a parenthesised pipeline. */
  | ({ readonly kind: 'chain'; readonly of: 'dot' | { readonly variable: string } | { readonly pipeline: Pipeline }; readonly fields: readonly Token[] } & Span);

export type Constant = { readonly kind: 'int' | 'float'; readonly value: number } | { readonly kind: 'complex'; readonly value: string } | { readonly kind: 'overflow' };

export interface Command extends Span {
  readonly operands: readonly Operand[];
}

export interface Pipeline extends Span {
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | { readonly kind: 'break' | 'continue' }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipeline: Pipeline; readonly body: readonly TemplateNode[]; readonly otherwise?: readonly TemplateNode[] }
  | ({ readonly kind: 'template'; readonly name: string; readonly pipeline?: Pipeline } & Span);

export interface Template {
  readonly root: readonly TemplateNode[];
  /** What `define` and `block` made, by name. */
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}

/** The functions a service template may call: those built into Go's `text/template`, and `join`. */
export const FUNCTIONS: readonly string[] = [
  'and', 'call', 'eq', 'ge', 'gt', 'html', 'index', 'join', 'js', 'le', 'len', 'lt', 'ne', 'not', 'or', 'print', 'printf', 'println', 'slice', 'urlquery',
];

/** Parses a template as Go's `text/template/parse` does. Throws a `TemplateFault`. */
export function parseTemplate(input: string): Template {
  return new Parser(tokenize(input)).parse();
}

const MAX_DEPTH = 300;

type Ending = { readonly kind: 'end' | 'else'; readonly token: Token };

class Parser {
  private at = 0;
  private variables: string[] = ['$'];
  private rangeDepth = 0;
  private depth = 0;
  private readonly defined = new Map<string, readonly TemplateNode[]>();

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Template {
    const root: TemplateNode[] = [];
    while (this.peek().kind !== 'end') {
      if (this.peek().kind === 'leftDelim') {
        const before = this.at;
        this.next();
        const word = this.nextSolid();
        if (word.kind === 'keyword' && word.text === 'define') {
          this.definition(word);
          continue;
        }
        this.at = before;
      }
      const node = this.textOrAction();
      if (isEnding(node)) throw new TemplateFault(`\`{{${node.token.text}}}\` has no \`{{if}}\`, \`{{range}}\` or \`{{with}}\` before it`, node.token);
      root.push(node);
    }
    return { root, defined: this.defined };
  }

  private peek(): Token {
    return this.tokens[this.at];
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (this.at < this.tokens.length - 1) this.at++;
    return token;
  }

  private nextSolid(): Token {
    while (this.peek().kind === 'space') this.at++;
    return this.next();
  }

  private peekSolid(): Token {
    while (this.peek().kind === 'space') this.at++;
    return this.peek();
  }

  private closeDelim(after: string): void {
    const token = this.nextSolid();
    if (token.kind !== 'rightDelim') throw unexpected(token, `after \`${after}\``);
  }

  private name(token: Token, clause: string): string {
    if (token.kind === 'string') return unquote(token);
    if (token.kind === 'rawString') return token.text.slice(1, -1);
    throw unexpected(token, `where \`${clause}\` needs the name of a template, in quotes`);
  }

  private define(name: string, body: readonly TemplateNode[], where: Span): void {
    const before = this.defined.get(name);
    if (before === undefined || isBlank(before)) this.defined.set(name, body);
    else if (!isBlank(body)) throw new TemplateFault(`The template \`${name}\` is defined twice`, where);
  }

  private definition(word: Token): void {
    const name = this.name(this.nextSolid(), 'define');
    this.closeDelim('define');
    this.define(name, this.separate(() => this.wholeList(word)), word);
  }

  /** The body of a `define` or `block` sees none of the variables outside, and cannot leave a loop outside. */
  private separate<T>(body: () => T): T {
    const { variables, rangeDepth } = this;
    this.variables = ['$'];
    this.rangeDepth = 0;
    const result = body();
    this.variables = variables;
    this.rangeDepth = rangeDepth;
    return result;
  }

  private wholeList(opener: Token): readonly TemplateNode[] {
    const { nodes, ending } = this.list(opener);
    if (ending.kind !== 'end') throw new TemplateFault(`\`{{else}}\` cannot stand in a \`${opener.text}\``, ending.token);
    return nodes;
  }

  /** Go's stack grows with the nesting; ours ends, and with it what can be told. */
  private deeper(): void {
    if (++this.depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
  }

  private list(opener: Token): { nodes: TemplateNode[]; ending: Ending } {
    const nodes: TemplateNode[] = [];
    this.deeper();
    while (this.peekSolid().kind !== 'end') {
      const node = this.textOrAction();
      if (isEnding(node)) {
        this.depth--;
        return { nodes, ending: node };
      }
      nodes.push(node);
    }
    throw new TemplateFault(`\`{{${opener.text}}}\` is not closed with \`{{end}}\``, opener);
  }

  private textOrAction(): TemplateNode | Ending {
    const token = this.nextSolid();
    if (token.kind === 'text') return { kind: 'text', text: token.text };
    if (token.kind !== 'leftDelim') throw unexpected(token, 'here');
    return this.action();
  }

  private action(): TemplateNode | Ending {
    const token = this.peekSolid();
    if (token.kind !== 'keyword') return { kind: 'action', pipeline: this.pipeline('rightDelim', token) };
    this.next();
    switch (token.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.control(token, token.text);
      case 'end':
        this.closeDelim('end');
        return { kind: 'end', token };
      case 'else': {
        const word = this.peekSolid();
        if (word.kind !== 'keyword' || (word.text !== 'if' && word.text !== 'with')) this.closeDelim('else');
        return { kind: 'else', token };
      }
      case 'break':
      case 'continue':
        this.closeDelim(token.text);
        if (this.rangeDepth === 0) throw new TemplateFault(`\`{{${token.text}}}\` stands outside of a \`{{range}}\``, token);
        return { kind: token.text };
      case 'template': {
        const name = this.name(this.nextSolid(), 'template');
        if (this.peekSolid().kind === 'rightDelim') {
          this.next();
          return { kind: 'template', name, start: token.start, end: token.end };
        }
        return { kind: 'template', name, pipeline: this.pipeline('rightDelim', token), start: token.start, end: token.end };
      }
      case 'block': {
        const name = this.name(this.nextSolid(), 'block');
        const pipeline = this.pipeline('rightDelim', token);
        this.define(name, this.separate(() => this.wholeList(token)), token);
        return { kind: 'template', name, pipeline, start: token.start, end: token.end };
      }
      default:
        throw unexpected(token, 'here');
    }
  }

  private control(opener: Token, kind: 'if' | 'with' | 'range'): TemplateNode {
    const known = this.variables.length;
    const pipeline = this.pipeline('rightDelim', opener);
    if (kind === 'range') this.rangeDepth++;
    const { nodes: body, ending } = this.list(opener);
    if (kind === 'range') this.rangeDepth--;
    let otherwise: readonly TemplateNode[] | undefined;
    if (ending.kind === 'else') {
      const word = this.peek();
      if (word.kind === 'keyword' && word.text === kind && kind !== 'range') {
        this.next();
        otherwise = [this.control(word, kind)];
      } else if (word.kind === 'keyword') {
        throw unexpected(word, `after \`else\` of \`${kind}\``);
      } else {
        const rest = this.list(opener);
        if (rest.ending.kind !== 'end') throw new TemplateFault(`\`{{${opener.text}}}\` has a second \`{{else}}\``, rest.ending.token);
        otherwise = rest.nodes;
      }
    }
    this.variables.length = known;
    return { kind, pipeline, body, otherwise };
  }

  private pipeline(close: 'rightDelim' | 'rightParen', opener: Token): Pipeline {
    const first = this.peekSolid();
    const { declares, assigns } = this.declarations(opener);
    const commands: Command[] = [];
    for (;;) {
      const token = this.peekSolid();
      if (token.kind === close) {
        this.next();
        if (commands.length === 0) throw new TemplateFault(`This template has no value${opener.kind === 'keyword' ? ` after \`${opener.text}\`` : ' between its braces'}`, { start: Math.min(opener.start, token.start), end: token.end });
        for (const { operands } of commands.slice(1)) {
          if (['bool', 'dot', 'nil', 'number', 'string'].includes(operands[0].kind)) throw new TemplateFault('What follows `|` has to be a function', operands[0]);
        }
        return { declares, assigns, commands, start: first.start, end: token.start };
      }
      commands.push(this.command());
    }
  }

  private declarations(opener: Token): { declares: string[]; assigns: boolean } {
    const declares: string[] = [];
    for (;;) {
      const before = this.at;
      const variable = this.peekSolid();
      if (variable.kind !== 'variable') return { declares, assigns: false };
      this.next();
      const next = this.peekSolid();
      if (next.kind === 'assign' || next.kind === 'declare') {
        this.next();
        declares.push(variable.text);
        this.variables.push(variable.text);
        return { declares, assigns: next.kind === 'assign' };
      }
      if (next.kind !== 'char' || next.text !== ',') {
        this.at = before;
        return { declares, assigns: false };
      }
      this.next();
      declares.push(variable.text);
      this.variables.push(variable.text);
      if (opener.text !== 'range' || declares.length >= 2) throw new TemplateFault('This template declares more variables than fit here', variable);
      const second = this.peekSolid().kind;
      if (second !== 'variable' && second !== 'rightDelim' && second !== 'rightParen') throw unexpected(this.peek(), 'where `range` takes a second variable');
    }
  }

  private command(): Command {
    const operands: Operand[] = [];
    const { start } = this.peekSolid();
    for (;;) {
      this.peekSolid();
      const operand = this.operand();
      if (operand) operands.push(operand);
      const token = this.peek();
      if (token.kind === 'space') {
        this.next();
        continue;
      }
      if (token.kind === 'pipe') this.next();
      else if (token.kind !== 'rightDelim' && token.kind !== 'rightParen') throw unexpected(token, 'here');
      break;
    }
    if (operands.length === 0) throw new TemplateFault('A part of this template between `|` is empty', { start, end: start + 1 });
    return { operands, start, end: operands[operands.length - 1].end };
  }

  private operand(): Operand | undefined {
    const term = this.term();
    if (!term || this.peek().kind !== 'field') return term;
    const dot = this.peek();
    if (term.kind !== 'chain' && term.kind !== 'function') throw new TemplateFault(`\`${dot.text}\` cannot follow a constant or the cursor directly`, dot);
    const fields: Token[] = [];
    while (this.peek().kind === 'field') fields.push(this.next());
    const { end } = fields[fields.length - 1];
    if (term.kind === 'chain') return { ...term, fields: [...term.fields, ...fields], end };
    const call: Pipeline = { declares: [], assigns: false, commands: [{ operands: [term], start: term.start, end: term.end }], start: term.start, end: term.end };
    return { kind: 'chain', of: { pipeline: call }, fields, start: term.start, end };
  }

  private term(): Operand | undefined {
    const token = this.peek();
    const { start, end } = token;
    switch (token.kind) {
      case 'identifier':
        this.next();
        if (!FUNCTIONS.includes(token.text)) throw undefinedFunction(token, this.peek());
        return { kind: 'function', name: token.text, start, end };
      case 'dot':
      case 'nil':
        this.next();
        return { kind: token.kind, start, end };
      case 'variable':
        this.next();
        if (!this.variables.includes(token.text)) throw new TemplateFault(`The variable \`${token.text}\` is not declared`, token, 'A variable is declared with `:=` before it is used.');
        return { kind: 'chain', of: { variable: token.text }, fields: [], start, end };
      case 'field':
        this.next();
        return { kind: 'chain', of: 'dot', fields: [token], start, end };
      case 'bool':
        this.next();
        return { kind: 'bool', value: token.text === 'true', start, end };
      case 'number':
      case 'charConstant':
        this.next();
        return { kind: 'number', text: token.text, value: constant(token), start, end };
      case 'string':
        this.next();
        return { kind: 'string', value: unquote(token), start, end };
      case 'rawString':
        this.next();
        return { kind: 'string', value: token.text.slice(1, -1).replaceAll('\r', ''), start, end };
      case 'leftParen': {
        this.next();
        this.deeper();
        const pipeline = this.pipeline('rightParen', token);
        this.depth--;
        return { kind: 'chain', of: { pipeline }, fields: [], start, end: this.tokens[this.at - 1].end };
      }
      default:
        return undefined;
    }
  }
}

function isEnding(node: TemplateNode | Ending): node is Ending {
  return node.kind === 'end' || node.kind === 'else';
}

function isBlank(nodes: readonly TemplateNode[]): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}

function unexpected(token: Token, where: string): TemplateFault {
  if (token.kind === 'end') return new TemplateFault('This template ends too early', token);
  return new TemplateFault(`A template cannot have \`${token.text}\` ${where}`, token);
}

function undefinedFunction(token: Token, next: Token): TemplateFault {
  const hint = ['Service', 'Node', 'Task'].includes(token.text) || next.kind === 'field'
    ? `A value starts with a dot: \`.${token.text}\`.`
    : `It has ${FUNCTIONS.map((name) => `\`${name}\``).join(', ')}.`;
  return new TemplateFault(`\`${token.text}\` is not a function of a service template`, token, hint);
}

/** Go's `strconv.Unquote` of a string in double quotes. */
function unquote(token: Token): string {
  const inner = token.text.slice(1, -1);
  const bad = /\\(?![abfnrtv\\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})/.exec(inner.replaceAll('\\\\', '\0\0'));
  if (bad) throw new TemplateFault(`\`${inner.slice(bad.index, bad.index + 2)}\` is not an escape of a quoted string`, { start: token.start + 1 + bad.index, end: token.start + 3 + bad.index });
  const plain: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' };
  return inner.replace(/\\(?:([abfnrtv\\"])|[xuU]([0-9a-fA-F]+)|([0-7]{3}))/g, (escape, simple: string | undefined, hex: string | undefined, octal: string | undefined, at: number) => {
    if (simple !== undefined) return plain[simple];
    const code = Number.parseInt(hex ?? octal ?? '0', hex === undefined ? 8 : 16);
    if (isCharacter(code)) return String.fromCodePoint(code);
    throw new TemplateFault(`\`${escape}\` is no character`, { start: token.start + 1 + at, end: token.start + 1 + at + escape.length });
  });
}

/** Not half of a surrogate pair, and not beyond the last one. */
function isCharacter(code: number): boolean {
  return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff);
}

/** Whether each underscore stands between digits, as Go's `underscoreOK` has it; the prefix of a base counts as one. */
function separatesDigits(text: string): boolean {
  const hex = /^[+-]?0[xX]/.test(text);
  const digits = text.replace(/^[+-]?0[bBoOxX]|^[+-]/, (prefix) => (prefix.length > 1 ? '0' : ''));
  return !(hex ? /(?<![0-9a-fA-F])_|_(?![0-9a-fA-F])/ : /(?<![0-9])_|_(?![0-9])/).test(digits);
}

/** The code that is meant behind a backslash. */
function codeOf(escape: string): number {
  const short = 'abfnrtv'.indexOf(escape);
  if (short >= 0) return [7, 8, 12, 10, 13, 9, 11][short];
  if (/^[xuU]/.test(escape)) return Number.parseInt(escape.slice(1), 16);
  return escape.length === 3 ? Number.parseInt(escape, 8) : escape.charCodeAt(0);
}

function constant(token: Token): Constant {
  const { text } = token;
  if (token.kind === 'charConstant') {
    const inner = text.slice(1, -1);
    const escape = /^\\(?:[abfnrtv\\']|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})$/.test(inner);
    if ((escape && /^\\[uU]/.test(inner) && !isCharacter(Number.parseInt(inner.slice(2), 16))) || (!escape && ([...inner].length !== 1 || inner === '\\'))) throw new TemplateFault(`\`${text}\` is not one character`, token, 'Text takes double quotes.');
    return { kind: 'int', value: escape ? codeOf(inner.slice(1)) : (inner.codePointAt(0) ?? 0) };
  }
  if (text.endsWith('i')) return { kind: 'complex', value: text };
  const plain = text.replace(/^[+-]/, '').replaceAll('_', '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (!separatesDigits(text)) throw new TemplateFault(`\`${text}\` is not a number`, token, 'An underscore stands between two digits.');
  if (/^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/.test(plain)) {
    const value = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain}` : plain);
    if (value >= 2n ** 64n) throw new TemplateFault('This number does not fit 64 bits', token);
    if (value >= 2n ** 63n) return { kind: 'overflow' };
    return { kind: 'int', value: sign * Number(value) };
  }
  if (/^[0-9]+$/.test(plain)) throw new TemplateFault(`\`${text}\` is not a number: behind a 0, the digits are octal`, token);
  if (/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(plain) && Number.isFinite(Number(plain))) return { kind: 'float', value: sign * Number(plain) };
  if (/^0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+$/.test(plain)) return { kind: 'float', value: Number.NaN };
  throw new TemplateFault(`\`${text}\` is not a number`, token);
}
