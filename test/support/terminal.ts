import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from '../../server/src/cli/command';
import { main } from '../../server/src/cli/main';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Scene {
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly stdin?: string;
  readonly color?: boolean;
  readonly env?: Terminal['env'];
}

/** Runs a command line in a folder that holds these files, and cleans up. */
export async function run(args: string, { files = {}, stdin, color = false, env = {} }: Scene = {}): Promise<Ran> {
  const cwd = folderOf(files);
  let out = '';
  let err = '';
  try {
    const code = await main(args === '' ? [] : args.split(' '), {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      color,
      stdin: () => {
        if (stdin === undefined) throw new Error('nobody expected a read of the standard input');
        return stdin;
      },
      cwd,
      env,
    });
    return { code, out, err };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

export function folderOf(files: NonNullable<Scene['files']>): string {
  const folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
