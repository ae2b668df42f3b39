import type { SpecObject, SpecValue } from '../document/value';
import { isOurSchema } from '../document/modeline';
import { findKey } from '../facts/lookup';
import { NOT_IN_SPECS } from '../facts/notInSpecs';
import type { Field, StructType } from '../facts/types';
import type { Problem } from '../finding';
import type { Path } from '../path';
import type { Place } from './check';
import { commandWord, composeWord, memberWord } from './composeField';
import { fieldCalled, fits, mayBe, type Suits } from './mayBe';
import { misplacedField, placesOf } from './misplacedField';
import { isNearestAlone, nearest, squash } from './nearest';

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
  const given = same === undefined ? givenField(key, struct, free) : undefined;
  if (given !== undefined) return { rule: 'unknown-field', effect: 'lost', at, part: 'key', message: `${what} It is given as \`${given}\` already.` };
  const inContainers = same === undefined ? containersField(key, siblings, struct, free, at, what) : undefined;
  if (inContainers) return inContainers;
  const fragment = target.as !== undefined && target.as.length > 0;
  const called = fieldCalled(struct, key);
  const also = same ?? (called !== undefined && free.includes(called) ? called : undefined);
  const compose = also === undefined ? (memberWord(key, siblings, at, where, struct, suits) ?? (fragment ? undefined : composeWord(key, siblings, at, where, target.kind.root, suits))) : undefined;
  if (compose) return compose;
  const close = also ?? nearest(key, free);
  const noService = NO_SERVICE_HAS.get(squash(key));
  const isOther = close !== undefined && close !== also && (isSwitchFor(siblings[key], struct.fields[close]) || (noService !== undefined && !distanceOne(close, key)));
  const near = isOther ? undefined : close;
  const places = (same ?? called) !== undefined ? [] : placesOf(key, target.kind.root, path.slice(0, -1), siblings);
  const exactElsewhere = places.length > 0 && !(near && distanceOne(near, key));
  if (near !== undefined && !exactElsewhere) {
    return {
      rule: 'unknown-field', effect: 'lost', at, part: 'key', message: `${what} Did you mean \`${near}\`?`,
      fix: { title: `Rename \`${key}\` to \`${near}\``, safe: same !== undefined || (also === undefined ? places.length === 0 && fits(siblings[key], struct.fields[near]) && isNearestAlone(key, near, free) : mayBe(siblings[key], struct.fields[near], suits)), edits: [{ kind: 'rename', at, to: near }] },
    };
  }
  if (places.length > 0) return misplacedField(key, siblings, places, free, at, what, fragment, suits);
  const option = fragment ? undefined : commandWord(key, siblings, at, where, target.kind.root, suits);
  if (option) return option;
  const glued = /^([^:\s]+):\S/.exec(key)?.[1];
  if (glued !== undefined && findKey(struct, glued) !== undefined) {
    return { rule: 'unknown-field', effect: 'lost', at, part: 'key', message: what, hint: `The colon of \`${glued}\` has no space behind it.` };
  }
  const bare = /^(\w+)\s/.exec(key)?.[1];
  if (bare !== undefined && findKey(struct, bare) !== undefined) {
    return { rule: 'unknown-field', effect: 'lost', at, part: 'key', message: what, hint: `The colon of \`${bare}\` is missing.` };
  }
  return {
    rule: 'unknown-field', effect: 'lost', at, part: 'key', message: what,
    hint: noService ?? (free.length > 0 && free.length <= 8 ? `It has ${free.map((field) => `\`${field}\``).join(', ')}.` : undefined),
    fix: { title: `Remove \`${key}\``, safe: false, edits: [{ kind: 'remove', at }] },
  };
}

/** The field that a key stands for but for underscores and dashes, where the object has it under its own name. */
function givenField(key: string, struct: StructType, free: readonly string[]): string | undefined {
  return Object.keys(struct.fields).find((field) => squash(field) === squash(key) && !struct.fields[field].neverStored && !free.includes(field));
}

/** Whether a value is a truth value, and the field an object that has members: what turns something on is no near miss of it. */
function isSwitchFor(value: SpecValue, { type }: Field): boolean {
  return typeof value === 'boolean' && type.kind === 'struct' && Object.keys(type.fields).length > 0;
}

/** Why no service has it, by the word of compose files without letter case and separators, as containers write it too. */
const NO_SERVICE_HAS: ReadonlyMap<string, string> = new Map(Object.entries(NOT_IN_SPECS).map(([word, why]) => [squash(word), why]));

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

function distanceOne(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 1 && a.slice(0, 2).toLowerCase() === b.slice(0, 2).toLowerCase();
}
