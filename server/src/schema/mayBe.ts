import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { memberWordFor } from '../facts/compose';
import type { Field, StructType } from '../facts/types';
import { nearest, squash } from './nearest';

/** Whether there would be nothing to say of a value in a field, but what has a safe fix. */
export type Suits = (value: SpecValue, field: Field) => boolean;

/** Whether a value may be meant for a field: by its shape (object, list or neither), and a truth value for nothing else. */
export function fits(value: SpecValue, { type }: Field): boolean {
  const { kind } = type;
  if (typeof value === 'boolean') return kind === 'scalar' && type.name === 'bool';
  return Array.isArray(value) ? kind === 'list' : isObject(value) ? kind === 'struct' || kind === 'map' : kind === 'scalar';
}

/** Whether a value may be meant for a field, and the field would take it; of an object, members that are unknown are told where it stands then. */
export function mayBe(value: SpecValue, field: Field, suits: Suits): boolean {
  const { type } = field;
  if (!fits(value, field)) return false;
  if (type.kind === 'list' && Array.isArray(value)) return value.every((item) => item === null || (isObject(item) && type.item.type.kind === 'struct' ? sharesMembers(item, type.item.type) : suits([item], field)));
  if (isObject(value)) return type.kind === 'map' || (type.kind === 'struct' && sharesMembers(value, type));
  return suits(value, field);
}

/** Whether an object has a member of a struct, by whatever name, or none at all. */
function sharesMembers(value: SpecObject, struct: StructType): boolean {
  const keys = Object.keys(value);
  return keys.length === 0 || keys.some((key) => nearest(key, Object.keys(struct.fields)) !== undefined || memberWordFor(struct.name, key) !== undefined || fieldCalled(struct, key) !== undefined || Object.values(struct.fields).some(({ containersCallIt }) => containersCallIt === key));
}

/** The field that people also call so. */
export function fieldCalled(struct: StructType, key: string): string | undefined {
  return Object.keys(struct.fields).find((field) => struct.fields[field].alsoCalled?.some((other) => squash(other) === squash(key)));
}
