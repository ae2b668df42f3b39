import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Config, CONFIG_NAMES, fragmentOf, parseConfig } from './config';

export interface FoundConfig {
  readonly path: string;
  readonly config: Config;
  readonly problems: readonly string[];
}

/** Finds config files upwards; each folder is looked at once in the life of a finder. */
export class ConfigFinder {
  private readonly byFolder = new Map<string, FoundConfig | undefined>();

  /** The config for the files of a folder (an absolute path); undefined where there is none. */
  find(folder: string): FoundConfig | undefined {
    if (this.byFolder.has(folder)) return this.byFolder.get(folder);
    const above = dirname(folder);
    const found = readIn(folder) ?? (above === folder ? undefined : this.find(above));
    this.byFolder.set(folder, found);
    return found;
  }

  /** What the config says of one file, an absolute path. */
  settingsOf(file: string): { readonly config: Config; readonly as?: string } {
    const found = this.find(dirname(file));
    if (!found) return { config: {} };
    return { config: found.config, as: fragmentOf(found.config, relative(dirname(found.path), file).split(sep).join('/')) };
  }
}

function readIn(folder: string): FoundConfig | undefined {
  for (const name of CONFIG_NAMES) {
    const path = join(folder, name);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      continue; // not there, or not for us to read
    }
    return { path, ...parseConfig(text, name.endsWith('json') ? 'json' : 'yaml') };
  }
  return undefined;
}
