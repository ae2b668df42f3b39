import type { Entry, ListNode, Node, ObjectNode, TextProblem } from './node';
import { shiftEntries, shiftNodes } from './shift';
import { isObject, putMember, type SpecObject, type SpecValue } from './value';

/** A collection on the way from the root to a change, and the member that leads on. */
export interface Step {
  readonly node: ObjectNode | ListNode;
  readonly value: SpecValue;
  readonly index: number;
}

/** The members of a collection that have been read again: they replace those from `from` to `to`. */
export interface Reread {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  readonly items: readonly Node[];
  readonly value: SpecValue;
  /** What a key without a value is: null in YAML, no member in JSON. */
  readonly missing: null | undefined;
  /** Where the collection ends now. */
  readonly end: number;
}

/** Whether a key stands twice in this object: then its value holds only one of them, or both merged. */
export function hasTwice({ entries }: ObjectNode, problems: readonly TextProblem[]): boolean {
  const twice = new Set(problems.filter(({ rule }) => rule === 'duplicate-key').map(({ start }) => start));
  return twice.size > 0 && entries.some(({ keyStart }) => twice.has(keyStart));
}

/** Whether a value is that of a node: of a key that stands twice it may be another one's. */
export function fits({ kind }: Node, value: SpecValue | undefined): boolean {
  return kind === 'object' ? isObject(value) : Array.isArray(value);
}

interface Built {
  readonly node: Node;
  readonly value: SpecValue;
}

/**
 * The tree and value with new members in the last of the steps; all that lies behind them is moved by `delta`.
 * Undefined where a key would stand twice in a collection on the way, since then values are merged.
 */
export function rebuild(steps: readonly Step[], reread: Reread, delta: number): Built | undefined {
  const { node, value } = steps[steps.length - 1];
  let built = node.kind === 'object' ? withEntries(node, value as SpecObject, reread, delta) : withItems(node, value as SpecValue[], reread, delta);
  for (let i = steps.length - 2; i >= 0 && built; i--) built = withChild(steps[i], built, delta);
  return built;
}

function withEntries(node: ObjectNode, old: SpecObject, { from, to, entries: fresh, value: freshValue, missing, end }: Reread, delta: number): Built | undefined {
  const before = node.entries.slice(0, from);
  const after = node.entries.slice(to);
  const value: SpecObject = {};
  const take = (entries: readonly Entry[], source: SpecObject): boolean => entries.every((entry) => isPlain(entry) && put(value, entry, source, missing));
  if (!take(before, old) || !take(fresh, freshValue as SpecObject) || !take(after, old)) return undefined;
  return { node: { kind: 'object', start: node.start, end, entries: [...before, ...fresh, ...shiftEntries(after, delta)], flow: node.flow }, value };
}

/** Merge keys and keys that are no text are more than a member of their own. */
function isPlain({ key, merge }: Entry): boolean {
  return key !== '' && !merge;
}

/** Whether the key is new here, or says nothing. */
function put(object: SpecObject, { key, value }: Entry, source: SpecObject, missing: null | undefined): boolean {
  if (Object.hasOwn(object, key)) return value === undefined;
  if (value) putMember(object, key, source[key]);
  else if (missing === null) putMember(object, key, null);
  return true;
}

function withItems(node: ListNode, old: readonly SpecValue[], { from, to, items, value, end }: Reread, delta: number): Built {
  return {
    node: { kind: 'list', start: node.start, end, items: [...node.items.slice(0, from), ...items, ...shiftNodes(node.items.slice(to), delta)], flow: node.flow },
    value: [...old.slice(0, from), ...(value as SpecValue[]), ...old.slice(to)],
  };
}

/** A collection around one that has changed. */
function withChild({ node, value, index }: Step, child: Built, delta: number): Built | undefined {
  const { start, flow } = node;
  // a block collection ends with its last member
  const end = !flow && index === (node.kind === 'object' ? node.entries : node.items).length - 1 ? child.node.end : node.end + delta;
  if (node.kind === 'list') {
    const items = [...node.items.slice(0, index), child.node, ...shiftNodes(node.items.slice(index + 1), delta)];
    const values = (value as SpecValue[]).slice();
    values[index] = child.value;
    return { node: { kind: 'list', start, end, items, flow }, value: values };
  }
  if (node.entries.length !== Object.keys(value as SpecObject).length || !node.entries.every(isPlain)) return undefined;
  const entry = node.entries[index];
  const entries = [...node.entries.slice(0, index), { ...entry, value: child.node }, ...shiftEntries(node.entries.slice(index + 1), delta)];
  const copy: SpecObject = { ...(value as SpecObject) };
  putMember(copy, entry.key, child.value);
  return { node: { kind: 'object', start, end, entries, flow }, value: copy };
}
