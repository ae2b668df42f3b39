import { type ChildProcess, spawn } from 'node:child_process';
import * as http from 'node:http';
import { Duplex } from 'node:stream';
import type { EngineHost } from './host';

type SshHost = Extract<EngineHost, { kind: 'ssh' }>;

/**
 * A connection through `ssh HOST docker system dial-stdio`, one request at a time. Making one takes long, so it is kept for
 * the next request for a while.
 */
export interface SshLine {
  readonly agent: http.Agent;
  /** Whether the engine has answered on it: from then on, what is sent must be taken for received. */
  readonly isProven: boolean;
  /** What `ssh` says has gone wrong, in words for people; undefined while it runs. */
  trouble(): string | undefined;
}

/** Longer than between two looks at a rollout, shorter than a server drops a quiet connection. */
const IDLE_MS = 15_000;

/** So many at a time for one engine. More would wait for their log-in at the same time, and servers turn such away (`MaxStartups`). */
const MOST_LINES = 4;

/** The lines of one engine: those that are not in use, how many are, and who waits for one. */
interface Lines {
  readonly idle: Set<Line>;
  used: number;
  readonly waiting: (() => void)[];
}

const linesOf = new WeakMap<SshHost, Lines>();

/**
 * Does a piece of work on a line on which the engine has just answered `ping`. An old line that no longer answers is
 * replaced; when a new one does not, this throws what `ping` throws. After work that failed, the line is closed.
 */
export async function onLine<T>(host: SshHost, ping: (line: SshLine) => Promise<unknown>, work: (line: SshLine) => Promise<T>): Promise<T> {
  const lines = linesOf.get(host) ?? { idle: new Set(), used: 0, waiting: [] };
  linesOf.set(host, lines);
  if (lines.used < MOST_LINES) lines.used++;
  else await new Promise<void>((resolve) => lines.waiting.push(resolve));
  try {
    const line = await openLine(host, lines.idle, ping);
    try {
      const done = await work(line);
      if (line.isAlive()) {
        lines.idle.add(line);
        line.rest(() => lines.idle.delete(line));
      } else line.close();
      return done;
    } catch (error) {
      line.close();
      throw error;
    }
  } finally {
    const next = lines.waiting.shift();
    if (next) next();
    else lines.used--;
  }
}

async function openLine(host: SshHost, idle: Set<Line>, ping: (line: SshLine) => Promise<unknown>): Promise<Line> {
  for (const line of idle) {
    idle.delete(line);
    line.wake();
    try {
      if (line.isAlive()) await ping(line);
      if (line.isAlive()) return line;
    } catch {
      // as a line that lost its way; another one is made
    }
    line.close();
  }
  const line = new Line(host);
  try {
    await ping(line);
    line.isProven = true;
    return line;
  } catch (error) {
    line.close();
    throw error;
  }
}

/**
 * The arguments of `ssh`, those that docker gives it. Nothing of an address can become an option, since `--` stands before
 * the host, nor a command of the other machine's shell, since the path of the socket is quoted.
 */
export function sshArguments({ hostname, port, user, socketPath }: SshHost): string[] {
  const host = socketPath === undefined ? [] : [`--host=unix://${socketPath}`];
  return [
    ...(user ? ['-l', user] : []),
    ...(port ? ['-p', String(port)] : []),
    ...['-o', 'ConnectTimeout=30', '-T', '--', hostname],
    ['docker', ...host, 'system', 'dial-stdio'].map(quote).join(' '),
  ];
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[a-zA-Z0-9_./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

class Line implements SshLine {
  readonly agent: http.Agent;
  isProven = false;
  private readonly child: ChildProcess;
  private readonly stream: Duplex;
  private ended: string | undefined;
  private said = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(host: SshHost) {
    // Never through a shell. In a session of its own, as docker does it: without a terminal it fails rather than waits for a
    // password, and Ctrl-C reaches it only through us.
    this.child = spawn('ssh', sshArguments(host), { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, detached: process.platform !== 'win32' });
    const { stdin, stdout, stderr } = this.child;
    this.stream = new ChildStream(this.child);
    stderr?.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString('utf8')).slice(-4096)));
    this.child.on('error', (error: NodeJS.ErrnoException) => {
      this.ended = error.code === 'ENOENT' ? 'there is no command `ssh` on this machine. Install the client of OpenSSH.' : `\`ssh\` cannot be started (${error.code ?? 'unknown reason'}).`;
      this.stream.destroy();
    });
    this.child.on('close', (code) => {
      this.ended ??= sshTrouble(code, this.said);
      this.stream.push(null);
      this.stream.destroy(Object.assign(new Error('ssh has ended'), { code: 'ECONNRESET' }));
    });
    for (const part of [stdin, stdout, stderr]) part?.on('error', () => undefined);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    // There is no second connection: a request that finds the first one gone fails at once.
    this.agent.createConnection = () => {
      if (this.stream.destroyed) throw Object.assign(new Error('ssh has ended'), { code: 'ECONNRESET' });
      return this.stream as never;
    };
  }

  trouble(): string | undefined {
    return this.ended;
  }

  isAlive(): boolean {
    return this.ended === undefined && !this.stream.destroyed;
  }

  /** Until `wake`, the line neither keeps the process alive nor lives long. */
  rest(onEnd: () => void): void {
    this.eachHandle('unref');
    this.timer = setTimeout(() => {
      onEnd();
      this.close();
    }, IDLE_MS).unref();
  }

  wake(): void {
    clearTimeout(this.timer);
    this.eachHandle('ref');
  }

  close(): void {
    clearTimeout(this.timer);
    this.agent.destroy();
    this.stream.destroy();
    this.child.stdin?.destroy();
    this.child.kill();
    this.eachHandle('unref');
  }

  private eachHandle(what: 'ref' | 'unref'): void {
    for (const part of [this.child, this.child.stdin, this.child.stdout, this.child.stderr] as ({ ref?(): void; unref?(): void } | null)[]) part?.[what]?.();
  }
}

/** Standard input and output of a process as one stream, with what HTTP expects of a socket. */
class ChildStream extends Duplex {
  constructor(private readonly child: ChildProcess) {
    super({ allowHalfOpen: false });
    child.stdout?.on('data', (chunk) => {
      if (!this.push(chunk)) child.stdout?.pause();
    });
    // An end of its input or output is followed by the end of the process, which tells why; that destroys this stream.
  }

  override _read(): void {
    this.child.stdout?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: () => void): void {
    this.child.stdin?.write(chunk, encoding, () => done());
  }

  override _final(done: () => void): void {
    this.child.stdin?.end(() => done());
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** Why `ssh` has ended, by its exit code and the last line that it or the other machine said. */
export function sshTrouble(code: number | null, said: string): string {
  // A last line can be long, as a banner, and holds whatever the other machine likes.
  const line = said.trim().split('\n').at(-1)?.replaceAll(/[^\x20-\x7e]/g, '').trim().slice(0, 300);
  const quoted = line ? ` It says: ${line}` : '';
  switch (code) {
    case 127:
      return `the other machine has no command \`docker\`, version 18.09 or newer, which is needed there for \`docker system dial-stdio\`.${quoted}`;
    case 255:
      return /permission denied|host key verification|authentication/i.test(said)
        ? `\`ssh\` was not let in. It cannot ask here: log in once with the same address, and use a key or an agent.${quoted}`
        : `\`ssh\` found no way.${quoted}`;
    case null:
      return 'the connection of `ssh` was ended.';
    default:
      return `\`docker system dial-stdio\` on the other machine ended with ${code}.${quoted}`;
  }
}
