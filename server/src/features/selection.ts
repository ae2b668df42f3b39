import type { SpecDocument } from '../document/document';
import type { Node } from '../document/node';
import type { Span } from '../path';

/** The stretches around an offset, each inside of the next: word, text, value, entry, item, object … document. */
export function selections({ root, text }: SpecDocument, offset: number): Span[] {
  const outer: Span[] = [{ start: 0, end: text.length }];
  const trimmed = { start: text.length - text.trimStart().length, end: text.trimEnd().length };
  const add = ({ start, end }: Span) => {
    const last = outer[outer.length - 1];
    const inside = { start: Math.max(start, last.start), end: Math.min(end, last.end) };
    if (inside.start <= offset && offset <= inside.end && inside.start <= inside.end && (inside.start > last.start || inside.end < last.end)) outer.push(inside);
  };
  add(trimmed);
  if (root) descend(root);
  return outer.reverse();

  function descend(node: Node): void {
    add(node);
    if (node.kind === 'object') {
      if (node.flow && text[node.start] === '{') add({ start: node.start + 1, end: node.end - 1 });
      const entry = node.entries.find(({ keyStart, keyEnd, value }) => keyStart <= offset && offset <= Math.max(keyEnd, value?.end ?? 0));
      if (!entry) return;
      add({ start: entry.keyStart, end: Math.max(entry.keyEnd, entry.value?.end ?? 0) });
      if (offset <= entry.keyEnd) words({ start: entry.keyStart, end: entry.keyEnd });
      else if (entry.value && offset >= entry.value.start) descend(entry.value);
    } else if (node.kind === 'list') {
      if (node.flow) add({ start: node.start + 1, end: node.end - 1 });
      const item = node.items.find(({ start, end }) => start <= offset && offset <= end);
      if (!item) return;
      const dash = node.flow ? item.start : dashOf(item.start);
      add({ start: dash, end: item.end });
      descend(item);
    } else words(node);
  }

  /** The text without its quotes, and the word in it. */
  function words({ start, end }: Span): void {
    const token = text.slice(start, end);
    add({ start, end });
    if (/^(["'])[^]*\1$/.test(token) && token.length > 1) add({ start: start + 1, end: end - 1 });
    for (const separators of [/[\s=,]/, /[^\w-]/]) {
      let from = offset;
      let to = offset;
      while (from > start && !separators.test(text[from - 1])) from--;
      while (to < end && !separators.test(text[to])) to++;
      if (to > from) add({ start: from, end: to });
    }
  }

  function dashOf(start: number): number {
    const before = /-[ \t]*$/.exec(text.slice(Math.max(0, start - 40), start));
    return before ? start - before[0].length : start;
  }
}
