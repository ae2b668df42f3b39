import type { SpecDocument, SpecFile } from '../document/document';
import { commentLines } from '../document/comments';
import type { Node } from '../document/node';
import type { Span } from '../path';

/** A stretch that can be folded: from the end of what stays to be seen to where the rest is seen again. */
export interface Fold extends Span {
  readonly kind: 'region' | 'comment';
}

/** What can be folded in a file, and the documents themselves where there are several. */
export function folds({ documents }: SpecFile): Fold[] {
  const several = documents.length > 1;
  return documents.flatMap(({ document, offset }) => documentFolds(document, several).map(({ start, end, kind }) => ({ start: start + offset, end: end + offset, kind })));
}

/**
 * What can be folded in a document: objects, lists, texts of several lines, blocks of comments, and where `several` says so the
 * document itself. The fold of brackets ends before the closing one, which stays to be seen.
 */
export function documentFolds(document: SpecDocument, several: boolean): Fold[] {
  const { text, root } = document;
  const found: Fold[] = [];
  // what is looked at begins ever further down, so one look ahead does for all that stands on a line
  let newline = -1;
  const add = (start: number, end: number) => {
    if (newline < start) {
      newline = text.indexOf('\n', start);
      if (newline < 0) newline = text.length;
    }
    if (newline < end) found.push({ start, end, kind: 'region' });
  };
  if (several && root) add(firstContent(text), text.trimEnd().length);
  if (root) visit(root, undefined, add);
  for (const { start, end } of commentLines(document)) found.push({ start, end, kind: 'comment' });
  return found;
}

/** `head` is the end of the key that names a node: what stays to be seen of a block. */
function visit(node: Node, head: number | undefined, add: (start: number, end: number) => void): void {
  if (node.kind === 'scalar') {
    if (node.style !== 'plain') add(head ?? node.start, node.end);
    return;
  }
  if (node.kind === 'alias') return;
  if (node.flow) add(node.start + 1, Math.max(node.start + 1, node.end - 1));
  else if (head !== undefined) add(head, node.end);
  if (node.kind === 'list') {
    for (const item of node.items) visit(item, item.kind === 'scalar' || item.kind === 'alias' || item.flow ? undefined : item.start, add);
  } else {
    for (const { keyEnd, value } of node.entries) if (value) visit(value, keyEnd, add);
  }
}

function firstContent(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0;
}
