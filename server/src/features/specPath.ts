import type { Path } from '../path';
import { isBlock, type SpecRoots } from './typedTree';

/** A place of a document as one of the spec that it holds. */
export interface PlaceInSpec {
  /** From the root of the document to the spec. */
  readonly base: Path;
  /** From the root of the spec. */
  readonly path: Path;
}

/**
 * Where in a spec a place of a document is, by its path alone: documents may be lists, and hold specs wrapped the way
 * `docker service inspect` does. Undefined beside the spec. `siblings` are the other keys of the object at the path.
 * A block is the whole document.
 */
export function specPath({ path, siblings }: { readonly path: Path; readonly siblings: readonly string[] }, roots: SpecRoots): PlaceInSpec | undefined {
  if (isBlock(roots)) return { base: [], path };
  const list = typeof path[0] === 'number' ? 1 : 0;
  if (path[list] === 'Spec') return { base: path.slice(0, list + 1), path: path.slice(list + 1) };
  if (path.length === list && siblings.includes('Spec')) return undefined;
  return { base: path.slice(0, list), path: path.slice(list) };
}
