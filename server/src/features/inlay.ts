import { type Node, resolveAlias } from '../document/node';
import type { SpecDocument } from '../document/document';
import { isObject, NumberText, type SpecObject, type SpecValue } from '../document/value';
import { findKey } from '../facts/lookup';
import type { Field, Type, Unit } from '../facts/types';
import { readAloud } from '../facts/units';
import type { Span } from '../path';
import type { Target } from '../target';
import { isBlock, rootType } from './typedTree';
import { portInWords } from './words/objects';

/** Kinds of hints that can be switched off one by one. */
export const HINT_KINDS = ['durations', 'sizes', 'cpus', 'fileModes', 'ports'] as const;
export type HintKind = (typeof HINT_KINDS)[number];

/** What a number means, shown behind it. */
export interface Hint {
  readonly offset: number;
  readonly text: string;
  readonly kind: HintKind;
  /** Markdown. */
  readonly tooltip: string;
}

const KIND_OF: Readonly<Partial<Record<Unit, HintKind>>> = { ns: 'durations', bytes: 'sizes', 'nano-cpus': 'cpus', 'file-mode': 'fileModes' };

/** The hints of the wanted kinds for a stretch of a document. Only what lies in the stretch is looked at. */
export function inlayHints({ root }: SpecDocument, span: Span, target: Target, wanted: ReadonlySet<HintKind>): Hint[] {
  if (!root || wanted.size === 0) return [];
  const type = rootType(target);
  const hints: Hint[] = [];
  for (const spec of isBlock(target) ? [root] : specNodes(root)) collect(spec, type, undefined, { span, wanted, hints });
  return hints;
}

interface Search {
  readonly span: Span;
  readonly wanted: ReadonlySet<HintKind>;
  readonly hints: Hint[];
}

/** The specs of a document: itself, the items of a list, what inspect output wraps. */
function specNodes(root: Node): Node[] {
  if (root.kind === 'list') return root.items.flatMap(specNodes);
  if (root.kind !== 'object') return [];
  const wrapped = root.entries.find(({ key }) => key === 'Spec')?.value;
  return [wrapped && !root.entries.some(({ key }) => key === 'TaskTemplate') ? wrapped : root];
}

function collect(node: Node, type: Type, field: Field | undefined, search: Search): void {
  const { span } = search;
  if (node.end < span.start || node.start > span.end) return;
  if (node.kind === 'object' && type.kind === 'struct') {
    for (const { key, value } of node.entries) {
      const name = value && findKey(type, key);
      if (name !== undefined) collect(value as Node, type.fields[name].type, type.fields[name], search);
    }
    if (type.name === 'PortConfig' && search.wanted.has('ports')) portHint(node, search);
  } else if (node.kind === 'list' && type.kind === 'list') {
    for (const item of node.items) collect(item, type.item.type, type.item, search);
  } else if (node.kind === 'scalar' && field) numberHint(node, field, search);
}

function numberHint({ value, end }: Extract<Node, { kind: 'scalar' }>, { unit, zero }: Field, { wanted, hints }: Search): void {
  const kind = unit && KIND_OF[unit];
  if (!kind || !wanted.has(kind)) return;
  const number = value instanceof NumberText ? undefined : value;
  if ((typeof number !== 'number' && typeof number !== 'bigint') || number < 0 || (typeof number === 'number' && !Number.isInteger(number))) return;
  const aloud = Number(number) === 0 && zero ? zero : readAloud(number, unit);
  if (aloud === undefined) return;
  const text = aloud.length > 40 ? `${aloud.slice(0, 39)}…` : aloud;
  hints.push({ offset: end, text, kind, tooltip: `\`${number}\` → ${aloud}` });
}

/** Where a published port leads, behind the number that people look for. */
function portHint({ entries }: Extract<Node, { kind: 'object' }>, { hints, span }: Search): void {
  const port: SpecObject = {};
  const ends: Record<string, number> = {};
  for (const { key, value } of entries) {
    const inside = resolveAlias(value);
    const name = ['TargetPort', 'PublishedPort', 'Protocol', 'PublishMode'].find((one) => one.toLowerCase() === key.toLowerCase());
    if (!name || inside?.kind !== 'scalar' || !value) continue;
    port[name] = inside.value;
    ends[name] = value.end;
  }
  const sentence = portInWords(port);
  if (sentence === undefined) return;
  const published = isPort(port.PublishedPort);
  const protocol = typeof port.Protocol === 'string' && port.Protocol !== '' ? port.Protocol.toLowerCase() : 'tcp';
  const host = typeof port.PublishMode === 'string' && port.PublishMode.toLowerCase() === 'host';
  const offset = published ? ends.PublishedPort : ends.TargetPort;
  if (offset < span.start || offset > span.end) return;
  const text = published ? `→ ${String(port.TargetPort)}/${protocol}${host ? ' on the node of the task' : ''}` : `← a free port${host ? '' : ', 30000 to 32767'}`;
  hints.push({ offset, text, kind: 'ports', tooltip: sentence });
}

function isPort(value: SpecValue | undefined): boolean {
  return !isObject(value) && typeof value === 'number' && value > 0;
}
