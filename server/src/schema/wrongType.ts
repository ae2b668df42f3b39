import { isObject, NumberText, type SpecObject, type SpecValue } from '../document/value';
import type { Fix, PlainValue } from '../finding';
import { isInRange, isSure, meantByBare } from '../facts/bareNumbers';
import { asText } from '../facts/compose';
import { findKey } from '../facts/lookup';
import { readOtherShape } from '../facts/otherShapes';
import type { Field, ScalarType, StructType } from '../facts/types';
import { readAmount, typeName, UNIT_NAMES, writesNumber } from '../facts/units';
import type { Path } from '../path';
import { DROPPED, type Place, type Written } from './check';
import { listOfText } from './oneText';

/** Reports a value that the engine's decoder cannot put into the field, with the value that was meant where that is plain. `holder` is the object that the field stands in. */
export function wrongType(value: SpecValue, field: Field, { path, problems, secretive, written }: Place, name: string, holder: SpecObject = {}): typeof DROPPED {
  const at = [...path];
  const shown = secretive ? undefined : show(value);
  const asItStands = written && holdsText(field) ? asWritten(value, at, written) : value;
  const meant = quoted(value, asItStands, field) ?? meantValue(value, field) ?? otherShape(asItStands, field, name, secretive, holder);
  const item = typeof at.at(-1) === 'number';
  const what = `${item ? `An item of \`${name}\`` : `\`${name}\``} is ${kindOf(value)}${shown === undefined ? '' : ` (\`${shown}\`)`}`;
  const unit = field.unit && UNIT_NAMES[field.unit];
  const why = unit && typeof value === 'string' ? `and the engine counts ${unit}` : `and the engine takes ${typeName(field)} here`;
  const fix: Fix | undefined = meant && { title: meant.title, safe: meant.safe ?? true, edits: [{ kind: 'set', at, value: meant.value }, ...(meant.takes === undefined ? [] : [{ kind: 'remove', at: [...at.slice(0, -1), meant.takes] } as const])] };
  problems.push({ rule: 'wrong-type', effect: 'refused', decoding: true, at, message: `${what}, ${why}.${meant?.say ? ` ${meant.say}` : ''}`, fix, guess: meant && !meant.sure ? true : undefined });
  return DROPPED;
}

function kindOf(value: SpecValue): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return value ? '`true`' : '`false`';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return 'a number';
}

function show(value: SpecValue): string | undefined {
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : undefined;
  if (value instanceof NumberText) return value.text;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return undefined;
}

interface Meant {
  readonly value: PlainValue;
  readonly title: string;
  readonly say?: string;
  /** Only where something else may be meant. */
  readonly safe?: boolean;
  /** Whether it is what stands there, only in another form, whatever is to be said of it. */
  readonly sure?: true;
  /** The key beside it whose value is part of it. */
  readonly takes?: string;
}

/** What the writer must have meant, or may have meant where it is not safe. */
function meantValue(value: SpecValue, field: Field): Meant | undefined {
  const { type } = field;
  if (type.kind === 'list') {
    if (type.item.type.kind === 'scalar' && typeof value === 'string') {
      const list = listOfText(value, field);
      return list && { ...list, say: 'Put it in a list.' };
    }
    if (isObject(value) && type.item.type.kind === 'struct') return listOf(value, type.item.type);
    return undefined;
  }
  if (type.kind !== 'scalar') return undefined;
  if (type.name === 'bool') {
    const word = typeof value === 'string' ? BOOLEANS.get(value.toLowerCase()) : value === 1 ? true : value === 0 ? false : undefined;
    return word === undefined ? undefined : { value: word, title: `Write \`${word}\``, say: `Write \`${word}\`.`, sure: true };
  }
  return typeof value === 'string' && isNumeric(type.name) ? meantNumber(value, field) : undefined;
}

/** A number or a truth value as the text that it is when quotes are put round it, where such a text makes sense. */
function quoted(value: SpecValue, asItStands: SpecValue, { type, bareText, words }: Field): Meant | undefined {
  const text = asText(asItStands);
  if (type.kind !== 'scalar' || text === undefined) return undefined;
  const isText = words ? Object.hasOwn(words.words, text) : bareText === 'number-or-boolean' || (bareText === 'number' && typeof value !== 'boolean');
  return isText ? { value: text, title: 'Put it in quotes', say: 'Put it in quotes.' } : undefined;
}

function isNumeric(type: ScalarType): boolean {
  return type !== 'string' && type !== 'ip-address' && type !== 'bool' && type !== 'bytes';
}

/** Whether texts are all that is wanted there. */
function holdsText({ type }: Field): boolean {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'string';
    case 'list':
      return holdsText(type.item);
    case 'map':
      return holdsText(type.value);
    case 'struct':
      return false;
  }
}

/** The value with the text of numbers and truth values in it as they are written: `True`, `0x1F`. A null is no text. */
function asWritten(value: SpecValue, path: Path, written: Written): SpecValue {
  if (Array.isArray(value)) return value.map((item, i) => asWritten(item, [...path, i], written));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asWritten(member, [...path, key], written)]));
  return (typeof value === 'string' || value === null ? undefined : written(path)) ?? value;
}

/** The number that a text stands for: with its unit, without one in that of the field, or where that makes no sense there, in a likelier one. */
function meantNumber(text: string, field: Field): Meant | undefined {
  const bare = /^\d+(\.\d+)?$/.test(text) ? meantByBare(/^\d+$/.test(text) ? BigInt(text) : Number(text), field) : undefined;
  if (bare) return { value: bare.value, title: `Write \`${bare.value}\` (${bare.words})`, say: `For ${bare.words} write \`${bare.value}\`.`, safe: bare.safe };
  const { type, unit } = field;
  if (type.kind === 'scalar' && type.name === 'float32') {
    const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text) ?? [];
    const ratio = percent ? Number((Number(digits) / 100).toPrecision(12)) : Number(digits);
    return digits !== undefined && isInRange(ratio, field) ? { value: ratio, title: `Write \`${ratio}\``, say: `Write \`${ratio}\`.`, sure: percent ? true : undefined } : undefined;
  }
  const amount = readAmount(text, unit);
  if (amount === undefined || !isInRange(amount.value, field)) return undefined;
  const hasUnit = /[^\d\s.-]/.test(text);
  return { value: amount.value, title: writesNumber(amount.value, unit), say: `Write \`${amount.value}\`.`, safe: amount.safe && amount.value >= 0n, sure: hasUnit || isSure(amount.value, field) ? true : undefined };
}

/** The value of another shape as the field has it. */
function otherShape(value: SpecValue, field: Field, name: string, secretive: boolean, holder: SpecObject): Meant | undefined {
  const read = readOtherShape(value, field, name, holder);
  if (!read) return undefined;
  const { kind } = field.type;
  const text = flowText(read.value);
  const plain = !secretive && kind === 'struct' && text.length <= 80;
  return { ...read, title: plain ? `Make it \`${text}\`` : `Make it ${kind === 'list' ? 'a list' : kind === 'scalar' ? 'a text' : 'an object'}`, ...(plain ? { say: `Write \`${text}\`.` } : {}) };
}

/** For people, on one line and without quotes, except where a text would be read as something else. */
function flowText(value: PlainValue): string {
  if (typeof value === 'string' && /^(?:|[-+.]?\d[\w.+-]*|true|false|null|~)$/i.test(value)) return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? `[${value.map(flowText).join(', ')}]` : `{${Object.entries(value).map(([key, member]) => `${key}: ${flowText(member as PlainValue)}`).join(', ')}}`;
}

/** The list that an object stands for: its one item, or what it holds under `0`, `1`, …; undefined where that is not plain. */
function listOf(value: SpecObject, item: StructType): Meant | undefined {
  const keys = Object.keys(value);
  const items = keys.every((key, i) => key === String(i) && isObject(value[key])) ? keys.map((key) => value[key]) : keys.every((key) => findKey(item, key) !== undefined) ? [value] : undefined;
  return items && keys.length > 0 ? { value: items as PlainValue[], title: 'Make it a list', say: 'Put it in a list.' } : undefined;
}

const BOOLEANS = new Map([['true', true], ['yes', true], ['on', true], ['false', false], ['no', false], ['off', false]]);
