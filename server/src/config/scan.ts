import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasSpecName } from '../features/specFiles';

/** What no search goes into. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.jj']);

/** Bounds of a search: a workspace may be a home directory. */
export interface ScanLimits {
  readonly files: number;
  readonly bytesOfFile: number;
  readonly folders: number;
}

const LIMITS: ScanLimits = { files: 2000, bytesOfFile: 1_000_000, folders: 20_000 };

export interface ScannedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** The files with names of specs below some folders, up to the limits; what cannot be read is left out. Links are not followed. */
export async function scanSpecs(folders: readonly string[], limits: ScanLimits = LIMITS): Promise<ScannedFile[]> {
  const found = new Map<string, string>();
  const pending = [...folders];
  for (let visited = 0; pending.length > 0 && visited < limits.folders && found.size < limits.files; visited++) {
    const folder = pending.shift()!;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) pending.push(path);
      else if (entry.isFile() && hasSpecName(entry.name) && found.size < limits.files && !found.has(path)) {
        const text = await readSmall(path, limits.bytesOfFile);
        if (text !== undefined) found.set(path, text);
      }
    }
  }
  return [...found].map(([path, text]) => ({ path, text }));
}

async function readSmall(path: string, most: number): Promise<string | undefined> {
  try {
    return (await stat(path)).size <= most ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
