import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { liveSuite } from '../support/engine';

const BAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\nMode:\n  Replicated:\n    Replcas: 3\n';

/** A tar of a folder. */
const tarOf = (folder: string): Buffer => execFileSync('tar', ['-c', '-C', folder, '.'], { maxBuffer: 1 << 30 });

/** A root file system with nothing but Node of this machine and the libraries that it needs. */
function nodeRoot(folder: string): void {
  const node = process.execPath;
  const libraries = [...execFileSync('ldd', [node], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path);
  for (const [from, to] of [[node, '/usr/bin/node'], ...libraries.map((path) => [path, path])]) {
    mkdirSync(join(folder, dirname(to)), { recursive: true });
    cpSync(from, join(folder, to), { dereference: true });
  }
  mkdirSync(join(folder, 'tmp'));
}

liveSuite('the Dockerfile', '28', (engine) => {
  it('is built by a real engine, and runs as nobody on what is mounted', async function () {
    this.timeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), 'swarmspec-image-'));
    try {
      nodeRoot(join(folder, 'root'));
      const imported = await engine().request('POST', '/images/create?fromSrc=-&repo=swarmspec-test-node&tag=1', tarOf(join(folder, 'root')), { 'Content-Type': 'application/x-tar' });
      assert.equal(imported.status, 200, imported.text);

      // the context is the package as it is published
      const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
      writeFileSync(join(folder, 'package/.dockerignore'), readFileSync(join(ROOT, '.dockerignore')));
      const built = await engine().request('POST', `/build?dockerfile=ci%2FDockerfile&t=swarmspec-test:1&buildargs=${encodeURIComponent(JSON.stringify({ BASE: 'swarmspec-test-node:1' }))}`, tarOf(join(folder, 'package')), { 'Content-Type': 'application/x-tar' });
      assert.equal(built.status, 200, built.text);
      assert.doesNotMatch(built.text, /"error"/);

      mkdirSync(join(folder, 'work'));
      writeFileSync(join(folder, 'work/a.service.yaml'), BAD);
      execFileSync('chmod', ['-R', 'a+rX', folder]);
      const run = async (command: string[]) => {
        const { json, status, text } = await engine().request('POST', '/containers/create', { Image: 'swarmspec-test:1', Cmd: command, HostConfig: { Binds: [`${folder}/work:/work:ro`], NetworkMode: 'none', ReadonlyRootfs: true } });
        assert.equal(status, 201, text);
        assert.equal((await engine().request('POST', `/containers/${json.Id}/start`)).status, 204);
        const { StatusCode } = (await engine().request('POST', `/containers/${json.Id}/wait`)).json;
        const logs = (await engine().request('GET', `/containers/${json.Id}/logs?stdout=1&stderr=1`)).text;
        const { Config } = (await engine().request('GET', `/containers/${json.Id}/json`)).json;
        await engine().request('DELETE', `/containers/${json.Id}?force=1`);
        return { code: StatusCode, logs, user: Config.User };
      };
      const { code, logs, user } = await run(['validate', '.']);
      assert.deepEqual({ code, user }, { code: 1, user: '65534:65534' }, logs);
      assert.match(logs, /a\.service\.yaml:7:5 error `Replcas` is not a field/);
      const written = await run(['validate', '.', '--fix']);
      assert.equal(written.code, 3);
      assert.match(written.logs, /cannot write/);
    } finally {
      for (const image of ['swarmspec-test:1', 'swarmspec-test-node:1']) await engine().request('DELETE', `/images/${image}?force=1`);
      rmSync(folder, { recursive: true });
    }
  });
});
