import type { SpecDocument } from '../document';
import type { ListNode, Node, ObjectNode } from '../node';
import type { TextEdit } from '../textEdit';
import { indentAt, lineEndAfter, lineStartAt } from './lines';
import type { Stretch } from './stretches';

interface Comment {
  readonly start: number;
  readonly text: string;
}

/** Comments that cannot stand where they stood, above the line of what they are about. */
export function remarksAbove({ text }: SpecDocument, offset: number, comments: readonly { readonly text: string }[]): TextEdit[] {
  const line = lineStartAt(text, offset);
  return comments.length === 0 ? [] : [{ start: line, end: line, text: comments.map((comment) => `${indentAt(text, offset)}${comment.text}\n`).join('') }];
}

/** What stands before and behind a member in braces or brackets, up to those beside it. */
export function gapsAround(parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): [Stretch, Stretch] {
  const { start, end } = members[index];
  return [{ start: members[index - 1]?.end ?? parent.start + 1, end: start }, { start: end, end: members[index + 1]?.start ?? Math.max(parent.end - 1, end) }];
}

/** The comments of a member in braces or brackets that stand around it: in lines above it, and behind it on its last line. */
export function flowRemarks(document: SpecDocument, parent: ObjectNode | ListNode, members: readonly Stretch[], index: number): Comment[] {
  const { text } = document;
  const [before, after] = gapsAround(parent, members, index);
  const above = commentsIn(document, before.start, before.end).filter(({ start }) => start >= lineEndAfter(text, before.start));
  const behind = commentsIn(document, after.start, after.end).filter(({ start }) => start < lineEndAfter(text, after.start));
  return [...above, ...behind];
}

/** The comma in a stretch, those in comments aside. */
export function commaIn(document: SpecDocument, { start, end }: Stretch): number | undefined {
  const comments = commentsIn(document, start, end);
  for (let at = start; at < end; at++) if (document.text[at] === ',' && !comments.some((comment) => at > comment.start && at < comment.start + comment.text.length)) return at;
  return undefined;
}

/** The comments of a stretch of YAML: every `#` behind white space that is not part of a key or scalar. */
export function commentsIn({ text, syntax, root }: SpecDocument, from: number, to: number): Comment[] {
  if (syntax === 'json') return [];
  const texts: { start: number; end: number }[] = [];
  const visit = (node: Node | undefined): void => {
    if (!node || node.end < from || node.start > to) return;
    if (node.kind === 'scalar') texts.push(node.style === 'block' ? { start: headerEnd(text, node.start), end: node.end } : node);
    else if (node.kind === 'list') node.items.forEach(visit);
    else if (node.kind === 'object') {
      for (const { keyStart, keyEnd, value } of node.entries) {
        texts.push({ start: keyStart, end: keyEnd });
        visit(value);
      }
    }
  };
  visit(root);
  const comments: Comment[] = [];
  let passed = 0;
  for (const { index } of text.slice(from, to).matchAll(/(?<=^|\s)#/g)) {
    const start = from + index;
    // both are in the order of the text
    while (passed < texts.length && texts[passed].end <= start) passed++;
    if ((comments.at(-1)?.start ?? -1) + (comments.at(-1)?.text.length ?? 0) > start || (passed < texts.length && start >= texts[passed].start)) continue;
    comments.push({ start, text: /^.*/.exec(text.slice(start))?.[0].trimEnd() ?? '' });
  }
  return comments;
}

/** The end of the line on which a block scalar begins, and on which a comment may stand. */
function headerEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}
