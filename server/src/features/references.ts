import type { SpecDocument } from '../document/document';
import { type Node, resolveAlias } from '../document/node';
import type { Type } from '../facts/types';
import type { Span } from '../path';
import { fieldIn, type SpecRoots, specRoots, textBelow } from './typedTree';

/** Something of the swarm that specs speak of by its name. */
export type MentionKind = 'service' | 'secret' | 'config' | 'network' | 'volume' | 'label';

export interface Mention {
  readonly kind: MentionKind;
  readonly name: string;
  /** The name in the text, without quotes. */
  readonly span: Span;
}

const known = new WeakMap<SpecDocument, { readonly as: string; readonly mentions: readonly Mention[] }>();

/** What a document speaks of, in the order of the text. */
export function mentions(document: SpecDocument, roots: SpecRoots): readonly Mention[] {
  const as = `${roots.kind.id} ${roots.as?.join('.') ?? ''}`;
  const before = known.get(document);
  if (before?.as === as) return before.mentions;
  const found: Mention[] = [];
  for (const { node, type } of specRoots(document, roots)) visit(document.text, node, type, '', found);
  found.sort((a, b) => a.span.start - b.span.start);
  known.set(document, { as, mentions: found });
  return found;
}

/** The mention at an offset. */
export function mentionAt(document: SpecDocument, roots: SpecRoots, offset: number): Mention | undefined {
  return mentions(document, roots).find(({ span }) => span.start <= offset && offset <= span.end);
}

function visit(text: string, node: Node | undefined, type: Type | undefined, key: string, found: Mention[]): void {
  if (node?.kind === 'list') {
    for (const [i, item] of node.items.entries()) {
      if (key === 'Constraints') addLabel(text, item, found);
      else visit(text, item, fieldIn(type, i)?.type, '', found);
    }
  }
  if (node?.kind !== 'object' || type?.kind !== 'struct') return;
  const kind = kindOf(type.name, node);
  for (const { key: written, value } of node.entries) {
    const folded = written.toLowerCase();
    if (kind && folded === kind.key.toLowerCase()) addWhole(text, value, kind.kind, found);
    else if (type.name === 'SpreadOver' && folded === 'spreaddescriptor') addLabel(text, value, found);
    else visit(text, value, fieldIn(type, written)?.type, Object.keys(type.fields).find((name) => name.toLowerCase() === folded) ?? '', found);
  }
}

/** Which member of a struct names something of the swarm. */
function kindOf(struct: string, node: Node): { readonly key: string; readonly kind: MentionKind } | undefined {
  switch (struct) {
    case 'ServiceSpec':
      return { key: 'Name', kind: 'service' };
    case 'SecretReference':
      return { key: 'SecretName', kind: 'secret' };
    case 'ConfigReference':
      return { key: 'ConfigName', kind: 'config' };
    case 'NetworkAttachmentConfig':
      return { key: 'Target', kind: 'network' };
    case 'Mount':
      return textBelow(node, ['Type'])?.toLowerCase() === 'volume' ? { key: 'Source', kind: 'volume' } : undefined;
    default:
      return undefined;
  }
}

function addWhole(text: string, node: Node | undefined, kind: MentionKind, found: Mention[]): void {
  if (node?.kind !== 'scalar') return;
  const name = textBelow(resolveAlias(node), []);
  if (name !== undefined) found.push({ kind, name, span: inside(text, node) });
}

/** The label of a node in a constraint or a spread: `node.labels.zone`. */
function addLabel(text: string, node: Node | undefined, found: Mention[]): void {
  if (node?.kind !== 'scalar') return;
  const written = text.slice(node.start, node.end);
  const label = /(?:node|engine)\.labels\.[\w.-]+/.exec(written);
  if (label) found.push({ kind: 'label', name: label[0], span: { start: node.start + label.index, end: node.start + label.index + label[0].length } });
}

function inside(text: string, { start, end }: Span): Span {
  return /^["']/.test(text[start]) ? { start: start + 1, end: end - 1 } : { start, end };
}
