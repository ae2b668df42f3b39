import { type Arranged, indentOfBlock, type Layout, leadingSpaces, NotArranged, type Piece, type Remark } from './arrange';
import type { Entry, Node } from '../../document/node';

/** How YAML is printed. */
export interface YamlStyle {
  /** Spaces by which a block stands deeper than its key. */
  readonly step: number;
  /** The text of a key, a scalar or alias, and a comment. */
  key(entry: Entry): string;
  scalar(node: Node): string;
  comment(text: string): readonly string[];
  /** Whether an object or list is written with brackets. */
  flow(layout: Extract<Layout, { kind: 'members' }>): boolean;
  /** Whether brackets are spread over several lines. */
  spread(layout: Extract<Layout, { kind: 'members' }>): boolean;
}

type Members = Extract<Layout, { kind: 'members' }>;

/** A document in YAML, with a newline at the end of every line. */
export function printYaml({ head, root, foot }: Arranged, style: YamlStyle): string {
  const printer = new Printer(style);
  const lines = printer.remarks(head, '');
  lines.push(...printer.root(root));
  lines.push(...printer.remarks(foot, ''));
  while (lines[0] === '') lines.shift();
  return lines.map((line) => `${line}\n`).join('');
}

class Printer {
  constructor(private readonly style: YamlStyle) {}

  root(piece: Piece): string[] {
    const { value, props, inner, trailing, aside } = piece;
    if (!value) throw new NotArranged('no content');
    const props_ = props.join(' ');
    const lines = [...(aside === undefined && props_ === '' ? [] : [joined([props_, ...this.comments(aside)])]), ...this.remarks(inner, '')];
    if (value.kind === 'scalar') throw new NotArranged('nothing but a text');
    const body = this.style.flow(value) ? this.flow(value, 0, []) : this.block(value, 0, true);
    if (trailing.length > 0) body.push(...(this.style.flow(value) ? [joined([body.pop() ?? '', ...this.comments(...trailing)])] : this.comments(...trailing)));
    return [...lines, ...body];
  }

  remarks(remarks: readonly Remark[], indent: string): string[] {
    return remarks.flatMap(({ text, blank }) => [...(blank ? [''] : []), ...this.comment(text).map((line) => indent + line)]);
  }

  /** The lines of a block, indented. */
  private block({ pieces, tail, node }: Members, column: number, isRoot = false): string[] {
    const indent = ' '.repeat(column);
    const lines: string[] = [];
    for (const [i, piece] of pieces.entries()) {
      const before = this.remarks(piece.before, indent);
      if (piece.blank) before.push('');
      if (i === 0 && !isRoot) while (before[0] === '') before.shift();
      lines.push(...before);
      if (node.kind === 'list') lines.push(...this.after(`${indent}-`, piece, column, true));
      else lines.push(...this.after(indent + joined([...piece.keyProps, this.style.key(piece.entry!)]) + ':', piece, column, false));
    }
    lines.push(...this.remarks(tail, indent));
    return lines;
  }

  /** A key or dash with its value. */
  private after(lead: string, { props, aside, inner, value, trailing }: Piece, column: number, dash: boolean): string[] {
    const head = joined([lead, ...props]);
    const behind = this.comments(...trailing);
    if (!value) return [joined([head, ...this.comments(aside), ...behind])];
    const deeper = column + (dash ? 2 : this.style.step);
    if (value.kind === 'members' && !this.style.flow(value)) {
      const lines = this.block(value, deeper);
      const compact = dash && props.length === 0 && aside === undefined && behind.length === 0 && value.pieces[0]?.before.length === 0;
      return compact ? [`${head} ${lines[0].trimStart()}`, ...lines.slice(1)] : [joined([head, ...this.comments(aside), ...behind]), ...lines];
    }
    const below = aside !== undefined || inner.length > 0;
    if (value.kind === 'scalar') {
      const [first, ...rest] = this.scalar(value.node, column, deeper);
      const lines = below ? [joined([head, ...this.comments(aside)]), ...this.remarks(inner, ' '.repeat(deeper)), ' '.repeat(deeper) + first, ...rest] : [`${head} ${first}`, ...rest];
      if (behind.length > 0) lines.push(joined([lines.pop()!, ...behind]));
      return lines;
    }
    // brackets over several lines stand below their key: YAML wants them deeper than it
    const apart = below || (!dash && this.isSpread(value));
    const lines = this.flow(value, deeper, behind);
    return apart ? [joined([head, ...this.comments(aside)]), ...this.remarks(inner, ' '.repeat(deeper)), ' '.repeat(deeper) + lines[0].trimStart(), ...lines.slice(1)] : [`${head} ${lines[0].trimStart()}`, ...lines.slice(1)];
  }

  private scalar(node: Node, column: number, deeper: number): string[] {
    return scalarLines(this.style.scalar(node), column, deeper);
  }

  private isSpread(layout: Members): boolean {
    return layout.pieces.length + layout.tail.length > 0 && (this.style.spread(layout) || hasComments(layout));
  }

  /** Brackets and what is in them; lines after the first are indented. */
  private flow(layout: Members, column: number, behind: readonly string[]): string[] {
    const { node, pieces, tail, brackets } = layout;
    const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
    if (!this.isSpread(layout)) {
      const inside = pieces.map((piece) => this.member(piece, column).join('\n')).join(', ');
      const text = pieces.length === 0 ? open + close : !brackets ? inside : node.kind === 'object' ? `${open} ${inside} ${close}` : open + inside + close;
      return [' '.repeat(column) + joined([text, ...behind])];
    }
    if (!brackets) throw new NotArranged('a pair without braces on several lines');
    const deeper = column + this.style.step;
    const lines = [' '.repeat(column) + open];
    for (const [i, piece] of pieces.entries()) {
      const before = this.remarks(piece.before, ' '.repeat(deeper));
      if (piece.blank) before.push('');
      if (i === 0) while (before[0] === '') before.shift();
      lines.push(...before);
      const own = this.member(piece, deeper);
      own[own.length - 1] = joined([own[own.length - 1] + (i < pieces.length - 1 ? ',' : ''), ...this.comments(...piece.trailing)]);
      lines.push(' '.repeat(deeper) + own[0], ...own.slice(1));
    }
    lines.push(...this.remarks(tail, ' '.repeat(deeper)), joined([' '.repeat(column) + close, ...behind]));
    return lines;
  }

  /** A member of brackets without its comma; the first line is not indented. */
  private member({ entry, keyProps, colon, props, value, inner, aside }: Piece, column: number): string[] {
    if (aside !== undefined || inner.length > 0) throw new NotArranged('a comment between a key and its value inside of brackets');
    const key = entry ? joined([...keyProps, this.style.key(entry)]) + (colon ? ':' : '') : '';
    const lead = joined([key, ...props]);
    if (!value) return [lead];
    const lines = value.kind === 'scalar' ? this.scalar(value.node, column, column + this.style.step) : this.flow(value, column, []);
    return [joined([lead, lines[0].trimStart()]), ...lines.slice(1)];
  }

  private comments(...texts: (string | undefined)[]): string[] {
    return texts.flatMap((text) => (text === undefined ? [] : [this.comment(text).join(' ')]));
  }

  private comment(text: string): readonly string[] {
    return this.style.comment(text);
  }
}

/** The lines of a scalar, the first without indentation. */
export function scalarLines(text: string, column: number, deeper: number): string[] {
  const [first, ...rest] = text.split('\n');
  if (rest.length === 0) return [first.trimEnd()];
  if (/^[|>]/.test(text)) return [first.trimEnd(), ...blockLines(first, rest, column, deeper)];
  if ([first, ...rest.slice(0, -1)].some((line) => /\\[ \t]+\r?$/.test(line))) throw new NotArranged('a space that is escaped at the end of a line');
  return [first.trimEnd(), ...rest.map((line) => (line.trim() === '' ? '' : ' '.repeat(deeper) + line.trim()))];
}

/** The content of a block scalar at another indentation. What is deeper than its first line stays so, and so do spaces at the end. */
function blockLines(head: string, lines: readonly string[], column: number, deeper: number): string[] {
  if (/^[|>][+-]?\d/.test(head)) throw new NotArranged('a text whose head says how deep it is indented');
  const from = indentOfBlock(lines);
  const to = ' '.repeat(Math.max(deeper, column + 1));
  const moved = lines.map((line) => (line.trim() === '' && line.length <= from ? '' : to + line.slice(Math.min(from, leadingSpaces(line)))));
  if (moved.at(-1) === '') moved.pop();
  return moved;
}

/** Whether a comment stands anywhere inside of brackets, which then need lines. */
function hasComments({ pieces, tail }: Members): boolean {
  return tail.length > 0 || pieces.some(({ before, trailing, value }) => before.length > 0 || trailing.length > 0 || (value?.kind === 'members' && hasComments(value)));
}

/** Words with one space between them; empty ones count for nothing. */
function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}
