import { isObject, type SpecValue, toJson } from '../document/value';
import type { Path } from '../path';

const SECRET_NAME = /pass(word|wd|phrase)?|secret|token|credential|api[-_]?key|private[-_]?key|auth|^key$|[-_]key$|dsn|connection[-_]?string/i;
const SECRET_TEXT = /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@]+:[^/\s@]+@|^eyJ[\w-]+\.[\w-]+\./;

/** Whether a variable or label of this name, or a text like this, is likely to hold something secret. */
export function looksSecret(name: string, text = ''): boolean {
  return (SECRET_NAME.test(name) && !/_FILE$/.test(name)) || SECRET_TEXT.test(text);
}

/** Names of secrets and configs are no secrets. */
const NO_SECRET_KEY = /^Secret(ID|Name)$/;

/** A word of a command line that takes a secret as its value: `--db-password=…`, or as the word behind it. */
const FLAG = /^--?([\w.-]+)(=)?/;

/**
 * Whether a string of a spec holds what must not be shown: the value of any environment variable, since nobody can tell
 * which are secret; labels, options and texts that look it; a word of a command line behind a flag that does. `before` is
 * the item before it, where it is one of a list.
 */
export function isSecret(text: string, path: Path, before?: SpecValue): boolean {
  return maskText(text, path, before, '') !== text;
}

/** The string with `mark` in place of what must not be shown. */
export function maskText(text: string, path: Path, before: SpecValue | undefined, mark: string): string {
  if (path.includes('Env')) return text.includes('=') ? `${text.slice(0, text.indexOf('='))}=${mark}` : text;
  const key = String(path.at(-1) ?? '');
  if (typeof path.at(-1) === 'number') {
    const own = FLAG.exec(text);
    if (own?.[2] && looksSecret(own[1])) return own[0] + mark;
    if (isSecretOption(before) && !own) return mark;
    return SECRET_TEXT.test(text) ? mark : hideSecrets(text, mark);
  }
  return looksSecret(NO_SECRET_KEY.test(key) ? '' : key, text) ? mark : hideSecrets(text, mark);
}

/** Whether the text behind this one on a command line is likely to be secret: `--password` before `hunter2`. */
export function isSecretOption(before: SpecValue | undefined): boolean {
  return typeof before === 'string' && /^-[^=]*$/.test(before) && looksSecret(before);
}

/** A value of a spec as one line for people, without what must not be seen. */
export function showValue(value: SpecValue, path: Path, before?: SpecValue): string {
  if (typeof value === 'string') {
    const shown = maskText(value, path, before, '…');
    if (shown === value) return shorten(JSON.stringify(value));
    return shown === '…' ? '(hidden)' : shorten(path.includes('Env') ? shown : JSON.stringify(shown));
  }
  if (Array.isArray(value)) return shorten(`[${value.map((item, i) => showValue(item, [...path, i], value[i - 1])).join(', ')}]`);
  if (isObject(value)) return shorten(`{${Object.keys(value).map((key) => `${key}: ${showValue(value[key], [...path, key])}`).join(', ')}}`);
  return toJson(value);
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/**
 * These are looked for in lines of megabytes, so that none tries one place twice: names are taken from their beginning on
 * only, and what is in quotes is read in one way. A quote that is not closed goes on to the end of the line.
 */
/** `"NAME=value"`. */
const QUOTED_VARIABLE = /"(-{0,2}\w[\w.-]*)=((?:\\.|[^"\\])+)("|\\?$)|'(-{0,2}\w[\w.-]*)=((?:''|[^'])+)('|$)/g;
/** An item of a YAML list: the value goes on to the end, whatever is in it. */
const VARIABLE_OF_LIST = /^(\s*(?:-\s+)+-{0,2}(\w[\w.-]*)=)(.+)$/g;
/** `name=value` anywhere. */
const VARIABLE = /(?<![\w.-])([\w.-]+)=([^\s"',}\]]+)/g;
/** `name: "value"`. */
const QUOTED_VALUE = /((["']?)(?<![\w./-])([\w./-]+)\2\s*:\s*)(?:"((?:\\.|[^"\\])+)("|\\?$)|'((?:''|[^'])+)('|$))/g;
/** `name: value` without quotes, as in YAML and in headers. */
const VALUE = /((["']?)(?<![\w./-])([\w./-]+)\2\s*:\s+)(?![\s"'[{|>&*!#…])([^"',}\]]+)/g;

/** A line of text with the values hidden that look secret, as in code frames and command lines. */
export function hideSecrets(line: string, hidden = '…'): string {
  const isPair = (name: string, value: string) => looksSecret(name, value) && !/Name$|^Secret/.test(name);
  return line
    .replaceAll(QUOTED_VARIABLE, (whole, name: string | undefined, value: string, close: string, other: string, otherValue: string, otherClose: string) =>
      name !== undefined ? (looksSecret(name, value) ? `"${name}=${hidden}${close}` : whole) : looksSecret(other, otherValue) ? `'${other}=${hidden}${otherClose}` : whole,
    )
    .replaceAll(VARIABLE_OF_LIST, (whole, head: string, name: string, value: string) => (looksSecret(name, value) ? head + hidden : whole))
    .replaceAll(VARIABLE, (whole, name: string, value: string) => (looksSecret(name, value) ? `${name}=${hidden}` : whole))
    .replaceAll(QUOTED_VALUE, (whole, head: string, _quote: string, name: string, value: string | undefined, close: string, other: string, otherClose: string) =>
      !isPair(name, value ?? other) ? whole : value !== undefined ? `${head}"${hidden}${close}` : `${head}'${hidden}${otherClose}`,
    )
    .replaceAll(VALUE, (whole, head: string, _quote: string, name: string, value: string) => (isPair(name, value) ? head + hidden : whole));
}
