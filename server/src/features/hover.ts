import { type SpecDocument, type Spot, spotAt } from '../document/document';
import { resolveAlias } from '../document/node';
import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { fieldAt, findKey } from '../facts/lookup';
import { capabilityInWords } from '../facts/service/capabilities';
import { signalInWords } from '../facts/signals';
import type { StructType } from '../facts/types';
import type { Path, Span } from '../path';
import type { Target } from '../target';
import { describe } from './describe';
import { liveValueInWords } from './liveValue';
import { specPath } from './specPath';
import type { SwarmNames } from './swarmNames';
import { keyInWords } from './words/keys';
import { objectInWords } from './words/objects';
import { constraintInWords, imageInWords, templateInWords } from './words/texts';

export interface HoverText {
  readonly markdown: string;
  readonly span: Span;
}

/**
 * What to say about the key or value at an offset of a document; undefined where there is nothing to say. With the swarm
 * at hand also what the running service has there, where that differs.
 */
export function hover(document: SpecDocument, offset: number, target: Target, swarm?: SwarmNames): HoverText | undefined {
  const { kind, api, as = [] } = target;
  const spot = spotAt(document, offset);
  const inside = spot && specPath({ path: spot.path, siblings: spot.path.length > 0 ? [] : ['Spec'] }, target);
  if (!inside || inside.path.length === 0) return undefined;
  const path = [...as, ...inside.path];
  const field = fieldAt(kind.root, path);
  if (!field) return undefined;
  const live = () => (swarm && as.length === 0 ? liveValueInWords(document, inside, kind.root, swarm) : undefined);
  // the values of a map (labels, options) are the writer's own: the map itself is what can be explained, and keys that mean something to others
  const parent = fieldAt(kind.root, path.slice(0, -1));
  if (parent?.type.kind === 'map') return { markdown: said(describe(String(path.at(-2)), parent, api), [keyInWords(path, driverAround(document, spot.path)), templateAt(document, spot, offset), live()]), span: spot.span };
  const name = typeof path.at(-1) === 'number' ? `${String(path.at(-2))}[]` : String(path.at(-1));
  const node = resolveAlias(spot.node);
  const value = node?.kind === 'scalar' ? node.value : undefined;
  const words = spot.part === 'value' ? [textInWords(path, value), templateAt(document, spot, offset)] : [];
  return { markdown: said(describe(name, field, api, value), [...words, objectAround(document, spot.path, path, kind.root), live()]), span: spot.span };
}

/** What is said about this very value comes right below the name. */
function said(description: string, about: readonly (string | undefined)[]): string {
  const lines = about.filter((line) => line !== undefined);
  if (lines.length === 0) return description;
  const [first, ...rest] = description.split('\n\n');
  return [first, ...lines, ...rest].join('\n\n');
}

function textInWords(path: Path, value: SpecValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (path.at(-2) === 'Constraints') return constraintInWords(value);
  if (path.at(-1) === 'Image' && path.at(-2) === 'ContainerSpec') return imageInWords(value);
  if (path.at(-1) === 'StopSignal') return named(value, signalInWords(value));
  if (path.at(-2) === 'CapabilityAdd' || path.at(-2) === 'CapabilityDrop') return named(value, capabilityInWords(value));
  return undefined;
}

function named(value: string, doc: string | undefined): string | undefined {
  return doc && `\`${value}\`: ${doc}`;
}

/** The template under the cursor. Its text is that of the document, which for this purpose need not be decoded. */
function templateAt({ text }: SpecDocument, { part, span, node }: Spot, offset: number): string | undefined {
  if (part !== 'value' || node?.kind !== 'scalar' || span.end - span.start > 10_000) return undefined;
  return templateInWords(text.slice(span.start, span.end), offset - span.start);
}

/** The object that a member belongs to in one sentence, such as a port, a mount or a reference; also of the list item itself. */
function objectAround(document: SpecDocument, path: Path, inSpec: Path, root: StructType): string | undefined {
  for (let depth = 0; depth <= 2 && depth < inSpec.length; depth++) {
    const type = fieldAt(root, inSpec.slice(0, inSpec.length - depth))?.type;
    if (type?.kind !== 'struct') continue;
    const value = valueAt(document.value, path.slice(0, path.length - depth));
    const sentence = isObject(value) ? objectInWords(type.name, spelled(value, type)) : undefined;
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** The name of the log driver whose options hold the key at a path. */
function driverAround(document: SpecDocument, path: Path): string | undefined {
  const driver = valueAt(document.value, path.slice(0, -2));
  const name = isObject(driver) ? Object.keys(driver).find((key) => key.toLowerCase() === 'name') : undefined;
  const value = name === undefined ? undefined : valueAt(driver, [name]);
  return typeof value === 'string' ? value : undefined;
}

function valueAt(value: SpecValue | undefined, path: Path): SpecValue | undefined {
  let inside = value;
  for (const step of path) inside = Array.isArray(inside) ? inside[Number(step)] : isObject(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined;
  return inside;
}

/** The keys as the engine spells them. */
function spelled(value: SpecObject, type: StructType): SpecObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [findKey(type, key) ?? key, member]));
}
