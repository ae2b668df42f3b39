import { readDocument } from '../../server/src/document/document';
import { parseExact } from '../../server/src/document/exact';
import { type Node, resolveAlias } from '../../server/src/document/node';
import { isObject, NumberText, type SpecObject, type SpecValue, toJson } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import { fieldAt, foldKey } from '../../server/src/facts/lookup';
import type { Field } from '../../server/src/facts/types';
import { isOlder, newestApiOf } from '../../server/src/facts/versions';
import { type Path, toPointer } from '../../server/src/path';
import type { TestEngine } from '../support/engine';
import type { Verdict } from './score';

/** Ids that stand in the recorded documents, by the name of the object; an engine of today gives others. */
const IDS = {
  secrets: { db_password: '4wit47grejm88c9qiwns78m9h', api_token: '8quejd1c26ggda2flhndlzmnz', tls_cert: '9j22fs9u4bz9wvn20e3wms076', tls_key: 'j4ls0wcg40pck0v5iz38rlzmb' },
  configs: { gmsa_credspec: 'umqqekgeebqr97whoysrl0m3e', prometheus_yml: 'x6oofmvdzov06ragmpr364ure', nginx_conf: '62uiizdap79h6gis4fwnwobu7', app_conf: '8yyapk3gonofnys75xr0j3609' },
  networks: { frontend: 'rgvmsz2bvrhyvrsgu42fqcebk', backend: '53m6wxgfg7su6ss5g5zz3lao6', monitoring: '5nm767ytcpqph6nzxkdibyj32' },
} as const;

export interface Oracle {
  /** What the swarm has that a spec can refer to: ids by name, and names. */
  readonly swarm: { readonly secrets: Readonly<Record<string, string>>; readonly configs: Readonly<Record<string, string>>; readonly networks: readonly string[] };
  /** The text with the ids of this engine in place of the recorded ones. */
  localise(text: string): string;
  /** The networks of this engine. */
  networks(): Promise<{ id: string; name: string; scope: string }[]>;
  /** Creates a service of this text, reads back what was stored, and removes it again. */
  create(text: string, api: string): Promise<Answer>;
  /** Asks for an update of a service that exists, at a version index that never matches. */
  dryRun(id: string, text: string, api: string): Promise<Answer>;
}

/** `stored` is there where the engine took the text. */
export interface Answer {
  readonly stored?: SpecObject;
  readonly message?: string;
}

/** Makes the objects that the recorded documents refer to, on a drained node. */
export async function prepareOracle(engine: TestEngine): Promise<Oracle> {
  await engine.drain(true);
  const ids = new Map<string, string>();
  for (const [name, id] of Object.entries(IDS.secrets)) ids.set(id, await engine.createSecret(name));
  for (const [name, id] of Object.entries(IDS.configs)) ids.set(id, await engine.createConfig(name));
  for (const [name, id] of Object.entries(IDS.networks)) ids.set(id, await engine.createNetwork(name));
  const ask = async (path: string, text: string) =>
    engine.request('POST', path, text).catch((error: Error) => ({ status: 0, text: '', json: { message: error.message } })); // a panic of the handler cuts the connection
  const idsOf = (recorded: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(recorded).map(([name, id]) => [name, ids.get(id) ?? id]));
  return {
    swarm: { secrets: idsOf(IDS.secrets), configs: idsOf(IDS.configs), networks: Object.keys(IDS.networks) },
    localise(text) {
      for (const [from, to] of ids) text = text.replaceAll(from, to);
      return text;
    },
    networks: async () => (await engine.request('GET', '/networks')).json.map(({ Id, Name, Scope }: { Id: string; Name: string; Scope: string }) => ({ id: Id, name: Name, scope: Scope })),
    async create(text, api) {
      const answer = await ask(`/v${api}/services/create`, text);
      if (answer.status !== 201) return { message: String(answer.json?.message ?? answer.status) };
      const { ID } = answer.json as { ID: string };
      const { Spec } = parseExact((await engine.request('GET', `/v${api}/services/${ID}`)).text) as { Spec: SpecObject };
      await engine.request('DELETE', `/services/${ID}`);
      return { stored: Spec };
    },
    async dryRun(id, text, api) {
      const answer = await ask(`/v${api}/services/${id}/update?version=0`, text);
      if (answer.status === 200) throw new Error('version 0 was taken');
      return { message: String(answer.json?.message ?? answer.status) };
    },
  };
}

/** A refusal because of what is not in this swarm: everything about the text was fine. */
export function isAboutTheSwarm(message = ''): boolean {
  return /(secret|config)s? not found|network [^]* not found|network \S+ is ambiguous|could not find the corresponding predefined swarm network/.test(message);
}

/** What became of a text, in the terms of the recorded verdicts. `engine` is the major version of one that lacks newer fields. */
export function verdictOf(id: string, tags: Verdict['tags'], text: string, { stored, message }: Answer, engine?: number): Verdict {
  if (!stored) return { id, tags, text, verdict: 'reject', message, env_dependent: isAboutTheSwarm(message) || undefined };
  const { root, problems } = readDocument(text, 'json');
  const labels = { unknown: [] as string[], dropped: [] as string[], changed: [] as string[], case_folded: [] as string[], duplicate_keys: [] as string[] };
  if (root) compare(root, stored, [], { ...labels, engine });
  return { id, tags, text, verdict: 'accept', trailing: problems.some(({ rule }) => rule === 'trailing-text') || undefined, ...labels };
}

type Labels = Record<'unknown' | 'dropped' | 'changed' | 'case_folded' | 'duplicate_keys', string[]> & { readonly engine: number | undefined };

/** The field at a place, undefined where this engine knows none. */
function knownField(path: Path, { engine }: Labels): Field | undefined {
  const field = fieldAt(SERVICE.root, path);
  const newest = engine === undefined ? undefined : newestApiOf(engine);
  return field && newest && isOlder(newest, field.since) ? undefined : field;
}

function compare(given: Node | undefined, stored: SpecValue | undefined, path: Path, labels: Labels): void {
  const node = resolveAlias(given);
  if (!node) return;
  const item = typeof path.at(-1) === 'number';
  if (node.kind === 'object') {
    if (node.entries.length === 0) return;
    if (!isObject(stored)) {
      for (const { key, value } of node.entries) missing(value, [...path, key], labels);
      return;
    }
    const isMap = path.length > 0 && fieldAt(SERVICE.root, path)?.type.kind === 'map';
    const folded = node.entries.map(({ key }) => (isMap ? key : foldKey(key)));
    for (const [i, { key, value }] of node.entries.entries()) {
      const here = [...path, key];
      const own = Object.hasOwn(stored, key) ? key : isMap ? undefined : Object.keys(stored).find((other) => foldKey(other) === foldKey(key));
      const spelling = own ?? spellingOf(path, key);
      if (!isMap && spelling !== undefined && spelling !== key && fieldAt(SERVICE.root, here)?.describedAs !== key) labels.case_folded.push(toPointer(here));
      // the later ones are told; what becomes of the values of either is not compared
      if (folded.indexOf(folded[i]) < i) labels.duplicate_keys.push(toPointer(here));
      else if (folded.lastIndexOf(folded[i]) > i) continue;
      else if (own === undefined && !isMap && knownField(here, labels) === undefined) labels.unknown.push(toPointer(here));
      else if (own === undefined) missing(value, here, labels);
      else compare(value, stored[own], here, labels);
    }
  } else if (node.kind === 'list') {
    if (typeof stored === 'string') return; // bytes as a list of numbers
    // a preference without `Spread` is the one thing that is left out of a list
    const skipped = isPreferences(path) ? node.items.filter(isEmptyPreference) : [];
    const left = node.items.filter((member) => !skipped.includes(member));
    for (const [i, member] of node.items.entries()) {
      if (skipped.includes(member)) {
        labels.dropped.push(toPointer([...path, i]));
        continue;
      }
      const kept = Array.isArray(stored) ? stored[left.indexOf(member)] : undefined;
      if (member.kind === 'scalar' && member.value === null) {
        if (kept !== undefined) labels.changed.push(toPointer([...path, i]));
        else labels.dropped.push(toPointer([...path, i]));
      } else if (kept === undefined) missing(member, [...path, i], labels);
      else compare(member, kept, [...path, i], labels);
    }
  } else if (node.kind === 'scalar') {
    const { value } = node;
    if (value === null || (isEmpty(value) && !item)) return;
    if (stored === undefined) labels.dropped.push(toPointer(path));
    else if (!same(value, stored, path)) labels.changed.push(toPointer(path));
  }
}

function isPreferences(path: Path): boolean {
  return foldKey(toPointer(path)) === '/tasktemplate/placement/preferences';
}

function isEmptyPreference(item: Node): boolean {
  if (item.kind === 'scalar') return item.value === null;
  const spread = item.kind === 'object' ? item.entries.find(({ key }) => foldKey(key) === 'spread')?.value : undefined;
  return spread === undefined || (spread.kind === 'scalar' && spread.value === null);
}

/** The field that a key names in another letter case, whether it is stored or not. */
function spellingOf(path: Path, key: string): string | undefined {
  const holder = path.length === 0 ? SERVICE.root : fieldAt(SERVICE.root, path)?.type;
  return holder?.kind === 'struct' ? Object.keys(holder.fields).find((name) => foldKey(name) === foldKey(key)) : undefined;
}

function missing(given: Node | undefined, path: Path, labels: Labels): void {
  const node = resolveAlias(given);
  if (!node) return;
  if (node.kind === 'object') {
    for (const { key, value } of node.entries) {
      if (knownField([...path, key], labels) === undefined) labels.unknown.push(toPointer([...path, key]));
      else missing(value, [...path, key], labels);
    }
  } else if (node.kind === 'list') {
    for (const [i, item] of node.items.entries()) {
      if (isPreferences(path) && isEmptyPreference(item)) labels.dropped.push(toPointer([...path, i]));
      else missing(item, [...path, i], labels);
    }
  }
  if (node.kind === 'scalar' && node.value !== null && !isEmpty(node.value)) labels.dropped.push(toPointer(path));
}

function isEmpty(value: SpecValue): boolean {
  return value === '' || value === false || (typeof value !== 'boolean' && Number(value instanceof NumberText ? value.value : value) === 0 && typeof value !== 'string');
}

function same(given: SpecValue, stored: SpecValue, path: Path): boolean {
  if (typeof given === 'string' && typeof stored === 'string') {
    if (given === stored) return true;
    const field = fieldAt(SERVICE.root, path);
    if (field?.words && given.toLowerCase() === stored) return true;
    if (field?.type.kind === 'scalar' && field.type.name === 'bytes') return given.replaceAll(/[\r\n]/g, '') === stored;
    return foldKey(String(path.at(-1))) === 'target' && foldKey(String(path.at(-3))) === 'networks';
  }
  const number = (value: SpecValue) => (value instanceof NumberText ? Number(value.text) : typeof value === 'number' || typeof value === 'bigint' ? value : undefined);
  const [a, b] = [number(given), number(stored)];
  if (a !== undefined && b !== undefined) return a === b || Math.fround(Number(a)) === Math.fround(Number(b)) && !Number.isInteger(Number(a));
  return toJson(given) === toJson(stored);
}
