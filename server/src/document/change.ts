/** One stretch of a text that has been replaced: `[start, oldEnd)` by `[start, newEnd)`; everything around it is the same. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Texts are compared in pieces of this length first, which the engine does much faster than a loop. */
const PIECE = 4096;

/** The smallest change that leads from one text to another; undefined where they are equal. */
export function changeBetween(before: string, after: string): Change | undefined {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start + PIECE <= least && before.slice(start, start + PIECE) === after.slice(start, start + PIECE)) start += PIECE;
  while (start < least && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start === before.length && start === after.length) return undefined;
  const most = least - start;
  let same = 0;
  const ends = (length: number): boolean => before.slice(before.length - same - length, before.length - same) === after.slice(after.length - same - length, after.length - same);
  while (same + PIECE <= most && ends(PIECE)) same += PIECE;
  while (same < most && before.charCodeAt(before.length - same - 1) === after.charCodeAt(after.length - same - 1)) same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}
