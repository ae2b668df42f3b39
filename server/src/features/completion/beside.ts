import { LOG_OPTIONS } from '../../facts/logOptions';
import type { StructType } from '../../facts/types';
import { type Draft, stop } from './draft';

/** The text under a key of the object that is written in. */
export type TextOf = (key: string) => string | undefined;

/** The members of a mount that some types have and others have not, by type. */
const OF_MOUNT_TYPE: Readonly<Record<string, readonly string[]>> = { volume: ['Source', 'VolumeOptions'], bind: ['Source', 'BindOptions'], tmpfs: ['TmpfsOptions'], npipe: ['Source'], cluster: ['Source'] };

/** What a mount of a type can have for its source, the best to begin with first. */
export const MOUNT_SOURCES: Readonly<Record<string, readonly string[]>> = { volume: ['data'], bind: ['/srv/data', '/etc/localtime'], tmpfs: [], npipe: ['\\\\.\\pipe\\docker_engine'], cluster: ['data', 'group:NAME'] };

/** Whether a field means anything next to what its object has: no options of another type of mount, none of no log driver. */
export function fitsBeside({ name: struct }: StructType, name: string, textOf: TextOf): boolean {
  if (struct === 'Driver') return name !== 'Options' || textOf('Name') !== 'none';
  const type = struct === 'Mount' ? mountType(textOf) : undefined;
  return type === undefined || OF_MOUNT_TYPE[type].includes(name) || !Object.values(OF_MOUNT_TYPE).some((others) => others.includes(name));
}

/** What a new value begins with because of what stands next to it; undefined where that makes no difference. */
export function startBeside({ name: struct }: StructType, name: string, textOf: TextOf): Draft | undefined {
  if (struct === 'Mount' && name === 'Source') {
    const [source] = MOUNT_SOURCES[mountType(textOf) ?? 'volume'];
    return source === undefined ? undefined : stop(source);
  }
  if (struct !== 'Driver' || name !== 'Options') return undefined;
  const driver = textOf('Name') ?? 'json-file';
  if (!Object.hasOwn(LOG_OPTIONS, driver)) return {};
  const options = LOG_OPTIONS[driver];
  if (Object.hasOwn(options, 'max-size')) return undefined;
  const [first] = Object.keys(options);
  return { [first]: stop(options[first].value) };
}

/** The type of a mount in lower case, since the engine takes any; undefined where it is left out or none that there is. */
export function mountType(textOf: TextOf): string | undefined {
  const type = textOf('Type')?.toLowerCase();
  return type !== undefined && Object.hasOwn(OF_MOUNT_TYPE, type) ? type : undefined;
}
