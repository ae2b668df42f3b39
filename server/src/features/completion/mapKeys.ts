import { COMMON_LOG_OPTIONS, LOG_OPTIONS } from '../../facts/logOptions';
import { SYSCTLS } from '../../facts/sysctls';
import type { Place } from './completion';

export interface KnownKey {
  readonly key: string;
  readonly value: string;
  readonly doc: string;
}

/** How a volume of the driver `local` is mounted: the words of `mount`. */
const VOLUME_OPTIONS: readonly KnownKey[] = [
  { key: 'type', value: 'nfs', doc: 'File system, as for `mount -t`: `nfs`, `cifs`, `tmpfs`.' },
  { key: 'device', value: ':/export', doc: 'What is mounted.' },
  { key: 'o', value: 'addr=10.0.0.10,rw', doc: 'Options, as for `mount -o`.' },
];

/** Keys that mean something in the map at a place. */
export function knownKeys({ path, scene: { trial } }: Place): readonly KnownKey[] {
  const at = path.filter((step) => typeof step === 'string').join('.');
  const driver = () => trial.textAbove(1, 'Name');
  if (at.endsWith('ContainerSpec.Sysctls')) return listed(SYSCTLS);
  if (at.endsWith('TaskTemplate.LogDriver.Options')) {
    const name = driver();
    if (name === 'none') return [];
    return listed({ ...(name !== undefined && Object.hasOwn(LOG_OPTIONS, name) ? LOG_OPTIONS[name] : {}), ...COMMON_LOG_OPTIONS });
  }
  if (at.endsWith('VolumeOptions.DriverConfig.Options')) return [undefined, '', 'local'].includes(driver()) ? VOLUME_OPTIONS : [];
  return [];
}

function listed(keys: Readonly<Record<string, Omit<KnownKey, 'key'>>>): KnownKey[] {
  return Object.entries(keys).map(([key, rest]) => ({ key, ...rest }));
}
