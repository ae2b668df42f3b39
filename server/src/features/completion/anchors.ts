import { type Node, resolveAlias } from '../../document/node';
import { isObject, type SpecValue } from '../../document/value';
import type { Path } from '../../path';
import { type Completion, itemAt, type Place } from './completion';

/** So many are offered, the nearest ones; nobody reads more. */
const MOST = 200;

/** The anchors above the cursor whose value can stand here, also as what `<<` merges. */
export function anchorItems(place: Place): Completion[] {
  const { document: { text, root, value }, trial } = place.scene;
  const merges = place.path.at(-1) === '<<';
  const items: Completion[] = [];
  const above = [...text.slice(0, place.cursor.replace.start).matchAll(/(?:^|[\s[{,:-])&([^\s,[\]{}]+)(?=\s)/g)].map(([, name]) => name);
  for (const name of [...new Set(above)].slice(-MOST)) {
    const at = text.indexOf(`&${name}`);
    const path = root && pathAfter(root, at + name.length + 1, []);
    const anchored = path && valueAt(value, path);
    if (anchored === undefined || isInside(place.documentPath, path ?? [])) continue;
    const fits = merges ? isObject(anchored) && trial.takesMerge(anchored) : trial.takesValue(anchored);
    if (!fits) continue;
    items.push(itemAt(place, `*${name}`, { label: `*${name}`, kind: 'reference', order: `1${String(items.length).padStart(3, '0')}`, documentation: () => `What has the anchor \`&${name}\`${path && path.length > 0 ? `, \`${path.join('.')}\`` : ''}.` }));
  }
  return items;
}

/** The outermost value that begins at or behind an offset. */
function pathAfter(node: Node, offset: number, path: Path): Path | undefined {
  if (node.start >= offset) return path;
  const inside = node.kind === 'alias' ? undefined : resolveAlias(node);
  if (inside?.kind === 'object') {
    for (const { key, value } of inside.entries) {
      const found = value && value.end >= offset ? pathAfter(value, offset, [...path, key]) : undefined;
      if (found) return found;
    }
  } else if (inside?.kind === 'list') {
    for (const [i, item] of inside.items.entries()) {
      const found = item.end >= offset ? pathAfter(item, offset, [...path, i]) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function valueAt(value: SpecValue | undefined, path: Path): SpecValue | undefined {
  let inside = value;
  for (const step of path) inside = Array.isArray(inside) ? inside[Number(step)] : isObject(inside) ? inside[step] : undefined;
  return inside;
}

function isInside(path: Path, object: Path): boolean {
  return object.every((step, i) => path[i] === step);
}
