import { NumberText, type SpecValue, toNumber } from './value';

/** The value of a plain scalar in YAML's core schema, from its text; undefined for the forms that only a full parser should read. */
export function plainValue(source: string): SpecValue | undefined {
  const first = source.charCodeAt(0);
  // digits, a sign or a dot may begin a number
  if ((first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46) {
    if (INTEGER.test(source)) return numberValue(source, Number.parseInt(source, 10));
    if (FLOAT.test(source)) return numberValue(source, Number.parseFloat(source));
    if (SPECIAL.test(source)) return undefined;
    return source;
  }
  switch (source) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case 'null':
    case 'Null':
    case 'NULL':
    case '~':
    case '':
      return null;
    default:
      return source;
  }
}

const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$|^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/;
/** Octal, hexadecimal, infinite and no number. */
const SPECIAL = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;

/** The exact number for a text that YAML reads as the number `value`. */
export function numberValue(source: string, value: number | bigint): SpecValue {
  const exact = toNumber(source);
  if (!(exact instanceof NumberText)) return exact;
  // 0o17, 0x1F and +5 are plain whole numbers once read; 1e3, 1.0 and 0444 keep their text
  if (/^(0o[0-7]+|0x[0-9a-fA-F]+)$/.test(source)) return BigInt(source) > Number.MAX_SAFE_INTEGER ? BigInt(source) : Number(source);
  if (/^\+\d/.test(source)) return toNumber(source.slice(1));
  return new NumberText(source, value);
}
