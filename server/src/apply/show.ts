import { type SpecValue, toJson } from '../document/value';
import { SERVICE } from '../facts/kinds';
import { fieldAt } from '../facts/lookup';
import { readAloud } from '../facts/units';
import { type Path, toDotted } from '../path';
import type { Change } from './diff';
import { showValue } from './secrecy';

/** The changes as lines for people, secrets hidden: `~ TaskTemplate.ContainerSpec.Image: "web:1" → "web:2"`. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.map((change) => describeChange(change, toDotted(change.path)));
}

function describeChange({ path, from, to }: Change, place: string): string {
  if (from === undefined) return `+ ${place}: ${aloud(to as SpecValue, path)}`;
  if (to === undefined) return `- ${place}: ${aloud(from, path)}`;
  const [before, after] = [aloud(from, path), aloud(to, path)];
  return `~ ${place}: ${before} → ${after}${before === after && toJson(from) !== toJson(to) ? ' (hidden, changed)' : ''}`;
}

/** A value with what its number means: `10000000000 (10 s)`. */
function aloud(value: SpecValue, path: Path): string {
  const shown = showValue(value, path);
  const words = typeof value === 'number' || typeof value === 'bigint' ? readAloud(value, fieldAt(SERVICE.root, path)?.unit) : undefined;
  return words ? `${shown} (${words})` : shown;
}
