import { type SpecDocument } from '../document/document';
import { fieldAt, findKey } from '../facts/lookup';
import type { ApiVersion, Field, StructType, Type } from '../facts/types';
import { readAloud } from '../facts/units';
import { isOlder } from '../facts/versions';
import { isPresent } from '../schema/jsonSchema';
import type { Path, Span } from '../path';
import type { Target } from '../target';
import { type Cursor, findCursor } from './cursor';
import { describe } from './describe';
import { pathInSpec } from './hover';

export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'value';
  /** What replaces `replace`; a snippet where it has a `$`-stop, with `$` and `}` of its own escaped. */
  readonly snippet: string;
  readonly replace: Span;
  /** Type of a field, or meaning of a value, on the line of the label. */
  readonly detail?: string;
  /** Items are offered in the order of this text. */
  readonly order: string;
  readonly deprecated: boolean;
  /** What typed text is matched with. */
  readonly filter: string;
  /** Markdown. */
  readonly documentation: string;
}

/** What can be written at an offset of a document. */
export function complete(document: SpecDocument, offset: number, target: Target): Completion[] {
  const cursor = findCursor(document, offset);
  if (!cursor) return [];
  const path = [...(target.as ?? []), ...(pathInSpec(document, cursor.path) ?? cursor.path)];
  const { root } = target.kind;
  if (cursor.part === 'key') {
    const struct = structAt(root, path);
    return struct ? fields(struct, cursor, target.api, document) : [];
  }
  const field = fieldAt(root, path);
  if (field) return [...values(field, path, cursor, target.api), ...membersAsValue(field, cursor, target.api, document)];
  const top = structAt(root, path);
  return top && cursor.path.length === 0 && cursor.style !== 'json' ? fields(top, { ...cursor, part: 'key' }, target.api, document) : [];
}

function structAt(root: StructType, path: Path): StructType | undefined {
  if (path.length === 0) return root;
  const type = fieldAt(root, path)?.type;
  return type?.kind === 'struct' ? type : undefined;
}

function fields(struct: StructType, cursor: Cursor, api: ApiVersion, document: SpecDocument): Completion[] {
  const taken = new Set(cursor.siblings.map((key) => findKey(struct, key) ?? key));
  const items: Completion[] = [];
  for (const [i, [name, field]] of Object.entries(struct.fields).entries()) {
    if (taken.has(name) || field.neverStored || !isPresent(field, api)) continue;
    const deprecated = field.deprecated !== undefined && !isOlder(api, field.deprecated.since);
    const rank = deprecated ? '4' : field.required ? '0' : field.usual ? '1' : '2';
    items.push({
      label: name,
      kind: 'field',
      snippet: cursor.colonFollows ? keyText(name, cursor) : keyText(name, cursor) + valueStart(field.type, field, cursor, document),
      replace: cursor.replace,
      detail: shortType(field),
      order: `${rank}${String(i).padStart(3, '0')}`,
      deprecated,
      filter: cursor.quote + name,
      documentation: describe(name, field, api),
    });
  }
  return items;
}

function keyText(name: string, { style, quote }: Cursor): string {
  return style === 'json' ? `"${name}"` : quote + name + quote;
}

/** What follows the name of a new key: the colon and the beginning of its value, with a stop for the cursor. */
function valueStart(type: Type, field: Field, cursor: Cursor, document: SpecDocument): string {
  const { style, indent } = cursor;
  if (style !== 'block') {
    const comma = style === 'json' && /^\s*["{[]/.test(document.text.slice(cursor.replace.end)) && !/^\s*["{[]?[}\]]/.test(document.text.slice(cursor.replace.end)) ? ',' : '';
    return `: ${flowValue(type, field, style)}${comma}`;
  }
  const deeper = `${indent}  `;
  switch (type.kind) {
    case 'struct':
      return Object.keys(type.fields).length === 0 ? ': {}' : `:\n${deeper}$0`;
    case 'map':
      return `:\n${deeper}$0`;
    case 'list':
      return `:\n${deeper}- $0`;
    case 'scalar':
      return ': $0';
  }
}

function flowValue(type: Type, field: Field, style: 'flow' | 'json'): string {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return '{$0\\}';
    case 'list':
      return style === 'json' && type.item.type.kind === 'scalar' && type.item.type.name === 'string' ? '["$0"]' : '[$0]';
    case 'scalar':
      return style === 'json' && isText(field) ? '"$0"' : '$0';
  }
}

function isText({ type }: Field): boolean {
  return type.kind === 'scalar' && (type.name === 'string' || type.name === 'ip-address' || type.name === 'bytes');
}

/** At an empty place where an object is wanted: its fields in block style, one line deeper or right behind a dash. */
function membersAsValue(field: Field, cursor: Cursor, api: ApiVersion, document: SpecDocument): Completion[] {
  const { type } = field;
  if (type.kind !== 'struct' || cursor.style !== 'block') return [];
  const before = document.text.slice(document.text.lastIndexOf('\n', cursor.replace.start - 1) + 1, cursor.replace.start);
  if (/-\s*$/.test(before)) return fields(type, { ...cursor, indent: ' '.repeat(before.length + (before.endsWith('-') ? 1 : 0)) }, api, document).map((item) => (before.endsWith('-') ? { ...item, snippet: ` ${item.snippet}` } : item));
  const deeper = `${/^[\s-]*/.exec(before)?.[0].replaceAll('-', ' ') ?? ''}  `;
  return fields(type, { ...cursor, indent: deeper }, api, document).map((item) => ({ ...item, snippet: `\n${deeper}${item.snippet}` }));
}

function values(field: Field, path: Path, cursor: Cursor, api: ApiVersion): Completion[] {
  const { type } = field;
  const items: Completion[] = [];
  const add = (label: string, text: string, detail: string | undefined, documentation: string) => {
    if (items.some((item) => item.label === label)) return;
    items.push({
      label, kind: 'value', snippet: escape((cursor.needsSpace ? ' ' : '') + text), replace: cursor.replace, detail,
      order: `3${String(items.length).padStart(3, '0')}`, deprecated: false, filter: cursor.quote + label, documentation,
    });
  };
  const name = String(path.at(-1));
  if (field.words) {
    for (const [word, { doc, refused, since }] of Object.entries(field.words.words)) {
      if (refused === undefined && word !== '' && !(since && isOlder(api, since))) add(word, textValue(word, cursor), word === field.words.empty ? 'default' : undefined, doc);
    }
  }
  if (type.kind === 'scalar' && type.name === 'bool') for (const word of ['true', 'false']) add(word, word, undefined, field.doc);
  for (const suggestion of field.suggestions ?? []) add(suggestion, textValue(suggestion, cursor), undefined, field.doc);
  for (const example of field.examples ?? []) {
    if (Array.isArray(example)) continue;
    if (typeof example === 'number') add(String(example), String(example), readAloud(example, field.unit), describe(name, field, api, example));
    else if (typeof example === 'string' && isText(field)) add(example, textValue(example, cursor), 'example', field.doc);
  }
  return items;
}

function textValue(text: string, { style, quote }: Cursor): string {
  if (style === 'json') return JSON.stringify(text);
  if (quote !== '') return quote + text + quote;
  return /^[A-Za-z0-9_./][A-Za-z0-9_./:=@+ -]*$/.test(text) && !/^[\d.+-]+$|^(true|false|null|yes|no|on|off)$|: |:$| #/i.test(text) ? text : JSON.stringify(text);
}

function escape(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

function shortType({ type, unit }: Field): string {
  switch (type.kind) {
    case 'struct':
      return 'object';
    case 'map':
      return 'map';
    case 'list':
      return 'list';
    case 'scalar':
      return unit === 'ns' ? 'nanoseconds' : unit === 'bytes' ? 'bytes' : unit === 'nano-cpus' ? 'nano-CPUs' : type.name === 'bytes' ? 'base64' : type.name;
  }
}
