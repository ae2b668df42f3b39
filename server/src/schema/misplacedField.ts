import type { SpecObject } from '../document/value';
import { allFields, fieldAt, findKey, type PlacedField } from '../facts/lookup';
import type { Field, StructType, Type } from '../facts/types';
import type { Problem } from '../finding';
import type { Path } from '../path';
import { fits, mayBe, type Suits } from './mayBe';
import { squash } from './nearest';

const TOP = 'the service spec';

export interface FieldPlace {
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
  /** How many members of the object that holds the field stand beside the key. */
  readonly alike: number;
  readonly field: Field;
}

/** A key that is a field elsewhere, and not here: where it belongs, if there is such a place. Of those, the nearest; it is moved there where nothing else can be meant. */
export function misplacedField(key: string, siblings: SpecObject, places: readonly FieldPlace[], free: readonly string[], at: Path, what: string, fragment: boolean, suits: Suits): Problem {
  const [best, ...others] = places;
  const { to, isNear, field } = best;
  const isOffered = !fragment && isNear && to !== undefined && mayBe(siblings[key], field, suits);
  const safe = isMeant(key, siblings, best, others, free) && !changesMode(to, at, siblings);
  return {
    rule: 'misplaced-field', effect: 'lost', at, part: 'key', message: `${what} It belongs ${best.shown === TOP ? 'at' : 'in'} ${nameOf(best)}.`,
    hint: others.length > 0 ? `There is also ${others.slice(0, 2).map(nameOf).join(' and ')}.` : undefined,
    fix: isOffered ? { title: `Move \`${key}\` to ${nameOf(best)}`, safe, edits: [{ kind: 'move', from: at, to }] } : undefined,
  };
}

function nameOf({ shown }: FieldPlace): string {
  return shown === TOP ? 'the top of the spec' : `\`${shown}\``;
}

/** Where fields of this name live, nearest to `here` first; of those that are as near, the one whose members are like those that stand here. */
export function placesOf(key: string, root: StructType, here: Path, siblings: SpecObject): FieldPlace[] {
  const found: FieldPlace[] = [];
  const hereText = inTheirSpelling(root, here).map((step) => (typeof step === 'number' ? '[]' : step)).join('.').replaceAll('.[]', '[]');
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
      shown: holder === '' ? TOP : holder, to: inList ? undefined : concrete(path, here), up, down, field,
      distance: up + down.length + (isOther ? 1 : 0) + (fits(siblings[key], field) ? 0 : 1),
      alike: alikeMembers(siblings, down.at(-1)?.type),
      isNear: (up + down.length <= 2 || isUsual(down)) && !isOther && !from.slice(shared).some((step) => step.endsWith('[]')),
    });
  }
  return found.sort((a, b) => a.distance - b.distance || b.alike - a.alike);
}

/** How many members of a struct are here under their names, texts where it has texts and numbers where it has numbers; one alone says nothing. */
function alikeMembers(siblings: SpecObject, type: Type | undefined): number {
  if (type?.kind !== 'struct') return 0;
  const alike = Object.entries(type.fields).filter(([name, { type: own }]) => own.kind === 'scalar' && Object.hasOwn(siblings, name) && (own.name === 'string') === (typeof siblings[name] === 'string')).length;
  return alike > 1 ? alike : 0;
}

function stepsOf(path: string): string[] {
  return path === '' ? [] : path.split('.');
}

/** The path of the last of these steps; of a list that is one of them, any item. */
function toPath(steps: readonly string[]): Path {
  return steps.flatMap((step, i) => (!step.endsWith('[]') ? [step] : i === steps.length - 1 ? [step.slice(0, -2)] : [step.slice(0, -2), 0]));
}

/** A path with the keys as the engine spells them. */
function inTheirSpelling(root: StructType, path: Path): Path {
  return path.map((step, i) => {
    const holder = i === 0 ? root : fieldAt(root, path.slice(0, i))?.type;
    return typeof step === 'string' && holder?.kind === 'struct' ? (findKey(holder, step) ?? step) : step;
  });
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
export function changesMode(to: Path | undefined, at: Path, siblings: SpecObject): boolean {
  return to?.[0] === 'Mode' && !(at.length === 1 && siblings.Mode === undefined);
}

const byName = new WeakMap<StructType, ReadonlyMap<string, readonly PlacedField[]>>();

/** The fields of a kind whose name, letter case and separators aside, is this one. */
export function fieldsCalled(root: StructType, name: string): readonly PlacedField[] {
  let fields = byName.get(root);
  if (!fields) {
    const grouped = new Map<string, PlacedField[]>();
    for (const placed of allFields(root)) grouped.set(squash(placed.name), [...(grouped.get(squash(placed.name)) ?? []), placed]);
    byName.set(root, (fields = grouped));
  }
  return fields.get(squash(name)) ?? [];
}
