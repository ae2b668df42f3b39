import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';

/** Node's own cache of compiled code, from 22.1 on. */
const enableCompileCache = (nodeModule as { enableCompileCache?: (folder?: string) => unknown }).enableCompileCache;

/** Bundles that a loaded bundle asks for, which are cached in the same way. */
const OURS = /^\.\/(lsp|yaml)\.js$/;

/**
 * Loads a bundle with the code that V8 has made of it in an earlier run, which saves most of the time that a command
 * takes: compiling takes longer than checking a file. The cache is in the user's cache folder (`XDG_CACHE_HOME`, else
 * `~/.cache`), one file for each bundle and version of Node; V8 takes it only if it fits. Without a folder that can be
 * written, and with `NODE_DISABLE_COMPILE_CACHE`, everything works as well, slower.
 */
export function loadCached<T>(file: string): T {
  const folder = cacheFolder();
  if (folder === undefined) return require(file);
  if (enableCompileCache) {
    enableCompileCache(folder);
    return require(file);
  }
  return loadWith(folder, file) as T;
}

function cacheFolder({ NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env): string | undefined {
  if (NODE_DISABLE_COMPILE_CACHE) return undefined;
  const base = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, '.cache'));
  return base ? resolve(base, 'swarmspec') : undefined;
}

/** What was loaded, by file: a bundle that is asked for in several places is run once. */
const loadedFiles = new Map<string, unknown>();

/** As `require`, with the cache. */
function loadWith(folder: string, file: string): unknown {
  if (!loadedFiles.has(file)) loadedFiles.set(file, loadAnew(folder, file));
  return loadedFiles.get(file);
}

function loadAnew(folder: string, file: string): unknown {
  const { size, mtimeMs } = statSync(file);
  const name = basename(file, '.js');
  const cache = join(folder, `${name}-${process.version}-${process.arch}-${size}-${Math.round(mtimeMs)}`);
  // bundles are ASCII, so this is the text, byte for byte
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1').replace(/^#!/, '//#!')}\n})`;
  const cachedData = read(cache);
  const script = new Script(source, { filename: file, cachedData });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => write(folder, name, cache, script));
  const own = nodeModule.createRequire(file);
  const requireCached = Object.assign((id: string) => (OURS.test(id) ? loadWith(folder, join(dirname(file), id)) : own(id)), own);
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, requireCached, loaded, file, dirname(file));
  return loaded.exports;
}

function read(path: string): Buffer | undefined {
  try {
    // what somebody else has put there is not run
    if (process.getuid && statSync(path).uid !== process.getuid()) return undefined;
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Keeps the code for the next run, and drops that of other builds; a folder that cannot be written is no trouble. */
function write(folder: string, name: string, path: string, script: Script): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, script.createCachedData(), { mode: 0o600 });
    renameSync(fresh, path);
    for (const other of readdirSync(folder)) if (other.startsWith(`${name}-${process.version}-`) && join(folder, other) !== path) rmSync(join(folder, other), { force: true });
  } catch {
    // the next run compiles again
  }
}
