import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from '../server/src/tools/root';
import { main } from '../server/src/cli/main';
import { folderOf, run } from './support/terminal';

const GOOD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const BAD = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3\n`;

/** A watching command: what it printed in each round, and an end. */
class Watching {
  readonly rounds: string[] = [''];
  readonly stop = new AbortController();
  readonly ended: Promise<number>;
  cleared = 0;

  constructor(folder: string, args: readonly string[]) {
    const add = (text: string) => {
      this.rounds[this.rounds.length - 1] += text;
      if (text.includes('Watching')) this.rounds.push('');
    };
    this.ended = main(['validate', ...args, '--watch'], { out: add, err: add, color: false, stdin: () => '', cwd: folder, env: {}, interruption: () => this.stop.signal, clear: () => void this.cleared++ });
  }

  /** The text of the first round from `from` on that matches; waits for it. */
  async until(says: RegExp, from = 0): Promise<number> {
    for (let waited = 0; waited < 30_000; waited += 20) {
      const at = this.rounds.slice(0, -1).findIndex((text, i) => i >= from && says.test(text));
      if (at >= 0) return at + 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return assert.fail(`${says} in ${JSON.stringify(this.rounds)}`);
  }
}

async function watching(files: Record<string, string>, args: readonly string[], body: (watch: Watching, folder: string) => Promise<void>): Promise<void> {
  const folder = folderOf(files);
  const watch = new Watching(folder, args);
  try {
    await body(watch, folder);
  } finally {
    watch.stop.abort();
    assert.equal(await watch.ended, 0);
    rmSync(folder, { recursive: true });
  }
}

describe('--watch', function () {
  this.timeout(60_000);

  it('checks again when a file changes, comes or goes, in new folders too', () =>
    watching({ 'a.service.yaml': GOOD }, ['.'], async (watch, folder) => {
      let round = await watch.until(/1 file: no errors/);
      assert.equal(watch.cleared, 1);
      writeFileSync(join(folder, 'a.service.yaml'), BAD);
      round = await watch.until(/a\.service\.yaml:7:5 error[^]*1 file: 1 error/, round);
      mkdirSync(join(folder, 'deep/er'), { recursive: true });
      round = await watch.until(/1 file/, round);
      writeFileSync(join(folder, 'deep/er/b.service.yaml'), GOOD);
      round = await watch.until(/2 files: 1 error/, round);
      rmSync(join(folder, 'a.service.yaml'));
      await watch.until(/1 file: no errors/, round);
      assert.ok(watch.cleared >= 5);
    }));

  it('checks again when the config changes', () =>
    watching({ 'a.service.yaml': BAD, 'swarmspec.config.yaml': '' }, ['a.service.yaml'], async (watch, folder) => {
      const round = await watch.until(/1 file: 1 error/);
      writeFileSync(join(folder, 'swarmspec.config.yaml'), 'severity: { unknown-field: warning }\n');
      await watch.until(/1 file: 1 warning/, round);
    }));

  it('checks again when a config far above changes', () =>
    watching({ 'deep/er/a.service.yaml': BAD, 'swarmspec.config.yaml': '' }, ['deep/er'], async (watch, folder) => {
      const round = await watch.until(/1 file: 1 error/);
      writeFileSync(join(folder, 'swarmspec.config.yaml'), 'severity: { unknown-field: warning }\n');
      await watch.until(/1 file: 1 warning/, round);
    }));

  it('makes one round of many changes', () =>
    watching({ 'a.service.yaml': GOOD }, ['.'], async (watch, folder) => {
      const round = await watch.until(/1 file/);
      for (let i = 0; i < 30; i++) writeFileSync(join(folder, `${i}.service.yaml`), GOOD);
      await watch.until(/31 files/, round);
      assert.ok(watch.rounds.length < 10, `${watch.rounds.length} rounds`);
    }));

  it('goes on when the job cannot be done', () =>
    watching({ 'a.service.yaml': GOOD }, ['.'], async (watch, folder) => {
      let round = await watch.until(/1 file/);
      rmSync(join(folder, 'a.service.yaml'));
      round = await watch.until(/there is no spec in/, round);
      writeFileSync(join(folder, 'a.service.yaml'), GOOD);
      await watch.until(/1 file/, round);
    }));

  it('needs files', async () => assert.match((await run('validate - --watch')).err, /needs files/));

  it('ends on Ctrl+C', async function () {
    const cli = join(ROOT, 'dist/cli.js');
    if (!existsSync(cli) || process.platform === 'win32') return this.skip();
    const folder = folderOf({ 'a.service.yaml': BAD });
    const { GITHUB_ACTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, [cli, 'validate', '.', '--watch'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    const watching_ = new Promise<void>((resolve) => child.stderr.on('data', (data) => String(data).includes('Watching') && resolve()));
    const ended = new Promise<[number | null, string | null]>((resolve) => child.on('exit', (code, signal) => resolve([code, signal])));
    await watching_;
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    assert.match(out, /1 file: 1 error/);
    rmSync(folder, { recursive: true });
  });
});
