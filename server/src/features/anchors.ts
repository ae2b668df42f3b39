import { commentsOf, gapsOf } from '../document/comments';
import type { SpecDocument } from '../document/document';
import type { Node } from '../document/node';
import type { Span } from '../path';

/** An anchor of a YAML document with the aliases that repeat it. Spans are those of the names, without `&` and `*`. */
export interface AnchorGroup {
  readonly name: string;
  readonly anchor: Span;
  readonly aliases: readonly Span[];
}

const known = new WeakMap<SpecDocument, readonly AnchorGroup[]>();

/** The anchors of a document. A name may be given again: an alias means the last one above it. */
export function anchorGroups(document: SpecDocument): readonly AnchorGroup[] {
  let groups = known.get(document);
  if (!groups) {
    groups = document.syntax === 'yaml' && document.text.includes('&') ? find(document) : [];
    known.set(document, groups);
  }
  return groups;
}

/** The group that has a name at an offset. */
export function anchorAt(document: SpecDocument, offset: number): AnchorGroup | undefined {
  return anchorGroups(document).find((group) => [group.anchor, ...group.aliases].some(({ start, end }) => start - 1 <= offset && offset <= end));
}

/** Why a new name is none; undefined where it is one. */
export function renameFault(document: SpecDocument, group: AnchorGroup, name: string): string | undefined {
  if (!/^[^\s,[\]{}&*!|>'"%@`#:?]+$/.test(name)) return `\`${name}\` is no name of an anchor: it has no spaces, brackets, commas or signs of YAML.`;
  const clash = anchorGroups(document).find((other) => other !== group && other.name === name);
  return clash && `There is an anchor \`&${name}\` in this document already, and an alias would mean the wrong one.`;
}

function find(document: SpecDocument): AnchorGroup[] {
  const { text } = document;
  const comments = commentsOf(document);
  const anchors: { name: string; anchor: Span; aliases: Span[] }[] = [];
  let next = 0;
  for (const gap of gapsOf(document)) {
    for (const { index } of text.slice(gap.start, gap.end).matchAll(/&/g)) {
      const at = gap.start + index;
      while (next < comments.length && comments[next].end <= at) next++;
      if (next < comments.length && comments[next].start <= at) continue;
      const name = /^[^\s,[\]{}]+/.exec(text.slice(at + 1, at + 1000))?.[0];
      if (name !== undefined) anchors.push({ name, anchor: { start: at + 1, end: at + 1 + name.length }, aliases: [] });
    }
  }
  const byName = new Map<string, typeof anchors>();
  for (const anchor of anchors) byName.set(anchor.name, [...(byName.get(anchor.name) ?? []), anchor]);
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'alias') byName.get(node.name)?.findLast(({ anchor }) => anchor.start < node.start)?.aliases.push({ start: node.start + 1, end: node.end });
    else if (node?.kind === 'list') node.items.forEach(visit);
    else if (node?.kind === 'object') for (const { value } of node.entries) visit(value);
  };
  visit(document.root);
  return anchors;
}
