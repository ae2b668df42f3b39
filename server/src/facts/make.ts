import type { Field, NullItem, ScalarType, StructType, Type } from './types';

const scalar = (name: ScalarType): Type => ({ kind: 'scalar', name });

export const string = scalar('string');
export const bool = scalar('bool');
export const int64 = scalar('int64');
export const uint64 = scalar('uint64');
export const uint32 = scalar('uint32');
export const float32 = scalar('float32');
/** Go `[]byte`: padded standard base64 on the wire. */
export const bytes = scalar('bytes');
/** Text up to engine 28, an IP address checked by the decoder from engine 29 on. */
export const ipAddress = scalar('ip-address');

export function struct(name: string, fields: Readonly<Record<string, Field>>): StructType {
  return { kind: 'struct', name, fields };
}

/** A list; `nullItem` is what a null entry becomes. */
export function list(item: Field, nullItem: NullItem): Type {
  return { kind: 'list', item, nullItem };
}

export function map(value: Field): Type {
  return { kind: 'map', value };
}
