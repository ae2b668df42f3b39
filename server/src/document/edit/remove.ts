import type { Path } from '../../path';
import { locate, type SpecDocument } from '../document';
import { type ListNode, type ObjectNode, resolveAlias } from '../node';
import type { TextEdit } from '../textEdit';
import { indentAt, lineEndAfter, lineStartAt, withoutNewline } from './lines';
import { commaIn, commentsIn, flowRemarks, gapsAround, remarksAbove } from './remarks';
import { memberRanges, ownLines, type Stretch } from './stretches';

/** Takes an entry away, and puts its comments above the line of another one. */
export function removalWithRemarks(document: SpecDocument, at: Path, remarks: Path): TextEdit[] | undefined {
  const gone = removal(document, at);
  const entry = locate(document, remarks)?.entry;
  return gone && entry && [...gone, ...remarksAbove(document, entry.keyStart, gone.flatMap(({ start, end }) => commentsIn(document, start, end)))];
}

/**
 * Takes away the entry or item at a path with its comments and its comma or line. An object or list that loses its last
 * member stays as `{}` or `[]`, since null would be something else (`Mode.Global`), unless another edit fills it again.
 */
export function removal(document: SpecDocument, path: Path, refilled = false): TextEdit[] | undefined {
  const { text } = document;
  const holder = locate(document, path.slice(0, -1));
  const parent = resolveAlias(holder?.node);
  const found = locate(document, path);
  if (!found || !holder || !parent || (parent.kind !== 'object' && parent.kind !== 'list')) return undefined;
  const members = memberRanges(text, parent);
  const index = parent.kind === 'object' ? parent.entries.findIndex((entry) => entry === found.entry) : Number(path.at(-1));
  const member = members[index];
  if (member === undefined) return undefined;
  if (parent.flow) return flowRemoval(document, parent, members, index);
  const start = parent.kind === 'list' ? dashBefore(text, member.start) : member.start;
  const lines = ownLines(text, start, member.end);
  const alone = text.slice(lineStartAt(text, start), start).trim() === '';
  const left = members.length > 1 || refilled || path.length === 1 ? '' : parent.kind === 'object' ? '{}' : '[]';
  if (!alone && members.length > 1) {
    // the first member behind a dash: what follows takes its place
    return [{ start, end: lines.end + (/^\s*/.exec(text.slice(lines.end))?.[0].length ?? 0), text: '' }];
  }
  const lastLineEnd = Math.max(withoutNewline(text, member.end), withoutNewline(text, lines.end));
  if (!alone) return [{ start, end: lastLineEnd, text: left }];
  if (left === '') return [{ ...lines, text: '' }];
  const colon = holder.entry && /^\s*:(?:[ \t]+[&!]\S+)*/.exec(text.slice(holder.entry.keyEnd));
  if (!holder.entry || !colon) return [{ ...lines, text: `${indentAt(text, start)}${left}\n` }];
  const at = holder.entry.keyEnd + colon[0].length;
  return [{ start: at, end: at, text: ` ${left}` }, { ...lines, text: '' }];
}

function flowRemoval(document: SpecDocument, parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): TextEdit[] {
  const { text } = document;
  const { start, end } = members[index];
  const previous = members[index - 1];
  const next = members[index + 1];
  const [before, after] = gapsAround(parent, members, index);
  if ([before, after].some((gap) => commentsIn(document, gap.start, gap.end).length > 0)) {
    const own = flowRemarks(document, parent, members, index);
    const comma = commaIn(document, next || !previous ? after : before);
    const lineEnd = lineEndAfter(text, end);
    const first = lineStartAt(text, Math.min(start, own[0]?.start ?? start));
    const alone = text.slice(lineStartAt(text, start), start).trim() === '';
    // its lines, where nothing else stands on them
    if (alone && next && next.start >= lineEnd && comma !== undefined && comma < lineEnd) return [{ start: first, end: lineEnd, text: '' }];
    const cuts = [{ start: next && next.start < lineEnd ? start : spacesBefore(text, start), end }, ...(comma === undefined ? [] : [{ start: comma, end: comma + 1 }]), ...own.map((comment) => ({ start: spacesBefore(text, comment.start), end: comment.start + comment.text.length }))];
    return cuts.map((cut) => ({ ...cut, text: '' }));
  }
  if (next) return [{ start, end: next.start, text: '' }];
  if (previous) return [{ start: previous.end, end, text: '' }];
  return [{ start: parent.start + 1, end: Math.max(parent.end - 1, end), text: '' }];
}

function spacesBefore(text: string, offset: number): number {
  return offset - (/[ \t]*$/.exec(text.slice(lineStartAt(text, offset), offset))?.[0].length ?? 0);
}

/** Where the dash of an item stands, or the item itself where it has none. An anchor or a tag may stand between the two. */
function dashBefore(text: string, start: number): number {
  for (let end = start; ; ) {
    while (end > 0 && isBlank(text[end - 1])) end--;
    let word = end;
    while (word > 0 && !isBlank(text[word - 1])) word--;
    if (word === end - 1 && text[word] === '-') return word;
    if (text[word] !== '&' && text[word] !== '!') return start;
    end = word;
  }
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}
