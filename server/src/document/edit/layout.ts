import type { PlainValue } from '../../finding';
import type { SpecDocument } from '../document';
import type { Node } from '../node';
import { isObject, type SpecValue, toJson } from '../value';
import { scalarText, keyText as yamlKey } from '../write';
import { columnOf, indentAt } from './lines';

/** A value on one line; in JSON, objects and lists take a line a member. */
export function inlineText(document: SpecDocument, value: PlainValue | SpecValue, indent: string): string {
  if (document.syntax === 'yaml') return typeof value === 'string' ? scalarText(value) : flowText(value as SpecValue);
  if (isOnOneLine(document)) return toJson(value as SpecValue);
  const step = stepOf(document);
  return toJson(value as SpecValue, 1).replaceAll(/\n( *)/g, (_, levels: string) => `\n${indent}${step.repeat(levels.length)}`);
}

/** JSON that a machine has written on one line stays there. */
export function isOnOneLine({ text }: SpecDocument): boolean {
  return !text.trimEnd().includes('\n');
}

/** One level of indentation, as the first member on a line of its own inside of another has it; two spaces where none has. */
export function stepOf({ text, root }: SpecDocument): string {
  return (root && stepIn(text, root)) ?? '  ';
}

function stepIn(text: string, node: Node): string | undefined {
  if (node.kind === 'scalar' || node.kind === 'alias') return undefined;
  if (node.kind === 'list') return firstOf(node.items, (item) => stepIn(text, item));
  if (node.flow) {
    const outer = indentAt(text, node.start);
    const inner = node.entries.length > 0 && text.slice(node.start, node.entries[0].keyStart).includes('\n') ? indentAt(text, node.entries[0].keyStart) : '';
    if (inner.length > outer.length) return inner.slice(outer.length);
  }
  return firstOf(node.entries, ({ keyStart, value }) => {
    if (node.flow || value?.kind !== 'object' || value.flow || value.entries.length === 0) return value && stepIn(text, value);
    return ' '.repeat(Math.max(1, columnOf(text, value.entries[0].keyStart) - columnOf(text, keyStart)));
  });
}

/** The first answer that is one. */
function firstOf<T, R>(things: readonly T[], answer: (thing: T) => R | undefined): R | undefined {
  for (const thing of things) {
    const given = answer(thing);
    if (given !== undefined) return given;
  }
  return undefined;
}

/** A value in flow style, with quotes only where they are needed, and round words with a space between them, which are hard to read in a list. */
function flowText(value: SpecValue): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isObject(value)) return `{${Object.keys(value).map((key) => `${yamlKey(key)}: ${flowText(value[key])}`).join(', ')}}`;
  return typeof value !== 'string' || /\s/.test(value) ? toJson(value) : scalarText(value);
}

export function keyText({ syntax }: SpecDocument, key: string): string {
  return syntax === 'json' ? JSON.stringify(key) : yamlKey(key);
}
