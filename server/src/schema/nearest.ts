/** Whether no other candidate is as near to a word as the one that is nearest, nor has the same words in another order. */
export function isNearestAlone(word: string, best: string, candidates: readonly string[]): boolean {
  const distance = (other: string) => editDistance(squash(word), squash(other), Infinity);
  const limit = distance(best);
  return candidates.every((other) => other === best || (distance(other) > limit && wordsOf(other) !== wordsOf(word)));
}

/** The words of a name in capitals and small letters, in the order of the alphabet. */
function wordsOf(name: string): string {
  return name.split(/(?<=[a-z])(?=[A-Z])|[_\-\s]/).map((word) => word.toLowerCase()).sort().join(' ');
}

/**
 * The candidate a misspelt word most likely means; undefined if none is near enough. Letter case, `_` and `-` do not
 * count, and a swap of neighbours is one slip. Ties go to the first candidate.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = squash(word);
  if (plain.length < 2) return undefined;
  let best: string | undefined;
  let bestDistance = plain.length <= 3 ? 2 : plain.length <= 5 ? 2.5 : 3.5;
  for (const candidate of candidates) {
    const other = squash(candidate);
    if (Math.abs(other.length - plain.length) >= bestDistance) continue;
    const distance = editDistance(plain, other, bestDistance);
    // a short name that differs in most of its letters is another word
    if (distance < bestDistance && distance <= Math.max(1, Math.min(plain.length, other.length) / 2.5)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A name without what people vary: letter case, underscores, dashes and spaces. */
export function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/g, '');
}

/** Optimal string alignment distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let distance = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) distance = Math.min(distance, before[j - 2] + 1);
      current.push(distance);
      least = Math.min(least, distance);
    }
    if (least >= limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
