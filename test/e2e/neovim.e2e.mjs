/**
 * The language server under a client that we did not write: neovim, without a line of configuration for it.
 *
 *   npx mocha test/e2e/neovim.e2e.mjs
 *
 * SWARMSPEC_LSP          the server's command (default: node dist/cli.js lsp --stdio)
 * DOCKER_HOST_FOR_E2E    a swarm manager for the apply tests (default: one of their own, see swarm.mjs)
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, isolatedEnv, neovimUnavailable, ROOT, skipOrFail } from './harness.mjs';
import { startSwarm } from './swarm.mjs';

const DRIVER = fileURLToPath(new URL('neovim.lua', import.meta.url));
const CLI = path.join(ROOT, 'dist/cli.js');
const SERVER = process.env.SWARMSPEC_LSP?.split(' ') ?? [process.execPath, CLI, 'lsp', '--stdio'];

// `cursor` is an empty line inside the top-level mapping, from 0.
const DOCUMENTS = [
  {
    name: 'web.service.yaml',
    cursor: '6:0',
    text: `Name: web
Mode:
  Replicated:
    Replcas: 3
Networks:
  - Target: frontend

`,
  },
  {
    name: 'web.service.json',
    cursor: '6:2',
    text: `{
  "Name": "web",
  "Mode": {
    "Replicated": { "Replcas": 3 }
  },
  "Networks": [{ "Target": "frontend" }],
  
}
`,
  },
];

describe('the language server in neovim', function () {
  this.timeout(180_000);
  let home;

  before(function () {
    requireNeovim(this);
    home = makeHome();
  });
  after(() => home && fs.rmSync(home, { recursive: true, force: true }));

  for (const { name, cursor, text } of DOCUMENTS) {
    describe(name, () => {
      let seen;

      before(async () => {
        seen = await driveNeovim({ name, cursor, text, home });
      });

      it('underlines the misspelt field', () => {
        const found = seen.diagnostics.find(({ message }) => message.includes('Replcas'));
        const lines = text.split('\n');
        assert.equal(found.severity, 1);
        assert.match(lines[found.line].slice(found.from, found.to), /^"?Replcas"?$/);
      });

      it('says on hover since when a field is deprecated', () => {
        assert.match(JSON.stringify(seen.hover?.contents), /deprecated since .*v?1\.44/i);
      });

      it('completes the fields that a mapping may have', () => {
        assert.ok(seen.completion.some(label => /^"?Labels"?$/.test(label)), seen.completion.join());
        assert.ok(!seen.completion.some(label => /^"?Mode"?$/.test(label)), `Mode is there already: ${seen.completion.join()}`);
      });

      it('renames the field by code action, and its diagnostic goes', () => {
        assert.ok(seen.actions.some(title => /^Rename .Replcas. to .Replicas./.test(title)), seen.actions.join());
        assert.equal(`${seen.text}\n`, text.replace('Replcas', 'Replicas'));
        assert.ok(!seen.remaining.some(message => message.includes('Replcas')), seen.remaining.join('\n'));
      });

      it('accepts a completion, and what it wrote is no error', () => {
        assert.match(seen.accepted, /"?Labels"?:/);
        if (name.endsWith('.json')) assert.ok('Labels' in JSON.parse(seen.accepted), seen.accepted);
      });

      it('does not interrupt with messages, and ends when asked', () => {
        assert.deepEqual(seen.messages, []);
        assert.equal(seen.stopped, true);
      });
    });
  }
});

describe('applying from neovim', function () {
  this.timeout(180_000);
  let home;
  const cursor = '2:0';
  let swarm;

  before(async function () {
    requireNeovim(this);
    swarm = await startSwarm(this, { running: true });
    home = makeHome();
  });
  after(async () => {
    await swarm?.stop();
    if (home) fs.rmSync(home, { recursive: true, force: true });
  });

  const drive = (answer, more = {}) => driveNeovim({
    name: 'live.service.json', cursor, text: `${JSON.stringify(swarm.specAt('after'), null, 2)}\n`, home, dockerHost: swarm.host, answer, more,
  });

  it('asks by code action, and sends nothing when dismissed', async () => {
    const { Version: { Index: before } } = await swarm.service();
    const { actions, ended, messages, lenses, hints, planned } = await drive('');
    assert.ok(actions.includes('Apply this spec to the swarm'), actions.join());
    assert.equal(ended.kind, 'declined');
    assert.equal(lenses[0], `2/2 running · 1 difference · index ${before}`);
    assert.deepEqual(lenses.slice(1), ['Apply', 'Rollback', 'Pull']);
    assert.ok(hints.some(hint => hint.includes('256 MiB')), hints.join());
    assert.equal(planned.kind, 'planned');
    assert.match(planned.message, /2 tasks restart/);
    assert.equal(messages.length, 2, messages.join('\n'));
    assert.match(messages[1], new RegExp(`Update service .${swarm.name}.[^]*2 tasks restart[^]*Env`));
    const { Version: { Index: after }, Spec } = await swarm.service();
    assert.equal(after, before);
    assert.deepEqual(envOf(Spec), ['STAGE=before']);
  });

  it('gives the engine the new spec when confirmed', async () => {
    const { ended, messages } = await drive('Apply');
    assert.equal(ended.kind, 'applied');
    assert.match(messages.at(-1), /^Applied: /);
    assert.deepEqual(envOf((await swarm.service()).Spec), ['STAGE=after']);
  });

  it('rolls back when that is confirmed', async () => {
    await swarm.update(spec => { spec.TaskTemplate.ContainerSpec.Env = ['STAGE=theirs']; });
    const { ended, rolled_back } = await drive('Apply', { ROLLBACK: '1' });
    assert.deepEqual([ended.kind, rolled_back.kind], ['applied', 'applied']);
    assert.deepEqual(envOf((await swarm.service()).Spec), ['STAGE=theirs']);
  });
});

const envOf = spec => spec.TaskTemplate.ContainerSpec.Env;

function requireNeovim(suite) {
  const reason = neovimUnavailable();
  if (reason) skipOrFail(suite, reason);
  if (!process.env.SWARMSPEC_LSP && !fs.existsSync(CLI)) skipOrFail(suite, 'dist/cli.js is not there. Build first, or set SWARMSPEC_LSP.');
}

function makeHome() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'swarmspec-nvim-'));
}

/** Runs the driver on one document; what it reported, by step. With an answer it applies, else it edits. */
async function driveNeovim({ name, cursor, text, home, dockerHost, answer, more = {} }) {
  const file = path.join(home, name);
  fs.writeFileSync(file, text);
  const neovim = spawn(findProgram('nvim'), ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-S', DRIVER], {
    env: { ...isolatedEnv(home, dockerHost), SERVER: JSON.stringify(SERVER), SPEC: file, CURSOR: cursor, ...(answer === undefined ? {} : { ANSWER: answer }), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 170_000,
  });
  let out = '';
  let errors = '';
  neovim.stdout.setEncoding('utf8').on('data', chunk => { out += chunk; });
  neovim.stderr.setEncoding('utf8').on('data', chunk => { errors += chunk; });
  const [code, signal] = await once(neovim, 'close');

  const steps = out.split('\n').map(line => line.split('\t')).filter(line => line.length === 2);
  const seen = Object.fromEntries(steps.map(([step, json]) => [step, JSON.parse(json)]));
  const log = path.join(home, '.cache/nvim/lsp.log');
  assert.ok(code === 0 && !seen.failed, [
    `neovim ended with ${code ?? signal}: ${seen.failed ?? 'no reason given'}`,
    `last step: ${steps.at(-1)?.[0] ?? 'none'}`,
    errors,
    fs.existsSync(log) ? fs.readFileSync(log, 'utf8').slice(-2000) : '',
  ].join('\n'));
  return seen;
}
