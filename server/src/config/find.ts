import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Config, CONFIG_NAMES, fragmentOf, namesFile, readConfig, type ReadConfig } from './config';

export interface FoundConfig extends ReadConfig {
  /** Absolute. */
  readonly path: string;
}

const NO_SETTINGS = { config: {} };

/** Finds config files upwards; each folder is looked at once in the life of a finder. */
export class ConfigFinder {
  private readonly byFolder = new Map<string, FoundConfig | undefined>();

  /** `only` is the one config for all files: a path, or false for none. It throws what reading that file throws. */
  constructor(private readonly only?: string | false) {
    if (only) this.byFolder.set('', readAt(only));
  }

  /** The config for the files of a folder (an absolute path); undefined where there is none. */
  find(folder: string): FoundConfig | undefined {
    if (this.only !== undefined) return this.byFolder.get('');
    if (this.byFolder.has(folder)) return this.byFolder.get(folder);
    const above = dirname(folder);
    const found = readIn(folder) ?? (above === folder ? undefined : this.find(above));
    this.byFolder.set(folder, found);
    return found;
  }

  /** What the config says of one file, an absolute path, and which config that is. */
  settingsOf(file: string): { readonly found?: FoundConfig; readonly config: Config; readonly as?: string } {
    const found = this.find(dirname(file));
    if (!found) return NO_SETTINGS;
    return { found, config: found.config, as: found.config.fragments ? fragmentOf(found.config, fromConfig(found, file)) : undefined };
  }

  /** Whether a config names this file, an absolute path, as one that holds a spec. */
  names(file: string): boolean {
    const found = this.find(dirname(file));
    return found !== undefined && namesFile(found.config, fromConfig(found, file));
  }
}

function fromConfig({ path }: FoundConfig, file: string): string {
  return relative(dirname(path), file).split(sep).join('/');
}

function readIn(folder: string): FoundConfig | undefined {
  for (const name of CONFIG_NAMES) {
    try {
      return readAt(join(folder, name));
    } catch {
      // not there, or not for us to read
    }
  }
  return undefined;
}

function readAt(path: string): FoundConfig {
  return { path, ...readConfig(readFileSync(path, 'utf8'), path.endsWith('json') ? 'json' : 'yaml') };
}
