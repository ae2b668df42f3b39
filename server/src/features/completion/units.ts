import type { Field } from '../../facts/types';
import { parseInUnit, readAloud, readAmount } from '../../facts/units';

export interface TypedNumber {
  /** What the engine wants. */
  readonly number: string;
  /** `10s → 10000000000`. */
  readonly label: string;
  /** What the label begins with, which begins with what is typed. */
  readonly filter: string;
}

/** The units that a number without one may be meant in, the usual first. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = { ns: ['s', 'm', 'ms', 'h'], bytes: ['MiB', 'GiB', 'KiB'], 'nano-cpus': [''], 'file-mode': [''] };

/** A whole number with more digits is one that the engine wants: as a number of units it would be years, or terabytes. */
const DIGITS: Readonly<Record<string, number>> = { ns: 6, bytes: 6, 'nano-cpus': 4, 'file-mode': 5 };

/** What is being typed, read the way people write it: `10s`, `1 minute`, `512Mi`, `1.5`, `500m` of a CPU, `0444`; each as the number that the engine wants. */
export function numbersTyped(typed: string, { unit, type }: Field): TypedNumber[] {
  const endings = unit === undefined ? undefined : ENDINGS[unit];
  const word = typed.trim();
  if (!endings || word === '' || type.kind !== 'scalar') return [];
  const whole = /^\d+$/.test(word);
  if (whole && word.length > DIGITS[unit as string]) return [];
  const numbers: TypedNumber[] = [];
  const add = (text: string, number: bigint | undefined) => {
    if (number === undefined || number < 0n || numbers.some((one) => one.filter === text)) return;
    numbers.push({ number: String(number), label: `${text} → ${number}`, filter: text });
  };
  if (unit === 'nano-cpus') add(word, readAmount(whole ? `${word}.0` : word.replace(/\.$/, ''), unit)?.value);
  else if (unit === 'file-mode') {
    const mode = parseInUnit(/^[0-7]{1,2}$/.test(word) ? word.padEnd(3, '0') : word, unit);
    if (mode !== undefined) numbers.push({ number: String(mode), label: numberLabel(mode, unit), filter: word });
  } else {
    if (!whole) add(word, readAmount(word, unit)?.value);
    // a beginning of a unit (`512M`, `1m30`) and none at all
    const head = /^(.*?\d)([a-zµ]*)$/i.exec(word);
    if (head) for (const ending of endings) if (ending.toLowerCase().startsWith(head[2].toLowerCase())) add(head[1] + ending, parseInUnit(head[1] + ending, unit));
  }
  return numbers;
}

/** A number behind what people write for it: `10s → 10000000000`, `0444 → 292`; alone where it speaks for itself. */
export function numberLabel(number: number | bigint, unit: Field['unit']): string {
  const aloud = readAloud(number, unit)?.replace(/\s*CPUs?$|\s\(.*\)$/, '').replaceAll(/ (?=[a-zµKMGT])/g, '');
  return aloud === undefined ? String(number) : `${aloud} → ${number}`;
}
