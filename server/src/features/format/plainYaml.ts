import type { SpecDocument } from '../../document/document';
import type { TextEdit } from '../../document/textEdit';
import type { Entry, ListNode, Node, ObjectNode } from '../../document/node';
import { blockText, NotArranged } from './arrange';
import { whiteSpaceEdits } from './edits';
import { scalarLines } from './printYaml';

/**
 * The edits that lay a YAML document out anew, for documents as most people write them: blocks with a member a line,
 * comments in front of what they speak of, brackets on one line. It gives what `arrange` and `printYaml` give, at a fraction of
 * the time, since it looks only at what stands between keys and values. Undefined for anything else.
 */
export function* plainYamlEdits({ text, root }: SpecDocument, step: number): Generator<void, TextEdit[] | undefined> {
  if (root?.kind === 'object' || root?.kind === 'list') {
    try {
      return root.flow ? undefined : yield* new Walk(text, step).document(root);
    } catch (error) {
      if (!(error instanceof NotArranged)) throw error;
    }
  }
  return undefined;
}

class Walk {
  private readonly edits: TextEdit[] = [];
  /** Where the key or value last seen ends, and whether it was a key. */
  private at = 0;
  private afterKey = false;
  /** The line at hand: its column in the new layout, how many dashes it begins with, whether it is the first of a block inside another. */
  private column = 0;
  private dashes = 0;
  private isFirst = false;
  /** Until the first line has been met. */
  private isTop = true;

  constructor(
    private readonly text: string,
    private readonly step: number,
  ) {}

  *document(root: ObjectNode | ListNode): Generator<void, TextEdit[]> {
    this.head(startOfLine(this.text, startOf(root)));
    yield* this.block(root, 0, true);
    this.foot();
    return this.edits;
  }

  /** Comments and `---` above the first line. */
  private head(to: number): void {
    if (this.text.charCodeAt(0) === 0xfeff) throw UNSURE;
    const lines = remarks(this.text.slice(0, to).split('\n').slice(0, -1), 0, /^(?:#|---$)/);
    if (lines.filter((line) => line === '---').length > 1) throw UNSURE;
    while (lines[0] === '') lines.shift();
    this.put(0, to, lines.map((line) => `${line}\n`).join(''));
    this.at = to;
  }

  /** What follows the last value. */
  private foot(): void {
    const { text, at } = this;
    const [behind, ...below] = text.slice(at).split('\n');
    const lines = remarks(below, 0, /^#/);
    while (lines.at(-1) === '') lines.pop();
    this.put(at, text.length, [this.behind(behind), ...lines].map((line) => `${line}\n`).join(''));
  }

  private *block(node: ObjectNode | ListNode, column: number, isRoot: boolean): Generator<void, void> {
    const members: readonly (Entry | Node)[] = node.kind === 'object' ? node.entries : node.items;
    if (members.length === 0 || node.flow) throw UNSURE;
    for (const [i, member] of members.entries()) {
      if (this.dashes === 0) {
        this.column = column;
        this.isFirst = i === 0 && !isRoot;
      }
      if (i % BATCH === BATCH - 1) yield;
      if ('key' in member) yield* this.entry(member, column);
      else {
        this.dashes++;
        if (isBlock(member)) yield* this.block(member, column + 2, false);
        else {
          this.line(member.start);
          this.content(member, column, column + 2);
        }
      }
    }
  }

  private *entry({ keyStart, keyEnd, value }: Entry, column: number): Generator<void, void> {
    if (keyEnd <= keyStart) throw UNSURE;
    this.line(keyStart);
    this.at = keyEnd;
    this.afterKey = true;
    // a key without a value, and what follows it, is met at the next line
    if (!value || (value.kind === 'scalar' && value.end <= value.start)) return;
    if (isBlock(value)) yield* this.block(value, column + this.step, false);
    else {
      this.value(value.start);
      this.content(value, column, column + this.step);
    }
  }

  /** Up to a value, which stands on the line of its key. */
  private value(start: number): void {
    const between = this.text.slice(this.at, start);
    if (between !== ': ') {
      if (!/^:[ \t\n]+$/.test(between)) throw UNSURE;
      this.put(this.at, start, ': ');
    }
    this.afterKey = false;
  }

  /** Up to the first key or value of a line. */
  private line(start: number): void {
    const { text, at, dashes, column } = this;
    const indent = spaces(column) + (dashes === 0 ? '' : '- '.repeat(dashes));
    const usual = this.isTop ? indent : (this.afterKey ? ':\n' : '\n') + indent;
    if ((start - at !== usual.length || !text.startsWith(usual, at)) && !this.isBelowComments(start, indent)) this.unusualLine(start, indent);
    this.isTop = false;
    this.afterKey = false;
    this.dashes = 0;
  }

  /** Whether nothing but comments in good order stand above a line, which may be thousands. */
  private isBelowComments(start: number, indent: string): boolean {
    const { text } = this;
    const comment = `${spaces(this.column)}#`;
    const begin = this.afterKey ? ':\n' : '\n';
    if (this.isTop || !text.startsWith(begin, this.at)) return false;
    let line = this.at + begin.length;
    while (line < start - indent.length && text.startsWith(comment, line)) {
      const newline = text.indexOf('\n', line);
      if (newline < 0 || newline >= start || /\s/.test(text[newline - 1])) return false;
      line = newline + 1;
    }
    return line === start - indent.length && text.startsWith(indent, line);
  }

  private unusualLine(start: number, indent: string): void {
    const { text, at, dashes } = this;
    const lines = text.slice(at, start).split('\n');
    const written = /^( *)((?:- +)*)$/.exec(lines.pop() ?? '');
    if (!written || written[2].replaceAll(' ', '').length !== dashes) throw UNSURE;
    if (this.isTop) {
      if (lines.length > 0) throw UNSURE;
      this.put(at, start, indent);
      return;
    }
    const [behind, ...above] = lines;
    if (behind === undefined) throw UNSURE;
    const before = remarks([...above, ''], written[1].length, /^#/, spaces(this.column));
    // the last one stands for a blank line right above
    if (above.length === 0 || above[above.length - 1].trim() !== '') before.pop();
    if (this.isFirst) while (before[0] === '') before.shift();
    this.put(at, start, [this.behind(behind), ...before, indent].join('\n'));
  }

  /** What stands behind a key or value on its line: the colon, a comment. */
  private behind(written: string): string {
    const colon = this.afterKey ? ':' : '';
    const found = (this.afterKey ? /^:[ \t]*(?:(?<=[ \t])(#.*))?$/ : /^[ \t]*(?:(?<=[ \t])(#.*))?$/).exec(written);
    if (!found) throw UNSURE;
    return found[1] === undefined ? colon : `${colon} ${found[1].trimEnd()}`;
  }

  /** A text, an alias, or brackets on one line. */
  private content(node: Node, column: number, deeper: number): void {
    const { text } = this;
    const written = text.slice(node.start, node.end);
    if (written === '') throw UNSURE;
    if (node.kind === 'object' || node.kind === 'list') {
      if (written.includes('\n')) throw UNSURE;
      const laid = flowText(text, node);
      if (written !== laid) {
        if (written.replaceAll(/\s/g, '') !== laid.replaceAll(/\s/g, '')) throw UNSURE;
        this.put(node.start, node.end, laid);
      }
      this.at = node.end;
    } else if (!written.includes('\n')) {
      this.at = node.start + written.trimEnd().length;
      if (/^[|>]/.test(written) && node.kind === 'scalar' && node.style === 'block') throw UNSURE;
    } else {
      const isBlockText = node.kind === 'scalar' && node.style === 'block';
      if (isBlockText && /^[|>][-\d]*\+/.test(written)) throw UNSURE;
      const own = isBlockText ? blockText(written) : written.trimEnd();
      if (written.slice(own.length).trim() !== '') throw UNSURE;
      this.put(node.start, node.start + own.length, scalarLines(own, column, deeper).join('\n'));
      this.at = node.start + own.length;
    }
  }

  private put(start: number, end: number, laid: string): void {
    const written = this.text.slice(start, end);
    if (written === laid) return;
    for (const edit of whiteSpaceEdits(written, laid)) this.edits.push({ start: start + edit.start, end: start + edit.end, text: edit.text });
  }
}

/** Between so many members of a block there is a pause. */
const BATCH = 500;

const UNSURE = new NotArranged('a layout of its own');

function isBlock(node: Node): node is ObjectNode | ListNode {
  return (node.kind === 'object' || node.kind === 'list') && !node.flow;
}

/** Where the first key or value of a block begins. */
function startOf(node: Node): number {
  const [first] = node.kind === 'object' ? node.entries : node.kind === 'list' && !node.flow ? node.items : [];
  if (first === undefined) return node.start;
  return 'key' in first ? first.keyStart : startOf(first);
}

function startOfLine(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Lines of comments, all at one column, at another; of blank lines between them one stays. */
function remarks(lines: readonly string[], column: number, are: RegExp, indent = ''): string[] {
  const laid: string[] = [];
  for (const line of lines) {
    const remark = line.trim();
    if (remark === '') {
      if (laid.at(-1) !== '') laid.push('');
    } else {
      if (!are.test(remark) || !line.startsWith(remark.slice(0, 1), column) || line.slice(0, column).trim() !== '') throw UNSURE;
      laid.push(indent + remark);
    }
  }
  return laid;
}

/** Brackets on one line, laid out. */
function flowText(text: string, node: Node): string {
  if (node.kind === 'list') return `[${node.items.map((item) => flowText(text, item)).join(', ')}]`;
  if (node.kind === 'object') {
    const members = node.entries.map(({ keyStart, keyEnd, value }) => {
      if (!value || value.end <= value.start || keyEnd <= keyStart) throw UNSURE;
      return `${text.slice(keyStart, keyEnd)}: ${flowText(text, value)}`;
    });
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (node.end <= node.start) throw UNSURE;
  return text.slice(node.start, node.end).trimEnd();
}

const SPACES: string[] = [];

function spaces(count: number): string {
  return (SPACES[count] ??= ' '.repeat(count));
}
