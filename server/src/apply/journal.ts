import { parseExact } from '../document/exact';
import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import { type Path, toPointer } from '../path';
import { sha256 } from './planFile';
import { hideSecrets, isSecretOption, looksSecret } from './secrecy';

/** One line of the journal: what was applied to a service, and how it ended. */
export interface JournalEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly action: 'create' | 'update' | 'rollback';
  readonly api: string;
  /** Version index that it was planned against; undefined for a creation. */
  readonly base?: string;
  /** Version index after it, where it could be read. */
  readonly index?: string;
  /** How it ended, such as `converged` or `rolledBack`. */
  readonly result: string;
  /** SHA-256 of the normal form of the applied spec, secret values included. */
  readonly hash: string;
  /** The normal form of the applied spec, with the values at `hidden` left out. */
  readonly spec: SpecObject;
  /** JSON Pointers of values that may be secret, which the journal does not keep. */
  readonly hidden: readonly string[];
}

/** The spec as the journal keeps it. `spec` is a normal form. */
export function toKept(spec: SpecObject): Pick<JournalEntry, 'hash' | 'spec' | 'hidden'> {
  const hidden: string[] = [];
  return { hash: sha256(toJson(spec)), spec: redact(spec, [], hidden) as SpecObject, hidden };
}

export function writeEntry(entry: JournalEntry): string {
  const { time, service, action, api, base, index, result, hash, spec, hidden } = entry;
  const indexes = { ...(base !== undefined && { base }), ...(index !== undefined && { index }) };
  return `${toJson({ v: 1, time, service: { ...service }, action, api, ...indexes, result, hash, spec, hidden: [...hidden] })}\n`;
}

/** The entries of a journal, oldest first. Lines that are none, such as one that was cut off, are left out. */
export function readEntries(text: string): JournalEntry[] {
  return text.split('\n').flatMap((line) => {
    const value = line === '' ? undefined : parseExact(line);
    if (!isObject(value) || value.v !== 1 || !isObject(value.service) || !isObject(value.spec) || !Array.isArray(value.hidden)) return [];
    const { service, spec, hidden, time, action, api, base, index, result, hash } = value;
    return [
      {
        time: String(time), service: { id: String(service.id), name: String(service.name) }, action: String(action) as JournalEntry['action'], api: String(api),
        result: String(result), hash: String(hash), spec, hidden: hidden.map(String),
        ...(base !== undefined && { base: String(base) }), ...(index !== undefined && { index: String(index) }),
      },
    ];
  });
}

/** A spec from the journal, whole again; or the places whose values are known no more. */
export type Recalled = { readonly kind: 'whole'; readonly spec: SpecObject } | { readonly kind: 'incomplete'; readonly places: readonly string[] };

/** More hidden values than this that differ between the sources are not tried in every combination. */
const MOST_COMBINED = 10;

/**
 * The spec of an entry. Values that the journal does not keep are looked for in specs that are known from elsewhere (the
 * live one, the one before it), and the hash says whether the result is the spec that was applied, to the last byte.
 */
export function recall({ spec, hidden, hash }: JournalEntry, sources: readonly SpecObject[]): Recalled {
  const candidates = hidden.map((pointer) => {
    const path = stepsOf(pointer);
    const found = sources.map((source) => valueFor(path, spec, source)).filter((value) => value !== undefined);
    return { path, values: [...new Set(found)] };
  });
  const missing = candidates.filter(({ values }) => values.length === 0);
  if (missing.length > 0) return { kind: 'incomplete', places: missing.map(({ path }) => toPointer(path)) };
  const open = candidates.filter(({ values }) => values.length > 1);
  const combinations = open.length <= MOST_COMBINED ? 2 ** open.length : 2;
  for (let pick = 0; pick < combinations; pick++) {
    let bit = 0;
    const filled = candidates.reduce((whole, { path, values }) => {
      const choice = values.length === 1 ? 0 : open.length <= MOST_COMBINED ? (pick >> bit++) & 1 : pick;
      return replaced(whole, path, values[Math.min(choice, values.length - 1)]) as SpecObject;
    }, spec);
    if (sha256(toJson(filled)) === hash) return { kind: 'whole', spec: filled };
  }
  return { kind: 'incomplete', places: (open.length > 0 ? open : candidates).map(({ path }) => toPointer(path)) };
}

/**
 * Without what may be secret: the value of every environment variable, since nobody can tell which are, and whatever looks
 * it in labels, options and command lines.
 */
function redact(value: SpecValue, path: Path, hidden: string[], before?: SpecValue): SpecValue {
  if (typeof value === 'string') {
    const isVariable = path.at(-2) === 'Env' && value.includes('=');
    const name = typeof path.at(-1) === 'string' ? String(path.at(-1)) : '';
    if (!isVariable && !isSecretOption(before) && !looksSecret(NOT_SECRET.has(name) ? '' : name, value) && hideSecrets(value) === value) return value;
    hidden.push(toPointer(path));
    return isVariable ? value.slice(0, value.indexOf('=') + 1) : '';
  }
  if (Array.isArray(value)) return value.map((item, i) => redact(item, [...path, i], hidden, value[i - 1]));
  if (isObject(value)) return Object.fromEntries(Object.keys(value).map((key) => [key, redact(value[key], [...path, key], hidden)]));
  return value;
}

/** Fields whose names look secret and whose values are not: they point at a secret. */
const NOT_SECRET: ReadonlySet<string> = new Set(['SecretName', 'SecretID']);

/** The text that stands in a source where the journal has left one out: the same variable, else the same place. */
function valueFor(path: Path, spec: SpecObject, source: SpecObject): string | undefined {
  if (path.at(-2) === 'Env') {
    const [name, list] = [at(spec, path), at(source, path.slice(0, -1))];
    const found = Array.isArray(list) ? list.find((item) => typeof item === 'string' && item.startsWith(String(name))) : undefined;
    return typeof found === 'string' ? found : undefined;
  }
  const value = at(source, path);
  return typeof value === 'string' ? value : undefined;
}

function at(value: SpecValue | undefined, path: Path): SpecValue | undefined {
  return path.reduce<SpecValue | undefined>((inside, step) => {
    if (Array.isArray(inside)) return inside[Number(step)];
    return isObject(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined;
  }, value);
}

function replaced(value: SpecValue, [step, ...rest]: Path, by: SpecValue): SpecValue {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === Number(step) ? replaced(item, rest, by) : item));
  return isObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, key === step ? replaced(value[key], rest, by) : value[key]])) : value;
}

/** A JSON Pointer as steps; indexes stay texts, except behind `Env`, whose items are found by their name. */
function stepsOf(pointer: string): Path {
  return pointer === '' ? [] : pointer.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
