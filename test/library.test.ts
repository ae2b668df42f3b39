import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../server/src/tools/root';

const PAGE = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');

/** The examples of the page by their file names, and what the page says they print. */
function examples(): Map<string, { code: string; prints?: string }> {
  const found = new Map<string, { code: string; prints?: string }>();
  for (const [, code, name, prints] of PAGE.matchAll(/```(?:js|ts)\n(\/\/ ([\w.]+)\n[^]*?)```(?:\n\nprints\n\n```text\n([^]*?)```)?/g)) found.set(name, { code, prints });
  return found;
}

describe('the library, as it is published', function () {
  this.timeout(120_000);
  let folder: string;

  before(function () {
    if (!existsSync(join(ROOT, 'dist/index.js'))) this.skip();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'swarmspec-library-')));
    const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    mkdirSync(join(folder, 'node_modules/swarmspec'), { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', join(folder, 'node_modules/swarmspec'), '--strip-components=1']);
    for (const [name, { code }] of examples()) writeFileSync(join(folder, name), code);
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  for (const [name, { prints }] of examples()) {
    if (prints === undefined) continue;
    it(`${name} prints what the page says`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', name], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      assert.equal(stdout, prints);
    });
  }

  it('the page has examples of each kind', () => assert.deepEqual([...examples()].map(([name, { prints }]) => [name, prints !== undefined]), [['check.mjs', true], ['fix.mjs', true], ['more.cjs', true], ['types.mts', false]]));

  it('has types that are complete and need nothing else', () => {
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16', '--types', ''];
    const tsc = (file: string) => spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, file], { cwd: folder, encoding: 'utf8' });
    const { status, stdout } = tsc('types.mts');
    assert.equal(status, 0, stdout);
    writeFileSync(join(folder, 'wrong.mts'), "import type { ServiceSpec } from 'swarmspec';\nexport const spec: ServiceSpec = { Nam: 'web' };\n");
    assert.match(tsc('wrong.mts').stdout, /wrong\.mts\(2,.*'Nam'/);
  });

  it('has the schemas, and nothing else to import', () => {
    const load = (name: string) => spawnSync(process.execPath, ['-e', `process.stdout.write(JSON.stringify(require('${name}').$id ?? ''))`], { cwd: folder, encoding: 'utf8' });
    assert.equal(load('swarmspec/schemas/service-spec.v1.44.json').stdout, '"https://swarmspec.github.io/schemas/service-spec.v1.44.json"');
    assert.match(load('swarmspec/dist/cli.js').stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  it('does nothing by being loaded', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', "const before = process._getActiveHandles().length; require('swarmspec'); console.log(process._getActiveHandles().length - before, Object.keys(globalThis).length)"], { cwd: folder, encoding: 'utf8' });
    const plain = spawnSync(process.execPath, ['-e', 'console.log(0, Object.keys(globalThis).length)'], { encoding: 'utf8' });
    assert.deepEqual({ stdout, stderr, status }, { stdout: plain.stdout, stderr: '', status: 0 });
  });
});
