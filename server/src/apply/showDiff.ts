/**
 * Two texts as a unified diff, as `diff -u` writes it, without the two lines of file names; empty where they are equal.
 * Line by line, with three lines around each change.
 */
export function unifiedDiff(left: string, right: string, context = 3): string[] {
  const [a, b] = [left.split('\n'), right.split('\n')];
  // a text ends with a newline, which is no line of its own
  for (const lines of [a, b]) if (lines.at(-1) === '') lines.pop();
  const steps = compareLines(a, b);
  const changed = steps.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]));
  const hunks: [number, number][] = [];
  for (const i of changed) {
    const last = hunks.at(-1);
    if (last && i - context <= last[1]) last[1] = i + context + 1;
    else hunks.push([i - context, i + context + 1]);
  }
  return hunks.flatMap(([from, to]) => hunkLines(steps, Math.max(0, from), Math.min(steps.length, to)));
}

interface Step {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

function hunkLines(steps: readonly Step[], from: number, to: number): string[] {
  const part = steps.slice(from, to);
  const count = (list: readonly Step[], other: Step['mark']) => list.filter(({ mark }) => mark !== other).length;
  const head = (before: Step['mark']) => {
    const [start, length] = [count(steps.slice(0, from), before), count(part, before)];
    return `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
  };
  return [`@@ -${head('+')} +${head('-')} @@`, ...part.map(({ mark, text }) => mark + text)];
}

/** The shortest way from one list of lines to the other (Myers); what is equal at both ends is set aside first. */
function compareLines(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const equal = (lines: readonly string[]) => lines.map((text): Step => ({ mark: ' ', text }));
  return [...equal(a.slice(0, start)), ...shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)), ...equal(a.slice(a.length - end))];
}

/** Beyond so many differing lines the shortest way is not worth its time: all go, and all come. */
const MOST_EDITS = 2_000;

function shortest(a: readonly string[], b: readonly string[]): Step[] {
  const reached: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits++) {
    reached.push(new Map(furthest));
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, reached, edits);
    }
    furthest = next;
  }
  return [...a.map((text): Step => ({ mark: '-', text })), ...b.map((text): Step => ({ mark: '+', text }))];
}

function walkBack(a: readonly string[], b: readonly string[], reached: readonly Map<number, number>[], edits: number): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = edits; d > 0; d--) {
    const furthest = reached[d];
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const [fromX, fromY] = [furthest.get(before) ?? 0, (furthest.get(before) ?? 0) - before];
    while (x > fromX && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      steps.push({ mark: ' ', text: a[x - 1] });
      x--;
      y--;
    }
    if (down) steps.push({ mark: '+', text: b[--y] });
    else steps.push({ mark: '-', text: a[--x] });
  }
  while (x > 0 && y > 0) {
    steps.push({ mark: ' ', text: a[x - 1] });
    x--;
    y--;
  }
  return steps.reverse();
}
