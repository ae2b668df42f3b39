import type { Entry, ListNode, Node, ObjectNode } from '../../document/node';

export interface JsonStyle {
  /** One level of indentation. */
  readonly unit: string;
  /** The members of an object in the order to print them. */
  entries(node: ObjectNode): readonly Entry[];
}

/** Between so many members of an object or list there is a pause. */
const BATCH = 500;

/** Brackets on one line stay there up to this column. */
const WIDTH = 100;
/** Spaces between members are taken away, so what is written on one line may be longer than it becomes. */
const LONGEST = 100 * WIDTH;

/**
 * JSON, laid out anew: a member a line. What stands on one line and is short stays there, unless the whole document does,
 * as when a machine has written it.
 */
export function* printJson(text: string, root: Node, style: JsonStyle): Generator<void, string> {
  return yield* new Printer(text, style, !text.slice(root.start, root.end).includes('\n')).value(root, '', 0);
}

class Printer {
  constructor(
    private readonly text: string,
    private readonly style: JsonStyle,
    private readonly spreadAll: boolean,
  ) {}

  /** `before` is how much stands on the line already. */
  *value(node: Node, indent: string, before: number): Generator<void, string> {
    if (node.kind === 'scalar' || node.kind === 'alias') return this.text.slice(node.start, node.end);
    const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
    const members = node.kind === 'object' ? this.style.entries(node) : node.items;
    if (members.length === 0) return open + close;
    // what is longer than this has no place on one line
    if (!this.spreadAll && !this.text.slice(node.start, Math.min(node.end, node.start + LONGEST)).includes('\n')) {
      const line = node.end - node.start > LONGEST ? undefined : this.oneLine(node);
      if (line !== undefined && before + line.length < WIDTH) return line;
    }
    const deeper = indent + this.style.unit;
    const lines: string[] = [];
    for (const [i, member] of members.entries()) {
      const gap = i > 0 && this.isBlankAbove('key' in member ? member.keyStart : member.start) ? '\n' : '';
      lines.push(`${gap}${deeper}${yield* this.member(member, deeper)}`);
      if (i % BATCH === BATCH - 1) yield;
    }
    return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
  }

  private *member(member: Entry | Node, indent: string): Generator<void, string> {
    if (!('key' in member)) return yield* this.value(member, indent, indent.length);
    const key = `${this.text.slice(member.keyStart, member.keyEnd)}: `;
    return key + (member.value ? yield* this.value(member.value, indent, indent.length + key.length) : 'null');
  }

  private oneLine(node: ObjectNode | ListNode): string {
    if (node.kind === 'list') return `[${node.items.map((item) => this.oneLineValue(item)).join(', ')}]`;
    const entries = this.style.entries(node).map(({ keyStart, keyEnd, value }) => `${this.text.slice(keyStart, keyEnd)}: ${value ? this.oneLineValue(value) : 'null'}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }

  private oneLineValue(node: Node): string {
    return node.kind === 'object' || node.kind === 'list' ? this.oneLine(node) : this.text.slice(node.start, node.end);
  }

  private isBlankAbove(start: number): boolean {
    let newlines = 0;
    for (let at = start - 1; at >= 0; at--) {
      const code = this.text.charCodeAt(at);
      if (code === 10) newlines++;
      else if (code !== 32 && code !== 9 && code !== 13) break;
    }
    return newlines > 1;
  }
}
