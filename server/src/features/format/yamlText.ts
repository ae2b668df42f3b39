import type { SpecDocument } from '../../document/document';
import type { Entry, ObjectNode } from '../../document/node';
import { arrange, type Arranged, blockText, type Layout, type Piece } from './arrange';
import { printYaml, type YamlStyle } from './printYaml';

/** A YAML document laid out anew, with the entries of some objects in another order. Throws `NotArranged` for what it does not know. */
export function yamlText(document: SpecDocument, tabSize: number, orders: ReadonlyMap<ObjectNode, readonly Entry[]> = new Map()): string {
  return printYaml(sorted(arrange(document), orders, document.text), yamlStyle(document.text, tabSize));
}

/** How much deeper a block of YAML stands than its key. */
export function stepOf(tabSize: number): number {
  return Math.max(2, tabSize);
}

function yamlStyle(text: string, tabSize: number): YamlStyle {
  return {
    step: stepOf(tabSize),
    key: ({ keyStart, keyEnd }) => text.slice(keyStart, keyEnd),
    scalar: (node) => {
      const written = text.slice(node.start, node.end);
      return node.kind === 'scalar' && node.style === 'block' ? blockText(written) : written.trimEnd();
    },
    comment: (comment) => [comment],
    flow: ({ flow }) => flow,
    spread: ({ node }) => text.slice(node.start, node.end).includes('\n'),
  };
}

/** The layout with the members of objects in another order; what stands at the top of a file stays there. */
function sorted(arranged: Arranged, orders: ReadonlyMap<ObjectNode, readonly Entry[]>, text: string): Arranged {
  if (orders.size === 0) return arranged;
  const { value } = arranged.root;
  if (value?.kind !== 'members' || value.pieces.length === 0) return arranged;
  const [first, ...rest] = value.pieces;
  const top = topComments(first, text);
  const body = { ...value, pieces: [{ ...first, before: first.before.slice(top) }, ...rest] };
  const root = { ...arranged.root, value: sortMembers(body, orders) };
  return { ...arranged, head: [...arranged.head, ...first.before.slice(0, top)], root: top > 0 ? withBlank(root, first.before[top]?.blank ?? first.blank) : root };
}

/** How many of the comments above the first key speak of the whole file: modelines, and what a blank line sets apart. */
function topComments({ before, blank }: Piece, text: string): number {
  if (!text.includes('#')) return 0;
  const modeline = before.findLastIndex((remark) => /^#\s*(?:swarmspec:|swarmspec-ignore-document\b|yaml-language-server:)/.test(remark.text));
  const apart = blank ? before.length : before.findLastIndex((remark, i) => i > 0 && remark.blank);
  return Math.max(modeline + 1, apart, 0);
}

function withBlank(root: Piece, blank: boolean): Piece {
  const value = root.value as Extract<Layout, { kind: 'members' }>;
  if (!blank) return root;
  const [first, ...rest] = value.pieces;
  return { ...root, value: { ...value, pieces: [first.before.length > 0 ? { ...first, before: [{ ...first.before[0], blank }, ...first.before.slice(1)] } : { ...first, blank }, ...rest] } };
}

function sortMembers(layout: Layout, orders: ReadonlyMap<ObjectNode, readonly Entry[]>): Layout {
  if (layout.kind === 'scalar') return layout;
  const pieces = layout.pieces.map((piece) => (piece.value ? { ...piece, value: sortMembers(piece.value, orders) } : piece));
  const order = layout.node.kind === 'object' ? orders.get(layout.node) : undefined;
  if (!order) return { ...layout, pieces };
  const places = new Map(order.map((entry, i) => [entry, i]));
  return { ...layout, pieces: pieces.sort((a, b) => places.get(a.entry!)! - places.get(b.entry!)!) };
}
