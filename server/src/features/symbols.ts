import type { SpecDocument } from '../document/document';
import { type ListNode, type Node, type ObjectNode, resolveAlias } from '../document/node';
import type { Field, Type } from '../facts/types';
import { secretSign } from '../grammar/secretText';
import type { Span } from '../path';
import { finished } from './steps';
import { aloud, nameOfObject, nameOfText, type OutlineKind } from './outlineNames';
import { fieldIn, type SpecRoots, specRoots, textBelow } from './typedTree';

export interface OutlineItem {
  readonly name: string;
  /** The value of a leaf, shortened, or what an object amounts to. */
  readonly detail?: string;
  readonly kind: OutlineKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

/** The outline of a document: its keys, and list items by what they mean. */
export function symbols(document: SpecDocument, roots: SpecRoots, isAmongSeveral = false): OutlineItem[] {
  return finished(outline(document, roots, isAmongSeveral));
}

/** The same with a pause now and then. A document among several in a file has its service around. */
export function* outline(document: SpecDocument, roots: SpecRoots, isAmongSeveral: boolean): Generator<void, OutlineItem[]> {
  const { root } = document;
  if (!root) return [];
  const types = new Map<Node, Type>();
  for (const { node, type } of specRoots(document, roots)) types.set(node, type);
  const items = yield* membersOf(root, types.get(root), '', types);
  if (!isAmongSeveral || root.kind !== 'object') return items;
  const [found] = services(document, roots);
  const span = { start: root.start, end: root.end };
  return [{ name: `service ${found?.name ?? '(no name)'}`, kind: 'service', span, nameSpan: found?.nameSpan ?? { start: root.start, end: root.start }, children: items }];
}

/** A service that a document describes. */
export interface NamedService {
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The services of a document that have a name. */
export function services(document: SpecDocument, roots: SpecRoots): NamedService[] {
  return specRoots(document, roots).flatMap(({ node, type }) => {
    const inside = resolveAlias(node);
    if (inside?.kind !== 'object' || type !== roots.kind.root) return [];
    const entry = inside.entries.find(({ key }) => key.toLowerCase() === 'name');
    const name = textBelow(entry?.value, []);
    if (!entry?.value || name === undefined) return [];
    return [{ name, span: { start: node.start, end: node.end }, nameSpan: { start: entry.value.start, end: entry.value.end } }];
  });
}

/** Between so many members of an object or list there is a pause. */
const BATCH = 200;

function* membersOf(node: Node, type: Type | undefined, listName: string, types: ReadonlyMap<Node, Type>): Generator<void, OutlineItem[]> {
  const items: OutlineItem[] = [];
  const add = (item: OutlineItem): boolean => items.push(item) % BATCH === 0;
  if (node.kind === 'object') {
    for (const { key, keyStart, keyEnd, value } of node.entries) {
      const nameSpan = { start: keyStart, end: keyEnd };
      const field = fieldIn(type, key);
      const told = value && field ? nameOfObject(value, field) : undefined;
      const detail = told?.detail ?? (type?.kind === 'map' && secretSign(key, textBelow(value, []) ?? '') ? undefined : detailOf(value, field));
      const span = { start: keyStart, end: Math.max(keyEnd, value?.end ?? 0) };
      const children = hasMembers(value) ? yield* membersOf(value, types.get(value) ?? field?.type, key, types) : NONE;
      if (add({ name: key === '' ? '""' : key, detail, kind: told?.kind ?? (type?.kind === 'map' ? 'label' : kindOf(value)), span, nameSpan, children })) yield;
    }
  }
  if (node.kind === 'list') {
    for (const [i, value] of node.items.entries()) {
      const span = { start: value.start, end: value.end };
      const field = fieldIn(type, i);
      const inside = resolveAlias(value);
      const text = inside?.kind === 'scalar' && typeof inside.value === 'string' ? inside.value : undefined;
      const told = text === undefined ? field && nameOfObject(value, field) : nameOfText(text, listName);
      const name = told?.name ?? (text === undefined ? serviceName(value, types) : text.split('=', 1)[0]) ?? '';
      const children = hasMembers(value) ? yield* membersOf(value, types.get(value) ?? field?.type, '', types) : NONE;
      if (add({ name: name || `[${i}]`, detail: told?.detail ?? detailOf(value, field), kind: told?.kind ?? kindOf(value), span, nameSpan: span, children })) yield;
    }
  }
  return items;
}

const NONE: readonly OutlineItem[] = [];

function hasMembers(node: Node | undefined): node is ObjectNode | ListNode {
  return node?.kind === 'object' || node?.kind === 'list';
}

/** What an item of a list of specs or inspect outputs is called. */
function serviceName(node: Node, types: ReadonlyMap<Node, Type>): string | undefined {
  const name = textBelow(node, ['Name']) ?? textBelow(node, ['Spec', 'Name']);
  return name !== undefined && types.has(node) ? `service ${name}` : name;
}

function detailOf(node: Node | undefined, field: Field | undefined): string | undefined {
  if (node?.kind === 'alias') return `*${node.name}`;
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const text = aloud(node.value, field) ?? String(textBelow(node, []) ?? '');
  return text.includes('=') || text.length > 60 ? undefined : text;
}

function kindOf(node: Node | undefined): OutlineKind {
  const inside = resolveAlias(node);
  if (inside === undefined) return 'nothing';
  if (inside.kind !== 'scalar') return inside.kind;
  if (inside.value === null) return 'nothing';
  return typeof inside.value === 'string' ? 'text' : typeof inside.value === 'boolean' ? 'boolean' : 'number';
}
