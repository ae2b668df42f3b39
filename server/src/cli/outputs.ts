import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Severity } from '../finding';
import { nearest } from '../schema/nearest';
import { type Terminal, UsageError } from './command';
import { toSlashes } from './files';
import { FORMATS, type Format } from './printers/formats';
import type { FileReport, Printer, Summary } from './report';
import { FileWriter } from './write';

/** Where the findings go: one format to the screen, others to files. */
export class Outputs {
  readonly edits: boolean;
  readonly silenced: boolean;

  private constructor(private readonly all: readonly Output[]) {
    this.edits = all.some(({ format }) => format.edits);
    this.silenced = all.some(({ format }) => format.silenced);
  }

  /** `files` are of the form FORMAT=FILE. Folders on the way to a file are made. */
  static open(screen: { readonly format: Format; readonly write: (text: string) => void }, files: readonly string[], { quiet, fails }: { readonly quiet: boolean; readonly fails: (severity: Severity) => boolean }, terminal: Terminal): Outputs {
    const named = files.map((file) => toFile(file, terminal.cwd));
    for (const [i, { path }] of named.entries()) if (named.findIndex((other) => other.path === path) !== i) throw new UsageError(`two outputs go to \`${path}\`.`);
    const inRepository = pathsInRepository(terminal);
    const output = (format: Format, color: boolean, write: Output['write'], writer?: FileWriter): Output => ({ format, printer: format.load({ color, fails, inRepository }), quiet, write, writer });
    const outputs = [output(screen.format, terminal.color, screen.write)];
    try {
      for (const { format, path } of named) {
        const writer = new FileWriter(path);
        outputs.push(output(format, false, (text) => writer.write(text), writer));
      }
    } catch (error) {
      for (const { writer } of outputs) writer?.abandon();
      throw error;
    }
    const opened = new Outputs(outputs);
    opened.each(({ printer }) => printer.start?.() ?? '');
    return opened;
  }

  file(report: FileReport): void {
    this.each(({ printer, format, quiet }) => {
      const findings = report.findings.filter(({ severity, silenced }) => (!silenced || format.silenced) && (!quiet || severity === 'error'));
      return printer.file(findings.length === report.findings.length ? report : { ...report, findings });
    });
  }

  end(summary: Summary): void {
    // the text for people is nothing where all is quiet
    this.each(({ printer, format, quiet }) => (quiet && format.name === 'text' && summary.errors === 0 ? '' : printer.end(summary)));
    for (const { writer } of this.all) writer?.commit();
  }

  /** Leaves no half-written file. */
  abandon(): void {
    for (const { writer } of this.all) writer?.abandon();
  }

  private each(toText: (output: Output) => string): void {
    for (const output of this.all) {
      const text = toText(output);
      if (text !== '') output.write(text);
    }
  }
}

interface Output {
  readonly format: Format;
  readonly printer: Printer;
  readonly quiet: boolean;
  readonly write: (text: string) => void;
  readonly writer?: FileWriter;
}

/** The format of this name. */
export function formatOf(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found) return found;
  const names = FORMATS.map((format) => format.name);
  const near = nearest(name, names);
  throw new UsageError(`there is no format \`${name}\`.${near ? ` Did you mean \`${near}\`?` : ''} There are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`);
}

function toFile(text: string, cwd: string): { format: Format; path: string } {
  const split = text.indexOf('=');
  if (split < 1 || split === text.length - 1) throw new UsageError(`\`--output ${text}\` does not say what to write where. It takes FORMAT=FILE, such as sarif=reports/swarmspec.sarif.`);
  return { format: formatOf(text.slice(0, split)), path: resolve(cwd, text.slice(split + 1)) };
}

/** Where CI systems say that the repository is. */
const ROOTS: readonly string[] = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR', 'BITBUCKET_CLONE_DIR', 'BUILD_SOURCESDIRECTORY'];

/** Paths as the repository has them, for formats that point into it; as they are where no repository is known. */
function pathsInRepository({ cwd, env }: Terminal): (path: string) => string {
  const root = ROOTS.map((name) => env[name]).find((folder) => folder && !relative(folder, cwd).startsWith('..') && !isAbsolute(relative(folder, cwd)));
  return (path) => {
    if (path === '-') return path;
    const inside = relative(root ?? cwd, resolve(cwd, path));
    return toSlashes(inside.startsWith('..') ? resolve(cwd, path) : inside, sep);
  };
}
