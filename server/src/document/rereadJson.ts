import type { Change } from './change';
import type { SpecDocument } from './document';
import { JsonReader } from './json';
import type { Entry, ListNode, Node, ObjectNode, Parsed, TextProblem } from './node';
import { fits, hasTwice, rebuild, type Step } from './rebuild';
import { detached, inOrder, shiftEntries, shiftNodes, shiftProblem } from './shift';
import type { SpecObject, SpecValue } from './value';

/** Of many problems not all are listed, and only reading everything says which. */
const MAX_PROBLEMS = 80;

/**
 * Reads again the members of the innermost object or list around a change, from the one before the change to the first
 * place where the reader stands between two members as it did before. Undefined where there is no such place.
 */
export function rereadJson(before: SpecDocument, text: string, change: Change): Parsed | undefined {
  const { root, value, problems } = before;
  if (!root || value === undefined || problems.length > MAX_PROBLEMS) return undefined;
  const steps = stepsTo(root, value, change);
  for (let depth = steps.length; depth > 0; depth--) {
    const parsed = rereadIn(before, text, change, steps.slice(0, depth));
    if (parsed && parsed.problems.length <= MAX_PROBLEMS) return parsed;
  }
  return undefined;
}

/** The collections around a change, brackets excluded, from the root on. */
function stepsTo(root: Node, rootValue: SpecValue, { start, oldEnd }: Change): Step[] {
  const steps: Step[] = [];
  let node: Node | undefined = root;
  let value = rootValue;
  while (node && (node.kind === 'object' || node.kind === 'list') && fits(node, value) && node.start < start && oldEnd < node.end) {
    const index = memberBefore(node, start);
    steps.push({ node, value, index: Math.max(0, index) });
    if (index < 0) break;
    const next: Node | undefined = node.kind === 'object' ? node.entries[index].value : node.items[index];
    value = node.kind === 'object' ? (value as SpecObject)[node.entries[index].key] : (value as SpecValue[])[index];
    node = next;
  }
  return steps;
}

function rereadIn(before: SpecDocument, text: string, { start, oldEnd, newEnd }: Change, steps: readonly Step[]): Parsed | undefined {
  const { node } = steps[steps.length - 1];
  const delta = newEnd - oldEnd;
  const members = count(node);
  // a member that ends before the change begins where it did, and is read again for the comma behind it
  let from = memberBefore(node, start);
  while (from >= 0 && endOf(node, from) >= start) from--;
  const begin = from < 0 ? node.start + 1 : startOf(node, from);
  from = Math.max(0, from);
  let to = from;
  let isThere = false;
  const until = (at: number): boolean => {
    const old = at - delta;
    while (to < members && startOf(node, to) < old) to++;
    isThere = to < members && startOf(node, to) === old && old >= oldEnd && at >= newEnd;
    return isThere;
  };
  const depth = steps.length - 1;
  const reader = new JsonReader(text, begin);
  const first = readMembers(reader, node.kind, depth, until);
  if (!first) return undefined;
  const stopped = reader.offset;
  if (!isThere) {
    // all members are read: then the collection has to end where it did
    if (stopped !== node.end - 1 + delta || stopped < newEnd || before.problems.some((problem) => isNeverClosed(problem, node))) return undefined;
    to = members;
  }
  // once more, from a copy: texts that are parts of a file would keep all of it in memory
  const copy = detached(text.slice(begin, stopped));
  const second = readMembers(new JsonReader(copy), node.kind, depth, (at) => at >= copy.length);
  if (second?.entries.length !== first.entries.length || second.items.length !== first.items.length) return undefined;
  const oldStop = stopped - delta;
  const built = rebuild(steps, { from, to, entries: shiftEntries(second.entries, begin), items: shiftNodes(second.items, begin), value: second.value, missing: undefined, end: node.end + delta }, delta);
  if (!built) return undefined;
  if (before.problems.some((problem) => problem.start < begin && problem.end > begin && !isMissingComma(problem))) return undefined;
  if (node.kind === 'object' && hasTwice(node, before.problems)) return undefined;
  const isBefore = (problem: TextProblem, place: number) => problem.start < place || (problem.start === place && isMissingComma(problem));
  const problems = [
    ...before.problems.filter((problem) => isBefore(problem, begin)),
    ...reader.problems,
    ...before.problems.filter((problem) => !isBefore(problem, oldStop)).map((problem) => shiftProblem(problem, delta)),
  ];
  return { root: built.node, value: built.value, problems: inOrder(problems) };
}

/** A comma missing before a member: the problem reaches to the first character of the member. */
function isMissingComma({ fix }: TextProblem): boolean {
  return fix?.edits[0].text === ',';
}

function isNeverClosed({ start, end }: TextProblem, node: Node): boolean {
  return start === node.start && end === start + 1;
}

interface Members {
  readonly entries: Entry[];
  readonly items: Node[];
  readonly value: SpecValue;
}

/** The members from where the reader stands; undefined where the text ends before the collection does. */
function readMembers(reader: JsonReader, kind: 'object' | 'list', depth: number, until: (at: number) => boolean): Members | undefined {
  const entries: Entry[] = [];
  const items: Node[] = [];
  const object: SpecObject = {};
  const list: SpecValue[] = [];
  const closed = kind === 'object' ? reader.members(entries, object, depth, until) : reader.items(items, list, depth, until);
  return closed ? { entries, items, value: kind === 'object' ? object : list } : undefined;
}

function count(node: ObjectNode | ListNode): number {
  return node.kind === 'object' ? node.entries.length : node.items.length;
}

function startOf(node: ObjectNode | ListNode, index: number): number {
  return node.kind === 'object' ? node.entries[index].keyStart : node.items[index].start;
}

function endOf(node: ObjectNode | ListNode, index: number): number {
  if (node.kind === 'list') return node.items[index].end;
  const { keyEnd, value } = node.entries[index];
  return value?.end ?? keyEnd;
}

/** The last member that begins before an offset; -1 for none. */
function memberBefore(node: ObjectNode | ListNode, offset: number): number {
  let low = -1;
  let high = count(node) - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(node, middle) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
