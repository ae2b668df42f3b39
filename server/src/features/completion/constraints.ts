import type { SwarmNames } from '../swarmNames';
import { type PlainScalar, Stop, stop } from './draft';
import type { Suggestion } from './values';

interface KeyFact {
  readonly doc: string;
  readonly values: readonly string[];
  /** The values are all there are. */
  readonly closed?: true;
}

/** The keys of constraints; what nodes are called comes from the connected swarm. */
function keysOf(swarm: SwarmNames | undefined): Readonly<Record<string, KeyFact>> {
  const nodes = swarm?.nodes ?? [];
  const labels = (of: 'labels' | 'engineLabels', prefix: string, otherwise: string): Record<string, KeyFact> => {
    const names = [...new Set(nodes.flatMap((node) => Object.keys(node[of])))].sort();
    const known = names.map((name): [string, KeyFact] => [prefix + name, { doc: 'A label of nodes of the connected swarm.', values: distinct(nodes.map((node) => node[of][name])) }]);
    return known.length > 0 ? Object.fromEntries(known) : { [prefix]: { doc: otherwise, values: [] } };
  };
  return {
    'node.role': { doc: 'Whether the node is a manager or a worker.', values: ['manager', 'worker'], closed: true },
    ...labels('labels', 'node.labels.', 'A label of the node, as `docker node update --label-add` sets it.'),
    'node.hostname': { doc: 'Host name of the node.', values: distinct(nodes.map(({ hostname }) => hostname)) },
    'node.id': { doc: 'ID of the node.', values: nodes.map(({ id }) => id) },
    'node.ip': { doc: 'Address of the node, or a network such as `10.0.0.0/8`.', values: [] },
    'node.platform.os': { doc: 'Operating system of the node.', values: ['linux', 'windows'], closed: true },
    'node.platform.arch': { doc: 'Architecture of the node in the spelling of its kernel.', values: ['x86_64', 'aarch64', 'armv7l', 'ppc64le', 's390x', 'riscv64'] },
    ...labels('engineLabels', 'engine.labels.', 'A label of the engine of the node, from its configuration.'),
  };
}

/** What a constraint is until its writer says so. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { 'node.hostname': 'node-1', 'node.id': 'NODE_ID', 'node.ip': '10.0.0.0/8', 'node.labels.': 'ssd', 'engine.labels.': 'ssd' };

/** Constraints that go on from what is typed: keys first, then the operator, then values. Each is whole, with stops for what is open. */
export function constraintSuggestions(typed: string, swarm: SwarmNames | undefined): Suggestion[] {
  const keys = keysOf(swarm);
  const match = /^\s*([\w.-]+?)(\s*)(==|!=)(\s*)/.exec(typed);
  if (match) return valuesFor(match[0], match[1], keys);
  const [, lead, word, gap, operator] = /^(\s*)([\w.-]*)(\s*)([=!]?)$/.exec(typed) ?? [];
  if (word === undefined) return [];
  const items: Suggestion[] = [];
  for (const [key, fact] of Object.entries(keys)) {
    const whole = key.endsWith('.') ? [key, word.startsWith(key) && word.length > key.length ? word.slice(key.length) : stop('disk')] : [key];
    const name = whole.map((part) => (part instanceof Stop ? 'NAME' : part)).join('');
    const value = fact.values.length > 0 ? new Stop(fact.values[0], fact.closed || fact.values.length > 1 ? (fact.values as readonly PlainScalar[]) : undefined) : stop(PLACEHOLDERS[key] ?? 'VALUE');
    const exact = word !== '' && name === word;
    if (!exact && gap + operator !== '') continue;
    // in the spelling that is typed, which editors match with
    const parts = (sign: string) => [lead, ...whole, gap, sign, gap === '' ? '' : ' ', value];
    if (operator !== '!') items.push({ label: `${name}==`, parts: parts('=='), doc: fact.doc, rank: 1, detail: hintOf(fact) });
    if (operator !== '=' && (exact || word === '' || key.startsWith(word) || word.startsWith(key))) items.push({ label: `${name}!=`, parts: parts('!='), doc: `${fact.doc} Not this one.`, rank: exact ? 1 : 2, detail: hintOf(fact) });
  }
  return items;
}

function hintOf({ values }: KeyFact): string | undefined {
  return values.length === 0 ? undefined : values.slice(0, 4).join(', ');
}

function valuesFor(prefix: string, key: string, keys: Readonly<Record<string, KeyFact>>): Suggestion[] {
  const fact = Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return (fact?.values ?? []).map((value) => ({ label: value, parts: [prefix + value], doc: fact?.doc ?? '', rank: 1 }));
}

/** Labels whose values tasks can be spread over. */
export function spreadSuggestions(swarm: SwarmNames | undefined): Suggestion[] {
  return Object.entries(keysOf(swarm))
    .filter(([key]) => /^(?:node|engine)\.labels\./.test(key))
    .map(([key, fact]) => (key.endsWith('.') ? { label: `${key}NAME`, parts: [key, stop('zone')], doc: fact.doc, rank: 1 } : { label: key, parts: [key], doc: fact.doc, rank: 1, detail: hintOf(fact) }));
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== undefined && value !== ''))].sort();
}
