import type { Entry, ListNode, ObjectNode } from '../node';
import { columnOf, lineEndAfter, lineStartAt } from './lines';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The lines of a block entry or item: the comments right above, what is written behind it on its last line, and the comments below that are indented deeper. */
export function ownLines(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = lineStartAt(text, start);
  const alone = text.slice(lineStart, start).trim() === '';
  return { start: alone ? commentsAbove(text, lineStart) : start, end: commentsBelow(text, lineEndAfter(text, end), columnOf(text, start)) };
}

/** The end of the comment lines from a line on that are indented deeper than a column. */
function commentsBelow(text: string, lineStart: number, column: number): number {
  const lines = new RegExp(`(?:[ ]{${column + 1},}#.*(?:\\r?\\n|$)|[ \\t]*\\r?\\n(?=(?:[ \\t]*\\r?\\n)*[ ]{${column + 1},}#))*`, 'y');
  lines.lastIndex = lineStart;
  return lineStart + (lines.exec(text)?.[0].length ?? 0);
}

/** The start of the comment lines right above a line, of the same indentation. */
function commentsAbove(text: string, lineStart: number): number {
  const indent = /^[ ]*/.exec(text.slice(lineStart))?.[0] ?? '';
  let start = lineStart;
  while (start > 0) {
    const before = lineStartAt(text, start - 1);
    const line = text.slice(before, start);
    if (!line.startsWith(`${indent}#`) || /^\s*#\s*(swarmspec(:|-ignore-document\b)|yaml-language-server:)/.test(line)) break;
    start = before;
  }
  return start;
}

/** The stretches of the members of an object or list, dashes aside. */
export function memberRanges(text: string, node: ObjectNode | ListNode): { start: number; end: number }[] {
  return node.kind === 'object' ? node.entries.map((entry) => entryRange(text, entry)) : node.items.map(({ start, end }) => ({ start, end }));
}

export function entryRange(text: string, { keyStart, keyEnd, value }: Entry): { start: number; end: number } {
  if (value && value.end > keyEnd) return { start: keyStart, end: value.end };
  return { start: keyStart, end: keyEnd + (/^\s*:/.exec(text.slice(keyEnd))?.[0].length ?? 0) };
}
