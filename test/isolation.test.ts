import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FORMATS } from '../server/src/cli/printers/formats';
import { ROOT } from '../server/src/tools/root';
import type { Reach } from './support/recordReaches';
import { RawServer } from './support/rawServer';

const RECORD = join(ROOT, 'out/test/support/recordReaches.js');

/** A spec with everything in it that another tool might follow. */
const bait = (port: number, folder: string): string => `# yaml-language-server: $schema=http://127.0.0.1:${port}/schema.json
$schema: http://127.0.0.1:${port}/service-spec.json
extends: ./other.yaml
include: [./other.yaml, "file://${folder}/other.yaml"]
env_file: .env
Name: web
Labels:
  link: http://127.0.0.1:${port}/label
  $ref: file://${folder}/other.yaml
  read: !include other.yaml
  run: !!js/function "require('fs').readFileSync('${folder}/other.yaml')"
TaskTemplate:
  ContainerSpec:
    Image: 127.0.0.1:${port}/team/web:1@sha256:${'a'.repeat(64)}
    Env: ["FILE=@other.yaml", "A=\${HOME}", "B=$(cat other.yaml)"]
    Configs: [{ File: { Name: "${folder}/other.yaml", UID: "0", GID: "0", Mode: 292 }, ConfigID: x, ConfigName: "${folder}/other.yaml" }]
    Mounts: [{ Type: bind, Source: "${folder}", Target: /data }]
    Hosts: ["127.0.0.1 swarmspec.invalid"]
  LogDriver: { Name: gelf, Options: { gelf-address: "udp://127.0.0.1:${port}" } }
`;

describe('a document', function () {
  this.timeout(120_000);
  let folder: string;
  let server: Server;
  let connections = 0;
  let log: string;
  let spec: string;

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'swarmspec-')));
    log = join(folder, 'reaches');
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    mkdirSync(join(folder, 'deploy'));
    spec = join(folder, 'deploy/web.service.yaml');
    writeFileSync(spec, bait((server.address() as { port: number }).port, join(folder, 'deploy')));
    for (const other of ['other.yaml', '.env']) writeFileSync(join(folder, 'deploy', other), 'A: 1\n');
  });
  beforeEach(() => rmSync(log, { force: true }));
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const reaches = (): Reach[] => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);

  /** Our own code (with its compiled form, kept for the next start) and descriptions, the file itself, and what decides for a folder upwards: the config and ignore files. */
  const allowed = ({ to, what }: Reach): boolean => {
    if (to !== 'read') return false;
    const path = what.startsWith('file:') ? new URL(what).pathname : what;
    if (path.startsWith(join(ROOT, 'dist') + sep) || path === join(ROOT, 'package.json') || path === join(ROOT, 'docs/rules.md') || `${path}${sep}`.startsWith(join(folder, '.cache/swarmspec') + sep) || path === RECORD || path === spec) return true;
    return /^(swarmspec\.config\.(ya?ml|json)|\.gitignore|\.swarmspecignore|\.git|HEAD|config|exclude)$/.test(path.split(sep).at(-1)!) && path !== join(dirname(spec), '.env');
  };
  const nothingElse = () => {
    const all = reaches();
    assert.ok(all.some(({ what }) => what === spec || what.includes(join(ROOT, 'dist'))), 'the recorder saw nothing at all');
    assert.deepEqual(all.filter((one) => !allowed(one)), []);
    assert.equal(connections, 0);
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '-r', RECORD, join(ROOT, 'dist/cli.js'), ...args], {
      encoding: 'utf8', cwd: dirname(spec), env: { PATH: process.env.PATH, HOME: folder, SWARMSPEC_REACHES: log },
    });

  it('the recorder sees a connection, a look-up, a process and a file', () => {
    const script = "require('fs').readFileSync('/etc/hostname'); require('dns').lookup('localhost', () => 0); require('net').connect('/nonexistent.sock').on('error', () => 0); require('child_process').spawnSync('true')";
    spawnSync(process.execPath, ['-r', RECORD, '-e', script], { env: { PATH: process.env.PATH, SWARMSPEC_REACHES: log } });
    assert.deepEqual([...new Set(reaches().map(({ to }) => to))].sort(), ['connect', 'dns', 'process', 'read']);
  });

  for (const { name } of FORMATS) {
    it(`is checked as ${name} without a connection, a process, another file, or code made of strings`, () => {
      const { status, stderr } = run('validate', spec, '--format', name);
      assert.equal(stderr, '');
      assert.equal(status, 1);
      nothingElse();
    });
  }

  for (const args of [['validate', '--fix-dry-run'], ['fmt', '--diff'], ['convert', '--to', 'json'], ['convert', '--to', 'compose']]) {
    it(`is read alone by \`${args.join(' ')}\``, () => {
      run(args[0], spec, ...args.slice(1));
      nothingElse();
    });
  }

  it('is read alone by the language server, whatever is asked of it', async () => {
    const raw = new RawServer({ preload: [RECORD], env: { HOME: folder, SWARMSPEC_REACHES: log } });
    try {
      await raw.initialize();
      const uri = pathToFileURL(spec).href;
      const text = readFileSync(spec, 'utf8');
      raw.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'swarmspec-yaml', version: 1, text } });
      const textDocument = { uri };
      const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      for (let line = 0; line < text.split('\n').length; line++) {
        for (const method of ['hover', 'completion', 'definition', 'references', 'documentHighlight']) {
          await raw.request(`textDocument/${method}`, { textDocument, position: { line, character: 12 }, context: { includeDeclaration: true } });
        }
      }
      for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens']) await raw.request(`textDocument/${method}`, { textDocument });
      await raw.request('textDocument/inlayHint', { textDocument, range: all });
      await raw.request('textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } });
      await raw.request('textDocument/codeAction', { textDocument, range: all, context: { diagnostics: [] } });
      assert.equal(raw.stderr, '');
      nothingElse();
    } finally {
      raw.stop();
    }
  });

  it('meets no bundle that could make code of strings', () => {
    for (const where of ['dist', 'dist/browser']) {
      for (const file of readdirSync(join(ROOT, where)).filter((one) => one.endsWith('.js'))) {
        assert.equal(/\bnew Function\b|(?<![\w.$])eval\(|(?<![\w.$])Function\(["'`]/.exec(readFileSync(join(ROOT, where, file), 'utf8'))?.[0], undefined, file);
      }
    }
  });
});
