/**
 * The language server in Emacs, with Eglot as its client.
 *
 *   npx mocha test/e2e/emacs.e2e.mjs
 *
 * SWARMSPEC_LSP          as in neovim.e2e.mjs
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, isolatedEnv, ROOT, skipOrFail } from './harness.mjs';

const DRIVER = fileURLToPath(new URL('emacs.el', import.meta.url));
const SERVER = process.env.SWARMSPEC_LSP?.split(' ') ?? [process.execPath, path.join(ROOT, 'dist/cli.js'), 'lsp', '--stdio'];
const PACKAGES = '/usr/share/emacs/site-lisp/elpa-src';
const TEXT = `Name: web
Mode:
  Replicated:
    Replcas: 3
Networks:
  - Target: frontend

`;

describe('the language server in Emacs', function () {
  this.timeout(120_000);
  let seen;

  before(function () {
    const folders = fs.existsSync(PACKAGES) ? fs.readdirSync(PACKAGES).filter(name => /^(eglot|yaml-mode)-/.test(name)) : [];
    if (!findProgram('emacs') || folders.length < 2) skipOrFail(this, 'Emacs with eglot and yaml-mode is not installed. Run `test/e2e/setup.sh` to enable these tests.');
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'swarmspec-emacs-'));
    try {
      const file = path.join(home, 'web.service.yaml');
      fs.writeFileSync(file, TEXT);
      const { stderr, status } = spawnSync('emacs', ['--batch', '-q', ...folders.flatMap(name => ['-L', path.join(PACKAGES, name)]), '-l', DRIVER], {
        env: { ...isolatedEnv(home), SERVER: JSON.stringify(SERVER), SPEC: file, CURSOR: '7' }, encoding: 'utf8', timeout: 100_000, cwd: home,
      });
      assert.equal(status, 0, stderr);
      seen = Object.fromEntries(stderr.split('\n').map(line => line.split('\t')).filter(line => line.length === 2).map(([step, json]) => [step, JSON.parse(json)]));
    } finally {
      fs.rmSync(home, { recursive: true, force: true });
    }
  });

  it('shows the misspelt field', () => assert.ok(seen.diagnostics.some(message => message.includes('Replcas')), seen.diagnostics.join()));
  it('says on hover since when a field is deprecated', () => assert.match(JSON.stringify(seen.hover), /deprecated since/i));
  it('completes the fields that a mapping may have', () => assert.ok(seen.completion.includes('Labels') && !seen.completion.includes('Mode'), seen.completion.join()));
  it('renames the field by code action, and the finding goes', () => {
    assert.equal(seen.text, TEXT.replace('Replcas', 'Replicas'));
    assert.ok(!seen.remaining.some(message => message.includes('Replcas')), seen.remaining.join());
  });
  it('ends when asked', () => assert.equal(seen.stopped, true));
});
