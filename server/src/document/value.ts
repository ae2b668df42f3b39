/**
 * A number whose text says something that a JavaScript number cannot hold: an exponent, a fraction that is whole
 * (`1.0`), a minus zero, a YAML octal. Integers beyond 2^53 are bigints instead. The engine looks at the text of a
 * number, so the text is kept from the file to the request.
 */
export class NumberText {
  constructor(
    /** As written. */
    readonly text: string,
    readonly value: number | bigint,
  ) {}
}

export interface SpecObject {
  [key: string]: SpecValue;
}

/** The value of a document, exact: what the text says, with aliases and merge keys resolved. */
export type SpecValue = null | boolean | number | bigint | NumberText | string | SpecValue[] | SpecObject;

export function isObject(value: SpecValue | undefined): value is SpecObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/** The value under these keys, one inside the other; undefined where there is none. */
export function memberOf(value: SpecValue | undefined, ...keys: readonly string[]): SpecValue | undefined {
  let member = value;
  for (const key of keys) member = isObject(member) && Object.hasOwn(member, key) ? member[key] : undefined;
  return member;
}

/** Whole numbers that JavaScript holds without a doubt. */
const COMMON = /^(?:0|-?[1-9]\d{0,14})$/;

/** A number from its JSON text: a JavaScript number where that loses nothing, else a bigint or the text itself. */
export function toNumber(text: string): number | bigint | NumberText {
  const value = Number(text);
  if (COMMON.test(text)) return value;
  if (Number.isSafeInteger(value) && String(value) === text) return value;
  if (/^-?(0|[1-9]\d*)$/.test(text) && text !== '-0') return BigInt(text);
  if (String(value) === text) return value;
  return new NumberText(text, value);
}

/** The value as JSON text, every digit of every number kept. `indent` as in `JSON.stringify`. */
export function toJson(value: SpecValue, indent = 0): string {
  return write(value, indent, '\n');
}

function write(value: SpecValue, indent: number, newline: string): string {
  if (value instanceof NumberText) return isJsonNumber(value.text) ? value.text : String(value.value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = indent > 0 ? newline + ' '.repeat(indent) : '';
  const end = indent > 0 ? newline : '';
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return '[' + value.map((item) => deeper + write(item, indent, deeper)).join(',') + end + ']';
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return '{}';
  const colon = indent > 0 ? ': ' : ':';
  return '{' + keys.map((key) => deeper + JSON.stringify(key) + colon + write(value[key], indent, deeper)).join(',') + end + '}';
}

export function isJsonNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

/** Sets a member without ever touching a prototype, whatever the key is called. */
export function putMember(object: SpecObject, key: string, value: SpecValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
