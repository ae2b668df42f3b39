import { isJsonNumber, NumberText, toNumber } from '../document/value';
import { isInRange, isSensible, isSure, isWithin } from '../facts/bareNumbers';
import type { Field } from '../facts/types';
import { asFloat32, readAloud, writesNumber } from '../facts/units';
import { insteadOfBare } from './bareNumber';
import { DROPPED, type Kept, type Place } from './check';

type IntegerName = 'int64' | 'uint64' | 'uint32';

const LIMITS: Readonly<Record<IntegerName, readonly [bigint, bigint]>> = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
};
const MAX_FLOAT32 = 3.4028235e38;

/** Checks a number the way Go's decoder does, which looks at its text, and then by the range the engine enforces. */
export function checkNumber(value: number | bigint | NumberText, field: Field, name: IntegerName | 'float32', place: Place, key: string): Kept {
  if (name === 'float32') return checkFloat(value, field, place, key);
  const { path, problems } = place;
  if (value instanceof NumberText) {
    if (/^-?0\d+$/.test(value.text)) return leadingZero(value.text, field, name, place, key);
    // what is no number of JSON is sent as one: `1.` in YAML as `1`
    const meant = isJsonNumber(value.text) ? undefined : value.value;
    if (meant !== undefined && Number.isInteger(Number(meant))) return checkNumber(meant, field, name, place, key);
    // Go reads minus zero as a signed integer
    return value.text === '-0' && name === 'int64' ? 0 : badForm(value, field, place, key);
  }
  if (typeof value === 'number' && !Number.isInteger(value)) return badForm(value, field, place, key);
  // fits all of them; comparisons with bigints take their time
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) return checkRange(value, field, place, key) ? value : DROPPED;
  const [least, most] = LIMITS[name];
  if (value < least || value > most) {
    problems.push({
      rule: 'number-range', effect: 'refused', decoding: true, at: [...path],
      message: `\`${key}\` is ${value}, and the engine takes ${name === 'int64' ? `${least} to ${most}` : `0 to ${most}`} here (Go \`${name}\`).`,
    });
    return DROPPED;
  }
  if (field.storedBits !== undefined) {
    const stored = BigInt.asIntN(field.storedBits, BigInt(value));
    if (stored !== BigInt(value) && stored >= 0n) {
      problems.push({
        rule: 'number-cut', effect: 'changed', at: [...path],
        message: `\`${key}\` is ${value}, of which the engine keeps ${field.storedBits} bits: it stores ${stored}.`,
      });
      return Number(stored);
    }
    if (stored !== BigInt(value)) {
      problems.push({
        rule: 'number-range', effect: 'refused', at: [...path],
        message: `\`${key}\` is ${value}, of which the engine keeps ${field.storedBits} bits: that is ${stored}, and it refuses negative numbers here.`,
      });
      return DROPPED;
    }
  }
  return checkRange(value, field, place, key) ? value : DROPPED;
}

function checkFloat(value: number | bigint | NumberText, field: Field, place: Place, key: string): Kept {
  const written = Number(value instanceof NumberText ? value.value : value);
  const number = asFloat32(written);
  if (!Number.isFinite(number) || Math.abs(number) > MAX_FLOAT32) {
    place.problems.push({ rule: 'number-range', effect: 'refused', decoding: true, at: [...place.path], message: `\`${key}\` does not fit a 32-bit float, and the engine refuses it.` });
    return DROPPED;
  }
  if (number !== written) {
    place.problems.push({
      rule: 'number-cut', effect: 'changed', severity: 'information', at: [...place.path],
      message: `\`${key}\` is ${written}, of which the engine keeps 32 bits: it stores ${number}.`,
    });
  }
  // as the number that it is: its form does not matter to the engine here
  return checkRange(number, field, place, key) ? number : DROPPED;
}

/** A number that older YAML reads as octal. */
function leadingZero(text: string, field: Field, name: IntegerName, place: Place, key: string): Kept {
  const octal = field.unit === 'file-mode' && /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
  const decimal = text.replace(/^(-?)0+(?=\d)/, '$1');
  const meant = octal === undefined ? decimal : String(octal);
  const at = [...place.path];
  place.problems.push({
    rule: 'octal-number', effect: 'changed', at,
    message: `\`${text}\` is not octal in YAML 1.2: it is sent as ${decimal}.`,
    hint: octal === undefined ? 'Write it without leading zeros.' : `Octal ${text} is \`${octal}\`, or \`0o${octal.toString(8)}\` in YAML.`,
    fix: { title: octal === undefined ? `Write \`${meant}\`` : writesNumber(octal, field.unit), safe: true, edits: [{ kind: 'set', at, value: BigInt(meant) }] },
  });
  // a file mode has been called wrong now, and the rules need not look at it again
  return field.unit === 'file-mode' ? DROPPED : checkNumber(toNumber(decimal), field, name, place, key);
}

/** A fraction or an exponent: numbers that are no Go integer, whatever their value. */
function badForm(value: number | NumberText, field: Field, { path, problems }: Place, key: string): Kept {
  const text = value instanceof NumberText ? value.text : String(value);
  const number = Number(value instanceof NumberText ? value.value : value);
  const at = [...path];
  const whole = wholeNumber(text);
  const instead = insteadOfBare(number, field, at);
  problems.push({
    rule: 'integer-form', effect: 'refused', decoding: true, at,
    message:
      whole === undefined
        ? `\`${key}\` is \`${text}\`, and the engine takes whole numbers only.`
        : `\`${key}\` is written \`${text}\`, and the engine's decoder refuses a whole number with a fraction or an exponent, and minus zero where nothing is negative.`,
    ...(instead.fix || whole === undefined || !isInRange(whole, field)
      ? instead
      : { hint: `Write \`${whole}\`.`, fix: { title: `Write \`${whole}\``, safe: isSensible(whole, field), edits: [{ kind: 'set', at, value: whole }] } }),
    guess: instead.fix || whole === undefined || !isSure(whole, field) ? true : undefined,
  });
  return DROPPED;
}

/** The integer that `1e9`, `5.0` or `-0` stands for; undefined for a real fraction or a number of absurd size. */
function wholeNumber(text: string): bigint | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length;
  if (Math.abs(shift) > 40 || whole + fraction === '') return undefined;
  let digits = BigInt(whole + fraction);
  if (shift >= 0) digits *= 10n ** BigInt(shift);
  else if (digits % 10n ** BigInt(-shift) !== 0n) return undefined;
  else digits /= 10n ** BigInt(-shift);
  return sign === '-' ? -digits : digits;
}

function checkRange(value: number | bigint, field: Field, { path, problems }: Place, key: string): boolean {
  const { range } = field;
  if (!range || isWithin(value, range)) return true;
  const aloud = readAloud(value, field.unit);
  const say = (bound: number | bigint) => {
    const words = readAloud(bound, field.unit);
    return words && bound !== 0 ? `${bound} (${words})` : String(bound);
  };
  const allowed =
    range.min !== undefined && range.max !== undefined ? `${say(range.min)} to ${say(range.max)}` : range.min !== undefined ? `${range.orZero ? '0 or ' : ''}at least ${say(range.min)}` : `at most ${say(range.max ?? 0)}`;
  const at = [...path];
  problems.push({
    rule: 'number-range', effect: 'refused', at,
    message: `\`${key}\` is ${value}${aloud && aloud !== String(value) ? ` (${aloud})` : ''}, and the engine takes ${allowed}.`,
    ...insteadOfBare(value, field, at),
  });
  return false;
}
