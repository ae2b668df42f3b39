import type { Entry, Node, TextProblem } from './node';

/** A node that has moved, with all that is inside. Aliases have targets elsewhere in the tree, and are not moved. */
export function shiftNode(node: Node, delta: number): Node {
  const start = node.start + delta;
  const end = node.end + delta;
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', start, end, value: node.value, style: node.style };
    case 'object':
      return { kind: 'object', start, end, entries: shiftEntries(node.entries, delta), flow: node.flow };
    case 'list':
      return { kind: 'list', start, end, items: shiftNodes(node.items, delta), flow: node.flow };
    case 'alias':
      return { ...node, start, end };
  }
}

export function shiftEntries(entries: readonly Entry[], delta: number): readonly Entry[] {
  if (delta === 0) return entries;
  return entries.map((entry) => {
    const value = entry.value && shiftNode(entry.value, delta);
    const moved = { key: entry.key, keyStart: entry.keyStart + delta, keyEnd: entry.keyEnd + delta, value };
    return entry.merge ? { ...moved, merge: true } : moved;
  });
}

export function shiftNodes(nodes: readonly Node[], delta: number): readonly Node[] {
  return delta === 0 ? nodes : nodes.map((node) => shiftNode(node, delta));
}

export function shiftProblem(problem: TextProblem, delta: number): TextProblem {
  if (delta === 0) return problem;
  const { start, end, fix } = problem;
  return {
    ...problem, start: start + delta, end: end + delta,
    ...(fix ? { fix: { title: fix.title, edits: fix.edits.map((edit) => ({ start: edit.start + delta, end: edit.end + delta, text: edit.text })) } } : {}),
  };
}

/** Problems in the order of the text, whichever reader found them and when. */
export function inOrder(problems: readonly TextProblem[]): readonly TextProblem[] {
  return problems.length < 2 ? problems : [...problems].sort((a, b) => a.start - b.start || a.end - b.end || compare(a.rule, b.rule) || compare(a.message, b.message));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same text, as a string that does not share memory with a longer one. */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
