import type { SpecDocument, SpecFile } from '../../document/document';
import type { TextEdit } from '../../document/textEdit';
import type { Node } from '../../document/node';
import type { Span } from '../../path';

/** The lines of a stretch, then blocks around it, from the inside. */
export function* stretches({ text, documents }: SpecFile, { start, end }: Span): Generator<Span> {
  yield lines(text, { start, end });
  const placed = documents.findLast(({ offset }) => offset <= start);
  if (!placed) return;
  const around: Span[] = [];
  let node: Node | undefined = placed.document.root;
  while (node?.kind === 'object' || node?.kind === 'list') {
    around.push({ start: node.start + placed.offset, end: node.end + placed.offset });
    const members: (Span & { readonly inner: Node | undefined })[] = node.kind === 'object'
      ? node.entries.map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: Math.max(keyEnd, value?.end ?? 0), inner: value }))
      : node.items.map((item) => ({ start: item.start, end: item.end, inner: item }));
    const member = members.find((one) => one.start + placed.offset <= start && end <= one.end + placed.offset);
    if (!member) break;
    around.push({ start: member.start + placed.offset, end: member.end + placed.offset });
    node = member.inner;
  }
  // each try reads the document, so only the block at hand and the one at the top are tried
  const blocks = [around.at(-1), around[1]].filter((span) => span !== undefined);
  for (const span of new Set(blocks)) yield lines(text, span);
}

function lines(text: string, { start, end }: Span): Span {
  const newline = text.indexOf('\n', end);
  return { start: startOfLine(text, start), end: newline < 0 ? text.length : newline };
}

/**
 * Whether edits indent some members of a block and not the others, after which it can only be read as something else. It
 * saves reading it.
 */
export function tearsBlocks({ text, root, syntax }: SpecDocument, edits: readonly TextEdit[]): boolean {
  const moved = new Set<number>();
  let last = 0;
  for (const { start, end, text: put } of edits) {
    const line = startOfLine(text, start);
    if (!put.includes('\n') && text.slice(line, end).trim() === '' && !text.slice(line, end).includes('\n')) moved.add(line);
    last = Math.max(last, end);
  }
  if (syntax === 'json' || moved.size === 0) return false;
  const [first] = moved;
  return root !== undefined && isTorn(root);

  function isTorn(node: Node): boolean {
    if ((node.kind !== 'object' && node.kind !== 'list') || node.flow) return false;
    let stays = false;
    let moves = false;
    const members = node.kind === 'object' ? node.entries.map(({ keyStart, value }) => ({ start: keyStart, value })) : node.items.map((value) => ({ start: value.start, value }));
    for (const { start, value } of members) {
      const line = startOfLine(text, start);
      // a member behind the dash of another one moves with it
      if ((node.kind === 'object' ? /^ *$/ : /^ *- +$/).test(text.slice(line, start))) {
        if (moved.has(line)) moves = true;
        else stays = true;
      }
      if (value && value.start <= last && value.end >= first && isTorn(value)) return true;
    }
    return moves && stays;
  }
}

function startOfLine(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}
