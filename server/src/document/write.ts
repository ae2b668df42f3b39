import type { Path } from '../path';
import type { Syntax } from './document';
import { isObject, NumberText, type SpecValue, toJson } from './value';

/** A comment to write behind the value at a path. */
export type RemarkOf = (path: Path, value: SpecValue) => string | undefined;

/**
 * A value as a document of its own, every digit kept; without a newline at the end. In YAML, `remark` may give a comment
 * that is written behind the value at a path.
 */
export function writeDocument(value: SpecValue, syntax: Syntax, remark?: RemarkOf): string {
  return syntax === 'json' ? toJson(value, 2) : new YamlWriter(remark).block(value, 0, []).trimStart();
}

/** A string as a YAML scalar on one line, in quotes only where it would be read as something else. */
export function scalarText(text: string): string {
  // JSON escapes fewer characters than YAML wants
  return isPlain(text) ? text : JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A key of a YAML mapping. */
export function keyText(key: string): string {
  return key === '<<' ? '"<<"' : scalarText(key);
}

class YamlWriter {
  constructor(private readonly remark: RemarkOf | undefined) {}

  /** Lines of a value below its key, beginning with a newline, or the rest of the line behind the key. */
  block(value: SpecValue, column: number, path: Path): string {
    const indent = ' '.repeat(column);
    if (Array.isArray(value)) {
      if (value.length === 0) return ' []';
      return value.map((item, i) => `\n${indent}-${this.behindDash(item, column, [...path, i])}`).join('');
    }
    if (isObject(value)) {
      const keys = Object.keys(value);
      if (keys.length === 0) return ' {}';
      return keys.map((key) => `\n${indent}${keyText(key)}:${this.block(value[key], column + 2, [...path, key])}`).join('');
    }
    const text = this.remark?.(path, value);
    const behind = text ? ` # ${text}` : '';
    if (typeof value !== 'string') return ` ${value instanceof NumberText ? value.text : toJson(value)}${behind}`;
    const lines = blockText(value, column);
    return lines ? ` ${lines.head}${behind}\n${lines.body}` : ` ${scalarText(value)}${behind}`;
  }

  private behindDash(item: SpecValue, column: number, path: Path): string {
    const text = this.block(item, column + 2, path);
    return text.startsWith('\n') ? ` ${text.trimStart()}` : text;
  }
}

/** A text of several lines as a block scalar, where that can hold it exactly. */
function blockText(text: string, column: number): { readonly head: string; readonly body: string } | undefined {
  if (!/\n./.test(text) || /[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]/u.test(text) || /^[ \t\n]|[ \t]\n|[ \t]$/.test(text)) return undefined;
  const body = text.replace(/\n+$/, '');
  const newlines = text.length - body.length;
  if (newlines > 1) return undefined;
  const indent = ' '.repeat(Math.max(column, 2));
  return { head: newlines === 1 ? '|' : '|-', body: body.split('\n').map((line) => (line === '' ? '' : indent + line)).join('\n') };
}

/** Whether a text without quotes is read as the same text, also by parsers of YAML 1.1. */
function isPlain(text: string): boolean {
  if (!/^(?:[\p{L}_./$(]|--?[A-Za-z]|\d)[\p{L}\p{N}_./@%+=:~^()*?!$;<>&|\\ -]*$/u.test(text) || /[ :]$|: /.test(text)) return false;
  if (/^(?:true|false|null|yes|no|on|off|y|n|---|\.\.\.)$/i.test(text) || /^\.(?:nan|inf)$/i.test(text)) return false;
  // numbers, dates and times of any YAML
  return !/^[\d.][\d._:xobA-Fa-fEe+-]*(?:[Tt ][\d:.Zz+ -]*)?$/.test(text);
}
