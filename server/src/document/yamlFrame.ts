import { MAX_DEPTH } from './json';
import { inOrder, shiftEntries, shiftNodes, shiftProblem, detached } from './shift';
import type { Entry, ListNode, Node, ObjectNode, Parsed, TextProblem } from './node';
import { isObject, type SpecObject, type SpecValue } from './value';
import { readPlainYaml } from './yamlPlain';

/** What stands around some lines of a block collection. */
export interface Frame {
  readonly kind: 'object' | 'list';
  /** Column of the members. */
  readonly column: number;
  /** Column of the collection around it; -1 where it is the root. */
  readonly outer: number;
  /** How many collections are around it. */
  readonly depth: number;
  /** Whether a member stands before the lines. */
  readonly hasBefore: boolean;
  /** What comes behind the lines: another member, a member of the collection around, or the end of the text. */
  readonly after: 'member' | 'outer' | 'end';
}

/** The members that some lines hold. Offsets are relative to the lines. */
export interface FramedMembers {
  readonly entries: readonly Entry[];
  readonly items: readonly Node[];
  readonly value: SpecValue;
  readonly end: number;
  readonly problems: readonly TextProblem[];
}

/** Stand for the key around, and for the members before and after. */
const OUTER = 'swarmspecOuter';
const BEFORE = 'swarmspecBefore';
const NEXT = 'swarmspecNext';

/**
 * Reads some lines of a block collection in a frame of a few made-up lines, which show the parser what it would see
 * around them, and us whether it is where it should be behind them: a next member that is seen as one means that what
 * really follows is read as before. Undefined where that is not so, or where the lines need text that is not there.
 */
export function readFramed(lines: string, frame: Frame): FramedMembers | undefined {
  const { kind, column, outer, hasBefore, after, depth } = frame;
  const line = (indent: number, key: string) => `${' '.repeat(indent)}${key}: 0\n`;
  const member = (key: string) => (kind === 'object' ? line(column, key) : `${' '.repeat(column)}- 0\n`);
  const around = outer < 0 ? '' : `${' '.repeat(outer)}${OUTER}:\n`;
  const head = around + (hasBefore ? member(BEFORE) : '');
  const tail = after === 'end' ? '' : after === 'outer' ? line(outer, NEXT) : member(NEXT);
  const behind = head.length + lines.length;
  // a copy: a part of the text would keep all of it in memory
  const parsed = parse(detached(head + lines + tail), Math.max(0, depth - 1));
  if (!parsed || parsed.problems.some(({ start, end, reaches }) => reaches || start < head.length || (tail !== '' && end > behind))) return undefined;
  let { root: node, value } = parsed;
  if (outer >= 0) {
    if (node?.kind !== 'object' || node.flow || node.entries[0]?.key !== OUTER || node.entries.length !== (after === 'outer' ? 2 : 1)) return undefined;
    if (after === 'outer' && !isMember(node, 1, NEXT, behind + outer)) return undefined;
    node = node.entries[0].value;
    value = (value as SpecObject)[OUTER];
  }
  if (node?.kind !== kind || node.flow || value === undefined || node.start !== around.length + column) return undefined;
  const from = hasBefore ? 1 : 0;
  const to = count(node) - (after === 'member' ? 1 : 0);
  if (hasBefore && !isMember(node, 0, BEFORE, around.length + column)) return undefined;
  if (after === 'member' && (to <= 0 || !isMember(node, to, NEXT, behind + column))) return undefined;
  return {
    entries: node.kind === 'object' ? shiftEntries(node.entries.slice(from, to), -head.length) : [],
    items: node.kind === 'list' ? shiftNodes(node.items.slice(from, to), -head.length) : [],
    value: isObject(value) ? value : (value as SpecValue[]).slice(from, to),
    end: node.end - head.length,
    problems: inOrder(parsed.problems).map((problem) => shiftProblem(problem, -head.length)),
  };
}

function parse(text: string, depth: number): Parsed | undefined {
  if (depth > MAX_DEPTH / 2) return undefined;
  const plain = readPlainYaml(text, depth);
  if (plain) return plain;
  const yaml: typeof import('./yaml') = require('./yaml');
  return yaml.parseYaml(text);
}

function count(node: ObjectNode | ListNode): number {
  return node.kind === 'object' ? node.entries.length : node.items.length;
}

/** Whether a member is the made-up one that begins at an offset. */
function isMember(node: ObjectNode | ListNode, index: number, key: string, at: number): boolean {
  const entry = node.kind === 'object' ? node.entries[index] : undefined;
  const value = entry ? entry.value : node.kind === 'list' ? node.items[index] : undefined;
  if (value?.kind !== 'scalar' || value.value !== 0 || value.end !== value.start + 1) return false;
  return entry ? entry.key === key && entry.keyStart === at : value.start === at + 2;
}
