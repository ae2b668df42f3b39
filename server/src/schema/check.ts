import { mergeLikeTheEngine } from '../document/duplicates';
import { isObject, NumberText, putMember, type SpecObject, type SpecValue, toJson } from '../document/value';
import { type Fix, type Problem, SEVERITY_OF } from '../finding';
import { allFields, fieldsAlong, findKey, foldKey } from '../facts/lookup';
import type { Field, StructType, Type } from '../facts/types';
import { isOlder, newestApiOf } from '../facts/versions';
import type { Path } from '../path';
import type { Target } from '../target';
import { checkNumber } from './number';
import { checkText } from './text';
import { unknownField } from './unknownField';
import { wrongType } from './wrongType';

/** What is wrong by the facts alone, and what is left for the rules to look at. */
export interface Checked {
  readonly problems: readonly Problem[];
  /** The value in the engine's spelling, without what the engine would refuse or lose. */
  readonly accepted: SpecValue | undefined;
}

/** Where a check is: everything a single look at a value needs to know. */
export interface Place {
  readonly target: Target;
  /** The path so far; it is one growing array, so take a copy (`[...path]`) of it. */
  readonly path: (string | number)[];
  readonly problems: Problem[];
  /** Whether values may be shown; environment values and labels may hold secrets. */
  readonly secretive: boolean;
  /** The text of the number or truth value at a path, where it is known and has no quotes. */
  readonly written?: Written;
  /** Fields that came later than the engine: its decoder skips whatever stands there. */
  readonly unknown: ReadonlySet<Field>;
}

/** The text of a value without quotes as it stands in the document: `True`, `0x1F`. */
export type Written = (path: Path) => string | undefined;

/** Given in place of a value that is not passed on to the rules. */
export const DROPPED = Symbol('dropped');
export type Kept = SpecValue | typeof DROPPED;

/**
 * Holds a value against the facts of its kind, the way the engine's decoder reads it: keys ignore letter case,
 * `null` equals leaving out, every number must fit its Go type.
 */
export function checkFacts(value: SpecValue, root: StructType, target: Target, written?: Written): Checked {
  const problems: Problem[] = [];
  const place: Place = { target, path: [], problems, secretive: false, written, unknown: unknownTo(target) };
  const { as = [] } = target;
  const along = fieldsAlong(root, as);
  // a key that is not decoded has nothing in it that could be refused
  if (along.some((one) => one.unread || place.unknown.has(one))) return { problems, accepted: undefined };
  const field = along[as.length - 1];
  if (field) {
    const kept = value === null ? DROPPED : checkValue(value, field, place, String(as.findLast((step) => typeof step === 'string')));
    return { problems, accepted: kept === DROPPED ? undefined : kept };
  }
  if (!isObject(value)) {
    problems.push({ rule: 'wrong-type', effect: 'refused', at: [], message: 'A service spec is an object, and the engine refuses anything else.' });
    return { problems, accepted: undefined };
  }
  return { problems, accepted: checkStruct(value, root, place, 'the service spec') };
}

function checkStruct(value: SpecObject, struct: StructType, place: Place, name: string): SpecObject {
  const { path, problems } = place;
  const first = problems.length;
  let copy: SpecObject | undefined;
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const canonical = findKey(struct, key);
    path.push(key);
    let kept: Kept = DROPPED;
    if (canonical === undefined) {
      problems.push(unknownField(key, value, struct, place, name, (given, field) => suits(given, field, place, key)));
    } else {
      if (canonical !== key) {
        if (keys.some((other) => other !== key && findKey(struct, other) === canonical)) {
          path.pop();
          problems.length = first;
          return checkTwins(value, struct, place, name);
        }
        // the API description itself spells some keys in another letter case, and nobody is to blame for following it
        const described = struct.fields[canonical].describedAs === key;
        problems.push({
          ...wrongCase(key, canonical), effect: described ? 'advice' : 'changed', at: [...path],
          fix: { title: `Rename \`${key}\` to \`${canonical}\``, safe: true, edits: [{ kind: 'rename', at: [...path], to: canonical }] },
        });
      }
      kept = checkField(value[key], struct.fields[canonical], place, canonical, value);
    }
    path.pop();
    if (kept === value[key] && canonical === key) {
      if (copy) copy[key] = kept;
      continue;
    }
    if (!copy) {
      copy = {};
      for (let j = 0; j < i; j++) copy[keys[j]] = value[keys[j]];
    }
    if (canonical === undefined || kept === DROPPED) continue;
    copy[canonical] = kept;
  }
  for (const required of mayBePartial(place) ? [] : requiredKeys(struct)) {
    const given = (copy ?? value)[required];
    if (given === undefined || given === '') {
      // a value of the wrong type has been reported already
      if (copy && keys.some((key) => findKey(struct, key) === required && value[key] !== null && value[key] !== '')) continue;
      const own = keys.find((key) => findKey(struct, key) === required);
      const { lookedUpBy } = struct.fields[required];
      if (lookedUpBy && (copy ?? value)[lookedUpBy]) {
        problems.push({
          rule: 'reference-by-name', effect: 'refused', at: [...path, own ?? required], near: own === undefined ? [...path, keys.find((key) => findKey(struct, key) === lookedUpBy) ?? lookedUpBy] : undefined, part: 'key',
          message: `\`${required}\` is missing. ${struct.fields[required].required}`,
          hint: `\`swarmspec plan\` and \`apply\` look it up by \`${lookedUpBy}\` and send it; any other client has to be given the id.`,
        });
        continue;
      }
      problems.push({
        rule: 'missing-field', effect: 'refused', at: own === undefined ? [...path] : [...path, own], part: 'key',
        message: own === undefined ? `\`${required}\` is missing in ${label(name)}. ${struct.fields[required].required}` : `\`${required}\` is empty. ${struct.fields[required].required}`,
      });
    }
  }
  return copy ?? value;
}

/**
 * An object in which a field is given twice in different letter case, which the engine ignores. It decodes both, so what the
 * decoder refuses counts in each; all else is looked at as it is in the end.
 */
function checkTwins(value: SpecObject, struct: StructType, place: Place, name: string): SpecObject {
  const { path, problems } = place;
  const merged: SpecObject = {};
  const spelled = new Map<string, string>();
  const twins = new Set<string>();
  for (const key of Object.keys(value)) {
    const canonical = findKey(struct, key);
    const before = canonical === undefined ? undefined : spelled.get(canonical);
    if (canonical !== undefined) spelled.set(canonical, key);
    if (canonical === undefined || before === undefined) {
      putMember(merged, key, value[key]);
      continue;
    }
    const decoded: Problem[] = [];
    checkField(merged[before], struct.fields[canonical], { ...place, path: [...path, before], problems: decoded }, canonical, value);
    for (const problem of decoded) if (problem.decoding) problems.push(problem);
    problems.push({
      rule: 'duplicate-key', effect: 'changed', at: [...path, key], part: 'key',
      message: `\`${canonical}\` is given twice in different letter case, which the engine ignores: the later one wins, objects are merged.`,
      hint: 'Keep one of them.',
    });
    const both = mergeLikeTheEngine(canonical, merged[before], value[key]);
    if (before !== canonical) problems.push({ ...wrongCase(before, canonical), at: [...path, before] });
    delete merged[before];
    putMember(merged, key, both);
    twins.add(key);
  }
  const from = problems.length;
  const kept = checkStruct(merged, struct, place, name);
  // a fix would change one of the two, and the other would stand
  for (let i = from; i < problems.length; i++) if (twins.has(String(problems[i].at[path.length]))) problems[i] = { ...problems[i], fix: undefined };
  return kept;
}

/** Whether what is missing may be somewhere else: in a fragment, except in the items of its lists. */
function mayBePartial({ target: { as }, path }: Place): boolean {
  return as !== undefined && ![...as, ...path].some((step) => typeof step === 'number');
}

function wrongCase(key: string, canonical: string): Omit<Problem, 'at'> {
  return { rule: 'wrong-case', effect: 'changed', part: 'key', message: `The engine spells this field \`${canonical}\`; it takes \`${key}\` for it only because it ignores letter case.` };
}

const required = new WeakMap<StructType, readonly string[]>();

function requiredKeys(struct: StructType): readonly string[] {
  let keys = required.get(struct);
  if (!keys) {
    keys = Object.keys(struct.fields).filter((key) => struct.fields[key].required !== undefined);
    required.set(struct, keys);
  }
  return keys;
}

/** `holder` is the object that the field stands in. */
function checkField(value: SpecValue, field: Field, place: Place, name: string, holder: SpecObject): Kept {
  const { path, problems, target } = place;
  const isUnknown = place.unknown.has(field);
  if (value === null && !field.unread) return DROPPED;
  let lost = false;
  if (isUnknown && target.engine !== undefined) {
    problems.push({
      rule: 'needs-newer-engine', effect: 'lost', at: [...path], part: 'key',
      message: `\`${name}\` came with API v${field.since}, and engine ${target.engine} speaks v${newestApiOf(target.engine)} at most: it does not know the field and drops it.`,
    });
  } else if (field.erasedBelow && isOlder(target.api, field.erasedBelow)) {
    lost = true;
    problems.push({
      rule: 'needs-newer-api', effect: 'lost', at: [...path], part: 'key',
      message: `\`${name}\` needs API v${field.erasedBelow}; this file targets v${target.api}, where the engine drops it without a word.`,
      hint: field.erasedMeans,
    });
  } else if (field.unread) {
    const before = problems.length;
    neverStored(value, field, place, name);
    if (problems.length === before) {
      problems.push({
        rule: 'never-stored', effect: 'lost', at: [...path], part: 'key',
        message: `The engine does not know \`${name}\`, and skips whatever stands there. ${field.neverStored}`,
        fix: { title: `Remove \`${name}\``, safe: false, edits: [{ kind: 'remove', at: [...path] }] },
      });
    }
  } else if (field.neverStored) {
    lost = true;
    neverStored(value, field, place, name);
  } else if (field.deprecated && !isOlder(target.api, field.deprecated.since) && !(Array.isArray(value) && value.length === 0)) {
    problems.push(deprecated(field.deprecated, place, name, movesOver(value, field.deprecated.use, place, name, holder)));
    lost = target.engine !== undefined && target.engine >= 29;
  }
  // a key that is not decoded has nothing in it that could be refused
  if (isUnknown || field.unread || value === null) return DROPPED;
  const kept = checkValue(value, field, place, name, holder);
  return lost ? DROPPED : kept;
}

const unknownFields = new WeakMap<StructType, Map<number, ReadonlySet<Field>>>();

/** The fields that came later than an engine; where nobody says which, than the one that most likely reads a spec for this API version. */
function unknownTo({ kind: { root }, engine = 28 }: Target): ReadonlySet<Field> {
  const known = unknownFields.get(root) ?? new Map<number, ReadonlySet<Field>>();
  unknownFields.set(root, known);
  let unknown = known.get(engine);
  if (!unknown) {
    const newest = newestApiOf(engine);
    unknown = new Set(newest === undefined ? [] : allFields(root).flatMap(({ field }) => (isOlder(newest, field.since) ? [field] : [])));
    known.set(engine, unknown);
  }
  return unknown;
}

/** One finding at each value that is thrown away; an empty object holds nothing that could be lost. */
function neverStored(value: SpecValue, field: Field, place: Place, name: string): void {
  const { path, problems } = place;
  for (const below of leavesOf(value, field.type, [])) {
    const last = below.at(-1) ?? name;
    problems.push({
      rule: 'never-stored', effect: 'lost', at: [...path, ...below], part: 'key',
      message: `The engine accepts \`${typeof last === 'string' ? last : name}\`${below.length > 0 ? ` in \`${name}\`` : ''} and throws it away at every API version. ${field.neverStored}`,
      fix: { title: `Remove \`${name}\``, safe: false, edits: [{ kind: 'remove', at: [...path] }] },
    });
  }
}

function* leavesOf(value: SpecValue, type: Type, below: readonly (string | number)[]): Generator<readonly (string | number)[]> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* leavesOf(item, type.kind === 'list' ? type.item.type : type, [...below, i]);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const known = type.kind === 'struct' ? findKey(type, key) : undefined;
      if (type.kind === 'struct' && known === undefined) continue; // an unknown field is reported as that
      yield* leavesOf(value[key], known !== undefined && type.kind === 'struct' ? type.fields[known].type : type, [...below, key]);
    }
  } else if (value !== null && value !== '' && value !== 0 && value !== false) {
    yield below;
  }
}

function deprecated({ since, use, note }: NonNullable<Field['deprecated']>, { path, target }: Place, name: string, fix: Fix): Problem {
  if (target.engine !== undefined && target.engine >= 29) {
    return { rule: 'deprecated-field', effect: 'lost', at: [...path], part: 'key', message: `\`${name}\` on the service is thrown away by engine ${target.engine} from API v${since} on, and the service runs without it. Use \`${use}\`.`, fix };
  }
  return {
    rule: 'deprecated-field', effect: 'deprecated', at: [...path], part: 'key',
    message: `\`${name}\` on the service is deprecated since API v${since}. Use \`${use}\`.`,
    hint: `Engine 28 still honours it. ${note}`,
    fix,
  };
}

/** A list moves to the place that has taken over, unless there is one already, next to which it has no effect. */
function movesOver(value: SpecValue, use: string, { path }: Place, name: string, holder: SpecObject): Fix {
  const at = [...path];
  const steps = use.split('.');
  const other = steps.reduce<SpecValue | undefined>((inside, step) => (isObject(inside) ? inside[Object.keys(inside).find((key) => foldKey(key) === foldKey(step)) ?? step] : undefined), holder);
  if (!Array.isArray(other) || other.length === 0) return { title: `Move \`${name}\` to \`${use}\``, safe: true, edits: [{ kind: 'move', from: at, to: [...at.slice(0, -1), ...steps] }] };
  const known = new Set(other.map((item) => toJson(item)));
  return { title: `Remove \`${name}\``, safe: Array.isArray(value) && value.every((item) => known.has(toJson(item))), edits: [{ kind: 'remove', at, remarks: [...at.slice(0, -1), ...steps] }] };
}

/** Whether there would be nothing to say of a value in a field, but what has a safe fix. */
function suits(value: SpecValue, field: Field, place: Place, name: string): boolean {
  const problems: Problem[] = [];
  if (value !== null) checkValue(value, field, { ...place, path: [...place.path], problems }, name);
  return problems.every(({ fix, effect, severity = SEVERITY_OF[effect] }) => fix?.safe || severity === 'information' || severity === 'hint');
}

/** Checks a value that is not null by its type; `holder` is the object that the field stands in. */
function checkValue(value: SpecValue, field: Field, place: Place, name: string, holder?: SpecObject): Kept {
  const { type } = field;
  switch (type.kind) {
    case 'struct':
      return isObject(value) ? checkStruct(value, type, place, name) : wrongType(value, field, place, name, holder);
    case 'map':
      return isObject(value) ? checkMap(value, type.value, place, name) : wrongType(value, field, place, name);
    case 'list':
      return Array.isArray(value) ? checkList(value, type, place, name) : wrongType(value, field, place, name);
    case 'scalar':
      switch (type.name) {
        case 'int64':
        case 'uint64':
        case 'uint32':
        case 'float32':
          return typeof value === 'number' || typeof value === 'bigint' || value instanceof NumberText ? checkNumber(value, field, type.name, place, name) : wrongType(value, field, place, name);
        case 'bool':
          return typeof value === 'boolean' ? value : wrongType(value, field, place, name);
        case 'string':
        case 'ip-address':
          return typeof value === 'string' ? checkText(value, field, place, name) : wrongType(value, field, place, name);
        case 'bytes':
          if (Array.isArray(value) && value.every(isByte)) return value; // Go takes a list of bytes too
          return typeof value === 'string' ? checkBase64(value, place, name) : wrongType(value, field, place, name);
      }
  }
}

function isByte(value: SpecValue): boolean {
  return value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255);
}

/** Go's standard base64: padded, in the alphabet with `+` and `/`; line breaks are skipped. */
function checkBase64(value: string, { path, problems }: Place, name: string): Kept {
  const bad = /[^A-Za-z0-9+/=\r\n]/.exec(value);
  const text = value.replaceAll(/[\r\n]/g, '');
  if (text === '' && value !== '') {
    problems.push({
      rule: 'not-base64', effect: 'changed', at: [...path],
      message: `\`${name}\` holds nothing but line breaks, which base64 skips: the engine stores it as empty.`,
      fix: { title: `Remove \`${name}\``, safe: false, edits: [{ kind: 'remove', at: [...path] }] },
    });
    return '';
  }
  if (!bad && text.length % 4 === 0 && /^[^=]*={0,2}$/.test(text)) return value;
  problems.push({
    rule: 'not-base64', effect: 'refused', decoding: true, at: [...path], within: bad ? { start: bad.index, end: bad.index + 1 } : undefined,
    message: `\`${name}\` is not base64, and the engine takes nothing else here.`,
    hint: bad ? 'Encode the JSON of the profile with the standard alphabet (`+` and `/`) and `=` padding.' : 'Its length must be a multiple of four: the `=` padding is missing.',
  });
  return DROPPED;
}

/** Collections of at least so many members are remembered: for smaller ones that is no gain. */
const LARGE = 64;

/** What was found in large lists and maps, which are the same objects from one version of a document to the next. */
const largeOnes = new WeakMap<object, { readonly as: string; readonly problems: readonly Problem[]; readonly kept: SpecValue }>();

/** Checks a list or map; a large one that has been checked at the same place is not looked at again. */
function checkOnce<V extends SpecObject | SpecValue[]>(value: V, place: Place, name: string, check: () => V, size: () => number): V {
  const { target, path, problems, secretive } = place;
  const as = () => JSON.stringify([target.kind.id, target.api, target.engine, target.as, secretive, name, path]);
  const before = largeOnes.get(value);
  if (before && before.as === as()) {
    for (const problem of before.problems) problems.push(problem);
    return before.kept as V;
  }
  const first = problems.length;
  const kept = check();
  if (size() >= LARGE) largeOnes.set(value, { as: as(), problems: problems.slice(first), kept });
  return kept;
}

function checkMap(value: SpecObject, field: Field, place: Place, name: string): SpecObject {
  return checkOnce(value, place, name, () => checkMembers(value, field, place, name), () => Object.keys(value).length);
}

function checkMembers(value: SpecObject, field: Field, place: Place, name: string): SpecObject {
  const { path, problems } = place;
  const inside: Place = place.secretive ? place : { ...place, secretive: true };
  let copy: SpecObject | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (typeof item === 'string') continue; // every map of a spec holds strings; this is the usual case
    path.push(key);
    let kept: Kept;
    if (item === null) {
      problems.push({
        rule: 'null-item', effect: 'changed', at: [...path], part: 'key',
        message: `\`${key}\` in \`${name}\` has no value, and the engine stores the empty string.`,
        hint: 'Write `""` if that is meant.',
        fix: { title: 'Write the empty string', safe: true, edits: [{ kind: 'set', at: [...path], value: '' }] },
      });
      kept = '';
    } else {
      kept = checkValue(item, field, inside, key);
    }
    path.pop();
    if (kept === item) continue;
    copy ??= { ...value };
    if (kept === DROPPED) delete copy[key];
    else putMember(copy, key, kept);
  }
  return copy ?? value;
}

function checkList(value: SpecValue[], type: Extract<Type, { kind: 'list' }>, place: Place, name: string): SpecValue[] {
  return checkOnce(value, place, name, () => checkItems(value, type, place, name), () => value.length);
}

function checkItems(value: SpecValue[], type: Extract<Type, { kind: 'list' }>, place: Place, name: string): SpecValue[] {
  const { item: field } = type;
  const { path } = place;
  const secretive = place.secretive || name === 'Env';
  const inside: Place = secretive === place.secretive ? place : { ...place, secretive };
  let copy: SpecValue[] | undefined;
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    path.push(i);
    const kept = item === null ? nullItem(type, inside, name) : checkValue(item, field, inside, name);
    path.pop();
    // a refused item leaves its place empty, so that the indexes of its neighbours stay true
    if (kept === item) continue;
    copy ??= value.slice();
    copy[i] = kept === DROPPED ? (null as SpecValue) : kept;
  }
  return copy ?? value;
}

function nullItem({ item, nullItem: becomes }: Extract<Type, { kind: 'list' }>, place: Place, name: string): Kept {
  const { path, problems } = place;
  const fix = { title: 'Remove the empty item', safe: true, edits: [{ kind: 'remove', at: [...path] }] } as const;
  const at = [...path];
  switch (becomes) {
    case 'crashes-engine':
      problems.push({ rule: 'null-item', effect: 'crashes-engine', at, message: `An empty item in \`${name}\` makes the engine's request handler panic: the connection is cut without an answer.`, hint: 'Remove it.', fix });
      return DROPPED;
    case 'empty-string':
      problems.push({ rule: 'null-item', effect: 'changed', at, message: `An empty item in \`${name}\` is stored as the empty string.`, hint: 'Remove it, or write `""` if that is meant.', fix });
      return '';
    case 'default-object':
      problems.push({ rule: 'null-item', effect: 'changed', at, message: `An empty item in \`${name}\` is not skipped: the engine makes an object of defaults of it.`, hint: 'Remove it.', fix });
      // the defaults may be refused themselves: a network attachment without a target is
      return item.type.kind === 'struct' ? checkStruct({}, item.type, place, name) : DROPPED;
    case 'nothing':
      problems.push({ rule: 'null-item', effect: 'lost', severity: 'warning', at, message: `An empty item in \`${name}\` is dropped.`, hint: 'Remove it.', fix });
      return DROPPED;
  }
}

function label(name: string): string {
  return name === 'the service spec' ? name : `\`${name}\``;
}
