import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import * as path from 'node:path';
import {
  type Daemon, type DaemonOptions, endDaemon, environmentOf, firstProcess, type Generation, GENERATION_NAMES, GENERATIONS, lastWords, request, restartDaemon,
  START_MS, startDaemon, stopDaemon, type TestAnswer, until, untilUp,
} from './daemon';

export { GENERATION_NAMES, type Generation, type TestAnswer };

export interface EngineOptions extends DaemonOptions {
  /** False leaves the engine outside any swarm. */
  readonly swarm?: boolean;
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
  request(method: string, path: string, body?: string | Buffer | object, headers?: OutgoingHttpHeaders): Promise<TestAnswer>;
  /** These give the id of what they made, and throw when the engine refuses. */
  createNetwork(name: string, more?: object): Promise<string>;
  createSecret(name: string, text?: string): Promise<string>;
  createConfig(name: string, text?: string): Promise<string>;
  /** A drained node stores services and starts no tasks. */
  drain(on: boolean): Promise<void>;
  /** A paused daemon takes connections, as the kernel does that, and answers nothing until it is resumed. */
  pause(): void;
  resume(): void;
  /** As `kill -9` would. What it has stored is there after a `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Of the `dockerd`. Its namespaces are those of the engine. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Live suites that did not run in this process, and why. A reporter can print them. */
export const skippedSuites: { readonly title: string; readonly reason: string }[] = [];

const HOW_TO_ENABLE = 'Run `test/support/engines.sh` as root.';

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
    const log = lastWords(daemon);
    await stopDaemon(daemon);
    throw new Error(`Engine ${options.generation} did not start: ${String(error)}\n${log}`);
  }
}

async function makeReady(daemon: Daemon, options: EngineOptions): Promise<TestEngine> {
  const { socket } = daemon;
  await untilUp(daemon);
  const expect = async (method: string, where: string, body?: string | Buffer | object, headers?: OutgoingHttpHeaders) => {
    const answer = await request(socket, method, where, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${where} answered ${answer.status}: ${answer.text.trim()}`);
    return answer.json;
  };
  if (options.swarm !== false) {
    await expect('POST', '/swarm/init', { AdvertiseAddr: '127.0.0.1', ListenAddr: '127.0.0.1:2377' });
  }
  await loadImage(daemon);
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
    pause: () => void process.kill(pidOf(daemon), 'SIGSTOP'),
    resume: () => void process.kill(pidOf(daemon), 'SIGCONT'),
    kill: () => endDaemon(daemon),
    restart: async () => {
      restartDaemon(daemon);
      await untilUp(daemon);
    },
    get pid() {
      return pidOf(daemon);
    },
    stop: () => stopDaemon(daemon),
  };
}

function findStaticBusybox(): string | undefined {
  return ['/bin/busybox', '/usr/bin/busybox', '/usr/local/bin/busybox'].find((file) => {
    if (!fs.existsSync(file)) return false;
    const { stdout, stderr } = spawnSync('ldd', [file], { encoding: 'utf8' });
    return /not a dynamic executable|statically linked/.test(`${stdout}${stderr}`);
  });
}

function pidOf(daemon: Daemon): number {
  const pid = firstProcess(daemon);
  if (!pid) throw new Error('The daemon has ended.');
  return pid;
}

/** Gives an engine the image `busy:1`. */
export async function loadImage({ socket, folder }: Daemon): Promise<void> {
  const { status, text } = await request(socket, 'POST', '/images/create?fromSrc=-&repo=busy&tag=1', busyboxImage(folder), { 'Content-Type': 'application/x-tar' });
  if (status !== 200) throw new Error(`The image was not taken: ${text.trim()}`);
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

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
