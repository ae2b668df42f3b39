import { locate, type SpecDocument } from '../document/document';
import { type Node, resolveAlias } from '../document/node';
import { type SpecPlace, specsIn } from '../document/shape';
import { NumberText, type SpecValue } from '../document/value';
import { fieldAt, findKey } from '../facts/lookup';
import type { Field, Type } from '../facts/types';
import type { Path } from '../path';
import type { Target } from '../target';

/** The tree of a document as the facts see it. */
export type SpecRoots = Pick<Target, 'kind' | 'as'>;

/** What the facts say of a spec, or of the fragment that takes its place. */
export function rootType({ kind, as = [] }: SpecRoots): Type {
  return fieldAt(kind.root, as)?.type ?? kind.root;
}

/** The specs of a document; a block is always the whole of it. */
export function placesIn(document: Parameters<typeof specsIn>[0], roots: SpecRoots): SpecPlace[] {
  const { value } = document;
  return isBlock(roots) && value !== undefined ? [{ base: [], value, inspected: false }] : specsIn(document);
}

/** Whether what is written is a block of a spec, and not a spec or part of one that begins at its top. */
export function isBlock({ as = [] }: SpecRoots): boolean {
  return as.length > 0;
}

/** The same with what the facts say of each. */
export function specRoots(document: SpecDocument, roots: SpecRoots): { readonly path: Path; readonly node: Node; readonly type: Type }[] {
  return placesIn(document, roots).flatMap(({ base }) => {
    const node = locate(document, base)?.node;
    return node ? [{ path: base, node, type: rootType(roots) }] : [];
  });
}

/** The facts of a member or item; undefined where the engine knows none. */
export function fieldIn(type: Type | undefined, step: string | number): Field | undefined {
  if (type?.kind === 'list') return typeof step === 'number' ? type.item : undefined;
  if (type?.kind === 'map') return typeof step === 'string' ? type.value : undefined;
  if (type?.kind !== 'struct' || typeof step !== 'string') return undefined;
  const key = findKey(type, step);
  return key === undefined ? undefined : type.fields[key];
}

/** The node at a path below another, aliases and merge keys followed. */
export function below(node: Node | undefined, path: Path): Exclude<Node, { kind: 'alias' }> | undefined {
  return node && resolveAlias(locate({ root: node }, path)?.node);
}

/** The scalar at a path below a node; undefined where there is none, or null. */
export function scalarBelow(node: Node | undefined, path: Path): Exclude<SpecValue, null | SpecValue[] | object> | undefined {
  const found = below(node, path);
  if (found?.kind !== 'scalar' || found.value === null) return undefined;
  const { value } = found;
  if (value instanceof NumberText) return value.value;
  return typeof value === 'object' ? undefined : value;
}

/** The text at a path below a node; undefined where there is none, or it is empty. */
export function textBelow(node: Node | undefined, path: Path): string | undefined {
  const value = scalarBelow(node, path);
  return value === undefined || value === '' ? undefined : String(value);
}

/** The number at a path below a node. */
export function numberBelow(node: Node | undefined, path: Path): number | bigint | undefined {
  const value = scalarBelow(node, path);
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}
