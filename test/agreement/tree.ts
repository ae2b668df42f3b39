import { readDocument } from '../../server/src/document/document';
import type { Node } from '../../server/src/document/node';
import type { Path } from '../../server/src/path';

/** A JSON document that may be written back with anything in it: scalars and keys are text, as they stand in the file. */
export type Tree =
  | { readonly kind: 'object'; readonly entries: readonly TreeEntry[] }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'scalar'; readonly text: string };

export interface TreeEntry {
  readonly key: string;
  readonly value: Tree;
  /** The key as it is written, where `JSON.stringify` would write it otherwise. */
  readonly keyText?: string;
}

export const scalar = (text: string): Tree => ({ kind: 'scalar', text });
export const text = (value: string): Tree => scalar(JSON.stringify(value));
export const list = (...items: Tree[]): Tree => ({ kind: 'list', items });
export const object = (...entries: TreeEntry[]): Tree => ({ kind: 'object', entries });
export const entry = (key: string, value: Tree): TreeEntry => ({ key, value });

export function fromText(source: string): Tree {
  const { root } = readDocument(source, 'json');
  if (!root) throw new Error('no document');
  return fromNode(root, source);
}

/** A plain value as a tree. */
export function fromValue(value: unknown): Tree {
  return fromText(JSON.stringify(value));
}

function fromNode(node: Node, source: string): Tree {
  switch (node.kind) {
    case 'object':
      return object(...node.entries.map(({ key, value }) => entry(key, value ? fromNode(value, source) : scalar('null'))));
    case 'list':
      return list(...node.items.map((item) => fromNode(item, source)));
    default:
      return scalar(source.slice(node.start, node.end));
  }
}

export function toText(tree: Tree): string {
  switch (tree.kind) {
    case 'object':
      return `{${tree.entries.map(({ key, keyText, value }) => `${keyText ?? JSON.stringify(key)}:${toText(value)}`).join(',')}}`;
    case 'list':
      return `[${tree.items.map(toText).join(',')}]`;
    case 'scalar':
      return tree.text;
  }
}

/** A place of a tree: a member of an object, or an item of a list. */
export interface Site {
  readonly path: Path;
  readonly value: Tree;
  /** Undefined for an item of a list. */
  readonly key: string | undefined;
  readonly parent: Tree;
}

export function* sites(tree: Tree, path: Path = []): Generator<Site> {
  if (tree.kind === 'object') {
    for (const { key, value } of tree.entries) {
      yield { path: [...path, key], value, key, parent: tree };
      yield* sites(value, [...path, key]);
    }
  } else if (tree.kind === 'list') {
    for (const [i, value] of tree.items.entries()) {
      yield { path: [...path, i], value, key: undefined, parent: tree };
      yield* sites(value, [...path, i]);
    }
  }
}

/** The tree with other members (or items) in place of the one at `path`. */
export function replaceAt(tree: Tree, path: Path, by: readonly TreeEntry[]): Tree {
  const [step, ...rest] = path;
  if (tree.kind === 'object') {
    return object(...tree.entries.flatMap((own) => (own.key !== step ? [own] : rest.length === 0 ? by : [{ ...own, value: replaceAt(own.value, rest, by) }])));
  }
  if (tree.kind === 'list') {
    return list(...tree.items.flatMap((item, i) => (i !== step ? [item] : rest.length === 0 ? by.map(({ value }) => value) : [replaceAt(item, rest, by)])));
  }
  return tree;
}

/** The tree with other contents of the object at `path`. */
export function updateAt(tree: Tree, path: Path, update: (at: Tree) => Tree): Tree {
  if (path.length === 0) return update(tree);
  const [step, ...rest] = path;
  if (tree.kind === 'object') return object(...tree.entries.map((own) => (own.key === step ? { ...own, value: updateAt(own.value, rest, update) } : own)));
  if (tree.kind === 'list') return list(...tree.items.map((item, i) => (i === step ? updateAt(item, rest, update) : item)));
  return tree;
}
