import { mergeLikeTheEngine } from './duplicates';
import { type Node, resolveAlias } from './node';
import type { SpecDocument } from './document';
import { isObject, putMember, type SpecObject, type SpecValue } from './value';
import type { Path } from '../path';

/** A spec inside a document: the document itself, or what an inspect output or a list wraps. */
export interface SpecPlace {
  /** Path from the root of the document to the spec: `[]`, `['Spec']`, `[0, 'Spec']`. */
  readonly base: Path;
  readonly value: SpecValue;
  /** Whether it is wrapped as `docker service inspect` does. */
  readonly inspected: boolean;
}

/**
 * Recognises what a document is: a spec (the body of create and update), the output of `docker service inspect`
 * (a list, or one object with `Spec`), or a list of any of these.
 */
export function specsIn(document: Pick<SpecDocument, 'value' | 'root'>): SpecPlace[] {
  const { value } = document;
  // an alias of nothing has no value either; the tree is made only where it must be asked
  if (value === undefined || (value === null && resolveAlias(document.root) === undefined)) return [];
  if (Array.isArray(value) && value.length > 0) return value.map((item, i) => place(item, [i]));
  return [place(value, [])];
}

function place(value: SpecValue, base: Path): SpecPlace {
  if (isObject(value) && isInspected(value)) return { base: [...base, 'Spec'], value: value.Spec, inspected: true };
  return { base, value, inspected: false };
}

function isInspected(value: SpecObject): boolean {
  return isObject(value.Spec) && !Object.keys(value).some((key) => key.toLowerCase() === 'tasktemplate') && (isObject(value.Spec.TaskTemplate) || !isObject(value.Spec.ContainerSpec));
}

/** Whether the content alone says that this is a service spec: `TaskTemplate` at the top of a document, wrapped or not. */
export function looksLikeSpec(document: SpecDocument): boolean {
  return specsIn(document).some(({ value }) => isObject(value) && Object.keys(value).some((key) => key.toLowerCase() === 'tasktemplate'));
}

/** A value that a later one of the same key replaces. */
export interface Replaced {
  readonly path: Path;
  readonly node: Node;
  readonly value: SpecValue;
}

/** All values of a document that later ones of the same key replace. The engine decodes them too, so it refuses one of the wrong type. */
export function* replacedValues(node: Node | undefined, path: Path = []): Generator<Replaced> {
  if (node?.kind === 'list') for (const [i, item] of node.items.entries()) yield* replacedValues(item, [...path, i]);
  if (node?.kind !== 'object') return;
  const last = new Map(node.entries.map(({ key }, i) => [key, i]));
  for (const [i, { key, value, merge }] of node.entries.entries()) {
    if (!value) continue;
    const here = [...path, key];
    if (!merge && last.get(key) !== i) yield { path: here, node: value, value: valueOf(value) };
    yield* replacedValues(value, here);
  }
}

function valueOf(node: Node): SpecValue {
  const inside = resolveAlias(node);
  if (inside === undefined) return null;
  if (inside.kind === 'scalar') return inside.value;
  if (inside.kind === 'list') return inside.items.map(valueOf);
  const object: SpecObject = {};
  for (const { key, value } of inside.entries) {
    const given = value ? valueOf(value) : null;
    putMember(object, key, Object.hasOwn(object, key) ? mergeLikeTheEngine(key, object[key], given) : given);
  }
  return object;
}
