import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { isOurSchema } from '../document/modeline';
import { COMPOSE_WORDS, type ComposeWord, composeWordFor } from '../facts/compose';
import { allFields, fieldAt, findKey, type PlacedField } from '../facts/lookup';
import type { Field, StructType } from '../facts/types';
import type { Fix, Problem } from '../finding';
import type { Path } from '../path';
import type { Place } from './check';
import { nearest, squash } from './nearest';

/**
 * A key the engine does not know, and what was meant: a near miss of a field that belongs here, or the place where a
 * field of that name does belong.
 */
export function unknownField(key: string, siblings: SpecObject, struct: StructType, { path, target }: Place, name: string): Problem {
  const at = [...path];
  const where = name === 'the service spec' ? name : `\`${name}\``;
  if (path.length === 1 && key === '$schema' && isOurSchema(siblings[key])) {
    return { rule: 'schema-reference', effect: 'advice', severity: 'hint', at, part: 'key', message: '`$schema` is for editors: it is left out of what is sent to the engine.' };
  }
  const what = `\`${key}\` is not a field of ${where}, so the engine drops it without a word.`;
  const free = freeFields(struct, siblings);
  const same = free.find((field) => squash(field) === squash(key));
  const called = same === undefined ? containersField(key, siblings, struct, free, at, what) : undefined;
  if (called) return called;
  const fragment = target.as !== undefined && target.as.length > 0;
  const compose = same === undefined && !fragment ? composeWord(key, siblings, at, where, target.kind.root) : undefined;
  if (compose) return compose;
  const near = same ?? nearest(key, free);
  const places = near !== undefined && same !== undefined ? [] : placesOf(key, target.kind.root, path.slice(0, -1));
  const exactElsewhere = places.length > 0 && !(near && distanceOne(near, key));
  if (near !== undefined && !exactElsewhere) {
    return {
      rule: 'unknown-field', effect: 'lost', at, part: 'key', message: `${what} Did you mean \`${near}\`?`,
      fix: { title: `Rename \`${key}\` to \`${near}\``, safe: same !== undefined || fits(siblings[key], struct.fields[near]), edits: [{ kind: 'rename', at, to: near }] },
    };
  }
  if (places.length > 0) {
    const [best, ...others] = places;
    return {
      rule: 'misplaced-field', effect: 'lost', at, part: 'key', message: `${what} It belongs in \`${best.shown}\`.`,
      hint: others.length > 0 ? `There is also ${others.slice(0, 2).map(({ shown }) => `\`${shown}\``).join(' and ')}.` : undefined,
      fix: fragment ? undefined : moveFix(key, at, best, isPlain(best, others) && fits(siblings[key], best.field) && !changesMode(best, at, siblings)),
    };
  }
  const glued = /^([^:\s]+):\S/.exec(key)?.[1];
  if (glued !== undefined && findKey(struct, glued) !== undefined) {
    return { rule: 'unknown-field', effect: 'lost', at, part: 'key', message: what, hint: `The colon of \`${glued}\` has no space behind it.` };
  }
  return {
    rule: 'unknown-field', effect: 'lost', at, part: 'key', message: what,
    hint: free.length > 0 && free.length <= 8 ? `It has ${free.map((field) => `\`${field}\``).join(', ')}.` : undefined,
    fix: { title: `Remove \`${key}\``, safe: false, edits: [{ kind: 'remove', at }] },
  };
}

/** What containers call a field of services. */
function containersField(key: string, siblings: SpecObject, struct: StructType, free: readonly string[], at: Path, what: string): Problem | undefined {
  const name = free.find((field) => struct.fields[field].containersCallIt?.toLowerCase() === key.toLowerCase());
  if (name === undefined) return undefined;
  return {
    rule: 'unknown-field', effect: 'lost', at, part: 'key', message: `${what} That is what containers call it: in a service it is \`${name}\`.`,
    fix: { title: `Rename \`${key}\` to \`${name}\``, safe: fits(siblings[key], struct.fields[name]), edits: [{ kind: 'rename', at, to: name }] },
  };
}

const freeOf = new WeakMap<SpecObject, Map<StructType, readonly string[]>>();

/** The fields that an object does not have yet; found once for all the unknown keys of an object, which may be many. An alias makes one object stand in several places. */
function freeFields(struct: StructType, siblings: SpecObject): readonly string[] {
  const known = freeOf.get(siblings) ?? new Map<StructType, readonly string[]>();
  let free = known.get(struct);
  if (!free) {
    const taken = new Set(Object.keys(siblings).map((other) => findKey(struct, other)));
    free = Object.keys(struct.fields).filter((field) => !struct.fields[field].neverStored && !taken.has(field));
    freeOf.set(siblings, known.set(struct, free));
  }
  return free;
}

const byName = new WeakMap<StructType, ReadonlyMap<string, readonly PlacedField[]>>();

/** The fields of a kind whose name, letter case and separators aside, is this one. */
function fieldsCalled(root: StructType, name: string): readonly PlacedField[] {
  let fields = byName.get(root);
  if (!fields) {
    const grouped = new Map<string, PlacedField[]>();
    for (const placed of allFields(root)) grouped.set(squash(placed.name), [...(grouped.get(squash(placed.name)) ?? []), placed]);
    byName.set(root, (fields = grouped));
  }
  return fields.get(squash(name)) ?? [];
}

/** A word of compose files, with the field that it stands for. */
function composeWord(key: string, siblings: SpecObject, at: Path, where: string, root: StructType): Problem | undefined {
  const word = COMPOSE_WORDS.get(key) ?? (fieldsCalled(root, key).length === 0 ? composeWordFor(key) : undefined);
  // inside a list item the words mean something else
  if (!word || root.name !== 'ServiceSpec' || at.some((step) => typeof step === 'number')) return undefined;
  if (word.and) {
    return {
      rule: 'compose-field', effect: 'lost', at, part: 'key',
      message: `\`${key}\` is a block of compose files, not a field of ${where}, so the engine drops all of it without a word. In a spec its parts are in ${[word.to, ...word.and].map((place) => `\`${place}\``).join(', ')}.`,
      hint: '`swarmspec convert --to spec` makes specs of a whole compose file.',
    };
  }
  return {
    rule: 'compose-field', effect: 'lost', at, part: 'key', fix: composeFix(word, siblings[key], at, root),
    message: `\`${key}\` is a word of compose files, not a field of ${where}, so the engine drops it without a word. In a spec it is \`${word.to}\`.`,
  };
}

function composeFix({ to: dotted, convert }: ComposeWord, value: SpecValue, at: Path, root: StructType): Fix | undefined {
  const to = dotted.split('.');
  const title = `Make it \`${dotted}\``;
  if (convert) {
    const converted = convert(value);
    return converted === undefined ? undefined : { title, safe: true, edits: [{ kind: 'remove', at }, { kind: 'add', at: to, value: converted }] };
  }
  if (isTooMuch(value, fieldAt(root, to))) return undefined;
  const isHere = to.length === at.length && to.every((step, i) => i === at.length - 1 || step === at[i]);
  return { title, safe: true, edits: [isHere ? { kind: 'rename', at, to: to[to.length - 1] } : { kind: 'move', from: at, to }] };
}

/** Whether a value holds more than a field can: an object or a list, where that takes neither. */
function isTooMuch(value: SpecValue, field: Field | undefined): boolean {
  return (isObject(value) || Array.isArray(value)) && field?.type.kind === 'scalar';
}

function distanceOne(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 1 && a.slice(0, 2).toLowerCase() === b.slice(0, 2).toLowerCase();
}

interface FieldPlace {
  /** The object that holds the field, for people: `TaskTemplate.ContainerSpec`; `the service spec` for the root. */
  readonly shown: string;
  /** The path of the field in this document; undefined where it lies inside a list, so that nobody can say which item. */
  readonly to: Path | undefined;
  /** Steps from where the key stands now. */
  readonly distance: number;
  readonly field: Field;
}

/** Where fields of this name live, nearest to `here` first. */
function placesOf(key: string, root: StructType, here: Path): FieldPlace[] {
  const found: FieldPlace[] = [];
  const hereText = here.map((step) => (typeof step === 'number' ? '[]' : step)).join('.').replaceAll('.[]', '[]');
  for (const { path, field, name } of fieldsCalled(root, key)) {
    if (field.neverStored || field.deprecated || path.includes('PluginSpec')) continue;
    const holder = path.slice(0, Math.max(0, path.length - name.length - 1));
    const inList = holder.includes('[]') && !hereText.startsWith(holder.slice(0, holder.lastIndexOf('[]') + 2));
    found.push({ shown: holder === '' ? 'the service spec' : holder, to: inList ? undefined : concrete(path, here), distance: distance(hereText, holder), field });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

/** A path of the facts with the list indexes of the place where the key stands now. */
function concrete(path: string, here: Path): Path {
  const indexes = here.filter((step) => typeof step === 'number');
  let used = 0;
  return path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), indexes[used++]] : [step]));
}

/** Steps up from one holder and down to the other. */
function distance(from: string, to: string): number {
  const a = from === '' ? [] : from.split('.');
  const b = to === '' ? [] : to.split('.');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return a.length - shared + (b.length - shared);
}

/** Whether it is the one place that is meant: of several that are equally near, nobody can say which. */
function isPlain({ distance }: FieldPlace, others: readonly FieldPlace[]): boolean {
  return !others.some((other) => other.distance === distance);
}

/** Whether a move could give the service a second mode, or another one. */
function changesMode({ to }: FieldPlace, at: Path, siblings: SpecObject): boolean {
  return to?.[0] === 'Mode' && !(at.length === 1 && siblings.Mode === undefined);
}

/** Whether a value may be meant for a field: by its shape (object, list or neither), and a truth value for nothing else. */
function fits(value: SpecValue, { type }: Field): boolean {
  const { kind } = type;
  if (typeof value === 'boolean') return kind === 'scalar' && type.name === 'bool';
  return Array.isArray(value) ? kind === 'list' : isObject(value) ? kind === 'struct' || kind === 'map' : kind === 'scalar';
}

function moveFix(key: string, at: Path, { to, shown }: FieldPlace, safe: boolean): Fix | undefined {
  if (!to || to.includes(undefined as never)) return undefined;
  return { title: `Move \`${key}\` to ${shown === 'the service spec' ? 'the top of the spec' : `\`${shown}\``}`, safe, edits: [{ kind: 'move', from: at, to }] };
}
