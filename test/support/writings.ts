import { readDocument, type Syntax } from '../../server/src/document/document';
import { type Node, resolveAlias } from '../../server/src/document/node';
import { isObject, NumberText, type SpecObject, type SpecValue, toJson } from '../../server/src/document/value';

/** The ways in which one spec can be written. */
export const WRITINGS = ['JSON', 'JSON on one line', 'block YAML', 'flow YAML'] as const;
export type Writing = (typeof WRITINGS)[number];

export function syntaxIn(writing: Writing): Syntax {
  return writing.startsWith('JSON') ? 'json' : 'yaml';
}

/** Writes a tree, keys given twice included; numbers keep their text. */
export function write(node: Node, writing: Writing): string {
  switch (writing) {
    case 'JSON':
      return `${pretty(node, '')}\n`;
    case 'JSON on one line':
      return flow(node, (key) => JSON.stringify(key));
    case 'block YAML':
      return `${block(node, '').replace(/^\n/, '')}\n`;
    case 'flow YAML':
      return `${flow(node, yamlKey)}\n`;
  }
}

/** Writes a value: through JSON, so that all writings agree on what it is. */
export function writeValue(value: SpecValue, writing: Writing): string {
  return write(nodeOf(value), writing);
}

/** The tree of a value, without places. */
export function nodeOf(value: SpecValue): Node {
  const at = { start: 0, end: 0 };
  if (Array.isArray(value)) return { kind: 'list', flow: false, items: value.map(nodeOf), ...at };
  if (isObject(value)) return { kind: 'object', flow: false, entries: Object.keys(value).map((key) => ({ key, keyStart: 0, keyEnd: 0, value: nodeOf(value[key]) })), ...at };
  return { kind: 'scalar', value, style: 'plain', ...at };
}

/** RFC 7396: members of `patch` over those of `base`, null removes. */
export function mergePatch(base: SpecValue, patch: SpecValue): SpecValue {
  if (!isObject(patch)) return patch;
  const result: SpecObject = isObject(base) ? { ...base } : {};
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete result[key];
    else result[key] = mergePatch(result[key] ?? null, patch[key]);
  }
  return result;
}

export function valueOf(text: string, syntax: Syntax): SpecValue | undefined {
  return readDocument(text, syntax).value;
}

function scalar(value: SpecValue): string {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' ? JSON.stringify(value) : toJson(value);
}

function pretty(given: Node, indent: string): string {
  const node = resolveAlias(given);
  const deeper = `${indent}  `;
  if (node?.kind === 'object') {
    if (node.entries.length === 0) return '{}';
    return `{\n${node.entries.map(({ key, value }) => `${deeper}${JSON.stringify(key)}: ${value ? pretty(value, deeper) : 'null'}`).join(',\n')}\n${indent}}`;
  }
  if (node?.kind === 'list') return node.items.length === 0 ? '[]' : `[\n${node.items.map((item) => deeper + pretty(item, deeper)).join(',\n')}\n${indent}]`;
  return node ? scalar(node.value) : 'null';
}

function flow(given: Node, key: (key: string) => string): string {
  const node = resolveAlias(given);
  if (node?.kind === 'object') return `{${node.entries.map((entry) => `${key(entry.key)}: ${entry.value ? flow(entry.value, key) : 'null'}`).join(', ')}}`;
  if (node?.kind === 'list') return `[${node.items.map((item) => flow(item, key)).join(', ')}]`;
  return node ? scalar(node.value) : 'null';
}

function block(given: Node, indent: string): string {
  const node = resolveAlias(given);
  if (node?.kind === 'object' && node.entries.length > 0) {
    return node.entries.map(({ key, value }) => `\n${indent}${yamlKey(key)}:${value ? spaced(block(value, `${indent}  `)) : ''}`).join('');
  }
  if (node?.kind === 'list' && node.items.length > 0) {
    return node.items.map((item) => `\n${indent}-${spaced(block(item, `${indent}  `).replace(/^\n\s*/, ''))}`).join('');
  }
  return node ? (node.kind === 'object' ? '{}' : node.kind === 'list' ? '[]' : scalar(node.value)) : 'null';
}

function spaced(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`;
}

function yamlKey(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(key) ? key : JSON.stringify(key);
}
