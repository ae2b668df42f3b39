import { COMMON_LOG_OPTIONS, LOG_OPTIONS } from '../../facts/logOptions';
import { SYSCTLS } from '../../facts/sysctls';
import type { Path } from '../../path';

/** What a key of a map means that is known although it is the writer's own: a kernel parameter, an option of the log driver. */
export function keyInWords(path: Path, driver: string | undefined): string | undefined {
  const key = String(path.at(-1));
  const [holder, map] = path.slice(-3, -1).map((step) => String(step).toLowerCase());
  if (map === 'sysctls') return said(SYSCTLS, key);
  if (map !== 'options' || holder !== 'logdriver') return undefined;
  return (driver !== undefined && Object.hasOwn(LOG_OPTIONS, driver) ? said(LOG_OPTIONS[driver], key) : undefined) ?? said(COMMON_LOG_OPTIONS, key);
}

function said(keys: Readonly<Record<string, { readonly doc: string }>>, key: string): string | undefined {
  return Object.hasOwn(keys, key) ? `\`${key}\`: ${keys[key].doc}` : undefined;
}
