import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fixAll } from '../features/fixAll';
import { syntaxOf } from '../features/specFiles';
import { unifiedDiff } from '../features/unifiedDiff';
import type { ValidateOptions } from '../features/validate';
import { type Terminal, TroubleError } from './command';
import { writeWhole } from './write';

/** Fixes files as they are checked: writes them, or prints what would be written. */
export class Fixer {
  /** Whether a dry run found something to fix. */
  wouldChange = false;

  constructor(
    /** `silent`: where findings go is read by a program, which lines of ours would confuse. */
    private readonly how: { readonly dryRun: boolean; readonly unsafe: boolean; readonly silent: boolean },
    private readonly terminal: Terminal,
  ) {}

  /** Whether the standard output is for what is fixed, so that findings go elsewhere. */
  takesOutput(paths: readonly string[]): boolean {
    return this.how.dryRun || paths.includes('-');
  }

  /** Fixes a text and answers what it is afterwards. `path` is `-` for the standard input, `name` what it is called. */
  fix(path: string, name: string, text: string, options: ValidateOptions): string {
    const { terminal, how } = this;
    if (path === '-' && text.includes('\ufffd')) throw new TroubleError('the standard input is not UTF-8, and would be changed throughout.');
    if (path !== '-' && !this.isSame(path, text)) {
      terminal.err(`${name}: not fixed, since it is not UTF-8 and would be changed throughout.\n`);
      return text;
    }
    const { text: after, fixed } = fixAll(text, syntaxOf(name, text), { ...options, silenced: false }, how);
    if (how.dryRun) {
      terminal.out(unifiedDiff(text, after, name === '-' ? 'stdin' : name));
      this.wouldChange ||= after !== text;
    } else if (path === '-') terminal.out(after);
    else if (after !== text) {
      if (!this.isSame(path, text)) throw new TroubleError(`\`${name}\` has changed while it was fixed. Nothing was written to it; run again.`);
      writeWhole(resolve(terminal.cwd, path), after);
    }
    if (after === text || how.silent) return after;
    terminal.err(fixed.map(({ line, title, rule }) => `${name}:${line + 1}: ${how.dryRun ? 'would fix' : 'fixed'}: ${title} [${rule}]\n`).join(''));
    terminal.err(`${name}: ${fixed.length} ${fixed.length === 1 ? 'fix' : 'fixes'} ${how.dryRun ? 'to apply' : 'applied'}\n`);
    return after;
  }

  /** Whether a file holds this text, byte for byte. */
  private isSame(path: string, text: string): boolean {
    return readFileSync(resolve(this.terminal.cwd, path)).equals(Buffer.from(text, 'utf8'));
  }
}
