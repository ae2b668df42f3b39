import type { Field, Range } from './types';
import { formatCpus } from './units';

/** Whether the engine takes the number: the range of the field, and that of its Go type. */
export function isInRange(number: number | bigint, { type, range = {} }: Field): boolean {
  const signed = type.kind === 'scalar' && type.name === 'int64';
  const most = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  return number <= most && (signed || number >= 0) && isWithin(number, range);
}

/** Whether the engine takes the number, the API description allows it, and it is not so small that another unit must be meant. */
export function isSensible(number: number | bigint, field: Field): boolean {
  return isInRange(number, field) && isWithin(number, field.describedRange ?? {}) && !isTiny(number, field);
}

/** Whether the number is certainly meant as it is: it is sensible, there is such a port, and of a file mode nobody knows whether it is octal. */
export function isSure(number: number | bigint, field: Field): boolean {
  return isSensible(number, field) && field.unit !== 'file-mode' && (field.unit !== 'port' || number <= 65_535);
}

export function isWithin(number: number | bigint, { min, max, orZero }: Range): boolean {
  return (orZero === true && Number(number) === 0) || ((min === undefined || number >= min) && (max === undefined || number <= max));
}

/** Whether the number is above 0, and less than makes sense in the unit of the field. */
export function isTiny(number: number | bigint, { leastSensible }: Field): boolean {
  return leastSensible !== undefined && number > 0 && number < leastSensible;
}

/** What a number without a unit may mean where it makes no sense in the unit of its field. */
export interface BareNumber {
  /** In the unit of the field. */
  readonly value: number;
  /** The number with the unit that is meant: `5 s`, `512 MiB`. */
  readonly words: string;
  /** Whether nothing else can be meant. */
  readonly safe: boolean;
}

/**
 * The likely slip of units: seconds or milliseconds for nanoseconds, megabytes or gigabytes for bytes, CPUs or thousandths
 * of one for billionths, percent for a ratio. Undefined where the number makes sense as it is, or in no unit.
 */
export function meantByBare(given: number | bigint, field: Field): BareNumber | undefined {
  const number = Number(given);
  if (number <= 0 || (Number.isInteger(number) && isSensible(given, field))) return undefined;
  return readingsOf(number, field).find(({ value }) => isSensible(value, field));
}

function readingsOf(number: number, { unit }: Field): readonly BareNumber[] {
  switch (unit) {
    case 'ns':
      // a second written as such is below a thousand; 30000 will be milliseconds
      return number < 1000 ? [reading(number, 1e9, 's')] : number < 1_000_000 ? [reading(number, 1e6, 'ms')] : [];
    case 'bytes':
      return number < 65536 ? [reading(number, 1024 ** 2, 'MiB'), reading(number, 1024 ** 3, 'GiB')] : [];
    case 'nano-cpus': {
      // ten of them may be percent, and a hundred thousandths as elsewhere
      const value = Math.round(number * (number < 100 ? 1e9 : 1e6));
      return number < 100_000 ? [{ value, words: formatCpus(value), safe: number < 10 }] : [];
    }
    case 'ratio':
      return number > 1 && number <= 100 ? [{ value: Number((number / 100).toPrecision(12)), words: `${number} %`, safe: false }] : [];
    default:
      return [];
  }
}

function reading(number: number, size: number, name: string): BareNumber {
  return { value: Math.round(number * size), words: `${number} ${name}`, safe: false };
}
