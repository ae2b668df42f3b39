import type { SpecDocument } from '../document/document';
import { fieldAt, neverStored } from '../facts/lookup';
import type { Field, StructType, Type } from '../facts/types';
import type { Path } from '../path';
import type { Target } from '../target';
import { anchorItems } from './completion/anchors';
import { commentItems } from './completion/comments';
import type { Completion, Place, Scene } from './completion/completion';
import { fieldItems, isEmptyStruct, mapKeyItems, objectItem, skeletonItems, typedIn } from './completion/keys';
import { halfItems, referenceItems } from './completion/references';
import { Trial } from './completion/trial';
import { valueItems, wholeListItems } from './completion/values';
import { type Cursor, findCursors } from './cursor/cursor';
import { specPath } from './specPath';
import type { SwarmNames } from './swarmNames';

export type { Completion } from './completion/completion';

export interface Completions {
  readonly items: readonly Completion[];
  /** More or other items may fit once more is typed, as with numbers and their units: ask again then. */
  readonly isIncomplete: boolean;
}

/** What can be written at an offset of a document; with names of the swarm, where they are known. */
export function complete(document: SpecDocument, offset: number, target: Target, swarm?: SwarmNames): Completions {
  const cursors = findCursors(document, offset);
  if (cursors.length === 0) return { items: commentItems(document, offset), isIncomplete: false };
  const items: Completion[] = [];
  let isIncomplete = false;
  for (const cursor of cursors) {
    const inside = specPath(cursor, target);
    if (!inside) continue;
    const { base, path } = inside;
    const typed = cursor.part === 'key' && !cursor.colonFollows ? typedIn(cursor, document.text) : undefined;
    const scene: Scene = { document, target, swarm, trial: new Trial(document, base, path, target, cursor.siblings, typed) };
    const offered = atCursor(scene, cursor, [...(target.as ?? []), ...path]);
    const seen = new Set(items.map(({ label }) => label));
    items.push(...offered.items.filter(({ label }) => !seen.has(label)));
    isIncomplete ||= offered.isIncomplete;
  }
  return { items, isIncomplete };
}

const NOTHING: Completions = { items: [], isIncomplete: false };

function atCursor(scene: Scene, cursor: Cursor, path: Path): Completions {
  const { root } = scene.target.kind;
  if (cursor.quote === '' && cursor.style !== 'json' && scene.document.text[cursor.replace.start] === '*') return { items: anchorItems(placeAt(scene, cursor, path)), isIncomplete: false };
  const field = path.length > 0 ? fieldAt(root, path) : undefined;
  const type: Type | undefined = path.length === 0 ? root : field?.type;
  if (!type || neverStored(root, path)) return NOTHING;
  const place = placeAt(scene, cursor, path);
  if (cursor.part === 'key') return { items: type.kind === 'struct' ? inObject(type, place) : type.kind === 'map' ? mapKeyItems(place) : [], isIncomplete: false };
  if (type.kind !== 'scalar' && cursor.scalarsOnly && cursor.below) return NOTHING;
  if (cursor.listsOnly && type.kind !== 'list') return NOTHING;
  return atValue(type, field, place);
}

/** What a value of this type can be: inside of brackets, dashes and lines that come before it. */
function atValue(type: Type, field: Field | undefined, place: Place): Completions {
  switch (type.kind) {
    case 'struct':
      return { items: isEmptyStruct(type) ? [objectItem(type, place)] : inObject(type, asObject(place)), isIncomplete: false };
    case 'map':
      return { items: mapKeyItems(asObject(place)), isIncomplete: false };
    case 'list': {
      const item = asList(place);
      const one = atValue(type.item.type, type.item, item);
      return field ? { ...one, items: [...one.items, ...wholeListItems(field, item)] } : one;
    }
    case 'scalar': {
      if (!field) return NOTHING;
      const halves = halfItems(place);
      const list = typeof place.path.at(-1) === 'number' && place.cursor.path.length === place.documentPath.length ? fieldAt(place.scene.target.kind.root, place.path.slice(0, -1)) : undefined;
      return { items: halves.length > 0 ? halves : [...valueItems(field, place), ...(list ? wholeListItems(list, place) : [])], isIncomplete: type.name !== 'bool' && !field.words };
    }
  }
}

function inObject(struct: StructType, place: Place): Completion[] {
  return [...referenceItems(struct, place), ...fieldItems(struct, place), ...skeletonItems(place)];
}

function placeAt(scene: Scene, cursor: Cursor, path: Path): Place {
  const { style, indent, step, ownLine, siblings } = cursor;
  const lines = style === 'json' && ownLine;
  return { scene, cursor, path, documentPath: cursor.path, before: '', after: '', writing: { style, indent, step, lines }, siblings, below: false };
}

/** The inside of an object that is written as a value. */
function asObject(place: Place): Place {
  const { writing: { style, indent, step, lines } } = place;
  if (style === 'block') return onOwnLine(place);
  const inner = lines ? indent + step : indent;
  return {
    ...place, siblings: [], writing: { ...place.writing, indent: inner },
    before: `${place.before}{${lines ? `\n${inner}` : ''}`, after: `${lines ? `\n${indent}` : ''}}${place.after}`,
  };
}

/** The first item of a list that is written as a value. */
function asList(place: Place): Place {
  const item = { path: [...place.path, 0], documentPath: [...place.documentPath, 0], siblings: [] };
  const { style, indent, step, lines } = place.writing;
  if (style === 'block') {
    const own = onOwnLine(place);
    return { ...own, ...item, before: `${own.before}- `, writing: { ...own.writing, indent: `${own.writing.indent}  ` } };
  }
  const inner = lines ? indent + step : indent;
  return { ...place, ...item, writing: { ...place.writing, indent: inner }, before: `${place.before}[${lines ? `\n${inner}` : ''}`, after: `${lines ? `\n${indent}` : ''}]${place.after}` };
}

/** Behind a colon, block collections begin on the next line. */
function onOwnLine(place: Place): Place {
  const { cursor, below, writing } = place;
  return cursor.below && !below ? { ...place, below: true, siblings: [], before: `${place.before}\n${writing.indent}` } : place;
}
