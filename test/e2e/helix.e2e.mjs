/**
 * The language server in Helix, set up as docs/editors.md says, in a terminal: tmux types the keys and reads the screen.
 *
 *   npx mocha test/e2e/helix.e2e.mjs
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionsIn, findProgram, HELIX, isolatedEnv, RECORDER, ROOT, skipOrFail } from './harness.mjs';
import { startSwarm } from './swarm.mjs';

const TEXT = `Name: web
Mode:
  Replicated:
    Replcas: 3
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
    StopGracePeriod: 10000000000
EndpointSpec:
  Mode: vip
`;
const FILE = 'web.service.yaml';

describe('the language server in Helix', function () {
  this.timeout(120_000);
  let helix;

  before(function () {
    requireHelix(this);
    helix = new Helix({ files: { [FILE]: TEXT }, settings: true });
    helix.open(FILE);
  });
  afterEach(function () {
    if (this.currentTest.state === 'failed') console.log(helix.screen());
  });
  after(() => helix?.close());

  it('shows the misspelt field in its line', () => helix.shows(/4 +Replcas: 3 .*`Replcas` is not a field of `Replicated`/));

  it('shows behind a number what it means', async () => {
    helix.keys('j');                                    // Helix asks for hints when something moves
    await helix.shows(/StopGracePeriod: 10000000000 10 s/);
  });

  it('explains a field on demand', async () => {
    helix.keys('8gg', 'gs', 'Space', 'k');
    await helix.shows(/StopGracePeriod: .*nanoseconds/);
    helix.keys('Escape');
  });

  it('renames the field by code action, and the finding goes', async () => {
    helix.keys('gg', ']', 'd', 'Space', 'a');
    await helix.shows(/Rename `Replcas` to `Replicas`/);
    helix.keys('Enter');
    await helix.shows(/4 +Replicas: 3/);
    await helix.shows(text => !/Replcas|[●■] +4 /.test(text), 'no finding');
  });

  it('offers the fields that a mapping may have while one is typed, and writes the one that is chosen', async () => {
    helix.keys('gg', 'o');
    helix.type('Lab');
    await helix.shows(text => /Labels +property/.test(text) && !/ Name +property/.test(text), 'a list with Labels');
    helix.keys('Tab', 'Enter');
    await helix.shows(/2 +Labels:/);
    helix.type('tier');                                 // in the place of the name that is proposed, then of the value
    helix.keys('Tab');
    helix.type('web');
    await helix.shows(/3 +tier: web$/m);
    helix.keys('Escape');
    await helix.shows(/ NOR /);
  });

  it('saves what it shows', async () => {
    helix.type(':w');
    helix.keys('Enter');
    await helix.shows(/written/);
    assert.equal(helix.read(FILE), TEXT.replace('Replcas', 'Replicas').replace('Mode:', 'Labels:\n  tier: web\nMode:'));
  });

  it('asks no engine where the settings say so', () => assert.deepEqual(helix.connections(), []));

  it('leaves no server behind', async () => {
    const pids = helix.servers();
    assert.equal(pids.length, 1);
    helix.type(':q');
    helix.keys('Enter');
    for (let left = 50; left > 0 && pids.some(isAlive); left--) await sleep(100);
    assert.deepEqual(pids.filter(isAlive), []);
  });
});

describe('applying from Helix', function () {
  this.timeout(180_000);
  let swarm;
  let helix;
  const name = 'live.service.json';
  const env = async () => (await swarm.service()).Spec.TaskTemplate.ContainerSpec.Env;

  before(async function () {
    requireHelix(this);
    swarm = await startSwarm(this, { running: true });
    helix = new Helix({ files: { [name]: `${JSON.stringify(swarm.specAt('after'), null, 2)}\n` }, dockerHost: swarm.host });
    helix.open(name);
    await helix.shows(/● +9 /);
  });
  afterEach(function () {
    if (this.currentTest.state === 'failed') console.log(helix.screen());
  });
  after(async () => {
    helix?.close();
    await swarm?.stop();
  });

  const question = async () => {
    helix.keys('Space', 'a');
    await helix.choose(/Apply this spec to the swarm/);
    await helix.shows(text => text.includes(`Update service \`${swarm.name}\``) && /2 tasks restart/.test(text) && /Env/.test(text) && /Cancel/.test(text), 'the question');
  };

  it('asks, naming the service and the tasks that restart, and sends nothing when that is declined', async () => {
    const { Version: { Index } } = await swarm.service();
    await question();
    await helix.choose(/Cancel/);
    await helix.shows(text => !/2 tasks restart/.test(text), 'the question gone');
    assert.equal((await swarm.service()).Version.Index, Index);
    assert.deepEqual(await env(), ['STAGE=before']);
  });

  it('gives the engine the new spec when it is confirmed, and says how that ended', async () => {
    await question();
    await helix.choose(/Apply$/);
    await helix.shows(/Applied: /);
    assert.deepEqual(await env(), ['STAGE=after']);
  });

  it('connects to the engine and nowhere else', () => assert.deepEqual(helix.connections(), [swarm.host.replace('unix://', '')]));
});

function requireHelix(suite) {
  const missing = !fs.existsSync(path.join(HELIX, 'usr/lib/hx/hx')) ? 'Helix is not set up' : !findProgram('tmux') ? 'tmux is not installed' : undefined;
  if (missing) skipOrFail(suite, `${missing}. Run \`test/e2e/setup.sh\` to enable these tests.`);
  if (!fs.existsSync(path.join(ROOT, 'dist/cli.js'))) skipOrFail(suite, 'dist/cli.js is not there. Build first.');
}

/** Helix with a home of its own, in a terminal that nobody looks at but the test. */
class Helix {
  constructor({ files, settings = false, dockerHost }) {
    this.home = fs.mkdtempSync(path.join(os.tmpdir(), 'swarmspec-hx-'));
    this.log = path.join(this.home, 'connections');
    for (const [name, text] of Object.entries(files)) this.write(`ws/${name}`, text);
    const [languages, given, config] = documentedToml();
    this.write('.config/helix/languages.toml', settings ? `${languages}\n${given}` : languages);
    this.write('.config/helix/config.toml', config);
    // under a name by which the recorder of connections knows it
    fs.symlinkSync(ROOT, path.join(this.home, 'swarmspec'));
    this.write('bin/swarmspec', `#!/bin/sh\necho $$ >> ${this.home}/servers\nexec env NODE_OPTIONS=--require=${RECORDER} ${process.execPath} ${this.home}/swarmspec/dist/cli.js "$@"\n`);
    const libraries = path.join(HELIX, 'usr/lib/x86_64-linux-gnu');
    this.write('bin/hx', `#!/bin/sh\nHELIX_RUNTIME=${HELIX}/usr/lib/hx/runtime exec ${libraries}/ld-linux-x86-64.so.2 --library-path ${libraries} ${HELIX}/usr/lib/hx/hx "$@"\n`);
    const kept = isolatedEnv(this.home, dockerHost);
    this.env = { ...kept, PATH: `${this.home}/bin:${kept.PATH}`, TERM: 'xterm-256color', LANG: 'C.UTF-8', SWARMSPEC_CONNECTIONS: this.log };
  }

  open(name) {
    this.tmux('new-session', '-d', '-x', '120', '-y', '45', '-c', path.join(this.home, 'ws'), `hx ${name}`);
  }

  /** Keys by their names, such as `Space` and `gg`. */
  keys(...keys) {
    this.tmux('send-keys', ...keys);
  }

  type(text) {
    this.tmux('send-keys', '-l', text);
  }

  screen() {
    return this.tmux('capture-pane', '-p');
  }

  /** Waits until the screen is as wanted. */
  async shows(want, what = String(want)) {
    const fits = typeof want === 'function' ? want : text => want.test(text);
    for (let left = 150; left > 0; left--) {
      if (fits(this.screen())) return;
      await sleep(100);
    }
    throw new Error(`Helix never showed ${what}.`);
  }

  /** Goes down the menu on screen to the line that matches, and takes it. The chosen line is the one in another colour. */
  async choose(want) {
    await this.shows(text => text.split('\n').some(line => want.test(line.replace(/[│┌┐└┘ ]+$/, ''))), `a choice ${want}`);
    for (let left = 20; left > 0; left--) {
      this.keys('Down');
      await sleep(150);
      if (reversed(this.tmux('capture-pane', '-p', '-e')).some(line => want.test(line))) {
        this.keys('Enter');
        return;
      }
    }
    throw new Error(`Helix never came to ${want}.`);
  }

  read(name) {
    return fs.readFileSync(path.join(this.home, 'ws', name), 'utf8');
  }

  /** Where the language server has connected to. */
  connections() {
    return connectionsIn(this.log);
  }

  /** The process ids of the language servers that were started. */
  servers() {
    return fs.readFileSync(path.join(this.home, 'servers'), 'utf8').trim().split('\n').map(Number);
  }

  close() {
    try {
      this.tmux('kill-server');
    } catch {
      // its last window may have been closed
    }
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  write(name, text) {
    const file = path.join(this.home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text, { mode: 0o755 });
  }

  tmux(...command) {
    return execFileSync('tmux', ['-S', path.join(this.home, 'tmux'), '-f', '/dev/null', ...command], { env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

/** What stands in reverse video on a screen that was captured with its colours: the choice of a menu, and the cursor. */
function reversed(screen) {
  return [...screen.matchAll(/\x1b\[(?:\d+;)*7m(.*?)(?:\x1b\[0|$)/gm)].map(([, text]) => text.replace(/\x1b\[[\d;]*m/g, '').trim());
}

/** The blocks of TOML that the page of the editors gives for Helix. */
function documentedToml() {
  const page = fs.readFileSync(path.join(ROOT, 'docs/editors.md'), 'utf8');
  const section = /^## Helix[^]*?(?=^## )/m.exec(page)[0];
  return [...section.matchAll(/^```toml\n([^]*?)^```/gm)].map(([, block]) => block);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
