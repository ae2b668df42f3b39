import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config';
import { ConfigFinder, type FoundConfig } from '../config/find';
import { Lines } from '../document/lines';
import type { EngineInfo } from '../engine/engine';
import { targetsIn } from '../features/target';
import type { ValidateOptions } from '../features/validate';
import { type Terminal, TroubleError } from './command';
import { absolutePath, reason } from './files';

export interface Flags {
  readonly api?: string;
  readonly engine?: string;
  readonly as?: string;
  readonly severity?: ValidateOptions['severity'];
  /** The one config file for all specs, or false for none. */
  readonly config?: string | false;
}

/** How each file is checked: flags first, then the config file above it, then the engine that is connected. */
export class FileOptions {
  private readonly finder: ConfigFinder;
  private readonly told = new Set<string>();
  private last?: { readonly config: Config; readonly as?: string; readonly options: ValidateOptions };

  /** `onFaultyConfig` is called once with each config file that something is wrong with. */
  constructor(
    private readonly flags: Flags,
    private readonly terminal: Pick<Terminal, 'cwd' | 'err'>,
    private readonly engine?: EngineInfo,
    private readonly onFaultyConfig: (found: FoundConfig) => void = (found) => this.tell(found),
  ) {
    const { config } = flags;
    try {
      this.finder = new ConfigFinder(config && resolve(terminal.cwd, config));
    } catch (error) {
      throw new TroubleError(`cannot read the config file \`${config}\`: ${reason(error)}.`);
    }
  }

  of(path: string): ValidateOptions {
    const { flags, engine, terminal } = this;
    const { found, config, as } = this.finder.settingsOf(absolutePath(terminal.cwd, path === '-' ? 'stdin' : path));
    if (found && found.findings.length > 0 && !this.told.has(found.path)) {
      this.told.add(found.path);
      this.onFaultyConfig(found);
    }
    // most files stand beside one that is checked in the same way
    if (this.last?.config === config && this.last.as === as) return this.last.options;
    const api = flags.api ?? config.api;
    const options: ValidateOptions = {
      severity: flags.severity ? { ...config.severity, ...flags.severity } : config.severity,
      target: targetsIn({ api, apiFrom: flags.api ? 'flag' : 'setting', engineApi: engine?.apiVersion, engine: engine?.engineVersion ?? flags.engine ?? config.engine, as: flags.as ?? as }),
    };
    this.last = { config, as, options };
    return options;
  }

  /** Whether the config names a file, an absolute path, as one that holds a spec. */
  names(path: string): boolean {
    return this.finder.names(path);
  }

  /** The config file that counts for a file. */
  configOf(path: string): FoundConfig | undefined {
    return this.finder.find(dirname(absolutePath(this.terminal.cwd, path)));
  }

  /** Tells what is wrong with the config file of a folder: it may be why nothing was found there. */
  tellConfigOf(folder: string): void {
    const found = this.finder.find(absolutePath(this.terminal.cwd, folder));
    if (found) this.tell(found);
  }

  private tell({ path, file, findings }: FoundConfig): void {
    const lines = new Lines(file.text);
    for (const { span, message } of findings) {
      const { line, character } = lines.position(span.start);
      this.terminal.err(`${path}:${line + 1}:${character + 1}: ${message}\n`);
    }
  }
}
