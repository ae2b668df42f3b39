import { readFile } from '../document/document';
import { syntaxOf } from '../features/specFiles';
import { validate, type ValidateOptions } from '../features/validate';
import { API_VERSIONS } from '../facts/versions';
import type { Terminal } from './command';
import { readInput } from './files';
import { FileOptions, type Flags } from './options';
import { type FileReport, toReport } from './report';

/** How files are checked. Plain data, so that threads can be told. */
export interface CheckJob {
  readonly flags: Flags;
  /** Whether the fixes are written out as replacements of text. */
  readonly edits: boolean;
  /** Whether findings that a comment silences are told, with a mark. */
  readonly silenced: boolean;
  /** What the standard input is called. */
  readonly stdinName?: string;
}

/** Changes the text of a file before it is checked. `path` is `-` for the standard input, `name` what it is called. */
export type Fix = (path: string, name: string, text: string, options: ValidateOptions) => string;

/** Reads and checks files, one after the other, in whichever thread. */
export class Checker {
  readonly options: FileOptions;
  private readonly told = new Set<string>();
  private last?: { readonly options: ValidateOptions; readonly all: ValidateOptions };

  constructor(
    private readonly job: CheckJob,
    private readonly terminal: Pick<Terminal, 'cwd' | 'stdin' | 'err'>,
    private readonly fix?: Fix,
  ) {
    this.options = new FileOptions(job.flags, terminal, undefined, () => {});
  }

  /** Forgets which config files were told of: the next file is the first one. */
  startAnew(): void {
    this.told.clear();
  }

  /** Most files are checked like the one before, and what is the same object is known to be the same. */
  private optionsOf(name: string): ValidateOptions {
    const options = this.options.of(name);
    if (this.last?.options !== options) this.last = { options, all: { ...options, silenced: this.job.silenced } };
    return this.last.all;
  }

  /** The report of a file, behind that of the config file that counts for it where that has faults and was not told of before. */
  check(path: string): FileReport[] {
    const { job, terminal, fix } = this;
    const name = path === '-' ? (job.stdinName ?? '-') : path;
    const options = this.optionsOf(name);
    const read = readInput(path, terminal);
    const text = fix ? fix(path, name, read, options) : read;
    const file = readFile(text, syntaxOf(name, text));
    const report = toReport({ path: name, file, findings: validate(file, options), target: options.target(file.documents[0].document) }, job);
    const config = this.options.configOf(name);
    if (!config || config.findings.length === 0 || this.told.has(config.path)) return [report];
    this.told.add(config.path);
    return [toReport({ ...config, path: pathFrom(terminal.cwd, config.path), target: CONFIG_TARGET }, job), report];
  }
}

const CONFIG = 'config';
const CONFIG_TARGET = { api: API_VERSIONS[API_VERSIONS.length - 1].version, kind: { id: CONFIG } };

/** Whether a report is that of a config file. */
export function isConfig({ kind }: FileReport): boolean {
  return kind === CONFIG;
}

/** A path for people: relative where it lies below where the command runs. */
function pathFrom(cwd: string, path: string): string {
  return path.startsWith(`${cwd}/`) || path.startsWith(`${cwd}\\`) ? path.slice(cwd.length + 1).replaceAll('\\', '/') : path;
}
