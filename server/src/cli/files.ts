import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readFile, type SpecFile } from '../document/document';
import { compileGlob, isGlob } from '../features/glob';
import { hasSpecName, syntaxOf } from '../features/specFiles';
import { type Terminal, TroubleError, UsageError } from './command';
import type { IgnoreFiles } from './ignoreFiles';

export interface InputFile {
  /** As given, or relative to where the command runs; `-` is the standard input. */
  readonly path: string;
  readonly file: SpecFile;
}

export interface Search {
  /** Whether `.gitignore` and `.swarmspecignore` count. */
  readonly ignoreFiles?: boolean;
  /** Whether an argument that matches nothing is fine. */
  readonly allowUnmatched?: boolean;
  /** Whether a file that was met in a folder holds a spec; by its name unless said. The path is absolute. */
  readonly isSpec?: (path: string) => boolean;
  /** Called with each folder that was read, an absolute path. */
  readonly onFolder?: (path: string) => void;
}

/** What no search goes into: other people's code, and the insides of version control. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.jj']);

/** The files that arguments name, read: files as they are, folders and globs by the names of specs inside. */
export function* readInputs(arguments_: readonly string[], terminal: Terminal, search: Search = {}): Generator<InputFile> {
  for (const path of findInputs(arguments_, terminal, search)) {
    const text = readInput(path, terminal);
    yield { path, file: readFile(text, syntaxOf(path, text)) };
  }
}

/** The paths that arguments name, each once. An argument that begins with `!` takes away what it matches. */
export function* findInputs(arguments_: readonly string[], { cwd }: Pick<Terminal, 'cwd'>, search: Search = {}): Generator<string> {
  const given = arguments_.map((argument) => toSlashes(argument, sep));
  const wanted = given.filter((argument) => !argument.startsWith('!'));
  if (wanted.length === 0) throw new UsageError('no file is given. Name files, folders or globs, or `-` for the standard input.');
  const unwanted = given.filter((argument) => argument.startsWith('!')).map((argument) => notWanted(argument.slice(1), cwd));
  const seen = new Set<string>();
  const several = wanted.length > 1; // one argument gives each path once
  for (const argument of wanted) {
    let found = false;
    for (const path of pathsOf(argument, cwd, search)) {
      found = true;
      const absolute = absolutePath(cwd, path);
      if ((several && seen.has(absolute)) || (path !== '-' && unwanted.some((takesAway) => takesAway(absolute)))) continue;
      if (several) seen.add(absolute);
      yield path;
    }
    if (!found && !search.allowUnmatched) throw unmatched(argument, cwd, search);
  }
}

/** Made once: Node takes its time over options that are only a word. */
const AS_TEXT = { encoding: 'utf8', flag: 'r' } as const;

/** The text of a file that was found; of the standard input for `-`. */
export function readInput(path: string, { cwd, stdin }: Pick<Terminal, 'cwd' | 'stdin'>): string {
  try {
    // bytes that are no UTF-8 become U+FFFD, which is a finding; a byte order mark is kept
    return path === '-' ? stdin() : readFileSync(absolutePath(cwd, path), AS_TEXT);
  } catch (error) {
    throw new TroubleError(`cannot read \`${path}\`: ${reason(error)}.`);
  }
}

/** The folder that was asked for last: a search gives the files of a folder one after the other. */
let last = { cwd: '', folder: '', prefix: '' };

/** As `resolve`, sooner where many files of one folder are asked for. */
export function absolutePath(cwd: string, path: string): string {
  const end = path.lastIndexOf('/') + 1;
  const name = path.slice(end);
  if (sep !== '/' || name === '' || name === '.' || name === '..') return resolve(cwd, path);
  if (last.cwd !== cwd || last.folder.length !== end || !path.startsWith(last.folder)) {
    const folder = path.slice(0, end);
    last = { cwd, folder, prefix: join(resolve(cwd, folder), '/') };
  }
  return last.prefix + name;
}

/** An argument with slashes between folders; on Windows, people and shells write backslashes. */
export function toSlashes(argument: string, separator: string): string {
  return separator === '\\' ? argument.replaceAll('\\', '/') : argument;
}

function* pathsOf(argument: string, cwd: string, search: Search): Generator<string> {
  if (argument === '-') return yield argument;
  const stat = statSync(resolve(cwd, argument), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const path of walk(argument, cwd, search)) if (isSpec(path, cwd, search)) yield path;
  } else if (stat) {
    yield argument;
  } else if (isGlob(argument)) {
    const fixed = argument.slice(0, argument.search(/[*?{[]/));
    const base = fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/')) || '/' : '.';
    const glob = compileGlob(base === '.' ? argument.replace(/^(\.\/)+/, '') : argument.slice(base.endsWith('/') ? base.length : base.length + 1));
    const inside = (path: string) => relative(resolve(cwd, base), resolve(cwd, path)).split(sep).join('/');
    if (!statSync(resolve(cwd, base), { throwIfNoEntry: false })?.isDirectory()) return;
    for (const path of walk(base, cwd, search, (folder) => glob.mayHold(inside(folder)))) if (glob.matches(inside(path))) yield path;
  } else if (!search.allowUnmatched) {
    throw new TroubleError(`cannot read \`${argument}\`: there is no such file.`);
  }
}

function isSpec(path: string, cwd: string, search: Search): boolean {
  return hasSpecName(path) || (/\.(json|ya?ml)$/i.test(path) && search.isSpec?.(absolutePath(cwd, path)) === true);
}

/** What an argument that begins with `!` takes away: a file, a folder with all that is in it, or a glob. */
function notWanted(argument: string, cwd: string): (absolute: string) => boolean {
  const glob = compileGlob(toSlashes(resolve(cwd, argument), sep), { dot: true });
  return (absolute) => {
    for (let path = toSlashes(absolute, sep); path.includes('/'); path = path.slice(0, path.lastIndexOf('/'))) if (glob.matches(path)) return true;
    return false;
  };
}

/**
 * Every file below a folder, in the order of the paths. Links are followed, each real folder is read once, so a circle of
 * links ends.
 */
function* walk(folder: string, cwd: string, { ignoreFiles = true, onFolder }: Search, mayHold: (folder: string) => boolean = () => true): Generator<string> {
  const top = resolve(cwd, folder);
  const ignore = ignoreFiles ? ignoreAbove(top, cwd) : undefined;
  const visited = new Set<string>();
  function* inside(at: string): Generator<string> {
    const real = realpathSync(at);
    if (visited.has(real)) return;
    visited.add(real);
    onFolder?.(at);
    const folder = toSlashes(relative(cwd, at), sep);
    const entries = readFolder(at).flatMap((entry) => {
      const { name } = entry;
      const stat = entry.isSymbolicLink() ? statSync(join(at, name), { throwIfNoEntry: false }) : entry;
      return stat?.isDirectory() ? [`${name}/`] : stat?.isFile() ? [name] : [];
    });
    for (const entry of entries.sort()) {
      const isFolder = entry.endsWith('/');
      const name = isFolder ? entry.slice(0, -1) : entry;
      const shown = folder === '' ? name : `${folder}/${name}`;
      if (isFolder ? SKIPPED.has(name) || !mayHold(shown) : false) continue;
      if (ignore?.leavesOut(join(at, name), isFolder)) continue;
      if (isFolder) yield* inside(join(at, name));
      else yield shown;
    }
  }
  yield* inside(top);
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new TroubleError(`cannot read the folder \`${path}\`: ${reason(error)}.`);
  }
}

/** Loaded with the first search: a file that is named needs none of it. */
function ignoreAbove(folder: string, cwd: string): IgnoreFiles {
  const { IgnoreFiles: Files }: typeof import('./ignoreFiles') = require('./ignoreFiles');
  return Files.above(folder, cwd);
}

function unmatched(argument: string, cwd: string, search: Search): UsageError {
  const all = search.ignoreFiles === false ? [] : [...pathsOf(argument, cwd, { ...search, ignoreFiles: false })];
  if (all.length > 0) return new UsageError(`all that \`${argument}\` matches is left out by ignore files, \`${all[0]}\` for one. \`--no-ignore\` checks it.`);
  if (isGlob(argument)) return new UsageError(`nothing matches \`${argument}\`.`);
  return new UsageError(`there is no spec in \`${argument}\`. It looks for *.service.yaml, *.service.json and *.swarmspec.*, and what the config file names; other files are named one by one.`);
}

export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return { ENOENT: 'there is no such file', EACCES: 'permission is denied', EISDIR: 'it is a folder', ENOTDIR: 'a part of its path is no folder' }[code ?? ''] ?? message;
}
