import { LOG_OPTIONS } from '../../facts/logOptions';
import type { StructType } from '../../facts/types';
import { type Draft, stop } from './draft';

/** The text under a key of the object that is written in. */
export type TextOf = (key: string) => string | undefined;

/** Whether a field means anything next to what its object has: no options of no log driver. */
export function fitsBeside({ name: struct }: StructType, name: string, textOf: TextOf): boolean {
  if (struct === 'Driver') return name !== 'Options' || textOf('Name') !== 'none';
  return true;
}

/** What a new value begins with because of what stands next to it; undefined where that makes no difference. */
export function startBeside({ name: struct }: StructType, name: string, textOf: TextOf): Draft | undefined {
  if (struct !== 'Driver' || name !== 'Options') return undefined;
  const driver = textOf('Name') ?? 'json-file';
  if (!Object.hasOwn(LOG_OPTIONS, driver)) return {};
  const options = LOG_OPTIONS[driver];
  if (Object.hasOwn(options, 'max-size')) return undefined;
  const [first] = Object.keys(options);
  return { [first]: stop(options[first].value) };
}
