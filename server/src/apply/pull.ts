import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { LiveNetwork } from '../engine/engine';
import { SERVICE } from '../facts/kinds';
import { fieldAt } from '../facts/lookup';
import { readAloud } from '../facts/units';
import type { Path } from '../path';
import { comparable } from './resolve';

/**
 * A live spec as a person would write it: without what the engine fills in, networks by name. Secrets and configs keep
 * their ids beside their names, since both are stored. What it says is what is stored: planned against the same service it
 * changes nothing.
 */
export function cleanSpec(live: SpecObject, networks: readonly LiveNetwork[]): SpecObject {
  const spec = comparable(live, networks);
  const task = spec.TaskTemplate;
  return {
    ...spec,
    ...(isObject(task) && { TaskTemplate: withNetworkNames(task, networks) }),
    ...withNetworkNames({ Networks: spec.Networks }, networks),
  };
}

function withNetworkNames(holder: { readonly [key: string]: SpecValue | undefined }, networks: readonly LiveNetwork[]): SpecObject {
  const swarm = networks.filter(({ scope }) => scope === 'swarm');
  // a name that two networks share says less than the id
  const nameOf = (id: SpecValue) => {
    const name = swarm.find((network) => network.id === id)?.name;
    return name !== undefined && swarm.filter((network) => network.name === name).length === 1 ? name : id;
  };
  return Object.fromEntries(
    Object.entries(holder).flatMap(([key, value]) => {
      if (value === undefined) return [];
      if (key !== 'Networks' || !Array.isArray(value)) return [[key, value]];
      return [[key, value.map((item) => (isObject(item) && item.Target !== undefined ? { ...item, Target: nameOf(item.Target) } : item))]];
    }),
  );
}

/** What the number at a place means in words, for a comment beside it: `10 s`, `512 MiB`, `0444 (r--r--r--)`. */
export function remark(path: Path, value: SpecValue): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const field = fieldAt(SERVICE.root, path);
  return (value === 0 || value === 0n) && field?.zero ? field.zero.replaceAll('`', '') : readAloud(value, field?.unit);
}
