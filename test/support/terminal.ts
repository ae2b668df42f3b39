import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from '../../server/src/cli/command';
import { main } from '../../server/src/cli/main';
import { sawCommand } from './wholeRun';

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
export async function run(args: string, scene: Scene = {}): Promise<Ran> {
  const cwd = folderOf(scene.files ?? {});
  try {
    const { files: _, ...rest } = scene;
    return await runIn(cwd, args === '' ? [] : args.split(' '), rest);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** Runs a command line in a folder. */
export async function runIn(cwd: string, args: readonly string[], { stdin, color = false, env = {}, ...rest }: Omit<Scene, 'files'> & Partial<Pick<Terminal, 'interruption' | 'progress' | 'clear' | 'ask' | 'choose'>> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(args, {
    ...rest,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    color,
    stdin: () => {
      if (stdin === undefined) throw new Error('nobody expected a read of the standard input');
      return stdin;
    },
    cwd,
    env: { ...(env.DOCKER_HOST && { DOCKER_CONFIG: process.env.DOCKER_CONFIG }), ...env },
  });
  sawCommand(args, { out, err }, env.XDG_STATE_HOME);
  return { code, out, err };
}

export function folderOf(files: NonNullable<Scene['files']>): string {
  const folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
