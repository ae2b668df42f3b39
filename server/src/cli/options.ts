import { resolve } from 'node:path';
import { ConfigFinder } from '../config/find';
import { resolveTarget } from '../features/target';
import type { ValidateOptions } from '../features/validate';
import type { EngineInfo } from '../engine/engine';
import type { Terminal } from './command';

export interface Flags {
  readonly api?: string;
  readonly engine?: string;
  readonly as?: string;
}

/** How each file is checked: flags first, then the config file above it, then the engine that is connected. */
export class FileOptions {
  private readonly finder = new ConfigFinder();
  private readonly told = new Set<string>();

  constructor(
    private readonly flags: Flags,
    private readonly terminal: Terminal,
    private readonly engine?: EngineInfo,
  ) {}

  of(path: string): ValidateOptions {
    const { flags, engine, terminal } = this;
    const absolute = resolve(terminal.cwd, path === '-' ? 'stdin' : path);
    const { config, as } = this.finder.settingsOf(absolute);
    this.tellProblems(absolute);
    const api = flags.api ?? config.api;
    return {
      severity: config.severity,
      target: (document) =>
        resolveTarget(document, { api, apiFrom: flags.api ? 'flag' : 'setting', engineApi: engine?.apiVersion, engine: engine?.engineVersion ?? flags.engine ?? config.engine, as: flags.as ?? as }),
    };
  }

  /** A fault of a config file is told once, on the error stream; what is right in it still counts. */
  private tellProblems(file: string): void {
    const found = this.finder.find(resolve(file, '..'));
    if (!found || this.told.has(found.path)) return;
    this.told.add(found.path);
    for (const problem of found.problems) this.terminal.err(`${found.path}: ${problem}\n`);
  }
}
