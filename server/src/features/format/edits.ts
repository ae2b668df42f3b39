import { changeBetween } from '../../document/change';
import type { TextEdit } from '../../document/textEdit';
import { finished } from '../steps';

/**
 * The edits from one text to another that differs in white space only: just the stretches that change, so that cursors,
 * marks and folds of an editor stay. Where more differs, that stretch is replaced.
 */
export function whiteSpaceEdits(before: string, after: string): TextEdit[] {
  return finished(whiteSpaceChanges(before, after));
}

/** Between so many edits there is a pause. */
const BATCH = 500;

/** The same with a pause now and then. */
export function* whiteSpaceChanges(before: string, after: string): Generator<void, TextEdit[]> {
  const edits: TextEdit[] = [];
  const change = changeBetween(before, after);
  if (!change) return edits;
  // what stands in front of the first difference is compared fast; the white space that it may lie in begins there
  let a = change.start - (/\s*$/.exec(before.slice(Math.max(0, change.start - 1000), change.start))?.[0].length ?? 0);
  let b = a;
  while (a < before.length || b < after.length) {
    const aEnd = skipSpace(before, a);
    const bEnd = skipSpace(after, b);
    if (aEnd - a !== bEnd - b || before.slice(a, aEnd) !== after.slice(b, bEnd)) {
      edits.push(trimmed(before, a, aEnd, after.slice(b, bEnd)));
      if (edits.length % BATCH === 0) yield;
    }
    a = aEnd;
    b = bEnd;
    if (a >= before.length && b >= after.length) break;
    if (before[a] !== after[b]) return [...edits, trimmed(before, a, before.length, after.slice(b))];
    a++;
    b++;
  }
  return edits;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return end;
    end++;
  }
}

/** A replacement without what is the same at its start and end. */
function trimmed(text: string, start: number, end: number, replacement: string): TextEdit {
  let from = start;
  let head = 0;
  while (from < end && head < replacement.length && text[from] === replacement[head]) {
    from++;
    head++;
  }
  let to = end;
  let tail = replacement.length;
  while (to > from && tail > head && text[to - 1] === replacement[tail - 1]) {
    to--;
    tail--;
  }
  return { start: from, end: to, text: replacement.slice(head, tail) };
}
