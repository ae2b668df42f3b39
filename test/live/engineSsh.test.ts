import * as assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { connect } from '../../server/src/engine/client';
import type { Engine } from '../../server/src/engine/engine';
import { EngineError } from '../../server/src/engine/error';
import { resolveHost } from '../../server/src/engine/resolve';
import { liveSuite, skippedSuites } from '../support/engine';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

/** Everything of ssh that the tests use, none of it of the person who runs them. */
let folder: string;
let pathBefore: string | undefined;

/** Our own `ssh` first in PATH: a script. It is given the arguments that ssh would be given. */
function putSsh(script: string): void {
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(path.join(bin, 'ssh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${pathBefore}`;
}

function setUp(): void {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-ssh-'));
  pathBefore = process.env.PATH;
}

function tearDown(): void {
  process.env.PATH = pathBefore;
  fs.rmSync(folder, { recursive: true, force: true });
}

function engineAt(address: string, timeoutMs = 15_000): Engine {
  const host = resolveHost({ DOCKER_CONFIG: folder }, { host: address });
  if (host.kind === 'problem') throw new Error(host.message);
  return connect(host, { timeoutMs });
}

const spec = (labels: object) => JSON.stringify({ Name: 'swarmspec-test-ssh', Labels: labels, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Env: SECRET_ENV, Labels: SECRET_LABELS } } });

/** Reads and writes, several at a time, and that the process could end afterwards. */
async function proveEngine(engine: Engine, api: string): Promise<void> {
  assert.equal((await engine.ping()).swarm, 'manager');
  assert.equal((await engine.create({ body: spec({}), api })).kind, 'ok');
  const [service, networks, nodes] = await Promise.all([engine.service('swarmspec-test-ssh', api), engine.networks(api), engine.nodes(api)]);
  assert.ok(service && networks.length > 0 && nodes.length === 1);
  assert.deepEqual(await engine.dryRun(service.id, { body: spec({ a: 'b' }), api }), { kind: 'passed' });
  assert.equal((await engine.update(service.id, { body: spec({ a: 'ü' }), version: service.index, api })).kind, 'ok');
  assert.deepEqual((await engine.service('swarmspec-test-ssh', api))?.spec.Labels, { a: 'ü' });
}

liveSuite('a stand-in for ssh', '28', (started) => {
  before(setUp);
  after(tearDown);
  afterEach(async () => {
    for (const service of (await started().request('GET', '/services')).json) await started().request('DELETE', `/services/${service.ID}`);
  });
  /** What dial-stdio does on the other machine. */
  const dial = () => `exec docker -H unix://${started().socket} system dial-stdio`;
  const calls = () => fs.readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');

  before(function () {
    if (spawnSync('docker', ['--version']).status !== 0) this.skip();
  });

  it('is given what docker gives it, and carries requests', async () => {
    putSsh(`echo "$*" >> ${folder}/calls; ${dial()}`);
    const engine = engineAt(`ssh://me@far.example:2222${started().socket}`);
    await proveEngine(engine, started().api);
    assert.equal(calls()[0], `-l me -p 2222 -o ConnectTimeout=30 -T -- far.example docker --host=unix://${started().socket} system dial-stdio`);
    // A few at a time, and each line is used again.
    await Promise.all(Array.from({ length: 20 }, () => engine.nodes(started().api)));
    assert.ok(calls().length <= 4, `${calls().length} connections`);
  });

  it('is not let in: nothing was sent, and its words are told', async () => {
    putSsh('echo "me@far: Permission denied (publickey)." >&2; exit 255');
    const answer = await engineAt('ssh://me@far').create({ body: spec({}), api: started().api });
    assert.equal(answer.kind, 'unreachable');
    assert.match('cause' in answer ? answer.cause.message : '', /not let in.*Permission denied/);
  });

  it('is not there', async () => {
    process.env.PATH = folder;
    await assert.rejects(engineAt('ssh://me@far').ping(), /no command `ssh`/);
  });

  it('never gets through: a clear end in time', async () => {
    putSsh('exec sleep 60');
    const begun = Date.now();
    const answer = await engineAt('ssh://me@far', 1000).create({ body: spec({}), api: started().api });
    assert.equal(answer.kind, 'unreachable');
    assert.ok(Date.now() - begun < 8000);
  });

  it('ends in the middle of a request, and the ending is open', async () => {
    // The answer to the ping passes; with the next request the line dies.
    putSsh(`exec ${process.execPath} -e '
      const answer = "HTTP/1.1 200 OK\\r\\nApi-Version: 1.51\\r\\nContent-Length: 2\\r\\n\\r\\nOK";
      let seen = 0;
      process.stdin.on("data", () => (seen++ ? process.exit(255) : process.stdout.write(answer)));
    '`);
    const answer = await engineAt('ssh://me@far').create({ body: spec({}), api: started().api });
    assert.ok(answer.kind === 'unknownEnding' && answer.cause.trouble === 'cut', JSON.stringify(answer));
  });

  it('lost its line meanwhile, and gets another one', async () => {
    putSsh(`echo $$ >> ${folder}/pids; ${dial()}`);
    const engine = engineAt('ssh://me@far');
    await engine.ping();
    for (const pid of fs.readFileSync(path.join(folder, 'pids'), 'utf8').trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await engine.create({ body: spec({}), api: started().api })).kind, 'ok');
  });
});

const SSHD = '/usr/sbin/sshd';
const obstacle = fs.existsSync(SSHD) && spawnSync('docker', ['--version']).status === 0 ? undefined : 'A test of ssh needs an ssh server and the docker command. Install openssh-server and docker.io.';
if (obstacle) skippedSuites.push({ title: 'a real ssh', reason: obstacle });

liveSuite(obstacle ? `a real ssh: skipped. ${obstacle}` : 'a real ssh', '28', (started) => {
  let server: ChildProcess | undefined;
  let port: number;
  before(async function () {
    if (obstacle && process.env.SWARMSPEC_REQUIRE_ENGINE === '1') throw new Error(obstacle);
    if (obstacle) this.skip();
    setUp();
    ({ server, port } = await startServer());
    // The ssh of the system, with a key and a list of hosts of our own instead of those in the home folder.
    putSsh(`exec /usr/bin/ssh -F none -i ${folder}/client -o IdentitiesOnly=yes -o UserKnownHostsFile=${folder}/known -o GlobalKnownHostsFile=none "$@"`);
  });
  after(() => {
    server?.kill();
    if (!obstacle) tearDown();
  });

  it('carries requests to the docker command on the other side', async () => {
    await proveEngine(engineAt(`ssh://root@127.0.0.1:${port}${started().socket}`), started().api);
  });

  it('reaches no engine where the other side has none', async () => {
    await assert.rejects(engineAt(`ssh://root@127.0.0.1:${port}/none.sock`).ping(), (error) => {
      assert.ok(error instanceof EngineError && error.trouble === 'unreachable');
      assert.match(error.message, /`docker system dial-stdio` on the other machine ended with 1\. It says: /);
      return true;
    });
  });

  it('is not let in with another key', async () => {
    fs.renameSync(path.join(folder, 'client'), path.join(folder, 'client.away'));
    try {
      await assert.rejects(engineAt(`ssh://root@127.0.0.1:${port}`).ping(), /was not let in/);
    } finally {
      fs.renameSync(path.join(folder, 'client.away'), path.join(folder, 'client'));
    }
  });

  it('is not let in where the host is not the one that is known', async () => {
    const known = path.join(folder, 'known');
    const right = fs.readFileSync(known, 'utf8');
    fs.writeFileSync(known, '');
    try {
      await assert.rejects(engineAt(`ssh://root@127.0.0.1:${port}`).ping(), /was not let in.*Host key verification failed/);
    } finally {
      fs.writeFileSync(known, right);
    }
  });

  it('finds no server', async () => {
    await assert.rejects(engineAt('ssh://root@127.0.0.1:1').ping(), /found no way.*Connection refused/);
  });

  /** On this machine only, with keys of its own; it lets in whoever has the key of the test. */
  async function startServer(): Promise<{ server: ChildProcess; port: number }> {
    for (const name of ['host', 'client']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
    fs.copyFileSync(path.join(folder, 'client.pub'), path.join(folder, 'authorized'));
    const free = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as net.AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    fs.writeFileSync(path.join(folder, 'known'), `[127.0.0.1]:${port} ${fs.readFileSync(path.join(folder, 'host.pub'), 'utf8')}`);
    const config = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `AuthorizedKeysFile ${folder}/authorized`, 'StrictModes no', 'UsePAM no', 'PidFile none', 'PermitRootLogin prohibit-password', 'PasswordAuthentication no', `SetEnv PATH=${pathBefore}`];
    fs.writeFileSync(path.join(folder, 'config'), `${config.join('\n')}\n`);
    fs.mkdirSync('/run/sshd', { recursive: true });
    const server = spawn(SSHD, ['-D', '-e', '-f', path.join(folder, 'config')], { stdio: ['ignore', 'ignore', fs.openSync(path.join(folder, 'log'), 'w')] });
    for (let tries = 0; tries < 100; tries++) {
      const isUp = await new Promise((resolve) => {
        const knock = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
        knock.on('connect', () => knock.destroy());
      });
      if (isUp) return { server, port };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`sshd did not start: ${fs.readFileSync(path.join(folder, 'log'), 'utf8')}`);
  }
});
