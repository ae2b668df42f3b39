import type { SpecDocument } from '../../document/document';
import type { Entry, ListNode, Node, ObjectNode } from '../../document/node';

/** A comment on a line of its own. */
export interface Remark {
  readonly text: string;
  /** Whether there is a blank line above it. */
  readonly blank: boolean;
}

/** A member of an object or list with all that is written around it. */
export interface Piece {
  /** Comments above it. */
  readonly before: readonly Remark[];
  /** Whether there is a blank line above its key or dash. */
  readonly blank: boolean;
  /** Of an entry: its key, and what stands before it (anchor, tag). */
  readonly entry?: Entry;
  readonly keyProps: readonly string[];
  /** Whether a flow entry has a colon at all. */
  readonly colon: boolean;
  /** Anchor and tag of the value. */
  readonly props: readonly string[];
  /** Comment behind the colon or dash, with the value on a later line. */
  readonly aside?: string;
  /** Comments between the key and a value that is no block. */
  readonly inner: readonly Remark[];
  readonly value: Layout | undefined;
  /** Comments behind the value on its line. */
  readonly trailing: readonly string[];
}

/** A value with its comments. */
export type Layout =
  | { readonly kind: 'scalar'; readonly node: Node }
  | {
      readonly kind: 'members';
      readonly node: ObjectNode | ListNode;
      readonly flow: boolean;
      /** Whether it is written with brackets or braces; a pair inside of a flow list may have none. */
      readonly brackets: boolean;
      readonly pieces: readonly Piece[];
      /** Comments after the last member. */
      readonly tail: readonly Remark[];
    };

/** A document as it is laid out. */
export interface Arranged {
  /** What stands above the root: directives, `---` and comments, a line each. */
  readonly head: readonly Remark[];
  readonly root: Piece;
  /** Comments after the root, and `...`. */
  readonly foot: readonly Remark[];
}

/** Something that is left as it is written, such as keys in YAML's `? ` form. The message ends a sentence: "it has …". */
export class NotArranged extends Error {}

interface Token {
  readonly kind: 'sign' | 'prop' | 'comment' | 'marker' | 'content';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** First on its line. */
  readonly first: boolean;
  readonly column: number;
  /** Whether there is a blank line above it. */
  readonly blank: boolean;
}

/** The layout of a document without faults. Throws `NotArranged` for what it does not know. */
export function arrange(document: SpecDocument): Arranged {
  return new Arranger(document).document();
}

class Arranger {
  private readonly tokens: Token[];
  private at = 0;

  constructor(private readonly source: SpecDocument) {
    this.tokens = readTokens(source);
  }

  document(): Arranged {
    const head: Remark[] = [];
    // comments above `---` are not those of the first entry
    const markers = this.tokens.findLastIndex(({ kind, text }) => kind === 'marker' && text !== '...');
    while (this.at <= markers) {
      const { text, blank, kind, first } = this.take(this.tokens[this.at].kind);
      if (kind === 'content' || kind === 'sign') throw new NotArranged('content in front of `---`');
      if (first) head.push({ text, blank });
      else joinLast(head, text);
    }
    if (markers >= 0) for (const comment of this.behind()) joinLast(head, comment);
    const { root } = this.source;
    if (!root) throw new NotArranged('no content');
    const piece = this.member(root, -1, { before: [], blank: false, keyProps: [], colon: false });
    const foot: Remark[] = [...this.remarks()];
    for (let next = this.next(); next; next = this.next()) {
      if (next.kind !== 'marker' && next.kind !== 'comment') throw new NotArranged(`\`${next.text}\` after the end`);
      this.at++;
      foot.push({ text: next.text, blank: next.blank });
    }
    return { head, root: piece, foot };
  }

  /** What follows a key or dash: `outer` is the column of the block around it. */
  private member(node: Node | undefined, outer: number, known: Pick<Piece, 'before' | 'blank' | 'entry' | 'keyProps' | 'colon'>, flow = false): Piece {
    const props: string[] = [];
    const inner: Remark[] = [];
    let aside: string | undefined;
    const empty = !node || (node.kind === 'scalar' && node.end <= node.start);
    for (let next = this.next(); next; next = this.next()) {
      if (next.kind === 'prop' && !this.belongsToKey(node)) props.push(this.take('prop').text);
      else if (next.kind === 'comment' && !empty && !next.first && aside === undefined && inner.length === 0) aside = this.take('comment').text;
      else if (next.kind === 'comment' && !empty) inner.push(toRemark(this.take('comment')));
      else break;
    }
    const trailing: string[] = [];
    if (empty) {
      if (!flow) trailing.push(...this.behind());
      return { ...known, props, aside, inner, value: undefined, trailing };
    }
    const value = this.value(node, outer, inner);
    if (!flow) trailing.push(...this.behind());
    return { ...known, props, aside, inner: value.kind === 'members' && !value.flow ? [] : inner, value, trailing };
  }

  /** An anchor or tag right in front of the first key of a block stands for the key. */
  private belongsToKey(node: Node | undefined): boolean {
    if (node?.kind !== 'object' || node.flow) return false;
    let i = this.at;
    while (this.tokens[i]?.kind === 'prop') i++;
    return this.tokens[i]?.kind === 'content' && this.tokens.slice(this.at + 1, i + 1).every(({ first }) => !first);
  }

  private value(node: Node, outer: number, inner: readonly Remark[]): Layout {
    if (node.kind === 'scalar' || node.kind === 'alias') {
      this.take('content');
      return { kind: 'scalar', node };
    }
    return node.flow ? this.flow(node) : this.block(node, outer, inner);
  }

  private block(node: ObjectNode | ListNode, outer: number, inner: readonly Remark[]): Layout {
    const pieces: Piece[] = [];
    let column = 0;
    for (const [i, member] of (node.kind === 'object' ? node.entries : node.items).entries()) {
      const before = i === 0 ? [...inner] : this.remarks();
      const token = this.next();
      if (node.kind === 'list') {
        const dash = this.sign('-');
        if (i === 0) column = dash.column;
        pieces.push(this.member(member as Node, dash.column, { before, blank: dash.blank, keyProps: [], colon: false }));
      } else {
        if (i === 0) column = token?.column ?? 0;
        pieces.push(this.entry(member as Entry, column, before));
      }
    }
    // what follows deeper than the block around this one is still inside
    const tail: Remark[] = [];
    for (let next = this.next(); next?.kind === 'comment' && next.first && next.column > outer && next.column >= column; next = this.next()) tail.push(toRemark(this.take('comment')));
    return { kind: 'members', node, flow: false, brackets: false, pieces, tail };
  }

  private entry(entry: Entry, column: number, before: readonly Remark[], flow = false): Piece {
    const { blank } = this.next() ?? { blank: false };
    const keyProps: string[] = [];
    while (this.next()?.kind === 'prop') keyProps.push(this.take('prop').text);
    if (entry.keyEnd > entry.keyStart) this.take('content');
    const next = this.next();
    const colon = next?.kind === 'sign' && next.text === ':';
    if (colon) this.at++;
    else if (!flow) throw new NotArranged('a key without a colon');
    return this.member(entry.value, column, { before, blank, entry, keyProps, colon }, flow);
  }

  private flow(node: ObjectNode | ListNode): Layout {
    const open = node.kind === 'object' ? '{' : '[';
    const next = this.next();
    if (node.kind === 'object' && !(next?.kind === 'sign' && next.text === '{')) {
      if (node.entries.length !== 1) throw new NotArranged('pairs without braces');
      return { kind: 'members', node, flow: true, brackets: false, pieces: [this.entry(node.entries[0], 0, [], true)], tail: [] };
    }
    this.sign(open);
    const pieces: Piece[] = [];
    for (const member of node.kind === 'object' ? node.entries : node.items) {
      const before = this.comments();
      const blank = this.next()?.blank ?? false;
      const piece = node.kind === 'object' ? this.entry(member as Entry, 0, before, true) : this.member(member as Node, 0, { before, blank, keyProps: [], colon: false }, true);
      const trailing = [...piece.trailing, ...this.behind()];
      // comments between a value and its comma belong to the value
      if (this.afterComments()?.text === ',') trailing.push(...this.comments().map(({ text }) => text));
      if (this.next()?.kind === 'sign' && this.next()?.text === ',') this.at++;
      trailing.push(...this.behind());
      pieces.push({ ...piece, trailing });
    }
    const tail = this.comments();
    this.sign(node.kind === 'object' ? '}' : ']');
    return { kind: 'members', node, flow: true, brackets: true, pieces, tail };
  }

  /** Comments on lines of their own. */
  private remarks(): Remark[] {
    const found: Remark[] = [];
    for (let next = this.next(); next?.kind === 'comment' && next.first; next = this.next()) found.push(toRemark(this.take('comment')));
    return found;
  }

  /** Comments wherever they stand. */
  private comments(): Remark[] {
    const found: Remark[] = [];
    while (this.next()?.kind === 'comment') found.push(toRemark(this.take('comment')));
    return found;
  }

  /** Comments behind what has just been read, on its line. */
  private behind(): string[] {
    const found: string[] = [];
    for (let next = this.next(); next?.kind === 'comment' && !next.first; next = this.next()) found.push(this.take('comment').text);
    return found;
  }

  private afterComments(): Token | undefined {
    let i = this.at;
    while (this.tokens[i]?.kind === 'comment') i++;
    return this.tokens[i]?.kind === 'sign' ? this.tokens[i] : undefined;
  }

  private next(): Token | undefined {
    return this.tokens[this.at];
  }

  private take(kind: Token['kind']): Token {
    const token = this.next();
    if (token?.kind !== kind) throw new NotArranged(token ? `\`${token.text}\` at a place that is not expected` : 'an end that is not expected');
    this.at++;
    return token;
  }

  private sign(text: string): Token {
    const token = this.take('sign');
    if (token.text !== text) throw new NotArranged(token.text === '?' ? 'a key in the `? ` form' : `\`${token.text}\` where \`${text}\` is expected`);
    return token;
  }
}

function joinLast(remarks: Remark[], text: string): void {
  const last = remarks.pop();
  remarks.push({ text: last ? `${last.text} ${text}` : text, blank: last?.blank ?? false });
}

function toRemark({ text, blank }: Token): Remark {
  return { text, blank };
}

/** Signs, anchors, tags and comments between the keys and scalars, and these themselves, in the order of the text. */
function readTokens({ text, root, syntax }: SpecDocument): Token[] {
  const found: Token[] = [];
  let line = 0;
  let lineHasToken = false;
  let blank = false;
  let seen = 0;
  const add = (kind: Token['kind'], start: number, end: number) => {
    // what lies between this token and the one before, line by line
    for (let newline = text.indexOf('\n', seen); newline >= 0 && newline < start; newline = text.indexOf('\n', newline + 1)) {
      blank = blank || (!lineHasToken && text.slice(line, newline).trim() === '');
      lineHasToken = false;
      line = newline + 1;
    }
    found.push({ kind, text: text.slice(start, end).trimEnd(), start, end, first: !lineHasToken, column: start - line, blank });
    lineHasToken = true;
    blank = false;
    seen = end;
    // a text of several lines ends on another line than it begins
    const last = text.lastIndexOf('\n', end - 1);
    if (last >= start) {
      line = last + 1;
      lineHasToken = end > line;
    }
  };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const gap = (to: number) => {
    while (at < to) {
      const mark = (syntax === 'json' ? JSON_GAP : YAML_GAP).exec(text.slice(at, Math.max(to, at + 1)));
      const lineStart = at === 0 || text[at - 1] === '\n';
      if (syntax === 'yaml' && lineStart && /^(?:%|---|\.\.\.)(?:\s|$|(?<=%))/.test(text.slice(at, at + 4))) {
        const end = text[at] === '%' ? lineEnd(text, at) : at + 3;
        add('marker', at, end);
        at = end;
        continue;
      }
      if (!mark) {
        if (!/\s/.test(text[at])) throw new NotArranged(`\`${text[at]}\` between its values`);
        at++;
        continue;
      }
      const end = at + mark[0].length;
      if (mark[0].trim() === '') at = end;
      else {
        add(/^(?:#|\/\/|\/\*)/.test(mark[0]) ? 'comment' : /^[&!]/.test(mark[0]) ? 'prop' : 'sign', at, end);
        at = end;
      }
    }
  };
  const content = (start: number, end: number) => {
    gap(start);
    if (end > start) add('content', start, endOfContent(text, start, end));
    at = Math.max(at, end);
  };
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'object') {
      for (const { keyStart, keyEnd, value } of node.entries) {
        content(keyStart, keyEnd);
        visit(value);
      }
    } else if (node?.kind === 'list') node.items.forEach(visit);
    else if (node) content(node.start, node.end);
  };
  visit(root);
  gap(text.length);
  return found;
}

function endOfContent(text: string, start: number, end: number): number {
  if (!/^[|>]/.test(text[start])) return end;
  return Math.min(end, start + blockText(text.slice(start, end)).length + 1);
}

/** A block scalar without the blank lines behind it, which are part of it only where its head says `+`. */
export function blockText(written: string): string {
  if (/^[|>]\d?\+/.test(written)) return written;
  const lines = written.split('\n');
  const indent = indentOfBlock(lines.slice(1));
  // a line of more spaces than the indentation is content
  while (lines.length > 1 && lines[lines.length - 1].trim() === '' && lines[lines.length - 1].length <= indent) lines.pop();
  return lines.join('\n');
}

/** How deep the content of a block scalar stands: as its first line with something on it, or the deepest where there are spaces alone, which are no content then. */
export function indentOfBlock(lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '');
  return first === undefined ? lines.reduce((most, line) => Math.max(most, leadingSpaces(line)), 0) : leadingSpaces(first);
}

export function leadingSpaces(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

const YAML_GAP = /^(?:[ \t\r\n]+|#[^\n]*|[&!][^\s,[\]{}]*|[-?:,{}[\]])/;
const JSON_GAP = /^(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|#[^\n]*|[:,{}[\]])/;

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
}
