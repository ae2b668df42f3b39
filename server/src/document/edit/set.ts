import type { Edit, PlainValue } from '../../finding';
import type { Path } from '../../path';
import { locate, type SpecDocument } from '../document';
import type { Entry, ListNode, ObjectNode } from '../node';
import type { TextEdit } from '../textEdit';
import { isObject, type SpecValue, toJson } from '../value';
import { writeDocument } from '../write';
import { insert } from './insert';
import { inlineText } from './layout';
import { columnOf, indentAt, lineEndAfter, shift, withoutNewline } from './lines';
import { valueAt } from './places';
import { commentsIn, remarksAbove } from './remarks';
import { memberRanges } from './stretches';

/** Writes a value at a place, which is made if it is not there; of what it replaces, the comments stay above it. `removed` is another edit, which takes an entry away. */
export function set(document: SpecDocument, at: Path, value: PlainValue, removed?: Edit): TextEdit[] | undefined {
  const { text } = document;
  const found = locate(document, at);
  if (!found) {
    const leaving = removed?.kind === 'remove' ? locate(document, removed.at)?.entry : undefined;
    return insert(document, at, (_, indent) => ` ${inlineText(document, value, indent)}`, { leaving });
  }
  const { node, entry } = found;
  if (node?.kind === 'alias') return undefined;
  const indent = indentAt(text, entry?.keyStart ?? node?.start ?? 0);
  if (!node) return entry && [{ start: entry.keyEnd, end: entry.keyEnd, text: `: ${inlineText(document, value, indent)}` }];
  if (document.syntax === 'yaml' && node.kind === 'object' && !node.flow && isListOf(value, valueAt(document, at))) {
    // an object that should be a list of it: a dash before its first line is all it takes, and comments stay
    const own = ' '.repeat(columnOf(text, node.start));
    return [{ start: node.start, end: node.end, text: `- ${shift(text.slice(node.start, node.end), own, `${own}  `)}` }];
  }
  if (document.syntax === 'yaml' && (node.kind === 'object' || node.kind === 'list') && !node.flow && typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return [blockInstead(document, node, entry, value as SpecValue)];
  }
  const space = node.end <= node.start && !/\s$/.test(text.slice(0, node.start)) ? ' ' : '';
  // a block scalar reaches to the line below it
  const end = node.kind === 'scalar' && node.style === 'block' ? node.start + text.slice(node.start, node.end).trimEnd().length : node.end;
  return [...remarksAbove(document, node.start, commentsIn(document, node.start, node.end)), { start: node.start, end, text: space + (typeof value === 'string' && node.kind === 'scalar' && node.style === 'quoted' ? JSON.stringify(value) : inlineText(document, value, indent)) }];
}

/** An object or list in block style in place of another. Where it has one member for each, comments stay at theirs; else they stand above it. */
function blockInstead(document: SpecDocument, node: ObjectNode | ListNode, entry: Entry | undefined, value: SpecValue): TextEdit {
  const { text } = document;
  const { start } = node;
  const column = columnOf(text, start);
  // a list may stand right below its key, an object may not
  const own = ' '.repeat(Math.max(column, entry ? columnOf(text, entry.keyStart) + 2 : 0));
  const written = membersOf(value).map((member) => writeDocument(member, 'yaml'));
  const stretches = memberRanges(text, node);
  let end = node.end;
  const lines: string[] = [];
  if (stretches.length === written.length) {
    let from = start;
    for (const [i, stretch] of stretches.entries()) {
      const lineEnd = lineEndAfter(text, stretch.end);
      const comments = commentsIn(document, from, lineEnd);
      const behind = written[i].includes('\n') ? undefined : comments.find((comment) => comment.start >= stretch.end);
      lines.push(...comments.filter((comment) => comment !== behind).map((comment) => comment.text), behind ? `${written[i]} ${behind.text}` : written[i]);
      from = lineEnd;
    }
    end = Math.max(end, withoutNewline(text, from));
  } else lines.push(...commentsIn(document, start, end).map((comment) => comment.text), ...written);
  return { start, end, text: own.slice(column) + shift(lines.join('\n'), '', own) };
}

/** Each member of an object or list as an object or list of its own. */
function membersOf(value: SpecValue): SpecValue[] {
  return Array.isArray(value) ? value.map((item) => [item]) : isObject(value) ? Object.keys(value).map((key) => ({ [key]: value[key] })) : [];
}

function isListOf(value: PlainValue, current: SpecValue | undefined): boolean {
  return Array.isArray(value) && value.length === 1 && current !== undefined && toJson(value[0] as SpecValue) === toJson(current);
}
