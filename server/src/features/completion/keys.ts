import { fieldAt, findKey, neverStored } from '../../facts/lookup';
import type { Field, StructType } from '../../facts/types';
import { isOlder } from '../../facts/versions';
import { isPresent } from '../../schema/jsonSchema';
import { isObject } from '../../document/value';
import { describe } from '../describe';
import { fitsBeside, startBeside, type TextOf } from './beside';
import { type Completion, itemAt, type Place } from './completion';
import { type Draft, isMembers, type Members, SnippetWriter, Stop, valueOf } from './draft';
import { knownKeys } from './mapKeys';
import { otherWords, wordsForField } from './otherWords';
import { plainInYaml, quoted } from './quoting';
import { type Skeleton, SKELETONS, skeletonFrom } from './skeletons';
import { startOf, startOfStruct } from './starts';

/** The fields of an object that are not there yet, each with the beginning of its value. */
export function fieldItems(struct: StructType, place: Place): Completion[] {
  const { scene: { target: { api, kind } }, path, cursor } = place;
  if (neverStored(kind.root, path)) return [];
  const taken = new Set(place.siblings.map((key) => findKey(struct, key) ?? key));
  const items: Completion[] = [];
  for (const [i, [name, field]] of Object.entries(struct.fields).entries()) {
    if (taken.has(name) || field.neverStored || !isPresent(field, api)) continue;
    const members = membersFor(struct, name, field, place);
    if (!members) continue;
    const deprecated = field.deprecated !== undefined && !isOlder(api, field.deprecated.since);
    const rank = deprecated ? '8' : field.required ? '0' : field.usual ? '1' : '2';
    const body = cursor.colonFollows ? keyText(name, place) : membersText(name, members, place);
    const filter = filterOf(name, otherWords(struct, { [name]: members[name] }, path), place);
    items.push(itemAt(place, body, { label: name, kind: 'field', filter, detail: shortType(field), order: `${rank}${String(i).padStart(3, '0')}`, deprecated, documentation: () => describe(name, field, api) }));
  }
  return items;
}

/** What typed text is matched with: the name, then what else people call it. An editor finds each at the beginning of a word. */
function filterOf(name: string, others: readonly string[], { cursor: { quote } }: Place): string {
  return quote + [...new Set([name, ...others])].join(' ');
}

/**
 * What is written for a field: itself, or, as the first member of an object that cannot be without others, these too.
 * Undefined where the field would make an error of what is there.
 */
function membersFor(struct: StructType, name: string, field: Field, place: Place): Members | undefined {
  const { scene: { trial, document, target }, cursor } = place;
  const textOf = textsOf(place);
  if (!fitsBeside(struct, name, textOf)) return undefined;
  const own = { [name]: startBeside(struct, name, textOf) ?? startOf(struct, name, field, target.api) };
  if (cursor.colonFollows) return trial.takesRename(typedIn(cursor, document.text), name) ? own : undefined;
  return fittingWith(own, struct, place);
}

/** The texts of the object that is written in; a new one has none. */
function textsOf({ scene: { trial }, cursor, documentPath }: Place): TextOf {
  return documentPath.length === cursor.path.length ? (key) => trial.textAbove(0, key) : () => undefined;
}

/** Members as they can be added to an object: as they are, or together with what a new object cannot be without. */
function fittingWith(own: Members, struct: StructType, { scene: { trial, target }, cursor, documentPath, siblings }: Place): Members | undefined {
  const takes = (members: Members) => {
    const value = valueOf(members);
    return isObject(value) && trial.takesMembers(value, documentPath.slice(cursor.path.length));
  };
  if (takes(own)) return own;
  const whole = siblings.length === 0 ? { ...own, ...startOfStruct(struct, target.api), ...own } : undefined;
  return whole && takes(whole) ? whole : undefined;
}

/** The key as it has to be quoted here, and what else is written with it. */
function membersText(name: string, members: Members, place: Place): string {
  const { [name]: start, ...others } = members;
  const writer = new SnippetWriter();
  const { style, indent, lines } = place.writing;
  const between = style === 'block' ? `\n${indent}` : lines ? `,\n${indent}` : ', ';
  return [writer.keyed(keyText(name, place), start, place.writing), ...(Object.keys(others).length > 0 ? [writer.members(others, place.writing)] : [])].join(between);
}

/** The key or word under the cursor, without its quotes. */
export function typedIn({ replace, quote }: Place['cursor'], text: string): string {
  const word = text.slice(replace.start, replace.end);
  return quote === '' ? word : word.slice(1, word.length > 1 && word.endsWith(quote) ? -1 : undefined);
}

/** The keys of a map that mean something, such as the options of the log driver next to it. */
export function mapKeyItems(place: Place): Completion[] {
  const { cursor } = place;
  return knownKeys(place)
    .filter(({ key }) => !place.siblings.includes(key))
    .map(({ key, value, doc }, i) => {
      const body = cursor.colonFollows ? keyText(key, place) : new SnippetWriter().keyed(keyText(key, place), new Stop(value), place.writing);
      return itemAt(place, body, { label: key, kind: 'field', order: `2${String(i).padStart(3, '0')}`, documentation: () => doc });
    });
}

/** Skeletons that belong at this object, or below it where nothing is in the way. */
export function skeletonItems(place: Place): Completion[] {
  const { path, cursor, siblings, scene: { target } } = place;
  if (cursor.colonFollows) return [];
  const items: Completion[] = [];
  for (const [i, skeleton] of SKELETONS.entries()) {
    const asItem = skeleton.item && siblings.length === 0 && typeof path.at(-1) === 'number' && path.slice(0, -1).join('.') === skeleton.at.join('.');
    const whole = asItem ? skeleton.item : path.every((step): step is string => typeof step === 'string') ? skeletonFrom(skeleton, path) : undefined;
    const type = path.length === 0 ? target.kind.root : fieldAt(target.kind.root, path)?.type;
    const members = whole && type?.kind === 'struct' ? present(whole, type, target.api) : undefined;
    if (!members || Object.keys(members).some((key) => siblings.some((sibling) => sibling.toLowerCase() === key.toLowerCase()))) continue;
    const written = fittingWith(members, type as StructType, place);
    if (!written) continue;
    const far = asItem ? 0 : skeleton.at.length + (skeleton.item ? 1 : 0) - path.length;
    items.push(
      itemAt(place, new SnippetWriter().members(written, place.writing), {
        label: skeleton.name, kind: 'skeleton', filter: filterOf(skeleton.name, wordsOf(skeleton, target.kind.root), place), detail: Object.keys(members).join(', '), order: `${asItem ? '1' : far > 0 ? '5' : '4'}${String(far)}${String(i).padStart(3, '0')}`,
        documentation: () => skeleton.doc,
      }),
    );
  }
  return items;
}

/** One that writes one thing is also found by the words for that; another by its name only. */
function wordsOf({ at, members, item }: Skeleton, root: StructType): readonly string[] {
  if (item) return wordsForField(at);
  const type = at.length === 0 ? root : fieldAt(root, at)?.type;
  return members && Object.keys(members).length === 1 && type?.kind === 'struct' ? otherWords(type, members, at) : [];
}

/** Without what the API version does not have; undefined where nothing is left. */
function present(members: Members, struct: StructType, api: Place['scene']['target']['api']): Members | undefined {
  const kept: Record<string, Draft> = {};
  for (const [key, draft] of Object.entries(members)) {
    const field = struct.fields[key];
    if (!field || !isPresent(field, api)) continue;
    const { type } = field;
    if (isMembers(draft) && type.kind === 'struct' && Object.keys(draft).length > 0) {
      const inside = present(draft, type, api);
      if (inside) kept[key] = inside;
    } else kept[key] = draft;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** A key as it is written here, for the snippet. */
export function keyText(name: string, { cursor: { quote }, writing: { style } }: Place): string {
  if (style === 'json') return quoted(name, '"');
  if (quote !== '') return quoted(name, quote);
  return plainInYaml(name, style === 'flow') ? name : quoted(name, '"');
}

/** Whether an object of this struct has nothing in it, so that `{}` is all there is to write. */
export function isEmptyStruct(struct: StructType): boolean {
  return Object.keys(struct.fields).length === 0;
}

/** A whole new object, where no single field is chosen. */
export function objectItem(struct: StructType, place: Place): Completion {
  const { api } = place.scene.target;
  const start = startOfStruct(struct, api);
  return itemAt(place, new SnippetWriter().inPlace(start, place.writing), { label: '{}', kind: 'value', order: '2', documentation: () => `An object with nothing in it; \`${struct.name}\` has no members.` });
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
