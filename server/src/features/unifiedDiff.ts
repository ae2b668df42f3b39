import type { TextEdit } from '../document/textEdit';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** Beyond so many differing lines the shortest way is not looked for: the middle is shown as replaced. */
const MOST_DIFFERENCES = 1000;

interface Step {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
}

/** What differs between two texts, in the form that `patch` and `git apply` take; empty where nothing does. */
export function unifiedDiff(before: string, after: string, path: string): string {
  if (before === after) return '';
  const steps = stepsBetween(toLines(before), toLines(after));
  const hunks: string[] = [];
  let a = 1;
  let b = 1;
  let at = 0;
  while (at < steps.length) {
    if (steps[at].kind === ' ') {
      a++;
      b++;
      at++;
      continue;
    }
    const from = Math.max(0, at - CONTEXT);
    const to = endOfHunk(steps, at);
    const inside = steps.slice(from, to);
    const lengthOf = (other: '-' | '+') => inside.filter(({ kind }) => kind !== other).length;
    const [lengthA, lengthB] = [lengthOf('+'), lengthOf('-')];
    const [startA, startB] = [a - (at - from), b - (at - from)];
    hunks.push(`@@ -${range(startA, lengthA)} +${range(startB, lengthB)} @@\n${inside.map(({ kind, line }) => kind + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('')}`);
    a = startA + lengthA;
    b = startB + lengthB;
    at = to;
  }
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** Edits of whole lines that lead from one text to another, as few as there can be. */
export function lineEdits(before: string, after: string): TextEdit[] {
  const edits: { start: number; end: number; text: string }[] = [];
  let at = 0;
  let open = false;
  for (const { kind, line } of before === after ? [] : stepsBetween(toLines(before), toLines(after))) {
    if (kind !== ' ' && !open) edits.push({ start: at, end: at, text: '' });
    open = kind !== ' ';
    const edit = edits[edits.length - 1];
    if (kind !== '+') at += line.length;
    if (kind === '-') edit.end = at;
    if (kind === '+') edit.text += line;
  }
  return edits;
}

function endOfHunk(steps: readonly Step[], from: number): number {
  let last = from;
  for (let i = from; i < steps.length && i - last <= 2 * CONTEXT; i++) if (steps[i].kind !== ' ') last = i;
  return Math.min(steps.length, last + 1 + CONTEXT);
}

/** A range without lines names the line before it. */
function range(start: number, length: number): string {
  return length === 1 ? String(start) : `${length === 0 ? start - 1 : start},${length}`;
}

/** Lines with their ends. */
function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (lines: readonly string[]): Step[] => lines.map((line) => ({ kind: ' ', line }));
  return [...same(before.slice(0, start)), ...shortest(before.slice(start, before.length - end), after.slice(start, after.length - end)), ...same(before.slice(before.length - end))];
}

/** The shortest way from one list of lines to the other (Myers, "An O(ND) difference algorithm", 1986). */
function shortest(before: readonly string[], after: readonly string[]): Step[] {
  const reached = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(before.length + after.length, MOST_DIFFERENCES); d++) {
    history.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
      let x = down ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      reached.set(k, x);
      if (x >= before.length && x - k >= after.length) return backtrack(before, after, history);
    }
  }
  return [...before.map((line): Step => ({ kind: '-', line })), ...after.map((line): Step => ({ kind: '+', line }))];
}

function backtrack(before: readonly string[], after: readonly string[], history: readonly ReadonlyMap<number, number>[]): Step[] {
  const steps: Step[] = [];
  let x = before.length;
  let y = after.length;
  for (let d = history.length - 1; d >= 0; d--) {
    const reached = history[d];
    const k = x - y;
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (reached.get(fromK) ?? 0);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      steps.push({ kind: ' ', line: before[--x] });
      y--;
    }
    if (d > 0) steps.push(down ? { kind: '+', line: after[--y] } : { kind: '-', line: before[--x] });
  }
  return steps.reverse();
}
