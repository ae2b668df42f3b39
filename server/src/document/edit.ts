import type { Edit } from '../finding';
import { locate, readAgain, readDocument, type SpecDocument } from './document';
import { keyText } from './edit/layout';
import { move, unwrap } from './edit/move';
import { isGivenTwice, isInside, isTaken } from './edit/places';
import { commentsIn } from './edit/remarks';
import { removal, removalWithRemarks } from './edit/remove';
import { set } from './edit/set';
import { applyTextEdits, type TextEdit } from './textEdit';

/**
 * Edits by path as replacements of text, in the syntax and layout of the document; comments and everything untouched
 * stay as they are. Undefined where an edit cannot be written here, as when its place lies behind an alias.
 */
export function toTextEdits(document: SpecDocument, edits: readonly Edit[]): TextEdit[] | undefined {
  const windows = document.text.includes('\r\n');
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const written = toText(document, edit, edits);
    if (!written || (movesText(edit) && !staysReadable(document, written)) || (keepsRemarks(edit) && losesComment(document, written))) return undefined;
    result.push(...(windows ? written.map(({ text, ...range }) => ({ ...range, text: text.replaceAll(/\r?\n/g, '\r\n') })) : written));
  }
  return result.sort((a, b) => a.start - b.start || a.end - b.end);
}

function movesText({ kind }: Edit): boolean {
  return kind === 'move' || kind === 'remove' || kind === 'unwrap';
}

function keepsRemarks(edit: Edit): boolean {
  return edit.kind === 'move' || (edit.kind === 'remove' && edit.remarks !== undefined);
}

/** Whether a comment is gone afterwards. */
function losesComment(document: SpecDocument, edits: readonly TextEdit[]): boolean {
  const { text, syntax } = document;
  if (syntax === 'json' || !text.includes('#')) return false;
  const after = readAgain(document, applyTextEdits(text, edits));
  const left = new Map<string, number>();
  for (const comment of commentsIn(after, 0, after.text.length)) left.set(comment.text, (left.get(comment.text) ?? 0) + 1);
  for (const comment of commentsIn(document, 0, text.length)) {
    const count = left.get(comment.text) ?? 0;
    if (count === 0) return true;
    left.set(comment.text, count - 1);
  }
  return false;
}

/** Whether YAML can still be read afterwards: an alias may stand above its anchor now, or repeat nothing. */
function staysReadable({ text, syntax, problems }: SpecDocument, edits: readonly TextEdit[]): boolean {
  if (syntax === 'json') return true;
  const faults = (list: typeof problems) => list.filter(({ rule }) => rule === 'yaml-syntax').length;
  return faults(readDocument(applyTextEdits(text, edits), syntax).problems) <= faults(problems);
}

/** `together` are the edits of one fix: what one takes away, another may fill again. */
function toText(document: SpecDocument, edit: Edit, together: readonly Edit[]): TextEdit[] | undefined {
  switch (edit.kind) {
    case 'text':
      return [{ start: edit.start, end: edit.end, text: edit.text }];
    case 'rename': {
      const entry = locate(document, edit.at)?.entry;
      if (!entry || isGivenTwice(document, edit.at) || isTaken(document, edit.at, edit.to, entry)) return undefined;
      const quoted = /^["']/.test(document.text.slice(entry.keyStart, entry.keyEnd));
      return [{ start: entry.keyStart, end: entry.keyEnd, text: document.syntax === 'json' || quoted ? JSON.stringify(edit.to) : keyText(document, edit.to) }];
    }
    case 'set':
      return set(document, edit.at, edit.value, together.find(({ kind }) => kind === 'remove'));
    case 'add':
      return locate(document, edit.at) ? undefined : set(document, edit.at, edit.value, together.find(({ kind }) => kind === 'remove'));
    case 'remove':
      if (edit.remarks) return removalWithRemarks(document, edit.at, edit.remarks);
      return removal(document, edit.at, together.some((other) => (other.kind === 'set' || other.kind === 'add') && isInside(other.at, edit.at.slice(0, -1))));
    case 'move':
      return move(document, edit.from, edit.to, edit.as);
    case 'unwrap':
      return unwrap(document, edit.at, edit.without);
  }
}
