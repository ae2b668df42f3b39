import type { Path } from '../path';
import type { ApiVersion, Field, StructType, Type } from './types';

/** A field together with where it sits. */
export interface PlacedField {
  /** With `[]` for the items of a list and `.*` for the values of a map: `TaskTemplate.Networks[].DriverOpts.*`. */
  readonly path: string;
  readonly field: Field;
  /** The last step of the path: a key, `[]` or `*`. */
  readonly name: string;
}

/**
 * The field at a place of a document, undefined where the engine knows none (the root itself is none either).
 *
 * Numbers index lists. Keys of structs match exactly first and then ignoring letter case, as in the engine;
 * a map takes any key.
 */
export function fieldAt(root: StructType, path: Path): Field | undefined {
  const fields = fieldsAlong(root, path);
  return fields.length === path.length ? fields.at(-1) : undefined;
}

/** The canonical spelling of a key: `nanocpus` gives `NanoCPUs`. Undefined when the struct has no such field. */
export function findKey(struct: StructType, key: string): string | undefined {
  if (Object.hasOwn(struct.fields, key)) return key;
  let spellings = spellingsOf.get(struct);
  if (!spellings) {
    spellings = new Map(Object.keys(struct.fields).map((name) => [foldKey(name), name]));
    spellingsOf.set(struct, spellings);
  }
  return spellings.get(foldKey(key));
}

/**
 * Two keys that fold to the same text are the same key to the engine.
 *
 * Go's JSON decoder folds letter case by Unicode's simple folding, which takes `ſ` (U+017F) for `s` and the
 * Kelvin sign (U+212A) for `k`. Lower case alone covers the second but not the first.
 */
export function foldKey(key: string): string {
  return key.toLowerCase().replaceAll('\u017f', 's');
}

/** Every field from the root down, each before its members, in the order of the table. */
export function allFields(root: StructType): PlacedField[] {
  return [...placedFields(root, '')];
}

/** The API version below which the engine erases the value at this place, or an ancestor of it. */
export function erasedBelow(root: StructType, path: Path): ApiVersion | undefined {
  return fieldsAlong(root, path).find((field) => field.erasedBelow)?.erasedBelow;
}

/** Why the engine never stores the value at this place, or an ancestor of it. */
export function neverStored(root: StructType, path: Path): string | undefined {
  return fieldsAlong(root, path).find((field) => field.neverStored)?.neverStored;
}

const spellingsOf = new WeakMap<StructType, Map<string, string>>();

/** The fields passed on the way, outermost first; shorter than the path when the engine knows no such place. */
export function fieldsAlong(root: StructType, path: Path): Field[] {
  const fields: Field[] = [];
  let type: Type = root;
  for (const step of path) {
    const field = memberOf(type, step);
    if (!field) break;
    fields.push(field);
    type = field.type;
  }
  return fields;
}

function memberOf(type: Type, step: string | number): Field | undefined {
  switch (type.kind) {
    case 'scalar':
      return undefined;
    case 'list':
      return typeof step === 'number' ? type.item : undefined;
    case 'map':
      return typeof step === 'string' ? type.value : undefined;
    case 'struct': {
      const key = typeof step === 'string' ? findKey(type, step) : undefined;
      return key === undefined ? undefined : type.fields[key];
    }
  }
}

function* placedFields(type: Type, at: string): Generator<PlacedField> {
  switch (type.kind) {
    case 'scalar':
      return;
    case 'list':
      return yield* placed(type.item, '[]', `${at}[]`);
    case 'map':
      return yield* placed(type.value, '*', `${at}.*`);
    case 'struct':
      for (const [key, field] of Object.entries(type.fields)) yield* placed(field, key, at === '' ? key : `${at}.${key}`);
  }
}

function* placed(field: Field, name: string, path: string): Generator<PlacedField> {
  yield { path, field, name };
  yield* placedFields(field.type, path);
}
