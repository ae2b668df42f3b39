import type { Ignore } from 'ignore';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Files that say what is not to be looked at, both in the syntax of `.gitignore`; the later one has the last word. */
const NAMES: readonly string[] = ['.gitignore', '.swarmspecignore'];

/** What the ignore files of a tree leave out. Each folder is read once in the life of this object. */
export class IgnoreFiles {
  private readonly byFolder = new Map<string, Ignore | undefined>();
  private readonly counting = new Map<string, readonly { readonly folder: string; readonly rules: Ignore }[]>();

  /** `top` is an absolute path; ignore files above it do not count. */
  private constructor(private readonly top: string) {}

  /**
   * For a search that begins in a folder. Ignore files count from the top of the repository, or from where the command
   * runs if there is none. A folder that is itself ignored was named on purpose: then only the files inside count.
   */
  static above(folder: string, cwd: string): IgnoreFiles {
    const inside = (place: string) => folder === place || folder.startsWith(place.endsWith(sep) ? place : place + sep);
    const all = new IgnoreFiles(repositoryOf(folder) ?? (inside(cwd) ? cwd : folder));
    return all.top !== folder && all.leavesOut(folder, true) ? new IgnoreFiles(folder) : all;
  }

  /** Whether a file or folder (an absolute path below the top) is left out. */
  leavesOut(path: string, isFolder: boolean): boolean {
    let ignored = false;
    for (const { folder, rules } of this.rulesFor(dirname(path))) {
      const verdict = rules.test(relative(folder, path).split(sep).join('/') + (isFolder ? '/' : ''));
      if (verdict.ignored || verdict.unignored) ignored = verdict.ignored;
    }
    return ignored;
  }

  /** The rules that count in a folder, from the top down. */
  private rulesFor(folder: string): readonly { readonly folder: string; readonly rules: Ignore }[] {
    let counting = this.counting.get(folder);
    if (!counting) {
      counting = this.foldersTo(folder).flatMap((one) => {
        const rules = this.rulesOf(one);
        return rules ? [{ folder: one, rules }] : [];
      });
      this.counting.set(folder, counting);
    }
    return counting;
  }

  /** From the top down to a folder. */
  private foldersTo(folder: string): string[] {
    const folders = [folder];
    for (let at = folder; at !== this.top && at !== dirname(at); at = dirname(at)) folders.unshift(dirname(at));
    return folders;
  }

  private rulesOf(folder: string): Ignore | undefined {
    if (this.byFolder.has(folder)) return this.byFolder.get(folder);
    const texts = NAMES.flatMap((name) => textOf(join(folder, name)) ?? []);
    const rules = texts.length > 0 ? newRules().add(texts.join('\n')) : undefined;
    this.byFolder.set(folder, rules);
    return rules;
  }
}

function newRules(): Ignore {
  const ignore: typeof import('ignore') = require('ignore');
  return ignore();
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch {
    return undefined; // not there, or not for us to read
  }
}

function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}
