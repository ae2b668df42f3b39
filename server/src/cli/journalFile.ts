import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type JournalEntry, readEntries, writeEntry } from '../apply/journal';
import { type Terminal, TroubleError } from './command';
import { reason } from './files';
import { makeFolder } from './write';

/** The journal of one swarm, in the state folder of the user. Only its owner can read it. */
export class JournalFile {
  /** Undefined where the environment names neither `XDG_STATE_HOME` nor `HOME`: then there is no journal. */
  readonly path: string | undefined;

  constructor(swarmId: string, { env }: Pick<Terminal, 'env'>) {
    const state = env.XDG_STATE_HOME || (env.HOME && join(env.HOME, '.local/state'));
    if (state) this.path = join(state, 'swarmspec/journal', `${swarmId.replaceAll(/[^\w-]/g, '_')}.jsonl`);
  }

  /** Oldest first; none where there is no journal yet. */
  read(): JournalEntry[] {
    if (this.path === undefined || !existsSync(this.path)) return [];
    try {
      return readEntries(readFileSync(this.path, 'utf8'));
    } catch (error) {
      throw new TroubleError(`cannot read the journal \`${this.path}\`: ${reason(error)}.`);
    }
  }

  /** Adds an entry; the trouble in words when that is not possible, which is no reason to fail what has been done. */
  add(entry: JournalEntry): string | undefined {
    if (this.path === undefined) return undefined;
    try {
      makeFolder(dirname(this.path), 0o700);
      if (existsSync(this.path)) chmodSync(this.path, 0o600);
      appendFileSync(this.path, writeEntry(entry), { mode: 0o600 });
      return undefined;
    } catch (error) {
      return `The journal \`${this.path}\` cannot be written: ${(error as Error).message}`;
    }
  }
}
