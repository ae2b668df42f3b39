import type { Path } from '../../path';
import { locate, type SpecDocument } from '../document';
import { type Entry, type Node, resolveAlias } from '../node';
import type { SpecValue } from '../value';

/** Whether an entry cannot get another key, since that is there already, in any letter case or by a merge key: one of the two would be lost. */
export function isTaken(document: SpecDocument, at: Path, to: string, renamed: Entry): boolean {
  const holder = resolveAlias(locate(document, at.slice(0, -1))?.node);
  if (holder?.kind === 'object' && holder.entries.some((entry) => entry !== renamed && !entry.merge && entry.key.toLowerCase() === to.toLowerCase())) return true;
  const found = locate(document, [...at.slice(0, -1), to])?.entry;
  return found !== undefined && found !== renamed;
}

/** Whether the object that holds an entry has its key twice, letter case aside: one of the two would be left behind, and no longer count. */
export function isGivenTwice(document: SpecDocument, at: Path): boolean {
  const holder = resolveAlias(locate(document, at.slice(0, -1))?.node);
  const key = String(at.at(-1)).toLowerCase();
  return holder?.kind === 'object' && holder.entries.filter((entry) => !entry.merge && entry.key.toLowerCase() === key).length > 1;
}

/** Whether a place holds nothing: it is not there, or there is a key and no value. */
export function isNothing(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** Whether nothing would be lost to what is moved to a place. */
export function isFree(document: SpecDocument, to: Path): boolean {
  const target = locate(document, to);
  return !target || isNothing(target.node) || (target.node?.kind === 'list' && target.node.items.length === 0);
}

/** Whether a place lies inside an alias or a merge key, so that a change there would change other places too. */
export function isShared({ root }: SpecDocument, path: Path): boolean {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node?.kind === 'list') node = node.items[Number(step)];
    else if (node?.kind === 'object') {
      const own: Entry[] = node.entries.filter(({ key, merge }) => !merge && key.toLowerCase() === String(step).toLowerCase());
      node = (own.findLast(({ key }) => key === step) ?? own.at(-1))?.value;
      if (own.length === 0) return true;
    } else return node?.kind === 'alias';
  }
  return false;
}

/** Whether a path leads to a place or into it. */
export function isInside(path: Path, place: Path): boolean {
  return place.every((step, i) => path[i] === step);
}

export function valueAt(document: SpecDocument, path: Path): SpecValue | undefined {
  let value: SpecValue | undefined = document.value;
  for (const step of locate(document, path)?.path ?? path) value = (value as Record<string | number, SpecValue> | undefined)?.[step];
  return value;
}
