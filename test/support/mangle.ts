import { type Node, resolveAlias } from '../../server/src/document/node';
import { NumberText, toJson } from '../../server/src/document/value';

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes a tree as YAML that nobody would want to read: any indentation, comments, blank lines, flow and block mixed. */
export function mangledYaml(root: Node, random: () => number): string {
  let comments = 0;
  const chance = (of: number) => random() < of;
  const spaces = (least: number, most: number) => ' '.repeat(least + Math.floor(random() * (most - least + 1)));
  const behind = () => (chance(0.2) ? `${spaces(1, 4)}# c${comments++}${spaces(0, 2)}` : spaces(0, chance(0.1) ? 2 : 0));
  const between = () => {
    let text = '';
    while (chance(0.15)) text += chance(0.5) ? `${spaces(0, 2)}\n` : `${spaces(0, 12)}# c${comments++}\n`;
    return text;
  };
  const scalar = (node: Node): string => {
    const value = node.kind === 'scalar' ? node.value : null;
    if (value instanceof NumberText) return value.text;
    if (typeof value !== 'string') return toJson(value);
    return chance(0.3) && /^[A-Za-z_/][\w./=-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value) ? value : chance(0.2) && !/[\n'\u0000-\u001f\u007f-\uffff]/.test(value) ? `'${value}'` : JSON.stringify(value);
  };
  const key = (text: string) => (/^[A-Za-z_][\w.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text));

  const flow = (given: Node, indent: number): string => {
    const node = resolveAlias(given)!;
    if (node.kind === 'scalar') return scalar(node);
    const spread = chance(0.3);
    const gap = () => (spread ? `${chance(0.2) ? ` # c${comments++}` : ''}\n${' '.repeat(indent + 1)}${spaces(0, 4)}` : spaces(0, 1));
    if (node.kind === 'list') return `[${gap()}${node.items.map((item) => flow(item, indent + 1)).join(`${spaces(0, 1)},${gap()}`)}${gap()}]`;
    return node.kind === 'object' ? `{${gap()}${node.entries.map((entry) => `${key(entry.key)}: ${entry.value ? flow(entry.value, indent + 1) : 'null'}`).join(`${spaces(0, 1)},${gap()}`)}${gap()}}` : '';
  };

  /** What follows a colon or dash of a block at a column, with the end of its line. */
  const after = (given: Node | undefined, column: number, dash: boolean): string => {
    const node = resolveAlias(given);
    if (!node) return `${behind()}\n`;
    const empty = (node.kind === 'object' && node.entries.length === 0) || (node.kind === 'list' && node.items.length === 0);
    if (node.kind === 'scalar' && typeof node.value === 'string' && /^[ -~]+(\n[ -~]+)*\n?$/.test(node.value) && !/^\s|\n\s/.test(node.value) && chance(0.3)) {
      const indent = ' '.repeat(column + 1 + Math.floor(random() * 4));
      const chomp = node.value.endsWith('\n') ? '' : '-';
      return ` |${chomp}${behind()}\n${node.value.replace(/\n$/, '').split('\n').map((line) => `${indent}${line}\n`).join('')}${chance(0.2) ? '\n' : ''}`;
    }
    if (node.kind === 'scalar') return `${spaces(1, 3)}${scalar(node)}${behind()}\n`;
    if (empty || chance(0.15)) return `${spaces(1, 3)}${flow(node, column)}${behind()}\n`;
    const least = !dash && node.kind === 'list' ? column : column + 1;
    const inner = least + Math.floor(random() * 4);
    if (dash && chance(0.6)) {
      const gap = 1 + Math.floor(random() * 3);
      return ' '.repeat(gap) + block(node, column + 1 + gap).trimStart();
    }
    return `${behind()}\n${between()}${block(node, inner)}`;
  };

  const block = (node: Node, column: number): string => {
    const indent = ' '.repeat(column);
    const lines: string[] = [];
    if (node.kind === 'object') for (const entry of node.entries) lines.push(`${indent}${key(entry.key)}:${after(entry.value, column, false)}`);
    if (node.kind === 'list') for (const item of node.items) lines.push(`${indent}-${after(item, column, true)}`);
    return lines.map((line, i) => (i === 0 ? '' : between()) + line).join('');
  };

  const node = resolveAlias(root)!;
  const body = node.kind === 'scalar' || (node.kind === 'object' ? node.entries.length : node.items.length) === 0 ? `${flow(node, 0)}\n` : block(node, 0);
  const text = between() + body + between();
  return chance(0.2) ? text.replaceAll('\n', '\r\n') : text;
}
