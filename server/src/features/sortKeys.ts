import type { SpecDocument } from '../document/document';
import { type Entry, type Node, type ObjectNode, resolveAlias } from '../document/node';
import { findKey } from '../facts/lookup';
import type { StructType, Type } from '../facts/types';
import { fieldIn, type SpecRoots, specRoots } from './typedTree';

/**
 * The entries of each object of a document in the order in which the API describes them, for those objects that are in
 * another. Keys that the engine does not know come last; labels and other maps keep their order.
 */
export function sortedEntries(document: SpecDocument, roots: SpecRoots): Map<ObjectNode, readonly Entry[]> {
  const found = new Map<ObjectNode, readonly Entry[]>();
  for (const { node, type } of specRoots(document, roots)) visit(document.text, resolveAlias(node), type, found);
  return found;
}

function visit(text: string, node: Node | undefined, type: Type | undefined, found: Map<ObjectNode, readonly Entry[]>): void {
  if (node?.kind === 'list') for (const [i, item] of node.items.entries()) visit(text, item, fieldIn(type, i)?.type, found);
  if (node?.kind !== 'object') return;
  if (type?.kind === 'struct') {
    const sorted = inOrder(node.entries, type);
    if (sorted.some((entry, i) => entry !== node.entries[i]) && keepsAnchors(text, node.entries, sorted)) found.set(node, sorted);
  }
  for (const { key, value } of node.entries) visit(text, value, fieldIn(type, key)?.type, found);
}

function inOrder(entries: readonly Entry[], type: StructType): Entry[] {
  const places = new Map(Object.keys(type.fields).map((key, i) => [key, i]));
  // a `$schema` or merge key stays in front
  const place = ({ key, merge }: Entry) => (merge || key.startsWith('$') ? -1 : (places.get(findKey(type, key) ?? '') ?? places.size));
  return entries.map((entry) => ({ entry, at: place(entry) })).sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

/** Whether aliases stay behind their anchors: the entries that have either keep their order. */
function keepsAnchors(text: string, before: readonly Entry[], after: readonly Entry[]): boolean {
  if (!text.includes('&')) return true;
  const shares = (entry: Entry, next: number) => /[&*][^\s,[\]{}]/.test(text.slice(entry.keyStart, next));
  const sharing = new Set(before.filter((entry, i) => shares(entry, before[i + 1]?.keyStart ?? entry.value?.end ?? entry.keyEnd)));
  const order = (entries: readonly Entry[]) => entries.filter((entry) => sharing.has(entry));
  return order(before).every((entry, i) => order(after)[i] === entry);
}
