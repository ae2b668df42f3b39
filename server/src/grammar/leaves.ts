import type { Path } from '../path';

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The paths of all values that hold something and nothing deeper: what the engine loses when it drops the whole. Zeros and empty texts are no loss. */
export function* leavesOf(value: unknown, below: Path = []): Generator<Path> {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* leavesOf(item, [...below, i]);
  else if (isPlainObject(value)) for (const key of Object.keys(value)) yield* leavesOf(value[key], [...below, key]);
  else if (typeof value === 'string' ? value !== '' : Number(value ?? 0) !== 0) yield below;
}
