import type { SpecDocument } from '../document/document';
import { type Node, resolveAlias } from '../document/node';
import type { Span } from '../path';

export interface OutlineItem {
  readonly name: string;
  /** The value of a leaf, shortened. */
  readonly detail?: string;
  readonly kind: 'object' | 'list' | 'text' | 'number' | 'boolean' | 'nothing';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

const NAMES = ['Name', 'Target', 'SecretName', 'ConfigName', 'TargetPort', 'name'];

/** The outline of a document: its keys, and list items by what they are called. */
export function symbols({ root }: SpecDocument): OutlineItem[] {
  return root ? membersOf(root) : [];
}

function membersOf(node: Node): OutlineItem[] {
  if (node.kind === 'object') {
    return node.entries.map(({ key, keyStart, keyEnd, value }) => {
      const nameSpan = { start: keyStart, end: keyEnd };
      return item(key === '' ? '""' : key, value, nameSpan, { start: keyStart, end: Math.max(keyEnd, value?.end ?? 0) });
    });
  }
  if (node.kind === 'list') {
    return node.items.map((value, i) => {
      const span = { start: value.start, end: value.end };
      return item(nameOf(value) ?? `[${i}]`, value, span, span);
    });
  }
  return [];
}

function item(name: string, value: Node | undefined, nameSpan: Span, span: Span): OutlineItem {
  const children = value ? membersOf(value) : [];
  return { name, detail: detailOf(value), kind: kindOf(value), span, nameSpan, children };
}

function nameOf(node: Node): string | undefined {
  const inside = resolveAlias(node);
  if (inside?.kind === 'scalar') return typeof inside.value === 'string' ? inside.value.split('=', 1)[0] || undefined : undefined;
  if (inside?.kind !== 'object') return undefined;
  for (const name of NAMES) {
    const value = resolveAlias(inside.entries.find(({ key }) => key === name)?.value);
    if (value?.kind === 'scalar' && value.value !== null && value.value !== '') return String(value.value);
  }
  return undefined;
}

function detailOf(node: Node | undefined): string | undefined {
  if (node?.kind === 'alias') return `*${node.name}`;
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const text = String(node.value);
  return text.includes('=') || text.length > 60 ? undefined : text;
}

function kindOf(node: Node | undefined): OutlineItem['kind'] {
  const inside = resolveAlias(node);
  if (inside === undefined) return 'nothing';
  if (inside.kind !== 'scalar') return inside.kind;
  if (inside.value === null) return 'nothing';
  return typeof inside.value === 'string' ? 'text' : typeof inside.value === 'boolean' ? 'boolean' : 'number';
}
