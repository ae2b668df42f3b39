import type { Change } from './change';
import type { SpecDocument } from './document';
import type { ListNode, Node, ObjectNode, Parsed } from './node';
import { fits, hasTwice, rebuild, type Step } from './rebuild';
import { inOrder, shiftEntries, shiftNodes, shiftProblem } from './shift';
import type { SpecObject, SpecValue } from './value';
import { type Frame, type FramedMembers, readFramed } from './yamlFrame';

/** Larger documents may hold more values than are read at all, which only reading them as a whole finds out. */
const MAX_LENGTH = 900_000;
/** So many levels down, a change is not looked for. */
const MAX_STEPS = 50;
/** A member read again is at most so large; beyond, reading the document as a whole is no slower. */
const MAX_REGION = 200_000;

/** Anchors, aliases and tags, or what looks like them: they tie distant places together. */
const PROPERTY = /(?:^[ \t]*|[:?-][ \t]+|[,[{]\s*)[&*!]\S/m;
/** What says how all of the document is to be read. */
const DIRECTIVE = /^%/m;
/** The end of a document, and directives. */
const MARKER = /^(?:---|\.\.\.|%)/m;

/** Documents without properties, found so once. */
const simple = new WeakSet<Node>();

type Collection = ObjectNode | ListNode;

/** Reads again what a change has touched in block style. Undefined where only reading all of it is sure. */
export function rereadYaml(before: SpecDocument, text: string, change: Change): Parsed | undefined {
  const { root, value } = before;
  if (!root || value === undefined || text.length > MAX_LENGTH || before.problems.some(({ reaches }) => reaches)) return undefined;
  if (!simple.has(root)) {
    if (PROPERTY.test(before.text) || DIRECTIVE.test(before.text)) return undefined;
    simple.add(root);
  }
  const steps = stepsTo(before.text, root, value, change);
  // from the innermost collection outwards, as long as that is cheaper than the whole
  for (let depth = steps.length; depth > 0; depth--) {
    const parsed = rereadIn(before, text, change, steps.slice(0, depth));
    if (parsed === 'too large') return undefined;
    if (!parsed) continue;
    if (parsed.root) simple.add(parsed.root);
    return parsed;
  }
  return undefined;
}

/** The block collections around a change, from the root on. */
function stepsTo(text: string, root: Node, rootValue: SpecValue, { start, oldEnd }: Change): Step[] {
  const steps: Step[] = [];
  let node: Node | undefined = root;
  let value = rootValue;
  while (node && (node.kind === 'object' || node.kind === 'list') && fits(node, value) && !node.flow && count(node) > 0 && steps.length < MAX_STEPS) {
    const first = lineOf(text, node, 0);
    if (start < (first < 0 ? node.start : first)) break;
    const index = memberAt(text, node, start);
    steps.push({ node, value, index });
    if (index !== memberAt(text, node, oldEnd)) break;
    const next: Node | undefined = node.kind === 'object' ? node.entries[index].value : node.items[index];
    value = node.kind === 'object' ? (value as SpecObject)[node.entries[index].key] : (value as SpecValue[])[index];
    node = next;
  }
  return steps;
}

function rereadIn(before: SpecDocument, text: string, change: Change, steps: readonly Step[]): Parsed | 'too large' | undefined {
  const old = before.text;
  const { node, index } = steps[steps.length - 1];
  const members = count(node);
  const column = columnOf(old, node);
  if (column < 0) return undefined;
  const outer = steps.length === 1 ? -1 : columnOf(old, steps[steps.length - 2].node);
  if (steps.length > 1 && outer < 0) return undefined;
  let from = index;
  let start = lineOf(old, node, from);
  // a change at the beginning of a line may tie it to the one before
  if (change.start <= start + column && from > 0) start = lineOf(old, node, --from);
  if (start < 0) return undefined;
  const last = memberAt(old, node, change.oldEnd);
  const end = endOfSteps(old, steps);
  if (end < 0) return undefined;
  for (const more of [1, 2, 6]) {
    const to = Math.min(last + more, members);
    const oldEnd = to < members ? lineOf(old, node, to) : end;
    if (oldEnd < 0) return undefined;
    if (oldEnd - start > MAX_REGION) return 'too large';
    const parsed = tryRegion({ before, text, change, steps, from, to, start, oldEnd, column, outer });
    if (parsed || to === members) return parsed;
  }
  return undefined;
}

interface Region {
  readonly before: SpecDocument;
  readonly text: string;
  readonly change: Change;
  readonly steps: readonly Step[];
  /** The members read again. */
  readonly from: number;
  readonly to: number;
  /** Their lines in the old text. */
  readonly start: number;
  readonly oldEnd: number;
  readonly column: number;
  /** Column of the collection around; -1 at the root. */
  readonly outer: number;
}

/** Reads the lines of some members by themselves, and puts them into the tree. */
function tryRegion({ before, text, change, steps, from, to, start, oldEnd, column, outer }: Region): Parsed | undefined {
  const { node } = steps[steps.length - 1];
  const delta = change.newEnd - change.oldEnd;
  const lines = text.slice(start, oldEnd + delta);
  const isLast = to === count(node);
  const atEnd = oldEnd === before.text.length;
  if (isLast && !atEnd && outer < 0) return undefined;
  if (isOneCharacter(text, start + column) || isOneCharacter(before.text, indented(before.text, oldEnd))) return undefined;
  if (!isInside(lines, column) || PROPERTY.test(lines) || MARKER.test(lines)) return undefined;
  const frame: Frame = { kind: node.kind, column, outer, depth: steps.length - 1, hasBefore: from > 0, after: !isLast ? 'member' : atEnd ? 'end' : 'outer' };
  const read = readFramed(lines, frame);
  if (!read || !isContained(lines, read, frame) || !isSameAlone(before, start, oldEnd, frame)) return undefined;
  if (node.kind === 'object' && hasTwice(node, before.problems)) return undefined;
  const built = rebuild(
    steps,
    {
      from, to, value: read.value, missing: null,
      entries: shiftEntries(read.entries, start),
      items: shiftNodes(read.items, start),
      end: isLast ? read.end + start : node.end + delta,
    },
    delta,
  );
  if (!built) return undefined;
  const problems = [
    ...before.problems.filter((problem) => problem.end <= start),
    ...read.problems.map((problem) => shiftProblem(problem, start)),
    // some stand at the end of the text, behind its last character
    ...(atEnd ? [] : before.problems.filter((problem) => problem.start >= oldEnd).map((problem) => shiftProblem(problem, delta))),
  ];
  return { root: built.node, value: built.value, problems: inOrder(problems) };
}

/** Whether faults in lines at the end of the text stay inside of them: then they are the same with a line behind. */
function isContained(lines: string, { problems }: FramedMembers, frame: Frame): boolean {
  if (frame.after !== 'end' || problems.length === 0) return true;
  const closed = readFramed(lines.endsWith('\n') ? lines : `${lines}\n`, { ...frame, after: frame.outer < 0 ? 'member' : 'outer' });
  return JSON.stringify(closed?.problems) === JSON.stringify(problems);
}

/** Whether what was wrong with the old lines was so because of these lines, not of those around them. */
function isSameAlone({ text, problems }: SpecDocument, start: number, end: number, frame: Frame): boolean {
  const atEnd = end === text.length;
  // what stands right behind these lines may have come from them
  if (!atEnd && problems.some((problem) => problem.start >= end && problem.start <= end + frame.column)) return false;
  const within = problems.filter((problem) => problem.end > start && (atEnd || problem.start < end));
  if (within.length === 0) return true;
  return JSON.stringify(readFramed(text.slice(start, end), frame)?.problems) === JSON.stringify(within.map((problem) => shiftProblem(problem, -start)));
}

/**
 * Whether a word of one character begins a line: the only case where the lexer goes by the indentation of the line
 * before (`charAt(1)` in its `parseLineStart`, yaml 2.9), which may have changed.
 */
function isOneCharacter(text: string, at: number): boolean {
  return at + 1 < text.length && text[at] !== '-' && /\s/.test(text[at + 1]) && !/\s/.test(text[at]);
}

/** The first character of a line that is no space. */
function indented(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 32) at++;
  return at;
}

/** Whether all lines with content belong to a collection at this column. */
function isInside(lines: string, column: number): boolean {
  for (let at = 0; at < lines.length; ) {
    let content = at;
    while (lines.charCodeAt(content) === 32) content++;
    const code = lines.charCodeAt(content);
    if (content - at < column && code !== 10 && code !== 35 && !(code === 13 && lines.charCodeAt(content + 1) === 10) && content < lines.length) return false;
    const newline = lines.indexOf('\n', content);
    if (newline < 0) break;
    at = newline + 1;
  }
  return true;
}

function count(node: Collection): number {
  return node.kind === 'object' ? node.entries.length : node.items.length;
}

function startOf(node: Collection, index: number): number {
  return node.kind === 'object' ? node.entries[index].keyStart : node.items[index].start;
}

function columnOf(text: string, { start }: Collection): number {
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** The beginning of the line of a member that has a line of its own, only spaces and its dash before it; else -1. */
function lineOf(text: string, node: Collection, index: number): number {
  const column = columnOf(text, node);
  const least = node.kind === 'list' && index > 0 ? node.items[index - 1].end : node.start;
  let at = startOf(node, index);
  for (;;) {
    const line = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    let spaces = line;
    while (text.charCodeAt(spaces) === 32) spaces++;
    if (node.kind === 'object') return spaces - line === column && spaces === at ? line : -1;
    if (spaces - line === column && text.charCodeAt(spaces) === 45) return spaces >= least ? line : -1;
    if (spaces - line < column && text.charCodeAt(spaces) !== 35 && spaces !== at) return -1;
    // the item stands on a line below its dash
    at = line - 1;
    if (at < least) return -1;
  }
}

/** The last member that begins on the line of an offset or above. */
function memberAt(text: string, node: Collection, offset: number): number {
  let low = 0;
  let high = count(node) - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(node, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  while (low + 1 < count(node)) {
    const line = lineOf(text, node, low + 1);
    if (line < 0 || line > offset) break;
    low++;
  }
  return low;
}

/** Where the lines of the last of these collections end: with the next member of one around it, or with the text; -1 where that is not plain. */
function endOfSteps(text: string, steps: readonly Step[]): number {
  for (let i = steps.length - 2; i >= 0; i--) {
    const { node, index } = steps[i];
    if (index + 1 < count(node)) return lineOf(text, node, index + 1);
  }
  return text.length;
}
