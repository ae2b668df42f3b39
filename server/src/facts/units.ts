import type { Field, Unit } from './types';

const DURATION_UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n, us: 1_000n, µs: 1_000n, μs: 1_000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n,
};

/**
 * Reads a duration such as `1m30s` and returns nanoseconds, the unit of every duration in a spec.
 *
 * Accepts the units of Go's `time.ParseDuration` (`ns`, `us`, `ms`, `s`, `m`, `h`), since that is what people carry
 * over from the docker CLI. Returns undefined for anything else.
 */
export function parseDuration(text: string): bigint | undefined {
  if (!/^-?(\d+(\.\d+)?(ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0n;
  for (const [, whole, fraction = '', unit] of text.matchAll(/(\d+)(?:\.(\d+))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = DURATION_UNITS[unit];
    total += BigInt(whole) * size;
    if (fraction) total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return text.startsWith('-') ? -total : total;
}

const SIZE_UNITS = ['b', 'k', 'm', 'g', 't', 'p'];

/** Reads a size such as `512MiB`, `512m` or `1.5g` and returns bytes; a unit is 1024 of the next, as in the docker CLI. */
export function parseSize(text: string): bigint | undefined {
  const match = /^(\d+)(?:\.(\d{1,9}))?\s*([bkmgtp])?(?:i?b)?$/i.exec(text.trim());
  if (!match || (!match[3] && match[2])) return undefined;
  const scale = 1024n ** BigInt(Math.max(0, SIZE_UNITS.indexOf((match[3] ?? 'b').toLowerCase())));
  const fraction = match[2] ?? '';
  return BigInt(match[1]) * scale + (fraction ? (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length) : 0n);
}

/** Reads a number of CPUs such as `0.5` and returns nano-CPUs. */
export function parseCpus(text: string): bigint | undefined {
  const match = /^(\d+)?(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined;
  return BigInt(match[1] ?? 0) * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0') || 0);
}

/** Reads a file mode in octal such as `0444` or `444` and returns the number the engine wants (292). */
export function parseFileMode(text: string): bigint | undefined {
  return /^(0o?)?[0-7]{3,4}$/.test(text) ? BigInt(Number.parseInt(text.replace(/^0o/, ''), 8)) : undefined;
}

/** Reads what a person writes for a number of this unit: `10s`, `512MiB`, `0.5`, `0444`. Undefined if it makes no sense there. */
export function parseInUnit(text: string, unit: Unit | undefined): bigint | undefined {
  if (/^-?\d+$/.test(text) && unit !== 'file-mode') return BigInt(text);
  if (unit === 'ns') return parseDuration(text);
  if (unit === 'bytes') return parseSize(text);
  if (unit === 'nano-cpus') return parseCpus(text);
  if (unit === 'file-mode') return parseFileMode(text);
  return undefined;
}

/** What a person wrote for a number of a unit, and whether nothing else can be meant. */
export interface Amount {
  readonly value: bigint;
  readonly safe: boolean;
}

/** Reads what `parseInUnit` reads, and what other tools and people write: `5 s`, `2 days`, `512Mi`, `500m` or `50%` of a CPU. */
export function readAmount(text: string, unit: Unit | undefined): Amount | undefined {
  const parsed = parseInUnit(text, unit);
  if (parsed !== undefined) return { value: parsed, safe: true };
  const words = text.trim();
  if (unit === 'ns') return amount(durationInWords(words));
  // Kubernetes leaves the `B` out
  if (unit === 'bytes') return amount(/^\d+(\.\d+)?\s*[KMGTP]i$/i.test(words) ? parseSize(`${words}B`) : undefined);
  if (unit === 'percent') return amount(/^\d+\s*%$/.test(words) ? BigInt(words.replace(/\s*%$/, '')) : undefined);
  if (unit !== 'nano-cpus') return undefined;
  const [, number, rest] = /^(\d+(?:\.\d+)?)\s*(m|%|cpus?|cores?)$/i.exec(words) ?? [];
  if (number === undefined) return undefined;
  if (rest === 'm' || rest === '%') {
    // a percentage may be that of one CPU, or of all that a node has
    return { value: times(number, rest === 'm' ? 1_000_000n : 10_000_000n), safe: rest === 'm' };
  }
  return rest === 'M' ? undefined : amount(parseCpus(number));
}

function amount(value: bigint | undefined): Amount | undefined {
  return value === undefined ? undefined : { value, safe: true };
}

const DURATION_WORDS: readonly (readonly [RegExp, bigint])[] = [
  [/^(ns|nanoseconds?)$/i, 1n], [/^([uµμ]s|usecs?|microseconds?)$/i, 1_000n], [/^(ms|msecs?|millis|milliseconds?)$/i, 1_000_000n], [/^(s|secs?|seconds?)$/i, 1_000_000_000n],
  // `M` may be a month
  [/^(m|[Mm]ins?|[Mm]inutes?)$/, 60_000_000_000n], [/^(h|hrs?|hours?)$/i, 3_600_000_000_000n], [/^(d|days?)$/i, 86_400_000_000_000n], [/^(w|weeks?)$/i, 604_800_000_000_000n],
];

/** `1 minute`, `5m 10s`, `2d`: numbers with units, each smaller than the one before. */
function durationInWords(text: string): bigint | undefined {
  if (!/^(\d+(\.\d+)?\s*[a-zµμ]+(\s+|$|(?=\d)))+$/i.test(text)) return undefined;
  let total = 0n;
  let before: bigint | undefined;
  for (const [, number, word] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-zµμ]+)/gi)) {
    const size = DURATION_WORDS.find(([words]) => words.test(word))?.[1];
    if (size === undefined || (before !== undefined && size >= before)) return undefined;
    total += times(number, size);
    before = size;
  }
  return total;
}

/** A number with a fraction times a whole one; what is less than one is left out. */
function times(number: string, size: bigint): bigint {
  const [whole, fraction = ''] = number.split('.');
  return BigInt(whole) * size + (BigInt(fraction || 0) * size) / 10n ** BigInt(fraction.length);
}

/** Nanoseconds as people say them: `1 m 30 s`, `500 ms`, `10 ns`. What is no whole number stays as it is. */
export function formatDuration(ns: number | bigint): string {
  if (typeof ns === 'number' && !Number.isInteger(ns)) return `${ns} ns`;
  let rest = BigInt(ns);
  const sign = rest < 0n ? '-' : '';
  if (rest < 0n) rest = -rest;
  if (rest === 0n) return '0 s';
  const parts: string[] = [];
  for (const unit of ['h', 'm', 's', 'ms', 'us', 'ns']) {
    const size = DURATION_UNITS[unit];
    if (rest >= size) parts.push(`${rest / size} ${unit === 'us' ? 'µs' : unit}`);
    rest %= size;
  }
  return sign + parts.join(' ');
}

/** Bytes as people say them: `512 MiB`, `1.5 GiB`, `100 B`. */
export function formatSize(bytes: number | bigint): string {
  const value = Number(bytes);
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let scaled = Math.abs(value);
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  const rounded = Math.round(scaled * 100) / 100;
  const exact = rounded * 1024 ** unit === Math.abs(value);
  return `${value < 0 ? '-' : ''}${exact ? '' : 'about '}${rounded} ${units[unit]}`;
}

/** Nano-CPUs as CPUs: `0.5 CPU`, `2 CPUs`. */
export function formatCpus(nano: number | bigint): string {
  const cpus = Number(nano) / 1e9;
  return `${cpus} CPU${cpus === 1 || (cpus > 0 && cpus < 1) ? '' : 's'}`;
}

/** A file mode in octal with its letters, as `ls` shows them: `0444 (r--r--r--)`, `1777 (rwxrwxrwt)`. */
export function formatFileMode(mode: number | bigint): string {
  const value = Number(mode);
  const letters = [6, 3, 0].map((shift, i) => {
    const bits = (value >> shift) & 7;
    const special = (value >> (11 - i)) & 1 ? 'sst'[i] : undefined;
    const last = special === undefined ? (bits & 1 ? 'x' : '-') : bits & 1 ? special : special.toUpperCase();
    return (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + last;
  });
  return `${value.toString(8).padStart(4, '0')} (${letters.join('')})`;
}

/** What a number of this unit means, in words; undefined where the number speaks for itself. */
export function readAloud(value: number | bigint, unit: Unit | undefined): string | undefined {
  if (unit === 'ns') return formatDuration(value);
  if (unit === 'bytes') return formatSize(value);
  if (unit === 'nano-cpus') return formatCpus(value);
  if (unit === 'file-mode') return formatFileMode(value);
  return undefined;
}

/** Title of a fix that writes a number: with what it means, `Write \`256\` (octal 0400)`. */
export function writesNumber(value: number | bigint, unit: Unit | undefined): string {
  const aloud = unit === 'file-mode' ? `octal 0${value.toString(8)}` : readAloud(value, unit);
  return `Write \`${value}\`${aloud ? ` (${aloud})` : ''}`;
}

/** A number of things as people say it: `3 tasks`, `1 node`. */
export function count(number: number | bigint, one: string, many = `${one}s`): string {
  return `${number} ${Number(number) === 1 ? one : many}`;
}

/** The unit as a plural, for messages: `the engine counts nanoseconds`. */
export const UNIT_NAMES: Readonly<Partial<Record<Unit, string>>> = {
  ns: 'nanoseconds', bytes: 'bytes', 'nano-cpus': 'billionths of a CPU', 'file-mode': 'file modes as decimal numbers', percent: 'percent',
};

/** What a person would call the type of a field: `a whole number of nanoseconds`, `a list`. */
export function typeName({ type, unit }: Field): string {
  switch (type.kind) {
    case 'struct':
      return 'an object';
    case 'list':
      return type.item.type.kind === 'scalar' && type.item.type.name === 'string' ? 'a list of strings' : 'a list';
    case 'map':
      return 'an object of strings';
    case 'scalar':
      switch (type.name) {
        case 'string':
        case 'ip-address':
          return 'a string';
        case 'bytes':
          return 'base64 in a string';
        case 'bool':
          return '`true` or `false`';
        case 'float32':
          return 'a number';
        case 'int64':
        case 'uint64':
        case 'uint32':
          return unit && UNIT_NAMES[unit] ? `a whole number of ${UNIT_NAMES[unit]}`.replace('number of file modes as decimal numbers', 'decimal number') : 'a whole number';
      }
  }
}

/** A number as the engine keeps it in 32 bits, in as few digits as tell it apart: `0.1`, not `0.10000000149011612`. */
export function asFloat32(value: number): number {
  const kept = Math.fround(value);
  if (kept === 0) return 0;
  if (kept === value) return value;
  for (let digits = 1; digits <= 9; digits++) if (Math.fround(Number(value.toPrecision(digits))) === kept) return Number(value.toPrecision(digits));
  return kept;
}
