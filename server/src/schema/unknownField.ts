import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { isOurSchema } from '../document/modeline';
import { COMPOSE_WORDS, type ComposeWord, composeWordFor, memberWordFor } from '../facts/compose';
import { allFields, fieldAt, findKey, type PlacedField } from '../facts/lookup';
import type { Field, StructType } from '../facts/types';
import type { Fix, Problem } from '../finding';
import type { Path } from '../path';
import type { Place } from './check';
import { nearest, squash } from './nearest';

/** Whether there would be nothing to say of a value in a field, but what has a safe fix. */
export type Suits = (value: SpecValue, field: Field) => boolean;

/**
 * A key the engine does not know, and what was meant: a near miss of a field that belongs here, or the place where a
 * field of that name does belong.
 */
export function unknownField(key: string, siblings: SpecObject, struct: StructType, { path, target }: Place, name: string, suits: Suits): Problem {
  const at = [...path];
  const where = name === 'the service spec' ? name : `\`${name}\``;
  if (path.length === 1 && key === '$schema' && isOurSchema(siblings[key])) {
    return { rule: 'schema-reference', effect: 'advice', severity: 'hint', at, part: 'key', message: '`$schema` is for editors: it is left out of what is sent to the engine.' };
  }
  const what = `\`${key}\` is not a field of ${where}, so the engine drops it without a word.`;
  const free = freeFields(struct, siblings);
  const same = free.find((field) => squash(field) === squash(key));
  const inContainers = same === undefined ? containersField(key, siblings, struct, free, at, what) : undefined;
  if (inContainers) return inContainers;
  const fragment = target.as !== undefined && target.as.length > 0;
  const called = fieldCalled(struct, key);
  const also = same ?? (called !== undefined && free.includes(called) ? called : undefined);
  const compose = also === undefined ? (memberWord(key, siblings, at, where, struct, suits) ?? (fragment ? undefined : composeWord(key, siblings, at, where, target.kind.root, suits))) : undefined;
  if (compose) return compose;
  const near = also ?? nearest(key, free);
  const places = (same ?? called) !== undefined ? [] : placesOf(key, target.kind.root, path.slice(0, -1), siblings);
  const exactElsewhere = places.length > 0 && !(near && distanceOne(near, key));
  if (near !== undefined && !exactElsewhere) {
    return {
      rule: 'unknown-field', effect: 'lost', at, part: 'key', message: `${what} Did you mean \`${near}\`?`,
      fix: { title: `Rename \`${key}\` to \`${near}\``, safe: same !== undefined || (also === undefined ? places.length === 0 && fits(siblings[key], struct.fields[near]) : mayBe(siblings[key], struct.fields[near], suits)), edits: [{ kind: 'rename', at, to: near }] },
    };
  }
  if (places.length > 0) {
    const [best, ...others] = places;
    return {
      rule: 'misplaced-field', effect: 'lost', at, part: 'key', message: `${what} It belongs in \`${best.shown}\`.`,
      hint: others.length > 0 ? `There is also ${others.slice(0, 2).map(({ shown }) => `\`${shown}\``).join(' and ')}.` : undefined,
      fix: fragment || !best.isNear || !mayBe(siblings[key], best.field, suits) ? undefined : moveFix(key, at, best, isMeant(key, siblings, best, others, free) && !changesMode(best.to, at, siblings)),
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

/** The field that people also call so. */
function fieldCalled(struct: StructType, key: string): string | undefined {
  return Object.keys(struct.fields).find((field) => struct.fields[field].alsoCalled?.some((other) => squash(other) === squash(key)));
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

/** A word that compose files have inside of an object like this one. */
function memberWord(key: string, siblings: SpecObject, at: Path, where: string, struct: StructType, suits: Suits): Problem | undefined {
  const word = memberWordFor(struct.name, key);
  if (!word || (word.sometimes && word.convert?.(siblings[key]) === undefined) || (word.whole && word.whole(siblings) === undefined)) return undefined;
  const to = word.to.split('.');
  const fix = composeFix(word, siblings, at, [...at.slice(0, -1), ...to], fieldAt(struct, to), suits);
  if (key === key.toLowerCase()) return composeProblem(key, word.to, at, where, fix);
  return { rule: 'unknown-field', effect: 'lost', at, part: 'key', fix, message: `\`${key}\` is not a field of ${where}, so the engine drops it without a word. Did you mean \`${word.to}\`?` };
}

/** A word of compose files, with the field that it stands for. */
function composeWord(key: string, siblings: SpecObject, at: Path, where: string, root: StructType, suits: Suits): Problem | undefined {
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
  const to = word.to.split('.');
  const fix = composeFix(word, siblings, at, to, fieldAt(root, to), suits);
  return composeProblem(key, word.to, at, where, fix && { ...fix, safe: fix.safe && isWhereServicesAre(at, to) && !changesMode(to, at, siblings) });
}

function composeProblem(key: string, to: string, at: Path, where: string, fix: Fix | undefined): Problem {
  return { rule: 'compose-field', effect: 'lost', at, part: 'key', fix, message: `\`${key}\` is a word of compose files, not a field of ${where}, so the engine drops it without a word. In a spec it is \`${to}\`.` };
}

/** Whether a place is one where people put the words of a compose service: that of the service, its task or its container, or on the way to the field. */
function isWhereServicesAre(at: Path, to: Path): boolean {
  const holder = at.slice(0, -1);
  return [to, ['TaskTemplate', 'ContainerSpec']].some((way) => holder.every((step, i) => step === way[i]));
}

function composeFix({ to: dotted, convert, whole }: ComposeWord, siblings: SpecObject, at: Path, to: Path, field: Field | undefined, suits: Suits): Fix | undefined {
  const title = `Make it \`${dotted}\``;
  const value = siblings[at[at.length - 1]];
  if (whole) {
    const made = whole(siblings);
    return made === undefined ? undefined : { title, safe: true, edits: [{ kind: 'set', at: at.slice(0, -1), value: made }] };
  }
  const as = convert?.(value);
  if (convert && as === undefined) return undefined;
  if (!field) return undefined;
  const isHere = to.length === at.length && to.every((step, i) => i === at.length - 1 || step === at[i]);
  if (as === undefined && !mayBe(value, field, suits)) return undefined;
  if (!isHere) return { title, safe: true, edits: [{ kind: 'move', from: at, to, as }] };
  return { title, safe: true, edits: [{ kind: 'rename', at, to: String(to.at(-1)) }, ...(as === undefined ? [] : [{ kind: 'set', at, value: as } as const])] };
}

function distanceOne(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 1 && a.slice(0, 2).toLowerCase() === b.slice(0, 2).toLowerCase();
}

interface FieldPlace {
  /** The object that holds the field, for people: `TaskTemplate.ContainerSpec`; `the service spec` for the root. */
  readonly shown: string;
  /** The path of the field in this document; undefined where it lies inside a list, so that nobody can say which item. */
  readonly to: Path | undefined;
  /** How many objects lie between this one and the one that has both inside. */
  readonly up: number;
  /** What lies between that and the field, from there down. */
  readonly down: readonly Field[];
  /** Steps from where the key stands now; one more where it is a field for another `Type` of mount, or of another shape. */
  readonly distance: number;
  /** Whether somebody may mean it: the way there is short or usual, leaves no item of a list, and enters nothing that is for another `Type`. */
  readonly isNear: boolean;
  readonly field: Field;
}

/** Where fields of this name live, nearest to `here` first. */
function placesOf(key: string, root: StructType, here: Path, siblings: SpecObject): FieldPlace[] {
  const found: FieldPlace[] = [];
  const hereText = here.map((step) => (typeof step === 'number' ? '[]' : step)).join('.').replaceAll('.[]', '[]');
  const from = stepsOf(hereText);
  for (const { path, field, name } of fieldsCalled(root, key)) {
    if (field.neverStored || field.deprecated || path.includes('PluginSpec')) continue;
    const holder = path.slice(0, Math.max(0, path.length - name.length - 1));
    const inList = holder.includes('[]') && !hereText.startsWith(holder.slice(0, holder.lastIndexOf('[]') + 2));
    const steps = stepsOf(holder);
    const differs = steps.findIndex((step, i) => step !== from[i]);
    const shared = differs < 0 ? steps.length : differs;
    const down = steps.slice(shared).flatMap((_, i) => fieldAt(root, toPath(steps.slice(0, shared + i + 1))) ?? []);
    if (down.some((field) => field.neverStored)) continue;
    const up = from.length - shared;
    const isOther = down.some(({ ofType }) => ofType !== undefined && siblings.Type !== undefined && siblings.Type !== ofType);
    found.push({
      shown: holder === '' ? 'the service spec' : holder, to: inList ? undefined : concrete(path, here), up, down, field,
      distance: up + down.length + (isOther ? 1 : 0) + (fits(siblings[key], field) ? 0 : 1),
      isNear: (up + down.length <= 2 || isUsual(down)) && !isOther && !from.slice(shared).some((step) => step.endsWith('[]')),
    });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

function stepsOf(path: string): string[] {
  return path === '' ? [] : path.split('.');
}

/** The path of the last of these steps; of a list that is one of them, any item. */
function toPath(steps: readonly string[]): Path {
  return steps.flatMap((step, i) => (!step.endsWith('[]') ? [step] : i === steps.length - 1 ? [step.slice(0, -2)] : [step.slice(0, -2), 0]));
}

/** A path of the facts with the list indexes of the place where the key stands now. */
function concrete(path: string, here: Path): Path {
  const indexes = here.filter((step) => typeof step === 'number');
  let used = 0;
  return path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), indexes[used++]] : [step]));
}

/**
 * Whether it is the one place that is meant, and not only one of that name: one step up or down, as when a line is indented
 * one level too little or too much, or on the way that most specs have. Of several such places nobody can say which.
 */
function isMeant(key: string, siblings: SpecObject, place: FieldPlace, others: readonly FieldPlace[], free: readonly string[]): boolean {
  const { shown, up, down, distance } = place;
  if (others.some((other) => other.distance === distance)) return false;
  // `Name` may be the tail of `SecretName`
  if (free.some((other) => other.length > key.length && squash(other).endsWith(squash(key)))) return false;
  if (up + down.length > 1) return isUsual(down) && !others.some((other) => isUsual(other.down) && fits(siblings[key], other.field));
  if (down.some(({ ofType }) => ofType !== undefined && ofType !== siblings.Type)) return false;
  const holder = shown.slice(shown.lastIndexOf('.') + 1);
  const isThere = Object.hasOwn(siblings, holder);
  // one that is made would lack what it has to have
  if (!isThere && down.some(({ type }) => type.kind === 'struct' && Object.entries(type.fields).some(([name, { required }]) => required !== undefined && squash(name) !== squash(key)))) return false;
  // a truth value under one word, as `Disable`, may be about anything, unless the object is there that has it
  return typeof siblings[key] !== 'boolean' || /[a-z][A-Z]/.test(key) || isUsual(down) || isThere;
}

/** Whether a way leads through nothing but what most specs have. */
function isUsual(down: FieldPlace['down']): boolean {
  return down.every(({ usual }) => usual);
}

/** Whether a move could give the service a second mode, or another one. */
function changesMode(to: Path | undefined, at: Path, siblings: SpecObject): boolean {
  return to?.[0] === 'Mode' && !(at.length === 1 && siblings.Mode === undefined);
}

/** Whether a value may be meant for a field: by its shape (object, list or neither), and a truth value for nothing else. */
function fits(value: SpecValue, { type }: Field): boolean {
  const { kind } = type;
  if (typeof value === 'boolean') return kind === 'scalar' && type.name === 'bool';
  return Array.isArray(value) ? kind === 'list' : isObject(value) ? kind === 'struct' || kind === 'map' : kind === 'scalar';
}

/** Whether a value may be meant for a field, and the field would take it; of an object, members that are unknown are told where it stands then. */
function mayBe(value: SpecValue, field: Field, suits: Suits): boolean {
  const { type } = field;
  if (!fits(value, field)) return false;
  if (type.kind === 'list' && Array.isArray(value)) return value.every((item) => item === null || (isObject(item) && type.item.type.kind === 'struct' ? sharesMembers(item, type.item.type) : suits([item], field)));
  if (isObject(value)) return type.kind === 'map' || (type.kind === 'struct' && sharesMembers(value, type));
  return suits(value, field);
}

/** Whether an object has a member of a struct, by whatever name, or none at all. */
function sharesMembers(value: SpecObject, struct: StructType): boolean {
  const names = new Set(Object.keys(struct.fields).map(squash));
  const keys = Object.keys(value);
  return keys.length === 0 || keys.some((key) => names.has(squash(key)) || memberWordFor(struct.name, key) !== undefined || fieldCalled(struct, key) !== undefined);
}

function moveFix(key: string, at: Path, { to, shown }: FieldPlace, safe: boolean): Fix | undefined {
  if (!to || to.includes(undefined as never)) return undefined;
  return { title: `Move \`${key}\` to ${shown === 'the service spec' ? 'the top of the spec' : `\`${shown}\``}`, safe, edits: [{ kind: 'move', from: at, to }] };
}
