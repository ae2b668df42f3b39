import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TroubleError } from './command';
import { reason } from './files';

/** Makes a folder and those above it. Where none can be made, as in `/proc`, Node's own way of doing that never comes back. */
export function makeFolder(path: string, mode?: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // made by somebody else meanwhile
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** A file that appears whole or not at all: written beside its place, moved there at the end. */
export class FileWriter {
  private readonly target: string;
  private readonly beside: string;
  private readonly file: number;

  /** Folders on the way are made. A link stays one, and what it points to is replaced; rights are kept. */
  constructor(path: string) {
    try {
      makeFolder(dirname(path));
      const before = statSync(path, { throwIfNoEntry: false });
      this.target = before ? realpathSync(path) : path;
      this.beside = join(dirname(this.target), `.${basename(this.target)}.${process.pid}.tmp`);
      this.file = openSync(this.beside, 'w', 0o666);
      if (before) fchmodSync(this.file, before.mode & 0o7777);
    } catch (error) {
      throw new TroubleError(`cannot write \`${path}\`: ${reason(error)}.`);
    }
  }

  write(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
  }

  /** Puts the file in its place. */
  commit(): void {
    fsyncSync(this.file);
    closeSync(this.file);
    renameSync(this.beside, this.target);
  }

  /** Leaves everything as it was. */
  abandon(): void {
    closeSync(this.file);
    rmSync(this.beside, { force: true });
  }
}

export function writeWhole(path: string, text: string): void {
  const writer = new FileWriter(path);
  try {
    writer.write(text);
  } catch (error) {
    writer.abandon();
    throw new TroubleError(`cannot write \`${path}\`: ${reason(error)}.`);
  }
  writer.commit();
}
