import type { ServiceSpec } from '../facts/serviceSpec';
import type { Target } from '../target';
import { RULES } from './all';
import type { Rule } from './rule';
import { runRules } from './run';

/** So many specs are looked at by all rules before it is worth to remember anything. */
const LEARN_AFTER = 24;
/** After so many specs all is learned anew, since those that come may be of another fleet. */
const LEARN_ANEW = 10_000;
/** At most so many are remembered: targets; values of one part; of a rule, combinations of values of its parts; combinations of all values. */
const MOST = { targets: 8, values: 32, silences: 64, combinations: 256 } as const;
/** A part that is longer than this as JSON, or has more members, is not worth to be compared. */
const LONGEST = { text: 2000, members: 40 } as const;
/** More parts than this make no key. */
const MOST_PARTS = 7;

const learned = new Map<string, { seen: number; silences?: Silences }>();

/**
 * The rules that may have something to say of a spec. A rule sees nothing but the spec and the target; so one that had
 * nothing to say of some spec has nothing to say of any other in which all parts that it looked at are the same. What each
 * looks at is learned by watching it. Specs of one fleet are alike in most of their parts.
 */
export function rulesWorthRunning(spec: ServiceSpec, target: Target): readonly Rule[] {
  const { api, engine, as } = target;
  if (as || !spec.TaskTemplate?.ContainerSpec) return RULES;
  const key = `${api} ${engine ?? ''}`;
  let known = learned.get(key);
  if (!known) {
    const [oldest] = learned.keys();
    if (learned.size >= MOST.targets) learned.delete(oldest);
    learned.set(key, (known = { seen: 0 }));
  }
  if (known.seen++ < LEARN_AFTER) return RULES;
  if (known.seen % LEARN_ANEW === 0) known.silences = undefined;
  known.silences ??= new Silences(target);
  return known.silences.notSilent(spec);
}

/** A value that is like no other; rules that look at it are run. */
const UNIQUE = -1;

/** A member of one of the objects that nearly every spec has: the spec itself, its task template and the container in it. */
class Part {
  private readonly objects = new Map<unknown, number>();
  private readonly others = new Map<unknown, number>();
  private seen = 0;
  /** The object that was here last, since most are like the one before. */
  private last: { readonly value: unknown; readonly id: number } = { value: undefined, id: 0 };

  constructor(readonly depth: 0 | 1 | 2, readonly name: string) {}

  /** A number for the value here, the same for equal values; 0 for none. */
  idOf(value: unknown): number {
    if (value === undefined) return 0;
    // of what has been different so often, nothing more is expected
    if (this.seen >= MOST.values) return UNIQUE;
    if (typeof value !== 'object') return this.numberOf(value, this.others);
    if (areSame(value, this.last.value)) return this.last.id;
    const id = this.numberOf(value, this.objects);
    if (id !== UNIQUE) this.last = { value, id };
    return id;
  }

  private numberOf(value: unknown, values: Map<unknown, number>): number {
    const key = keyOf(value);
    const known = values.get(key);
    if (known !== undefined) return known;
    this.seen++;
    if (key === undefined) return UNIQUE;
    values.set(key, this.seen);
    return this.seen;
  }
}

/** Whether two values would be the same text as JSON. */
function areSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const names = Object.keys(one);
  const others = Object.keys(other);
  if (names.length !== others.length || Array.isArray(one) !== Array.isArray(other)) return false;
  const [object, second] = [one, other] as Readonly<Record<string, unknown>>[];
  for (let i = 0; i < names.length; i++) if (names[i] !== others[i] || !areSame(object[names[i]], second[names[i]])) return false;
  return true;
}

/** Something that only equal values have; undefined for what is too large. */
function keyOf(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST.text ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if ((Array.isArray(value) ? value : Object.keys(value)).length > LONGEST.members) return undefined;
  try {
    const text = JSON.stringify(value);
    return text.length > LONGEST.text ? undefined : text;
  } catch {
    return undefined; // a number beyond 2^53
  }
}

/** What is known of one rule. */
interface Known {
  readonly rule: Rule;
  /** The parts that it has ever looked at, by their place in all parts; undefined where it looks in another way than by name. */
  parts: readonly number[] | undefined;
  /** The combinations of values of these parts of which it has nothing to say. */
  silent: Set<number>;
}

class Silences {
  /** All parts that some rule has looked at. */
  private readonly parts: Part[] = [];
  private readonly rules: readonly Known[] = RULES.map((rule) => ({ rule, parts: [], silent: new Set() }));

  /** What came of the same values before. */
  private readonly before = new Map<string, readonly Rule[]>();
  /** How often something was learned. */
  private learnings = 0;

  constructor(private readonly target: Target) {}

  notSilent(spec: ServiceSpec): readonly Rule[] {
    const objects = [spec, spec.TaskTemplate, spec.TaskTemplate?.ContainerSpec] as unknown as Objects;
    const ids: number[] = [];
    for (const part of this.parts) ids.push(part.idOf(objects[part.depth][part.name]));
    const all = String.fromCharCode(...ids);
    const before = this.before.get(all);
    if (before) return before;
    const rules: Rule[] = [];
    const { learnings } = this;
    for (const known of this.rules) if (!this.isSilent(known, ids, objects)) rules.push(known.rule);
    // what was learned just now may tell more of the next one
    if (learnings === this.learnings && this.before.size < MOST.combinations) this.before.set(all, rules);
    return rules;
  }

  private isSilent(known: Known, ids: number[], objects: Objects): boolean {
    const key = together(known.parts, ids);
    if (key === UNIQUE) return false;
    if (known.silent.has(key)) return true;
    if (known.silent.size >= MOST.silences) return false;
    return this.watch(known, ids, objects);
  }

  /** Runs a rule and learns what it looks at; whether it had nothing to say. */
  private watch(known: Known, ids: number[], objects: Objects): boolean {
    this.learnings++;
    const looked = new Set(known.parts);
    let byNameOnly = true;
    const watched = (depth: Part['depth'], inner?: string, object?: object): object =>
      new Proxy(objects[depth], {
        get: (target, name) => {
          if (name === inner) return object;
          if (typeof name === 'string') looked.add(this.placeOf(depth, name, ids, objects));
          else byNameOnly = false;
          return Reflect.get(target, name);
        },
        has: (target, name) => {
          byNameOnly = false;
          return Reflect.has(target, name);
        },
        ownKeys: (target) => {
          byNameOnly = false;
          return Reflect.ownKeys(target);
        },
        getOwnPropertyDescriptor: (target, name) => {
          byNameOnly = false;
          return Reflect.getOwnPropertyDescriptor(target, name);
        },
      });
    const spec = watched(0, 'TaskTemplate', watched(1, 'ContainerSpec', watched(2)));
    const said = runRules([known.rule], this.target, ({ check }, context) => check(spec as ServiceSpec, context));
    if (!byNameOnly || looked.size > MOST_PARTS) {
      known.parts = undefined;
      return false;
    }
    if (looked.size > (known.parts?.length ?? 0)) {
      known.parts = [...looked];
      known.silent.clear();
    }
    const key = together(known.parts, ids);
    if (said.length > 0) return false;
    if (key !== UNIQUE) known.silent.add(key);
    return true;
  }

  /** Where a part is in all parts, and its value in `ids`; one that is new is added to both. */
  private placeOf(depth: Part['depth'], name: string, ids: number[], objects: Objects): number {
    const at = this.parts.findIndex((part) => part.depth === depth && part.name === name);
    if (at >= 0) return at;
    const part = new Part(depth, name);
    ids.push(part.idOf(objects[depth][name]));
    return this.parts.push(part) - 1;
  }
}

type Objects = readonly Readonly<Record<string, unknown>>[];

/** A number that stands for the values of some parts together. */
function together(parts: readonly number[] | undefined, ids: readonly number[]): number {
  if (!parts) return UNIQUE;
  let key = 0;
  for (const part of parts) {
    if (ids[part] === UNIQUE) return UNIQUE;
    key = key * (MOST.values + 1) + ids[part];
  }
  return key;
}
