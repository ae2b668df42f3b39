import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';

/** Which engine a live test asks: a key of `GENERATIONS`. */
export type Generation = '28' | '20.10';

/** Where each engine comes from; `test/support/engines.sh` fetches the suites. No suite: the `dockerd` of the system. */
const GENERATIONS: Readonly<Record<Generation, { readonly suite?: string; readonly version: RegExp }>> = {
  '28': { suite: 'forky', version: /^28\./ },
  '20.10': { version: /^20\.10\./ },
};

export const GENERATION_NAMES = Object.keys(GENERATIONS) as Generation[];

export interface EngineOptions {
  readonly generation: Generation;
  /** Start the daemon with experimental features, which plugin services need. */
  readonly experimental?: boolean;
  /** False leaves the engine outside any swarm. */
  readonly swarm?: boolean;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The answer as plain JavaScript, integers beyond 2^53 rounded; undefined when it is no JSON. */
  readonly json: any;
}

/** A real engine of its own: one manager, the image `busy:1`, its own network namespace. Nothing of it outlives `stop()`. */
export interface TestEngine {
  readonly generation: Generation;
  readonly socket: string;
  /** As in `DOCKER_HOST`. */
  readonly host: string;
  /** Engine version, such as `28.5.2+dfsg4`. */
  readonly version: string;
  /** Highest API version, such as `1.51`. */
  readonly api: string;
  /** One request. An object as body is sent as JSON; text is sent as it is, as JSON too unless a header says otherwise. */
  request(method: string, path: string, body?: string | Buffer | object, headers?: http.OutgoingHttpHeaders): Promise<TestAnswer>;
  /** These give the id of what they made, and throw when the engine refuses. */
  createNetwork(name: string, more?: object): Promise<string>;
  createSecret(name: string, text?: string): Promise<string>;
  createConfig(name: string, text?: string): Promise<string>;
  /** A drained node stores services and starts no tasks. */
  drain(on: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Live suites that did not run in this process, and why. A reporter can print them. */
export const skippedSuites: { readonly title: string; readonly reason: string }[] = [];

const PROJECT = path.resolve(__dirname, '../../..');
const HOW_TO_ENABLE = 'Run `test/support/engines.sh` as root.';
/** The daemon's heap may not outgrow this, so that a mistake in a test cannot take the machine down with it. */
const MEMORY_BYTES = 3 * 1024 ** 3;
const START_MS = 60_000;

/** A mocha suite with an engine of its own. Skips where none can be started; fails instead when SWARMSPEC_REQUIRE_ENGINE=1. */
export function liveSuite(
  title: string,
  options: Generation | EngineOptions,
  body: (engine: () => TestEngine) => void,
): void {
  const wanted = typeof options === 'string' ? { generation: options } : options;
  const name = `${title} (engine ${wanted.generation})`;
  const reason = engineUnavailable(wanted.generation);
  if (reason) skippedSuites.push({ title: name, reason });
  describe(reason ? `${name}: skipped. ${reason}` : name, function () {
    this.timeout(30_000);
    let engine: TestEngine | undefined;
    before(async function () {
      if (reason && process.env.SWARMSPEC_REQUIRE_ENGINE === '1') throw new Error(reason);
      if (reason) this.skip();
      this.timeout(START_MS + 10_000);
      engine = await startEngine(wanted);
    });
    after(async () => {
      await engine?.stop();
    });
    body(() => {
      if (!engine) throw new Error('The engine is there only while the tests of its suite run.');
      return engine;
    });
  });
}

const reasons = new Map<Generation, string | undefined>();

/** Why an engine of this generation cannot be started here and what would change that, in one line; undefined when it can. */
export function engineUnavailable(generation: Generation = '28'): string | undefined {
  if (!reasons.has(generation)) reasons.set(generation, findObstacle(generation));
  return reasons.get(generation);
}

function findObstacle(generation: Generation): string | undefined {
  const { suite, version } = GENERATIONS[generation];
  if (process.platform !== 'linux') return 'A live engine needs Linux.';
  if (process.getuid?.() !== 0) return `A live engine needs root. ${HOW_TO_ENABLE}`;
  const namespaces = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', '--mount-proc', 'true']);
  if (namespaces.status !== 0) {
    return 'A live engine needs namespaces of its own, and this machine refuses them. In a container, start it with `--privileged`.';
  }
  if (!findStaticBusybox()) return `A live engine needs a static busybox for its image. ${HOW_TO_ENABLE}`;
  const found = spawnSync('dockerd', ['--version'], { env: environmentOf(generation), encoding: 'utf8' });
  const place = suite ? `in .engines/${suite}` : 'on this machine';
  if (found.status !== 0) return `There is no engine ${generation} ${place}. ${HOW_TO_ENABLE}`;
  const seen = /version ([^\s,]+)/.exec(found.stdout)?.[1] ?? '';
  if (!version.test(seen)) return `The engine ${place} is ${seen}, and this suite is about ${generation}.`;
  return undefined;
}

/** Starts an engine. Undefined when `engineUnavailable` says so; throws when the daemon does not come up although it should. */
export async function startEngine(options: EngineOptions): Promise<TestEngine | undefined> {
  if (engineUnavailable(options.generation)) return undefined;
  const daemon = startDaemon(options);
  try {
    return await makeReady(daemon, options);
  } catch (error) {
    const log = fs.readFileSync(daemon.log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    await stopDaemon(daemon);
    throw new Error(`Engine ${options.generation} did not start: ${String(error)}\n${log}`);
  }
}

interface Daemon {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
}

/**
 * The daemon gets namespaces of its own. Network: several engines run side by side, and the bridges and firewall rules of
 * the machine stay as they are. Mount: its mounts are invisible outside and go with it. Process: when it is killed, the
 * kernel ends its containerd, shims and containers too. It is killed with this process, however that ends.
 */
function startDaemon({ generation, experimental }: EngineOptions): Daemon {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-'));
  const socket = path.join(folder, 'docker.sock');
  const log = path.join(folder, 'log');
  const dockerd = ['dockerd', '--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')];
  dockerd.push('--pidfile', path.join(folder, 'pid'), '-H', `unix://${socket}`, '--userland-proxy=false');
  if (experimental) dockerd.push('--experimental');
  const inside = 'busybox ip link set lo up && mount -t tmpfs tmpfs /run && exec "$@"';
  const output = fs.openSync(log, 'w');
  const child = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', 'prlimit', `--data=${MEMORY_BYTES}`],
      ...['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', '--propagation', 'private'],
      ...['sh', '-c', inside, 'sh', ...dockerd],
    ],
    { env: environmentOf(generation), stdio: ['ignore', output, output] },
  );
  child.on('error', () => undefined);
  fs.closeSync(output);
  const daemon = { child, folder, socket, log };
  running.add(daemon);
  return daemon;
}

/** Daemons whose folder is still there. A process that ends in a hurry removes what it can. */
const running = new Set<Daemon>();
process.on('exit', () => {
  for (const daemon of running) {
    killDaemon(daemon);
    fs.rmSync(daemon.folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

async function makeReady(daemon: Daemon, options: EngineOptions): Promise<TestEngine> {
  const { child, socket } = daemon;
  await until(START_MS, async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('dockerd has ended');
    return (await request(socket, 'GET', '/_ping').catch(() => undefined))?.status === 200;
  });
  const expect = async (method: string, where: string, body?: string | Buffer | object, headers?: http.OutgoingHttpHeaders) => {
    const answer = await request(socket, method, where, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${where} answered ${answer.status}: ${answer.text.trim()}`);
    return answer.json;
  };
  if (options.swarm !== false) {
    await expect('POST', '/swarm/init', { AdvertiseAddr: '127.0.0.1', ListenAddr: '127.0.0.1:2377' });
  }
  await expect('POST', '/images/create?fromSrc=-&repo=busy&tag=1', busyboxImage(daemon.folder), { 'Content-Type': 'application/x-tar' });
  const { Version, ApiVersion } = await expect('GET', '/version');

  return {
    generation: options.generation,
    socket,
    host: `unix://${socket}`,
    version: Version,
    api: ApiVersion,
    request: (method, where, body, headers) => request(socket, method, where, body, headers),
    createNetwork: async (name, more = {}) =>
      (await expect('POST', '/networks/create', { Name: name, Driver: 'overlay', CheckDuplicate: true, ...more })).Id,
    createSecret: async (name, text = 'secret') => (await expect('POST', '/secrets/create', { Name: name, Data: toBase64(text) })).ID,
    createConfig: async (name, text = 'config') => (await expect('POST', '/configs/create', { Name: name, Data: toBase64(text) })).ID,
    drain: (on) =>
      // The manager writes the state of its own node now and then, and that moves the index under an update.
      until(5_000, async () => {
        const [node] = await expect('GET', '/nodes');
        const spec = { ...node.Spec, Availability: on ? 'drain' : 'active' };
        return (await request(socket, 'POST', `/nodes/${node.ID}/update?version=${node.Version.Index}`, spec)).status === 200;
      }),
    stop: () => stopDaemon(daemon),
  };
}

async function stopDaemon(daemon: Daemon): Promise<void> {
  if (!running.has(daemon)) return;
  const ended = new Promise((resolve) => daemon.child.once('close', resolve));
  // Leaving the swarm removes its containers, and with them their control groups, which a kill would leave behind.
  if (isAlive(daemon)) await request(daemon.socket, 'POST', '/swarm/leave?force=true', undefined, {}, 10_000).catch(() => undefined);
  if (isAlive(daemon)) {
    killDaemon(daemon);
    await ended;
  }
  running.delete(daemon);
  fs.rmSync(daemon.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function isAlive({ child }: Daemon): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Kills the first process of the namespace, and with it all others; the `unshare` above it then ends by itself. */
function killDaemon(daemon: Daemon): void {
  if (!isAlive(daemon)) return;
  const { pid } = daemon.child;
  let first = 0;
  try {
    first = Number.parseInt(fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
    if (first > 0) process.kill(first, 'SIGKILL');
  } catch {
    // Gone between the two steps, or a kernel that does not list children.
  }
  if (!(first > 0)) daemon.child.kill('SIGKILL');
}

/** The fetched engine first in PATH; no proxies and no DOCKER_ settings of the person who runs the tests. */
function environmentOf(generation: Generation): NodeJS.ProcessEnv {
  const { suite } = GENERATIONS[generation];
  const folders = suite ? [path.join(PROJECT, '.engines', suite, 'usr/sbin'), path.join(PROJECT, '.engines', suite, 'usr/bin')] : [];
  // Without its own folder a fetched engine would silently be the system's.
  if (suite && !fs.existsSync(path.join(folders[0], 'dockerd'))) return { PATH: '' };
  const system = (process.env.PATH ?? '').split(':');
  return { PATH: [...folders, ...system, '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(':'), HOME: '/root' };
}

function findStaticBusybox(): string | undefined {
  return ['/bin/busybox', '/usr/bin/busybox', '/usr/local/bin/busybox'].find((file) => {
    if (!fs.existsSync(file)) return false;
    const { stdout, stderr } = spawnSync('ldd', [file], { encoding: 'utf8' });
    return /not a dynamic executable|statically linked/.test(`${stdout}${stderr}`);
  });
}

/** The tar of an image with busybox under the names that the tests use. */
function busyboxImage(folder: string): Buffer {
  const root = path.join(folder, 'image');
  const bin = path.join(root, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(findStaticBusybox()!, path.join(bin, 'busybox'));
  for (const name of ['sh', 'sleep', 'httpd', 'true', 'false']) fs.symlinkSync('busybox', path.join(bin, name));
  return execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 64 * 1024 ** 2 });
}

function request(
  socketPath: string,
  method: string,
  where: string,
  body?: string | Buffer | object,
  headers: http.OutgoingHttpHeaders = {},
  timeout = 30_000,
): Promise<TestAnswer> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const data = body === undefined || isRaw ? body : JSON.stringify(body);
  const type = data === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(data) };
  return new Promise((resolve, reject) => {
    const sent = http.request({ socketPath, method, path: where, headers: { ...type, ...headers }, agent: false, timeout }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: parseLoosely(text) });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${where}: no answer in ${timeout} ms`)));
    sent.on('error', reject);
    sent.end(data);
  });
}

function parseLoosely(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function until(limitMs: number, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`not done within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
