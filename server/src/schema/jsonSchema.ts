import type { Kind } from '../facts/kinds';
import type { ApiVersion, Field, Range, StructType, Words } from '../facts/types';
import { readAloud } from '../facts/units';
import { isOlder } from '../facts/versions';

/** Where the published schemas live; their `$id`s never change. */
export const SCHEMA_BASE = 'https://swarmspec.github.io/schemas/';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = { [key: string]: Json };

/**
 * The JSON Schema (draft-07) of a kind at one API version.
 *
 * Only keywords of the standard are used, so that a strict validator takes it as it is; descriptions are Markdown.
 * A field that the engine erases below this version is left out, and one that it never stores is refused. `null`
 * equals leaving a member out, as in the engine. Letter case of keys, which the engine ignores, must be right here.
 */
export function toJsonSchema(kind: Kind, api: ApiVersion, file: string): Schema {
  const { properties, ...rest } = objectSchema(kind.root, api);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMA_BASE + file,
    title: `Docker Swarm ${kind.id} spec, Engine API v${api}`,
    description: kind.doc,
    ...rest,
    properties: { $schema: { type: 'string', description: 'For editors; it is not sent to the engine.' }, ...(properties as Schema) },
  };
}

/** Whether the engine keeps the field at this API version, as far as erasing goes. */
export function isPresent(field: Field, api: ApiVersion): boolean {
  return !(field.erasedBelow && isOlder(api, field.erasedBelow));
}

function objectSchema(struct: StructType, api: ApiVersion): Schema {
  const properties: Schema = {};
  const required: string[] = [];
  for (const [key, field] of Object.entries(struct.fields)) {
    if (!isPresent(field, api)) continue;
    properties[key] = fieldSchema(field, api, true);
    if (field.required) required.push(key);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function fieldSchema(field: Field, api: ApiVersion, nullable: boolean): Schema {
  const schema: Schema = { description: description(field, api) };
  if (field.deprecated && !isOlder(api, field.deprecated.since)) schema.deprecated = true;
  if (field.examples?.length) schema.examples = field.examples as Json[];
  else if (field.suggestions?.length) schema.examples = [...field.suggestions];
  Object.assign(schema, typeSchema(field, api, nullable));
  if (field.neverStored) schema.not = {};
  return schema;
}

function typeSchema(field: Field, api: ApiVersion, nullable: boolean): Schema {
  const { type } = field;
  const or = (name: string): Json => (nullable ? [name, 'null'] : name);
  switch (type.kind) {
    case 'struct':
      return { ...objectSchema(type, api), type: or('object') };
    case 'map':
      return { type: or('object'), additionalProperties: fieldSchema(type.value, api, true) };
    case 'list':
      return { type: or('array'), items: fieldSchema(type.item, api, type.nullItem !== 'crashes-engine') };
    case 'scalar':
      switch (type.name) {
        case 'bool':
          return { type: or('boolean') };
        case 'string':
          return field.words ? { ...wordsSchema(field.words, nullable) } : { type: or('string') };
        case 'ip-address':
          return { type: or('string') };
        case 'bytes':
          return { type: or('string'), contentEncoding: 'base64' };
        case 'float32':
          return { type: or('number'), ...limits(field.range) };
        case 'int64':
          return numberSchema(or('integer'), field.range, nullable, {});
        case 'uint64':
          return numberSchema(or('integer'), field.range, nullable, { minimum: 0 });
        case 'uint32':
          return numberSchema(or('integer'), field.range, nullable, { minimum: 0, maximum: 4294967295 });
      }
  }
}

function numberSchema(type: Json, range: Range | undefined, nullable: boolean, own: Schema): Schema {
  if (!range?.orZero) return { type, ...own, ...limits(range) };
  return { type, anyOf: [{ const: 0 }, { type: 'integer', ...own, ...limits(range) }, ...(nullable ? [{ type: 'null' }] : [])] };
}

function limits(range: Range | undefined): Schema {
  return {
    ...(range?.min === undefined ? {} : { minimum: Number(range.min) }),
    ...(range?.max === undefined ? {} : { maximum: Number(range.max) }),
  };
}

/** One branch a word, since that is where the standard has room for its description. */
function wordsSchema({ words, unknown, empty, letterCase }: Words, nullable: boolean): Schema {
  const taken = Object.entries(words).filter(([, { refused }]) => refused === undefined);
  const branches: Json[] = taken.map(([word, { doc }]) => ({ const: word, description: doc }));
  if (letterCase === 'ignored') {
    const pattern = taken.filter(([word]) => word !== '').map(([word]) => word.replaceAll(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`));
    branches.push({ type: 'string', pattern: `^(${pattern.join('|')})$`, description: 'In another letter case; the engine stores it as above.' });
  }
  if ((empty !== undefined || typeof unknown === 'object') && !Object.hasOwn(words, '')) branches.push({ const: '', description: empty ? `The same as \`${empty}\`.` : 'The default.' });
  if (nullable) branches.push({ const: null });
  return { anyOf: branches };
}

/** The description of a field in Markdown: its doc, then what its numbers and its absence mean. */
export function description(field: Field, api: ApiVersion): string {
  const parts = [field.doc];
  if (field.deprecated && !isOlder(api, field.deprecated.since)) parts.push(`**Deprecated since API v${field.deprecated.since}**: use \`${field.deprecated.use}\`. ${field.deprecated.note}`);
  if (field.neverStored) parts.push(`**Never stored**: ${field.neverStored}`);
  if (field.unit === 'ns') parts.push('In nanoseconds: 1 s is `1000000000`.');
  if (field.unit === 'bytes') parts.push('In bytes: 1 MiB is `1048576`.');
  if (field.unit === 'nano-cpus') parts.push('In billionths of a CPU: 1 CPU is `1000000000`.');
  if (field.unit === 'file-mode') parts.push('A decimal number: octal 0444 is `292`.');
  if (field.range?.min !== undefined && field.range.orZero) parts.push(`The engine takes 0 or at least ${readAloud(field.range.min, field.unit) ?? field.range.min}.`);
  if (field.zero) parts.push(`0 means: ${field.zero}.`);
  if (field.default) parts.push(`Default: ${field.default}.`);
  if (field.engines) parts.push(field.engines);
  return parts.join('\n\n');
}
