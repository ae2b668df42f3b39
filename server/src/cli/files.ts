import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readFile, type SpecFile } from '../document/document';
import { matchesGlob } from '../features/glob';
import { hasSpecName, syntaxOf } from '../features/specFiles';
import { type Terminal, TroubleError, UsageError } from './command';

export interface InputFile {
  /** As given, or relative to where the command runs; `-` is the standard input. */
  readonly path: string;
  readonly file: SpecFile;
}

const SKIPPED = new Set(['node_modules', '.git', 'dist', 'out']);

/** The files that arguments name: files as they are, folders and globs by the names of specs inside. */
export function* readInputs(arguments_: readonly string[], terminal: Terminal): Generator<InputFile> {
  if (arguments_.length === 0) throw new UsageError('no file is given. Name files, folders or globs, or `-` for the standard input.');
  const seen = new Set<string>();
  for (const argument of arguments_) {
    for (const path of pathsOf(argument, terminal.cwd)) {
      if (seen.has(path)) continue;
      seen.add(path);
      yield readInput(path, terminal);
    }
  }
}

function readInput(path: string, { cwd, stdin }: Terminal): InputFile {
  let text: string;
  try {
    text = path === '-' ? stdin() : decode(readFileSync(resolve(cwd, path)));
  } catch (error) {
    throw new TroubleError(`cannot read \`${path}\`: ${reason(error)}.`);
  }
  return { path, file: readFile(text, syntaxOf(path, text)) };
}

/** UTF-8 as text, a byte order mark kept; bytes that are no UTF-8 become U+FFFD, which is a finding. */
function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function pathsOf(argument: string, cwd: string): string[] {
  if (argument === '-') return ['-'];
  const stat = statSync(resolve(cwd, argument), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    const found = walk(argument, cwd).filter(hasSpecName);
    if (found.length === 0) throw new UsageError(`there is no spec in \`${argument}\`. It looks for *.service.yaml, *.service.json and *.swarmspec.*; other files are named one by one.`);
    return found;
  }
  if (stat) return [argument];
  if (!/[*?{]/.test(argument)) throw new TroubleError(`cannot read \`${argument}\`: there is no such file.`);
  const fixed = argument.slice(0, argument.search(/[*?{]/));
  const base = fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/')) || '/' : '.';
  const folder = statSync(resolve(cwd, base), { throwIfNoEntry: false });
  const found = folder?.isDirectory() ? walk(base, cwd).filter((path) => matchesGlob(`/${path}`, argument.replace(/^\.\//, ''))) : [];
  if (found.length === 0) throw new UsageError(`nothing matches \`${argument}\`.`);
  return found;
}

function walk(folder: string, cwd: string): string[] {
  const found: string[] = [];
  const pending = [resolve(cwd, folder)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) pending.push(join(next, entry.name));
      else if (entry.isFile()) found.push(relative(cwd, join(next, entry.name)) || entry.name);
    }
  }
  return found.sort();
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return { ENOENT: 'there is no such file', EACCES: 'permission is denied', EISDIR: 'it is a folder' }[code ?? ''] ?? message;
}
