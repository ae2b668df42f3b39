import type { SpecDocument } from '../../document/document';
import { isObject, putMember, type SpecObject, type SpecValue } from '../../document/value';
import { type Problem, SEVERITY_OF } from '../../finding';
import type { Path } from '../../path';
import { fieldAt, findKey, foldKey } from '../../facts/lookup';
import { RULES } from '../../rules/all';
import type { Target } from '../../target';
import { problemsOf } from '../validate';
import { valueOf } from './draft';
import { startOf } from './starts';

/** All others would only take their time, and a copy without the bulk is never too large. */
const ERROR_RULES = RULES.filter((rule) => isError(rule) && rule.id !== 'spec-too-large');

/** Lists and maps are tried with this many of their entries: what is offered does not depend on the others. No struct has as many keys. */
const ITEMS = 4;
const KEYS = 40;

/**
 * Tries out what would be written: whether the spec would have an error that it has not now. So completion offers nothing
 * that validation would then complain about, whatever the rules are. Works on a copy without the bulk of long lists.
 */
export class Trial {
  private known: ReadonlySet<string> | undefined;
  private before: SpecValue;
  private readonly path: Path;

  /**
   * `path` is where something is written, from the root of the spec at `base`; `typed` is a key there that is no key yet.
   * `siblings` are keys that the object has; what is being typed may hide them from the parser, and then they count as begun.
   */
  constructor(document: SpecDocument, base: Path, path: Path, private readonly target: Target, siblings: readonly string[], typed?: string) {
    const whole = base.reduce<SpecValue | undefined>((value, step) => memberOf(value, step), document.value);
    // where nothing is yet, nothing is missing yet
    if (!isObject(whole) && !Array.isArray(whole)) this.known = new Set();
    const copied = copyAlong(isObject(whole) || Array.isArray(whole) ? whole : {}, path);
    this.before = copied.value;
    this.path = copied.path;
    const object = this.path.reduce<SpecValue | undefined>((value, step) => memberOf(value, step), this.before);
    if (typed !== undefined && isObject(object)) delete object[typed];
    const type = path.length === 0 && !target.as?.length ? target.kind.root : fieldAt(target.kind.root, [...(target.as ?? []), ...path])?.type;
    if (type?.kind !== 'struct') return;
    const hidden = siblings.filter((key) => !isObject(object) || !Object.hasOwn(object, key)).flatMap((key) => findKey(type, key) ?? []);
    if (hidden.length > 0) this.before = changed(this.before, this.path, (value) => ({ ...Object.fromEntries(hidden.map((key) => [key, valueOf(startOf(type, key, type.fields[key], target.api))])), ...(isObject(value) ? value : {}) }));
  }

  /** Whether these members can be added to the object there. */
  takesMembers(members: SpecObject, below: Path = []): boolean {
    return this.takes((value) => ({ ...(isObject(value) ? value : {}), ...members }), below);
  }

  /** Whether this value can stand there. */
  takesValue(value: SpecValue, below: Path = []): boolean {
    return this.takes(() => value, below);
  }

  /** Whether members can be merged into the object whose `<<` is at the place: those it has already count before them. */
  takesMerge(members: SpecObject): boolean {
    return this.isNoWorse(changed(this.before, this.path.slice(0, -1), (value) => ({ ...members, ...(isObject(value) ? value : {}) })));
  }

  /** Whether a key can have another name. */
  takesRename(from: string, to: string): boolean {
    return this.takes((value) => (isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key === from ? to : key, member])) : value ?? {}), []);
  }

  /** The text under a key of the object that is so many steps above the place: itself, or one step for the object that holds it. */
  textAbove(steps: number, key: string): string | undefined {
    const object = this.valueAbove(steps);
    const spelt = isObject(object) ? Object.keys(object).find((one) => foldKey(one) === foldKey(key)) : undefined;
    const member = spelt === undefined ? undefined : memberOf(object, spelt);
    return typeof member === 'string' ? member : undefined;
  }

  /** The other texts of the list that holds the place. */
  textsAround(): readonly string[] {
    const list = this.valueAbove(1);
    return Array.isArray(list) ? list.filter((item, i): item is string => typeof item === 'string' && i !== this.path.at(-1)) : [];
  }

  private valueAbove(steps: number): SpecValue | undefined {
    return this.path.slice(0, this.path.length - steps).reduce<SpecValue | undefined>((value, step) => memberOf(value, step), this.before);
  }

  private takes(change: (value: SpecValue | undefined) => SpecValue, below: Path): boolean {
    return this.isNoWorse(changed(this.before, [...this.path, ...below], change));
  }

  private isNoWorse(after: SpecValue): boolean {
    const known = (this.known ??= new Set(this.errorsOf(this.before).map(keyOf)));
    return this.errorsOf(after).every((problem) => known.has(keyOf(problem)));
  }

  private errorsOf(value: SpecValue): Problem[] {
    return problemsOf(value, this.target, { rules: ERROR_RULES }).filter(isError);
  }
}

function isError({ severity, effect }: Pick<Problem, 'severity' | 'effect'>): boolean {
  return (severity ?? SEVERITY_OF[effect]) === 'error';
}

/** Without indexes, which move, and without what the message adds about what is there and what is not. */
function keyOf({ rule, at, message }: Problem): string {
  return `${rule} ${at.map((step) => (typeof step === 'number' ? '[]' : step)).join('.')} ${message.split(/\.(?: |$)/, 1)[0]}`;
}

function memberOf(value: SpecValue | undefined, step: string | number): SpecValue | undefined {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** A copy that keeps what lies along the path and little of everything else, and the path in it. */
function copyAlong(value: SpecValue, path: Path): { readonly value: SpecValue; readonly path: Path } {
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    const kept = [...Array(Math.min(ITEMS, value.length)).keys()];
    if (typeof step === 'number' && step >= ITEMS && step < value.length) kept.push(step);
    const inside = kept.map((i) => copyAlong(value[i], i === step ? rest : []));
    if (typeof step !== 'number') return { value: inside.map((one) => one.value), path };
    const at = kept.indexOf(step);
    return { value: inside.map((one) => one.value), path: [at < 0 ? kept.length : at, ...(at < 0 ? rest : inside[at].path)] };
  }
  if (!isObject(value)) return { value, path };
  const copy: SpecObject = {};
  let along = rest;
  let count = 0;
  for (const key of Object.keys(value)) {
    if (key !== step && count++ >= KEYS) continue;
    const inside = copyAlong(value[key], key === step ? rest : []);
    putMember(copy, key, inside.value);
    if (key === step) along = [...inside.path];
  }
  return { value: copy, path: step === undefined ? [] : [step, ...along] };
}

function changed(value: SpecValue | undefined, path: Path, change: (value: SpecValue | undefined) => SpecValue): SpecValue {
  if (path.length === 0) return change(value);
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    list[Math.min(step, list.length)] = changed(list[step], rest, change);
    return list;
  }
  const object: SpecObject = isObject(value) ? { ...value } : {};
  putMember(object, step, changed(isObject(value) ? value[step] : undefined, rest, change));
  return object;
}
