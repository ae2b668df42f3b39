import { isObject, type SpecValue, toJson } from '../document/value';
import type { Path } from '../path';

const SECRET_NAME = /pass(word|wd|phrase)?|secret|token|credential|api_?key|private_?key|auth|^key$|_key$|dsn|connection_?string/i;
const SECRET_TEXT = /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@]+:[^/\s@]+@|^eyJ[\w-]+\.[\w-]+\./;

/** Whether a variable or label of this name, or a text like this, is likely to hold something secret. */
export function looksSecret(name: string, text = ''): boolean {
  return (SECRET_NAME.test(name) && !/_FILE$/.test(name)) || SECRET_TEXT.test(text);
}

/**
 * A value of a spec as one line for people, without what must not be seen: the value of every environment variable, since
 * nobody can tell which are secret, and labels, options and texts that look it.
 */
export function showValue(value: SpecValue, path: Path): string {
  if (typeof value === 'string') {
    if (path.includes('Env')) {
      const [name] = value.split('=', 1);
      return name === value ? JSON.stringify(value) : `${name}=…`;
    }
    return looksSecret(String(path.at(-1) ?? ''), value) ? '(hidden)' : shorten(JSON.stringify(hideSecrets(value)));
  }
  if (Array.isArray(value)) return shorten(`[${value.map((item, i) => (isSecretOption(value[i - 1]) ? '(hidden)' : showValue(item, [...path, i]))).join(', ')}]`);
  if (isObject(value)) return shorten(`{${Object.keys(value).map((key) => `${key}: ${showValue(value[key], [...path, key])}`).join(', ')}}`);
  return toJson(value);
}

/** Whether the text behind this one on a command line is likely to be secret: `--password` before `hunter2`. */
export function isSecretOption(before: SpecValue | undefined): boolean {
  return typeof before === 'string' && /^-[^=]*$/.test(before) && looksSecret(before);
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/** A line of a spec with the values hidden that look secret, for code frames in logs. */
export function hideSecrets(line: string): string {
  return line
    .replaceAll(/([A-Za-z_][\w.-]*)=([^\s"',}\]]+)/g, (whole, name: string, value: string) => (looksSecret(name, value) ? `${name}=…` : whole))
    .replaceAll(/(["']?)([\w./-]+)\1(\s*:\s*)(["'])((?:(?!\4).)+)\4/g, (whole, quote: string, name: string, colon: string, mark: string, value: string) =>
      looksSecret(name, value) && !/Name$|^Secret/.test(name) ? `${quote}${name}${quote}${colon}${mark}…${mark}` : whole,
    );
}
