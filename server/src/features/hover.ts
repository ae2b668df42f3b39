import { type SpecDocument, spotAt } from '../document/document';
import { specsIn } from '../document/shape';
import { fieldAt } from '../facts/lookup';
import type { Path, Span } from '../path';
import type { Target } from '../target';
import { describe } from './describe';
import { resolveAlias } from '../document/node';

export interface HoverText {
  readonly markdown: string;
  readonly span: Span;
}

/** What to say about the key or value at an offset of a document; undefined where there is nothing to say. */
export function hover(document: SpecDocument, offset: number, { kind, api, as = [] }: Target): HoverText | undefined {
  const spot = spotAt(document, offset);
  if (!spot) return undefined;
  const inside = pathInSpec(document, spot.path);
  if (!inside || inside.length === 0) return undefined;
  const path = [...as, ...inside];
  const field = fieldAt(kind.root, path);
  if (!field) return undefined;
  // the values of a map (labels, options) are the writer's own: the map itself is what can be explained
  const parent = fieldAt(kind.root, path.slice(0, -1));
  if (parent?.type.kind === 'map') return { markdown: describe(String(path.at(-2)), parent, api), span: spot.span };
  const name = typeof path.at(-1) === 'number' ? `${String(path.at(-2))}[]` : String(path.at(-1));
  const node = resolveAlias(spot.node);
  return { markdown: describe(name, field, api, node?.kind === 'scalar' ? node.value : undefined), span: spot.span };
}

/** A path of the document as a path in the spec that it holds; undefined for what lies outside of it. */
export function pathInSpec(document: SpecDocument, path: Path): Path | undefined {
  const places = specsIn(document);
  if (places.length === 0) return path;
  for (const { base } of places) {
    if (base.length <= path.length && base.every((step, i) => path[i] === step)) return path.slice(base.length);
  }
  return undefined;
}
