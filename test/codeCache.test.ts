import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../server/src/tools/root';

describe('the cache of compiled code', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'swarmspec-cache-'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const folder = () => join(base, 'swarmspec');
  const run = (env: NodeJS.ProcessEnv = {}, args = ['validate', join(ROOT, 'examples/broken.service.yaml')]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', join(ROOT, 'dist/cli.js'), ...args], { encoding: 'utf8', env: { PATH: process.env.PATH, XDG_CACHE_HOME: base, ...env } });
    return { status, stdout, stderr };
  };

  it('is made by the first run, and gives the same answers', () => {
    const first = run();
    assert.equal(first.status, 1);
    assert.equal(first.stderr, '');
    assert.ok(readdirSync(folder()).length > 0);
    assert.deepEqual(run(), first);
  });

  it('is taken by the second run, of a command and of the server', () => {
    for (const args of [['validate', join(ROOT, 'examples/broken.service.yaml')], ['lsp', '--stdio'], ['lsp', '--stdio', '--clientProcessId', String(process.pid)]]) {
      const written = () => {
        spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], { input: '', env: { PATH: process.env.PATH, XDG_CACHE_HOME: base } });
        return readdirSync(folder()).filter((name) => name.includes(process.version)).map((name) => `${name} ${statSync(join(folder(), name)).mtimeMs}`);
      };
      const first = written();
      assert.ok(first.length > 0);
      assert.deepEqual(written(), first, args.join(' '));
    }
  });

  it('runs each bundle once, however often it is asked for', () => {
    const { stdout, stderr } = run({}, ['validate', '--fix-dry-run', '--unsafe-fixes', join(ROOT, 'test/fixtures/manyFaults.service.yaml')]);
    assert.match(stdout, /^\+/m);
    assert.doesNotMatch(stderr, /listeners|Warning/);
  });

  it('is done without where it is not wanted', () => {
    run({ NODE_DISABLE_COMPILE_CACHE: '1' });
    assert.ok(!existsSync(folder()));
  });

  it('does no harm when it is broken', () => {
    const first = run();
    for (const name of readdirSync(folder())) if (name.includes('-')) writeFileSync(join(folder(), name), 'not code');
    assert.deepEqual(run(), first);
    assert.deepEqual(run(), first);
  });

  it('does no harm where its folder cannot be made', () => {
    writeFileSync(folder(), 'a file');
    chmodSync(folder(), 0o400);
    assert.equal(run().status, 1);
  });

  it('drops what other builds have left', () => {
    run();
    const [name] = readdirSync(folder()).filter((one) => one.startsWith(`main-${process.version}-`));
    if (name === undefined) return; // Node's own cache, from 22.1 on
    const old = join(folder(), `main-${process.version}-x64-1-1`);
    writeFileSync(old, 'old');
    rmSync(join(folder(), name));
    run();
    assert.ok(!existsSync(old));
  });
});
