import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';

/** Which engine a live test asks: a key of `GENERATIONS`. */
export type Generation = '28' | '20.10';

/** Where each engine comes from; `test/support/engines.sh` fetches the suites. No suite: the `dockerd` of the system. */
export const GENERATIONS: Readonly<Record<Generation, { readonly suite?: string; readonly version: RegExp }>> = {
  '28': { suite: 'forky', version: /^28\./ },
  '20.10': { version: /^20\.10\./ },
};

export const GENERATION_NAMES = Object.keys(GENERATIONS) as Generation[];

/** How a daemon is started. */
export interface DaemonOptions {
  readonly generation: Generation;
  /** Start the daemon with experimental features, which plugin services need. */
  readonly experimental?: boolean;
  /** Further arguments of `dockerd`. */
  readonly dockerd?: readonly string[];
  /** Start the `dockerd` only after `release`; its namespaces are there before. */
  readonly held?: boolean;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The answer as plain JavaScript, integers beyond 2^53 rounded; undefined when it is no JSON. */
  readonly json: any;
}

const PROJECT = path.resolve(__dirname, '../../..');
/** The daemon's heap may not outgrow this, so that a mistake in a test cannot take the machine down with it. */
const MEMORY_BYTES = 3 * 1024 ** 3;
export const START_MS = 60_000;

/** A `dockerd` with namespaces of its own. */
export interface Daemon {
  /** The process above it; another one after `restartDaemon`. */
  child: ChildProcess;
  readonly options: DaemonOptions;
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
}

/**
 * The daemon gets namespaces of its own. Network: several engines run side by side, and the bridges and firewall rules of
 * the machine stay as they are. Mount: its mounts are invisible outside and go with it. Process: when it is killed, the
 * kernel ends its containerd, shims and containers too. It is killed with this process, however that ends.
 */
export function startDaemon(options: DaemonOptions): Daemon {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-'));
  const socket = path.join(folder, 'docker.sock');
  const log = path.join(folder, 'log');
  const daemon = { child: launch(options, folder, socket, log), options, folder, socket, log };
  running.add(daemon);
  return daemon;
}

/** Starts a daemon that was killed again, with what it had stored. */
export function restartDaemon(daemon: Daemon): void {
  if (isAlive(daemon)) throw new Error('The daemon still runs.');
  // of the numbers in left pid files, any may be that of another process by now, which would be taken for the one that was killed
  for (const left of [daemon.socket, path.join(daemon.folder, 'pid'), path.join(daemon.folder, 'exec/containerd'), goOf(daemon.folder)]) fs.rmSync(left, { force: true, recursive: true });
  daemon.child = launch(daemon.options, daemon.folder, daemon.socket, daemon.log);
}

function launch({ generation, experimental, held, dockerd: more = [] }: DaemonOptions, folder: string, socket: string, log: string): ChildProcess {
  const dockerd = ['dockerd', '--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')];
  dockerd.push('--pidfile', path.join(folder, 'pid'), '-H', `unix://${socket}`, '--userland-proxy=false', ...more);
  if (experimental) dockerd.push('--experimental');
  const wait = held ? `until [ -e ${goOf(folder)} ]; do sleep 0.05; done && ` : '';
  const inside = `busybox ip link set lo up && mount -t tmpfs tmpfs /run && ${wait}exec "$@"`;
  const output = fs.openSync(log, 'a');
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
  return child;
}

/** Lets a held daemon start. */
export function release({ folder }: Daemon): void {
  fs.writeFileSync(goOf(folder), '');
}

function goOf(folder: string): string {
  return path.join(folder, 'go');
}

/** Daemons whose folder is still there. A process that ends in a hurry removes what it can. */
const running = new Set<Daemon>();
process.on('exit', () => {
  for (const daemon of running) {
    killDaemon(daemon);
    fs.rmSync(daemon.folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** Waits until it answers. */
export async function untilUp(daemon: Daemon): Promise<void> {
  await until(START_MS, async () => {
    if (!isAlive(daemon)) throw new Error(`dockerd has ended:\n${lastWords(daemon)}`);
    return (await request(daemon.socket, 'GET', '/_ping').catch(() => undefined))?.status === 200;
  });
}

/** The last lines of its log, for the message of a test that fails. */
export function lastWords({ log }: Daemon): string {
  return fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}

export async function stopDaemon(daemon: Daemon): Promise<void> {
  if (!running.has(daemon)) return;
  const first = firstProcess(daemon);
  if (first) process.kill(first, 'SIGCONT'); // a paused one could not leave
  // Leaving the swarm removes its containers, and with them their control groups, which a kill would leave behind.
  if (isAlive(daemon)) await request(daemon.socket, 'POST', '/swarm/leave?force=true', undefined, {}, 10_000).catch(() => undefined);
  await endDaemon(daemon);
  running.delete(daemon);
  fs.rmSync(daemon.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

export function isAlive({ child }: Daemon): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Kills the first process of the namespace, and with it all others; the `unshare` above it then ends by itself. */
export function killDaemon(daemon: Daemon): void {
  if (!isAlive(daemon)) return;
  const first = firstProcess(daemon);
  if (first) process.kill(first, 'SIGKILL');
  else daemon.child.kill('SIGKILL');
}

/** Like `killDaemon`, and waits until everything of it has ended. */
export async function endDaemon(daemon: Daemon): Promise<void> {
  if (!isAlive(daemon)) return;
  const ended = new Promise((resolve) => daemon.child.once('close', resolve));
  killDaemon(daemon);
  await ended;
}

/** Id of the `dockerd` itself, the first process of its namespace; undefined when it has ended. */
export function firstProcess({ child: { pid } }: Daemon): number | undefined {
  try {
    return Number.parseInt(fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10) || undefined;
  } catch {
    return undefined; // gone, or a kernel that does not list children
  }
}

/** The fetched engine first in PATH; no proxies and no DOCKER_ settings of the person who runs the tests. */
export function environmentOf(generation: Generation): NodeJS.ProcessEnv {
  const { suite } = GENERATIONS[generation];
  const folders = suite ? [path.join(PROJECT, '.engines', suite, 'usr/sbin'), path.join(PROJECT, '.engines', suite, 'usr/bin')] : [];
  // Without its own folder a fetched engine would silently be the system's.
  if (suite && !fs.existsSync(path.join(folders[0], 'dockerd'))) return { PATH: '' };
  const system = (process.env.PATH ?? '').split(':');
  return { PATH: [...folders, ...system, '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(':'), HOME: '/root' };
}

/** One request. An object as body is sent as JSON; text is sent as it is, as JSON too unless a header says otherwise. */
export function request(
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

export async function until(limitMs: number, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`not done within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
