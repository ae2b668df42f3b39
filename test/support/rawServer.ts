import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { PROBE, readProbe } from './probe';

/** The server as it is shipped, in a process of its own, spoken to in bytes. It may not make code of strings, as in a hardened editor. */
export class RawServer {
  readonly child: ChildProcess;
  /** Everything that came, answers and notifications, in order. */
  readonly received: any[] = [];
  stderr = '';
  /** The exit code or signal, once it has ended. */
  ended: number | string | undefined;

  private buffer = Buffer.alloc(0);
  private next = 1;
  private readonly folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
  private readonly waiting = new Set<() => void>();

  /** `preload` are modules that run before it. */
  constructor({ preload = [], env = {} }: { readonly preload?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {}) {
    const probe = join(this.folder, 'probe.js');
    writeFileSync(probe, PROBE);
    this.child = spawn(process.execPath, ['--disallow-code-generation-from-strings', '--expose-gc', '-r', probe, ...preload.flatMap((file) => ['-r', file]), join(ROOT, 'dist/cli.js'), 'lsp', '--stdio'], { stdio: 'pipe', env: { PATH: process.env.PATH, DOCKER_HOST: 'unix:///nonexistent.sock', ...env } });
    this.child.stdout!.on('data', (bytes: Buffer) => this.read(bytes));
    this.child.stderr!.on('data', (bytes: Buffer) => {
      this.stderr += bytes.toString();
      this.look();
    });
    this.child.stdin!.on('error', () => undefined);
    this.child.on('exit', (code, signal) => {
      this.ended = code ?? signal ?? 'gone';
      this.look();
    });
  }

  sendBytes(bytes: string | Buffer): void {
    this.child.stdin!.write(bytes);
  }

  send(message: unknown): void {
    const body = Buffer.from(JSON.stringify(message));
    this.sendBytes(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** Sends a request and gives its id. */
  ask(method: string, params: unknown): number {
    const id = this.next++;
    this.send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  async request(method: string, params: unknown): Promise<any> {
    return this.answer(this.ask(method, params));
  }

  answer(id: number | string | null, withinMs = 30_000): Promise<any> {
    return this.until(() => this.received.find((message) => message.id === id && !('method' in message)), withinMs, `an answer to ${id}`);
  }

  async initialize(capabilities: object = {}, processId: number | null = null): Promise<any> {
    const answer = await this.request('initialize', { processId, rootUri: null, capabilities, initializationOptions: { contactEngine: false } });
    this.notify('initialized', {});
    return answer;
  }

  /** Bytes of the heap after a collection. */
  async heap(): Promise<number> {
    const before = this.stderr.length;
    this.child.kill('SIGUSR2');
    const { heap } = await this.until(() => readProbe(this.stderr.slice(before)), 20_000, 'the size of the heap');
    this.stderr = this.stderr.replaceAll(/^probe .*\n/gm, '');
    return heap;
  }

  exit(withinMs = 20_000): Promise<number | string> {
    return this.until(() => this.ended, withinMs, 'the end of the server');
  }

  /** Ends it if it still runs. */
  stop(): void {
    if (this.ended === undefined) this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  until<T>(find: () => T | undefined, withinMs: number, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`${what} did not come; ended: ${this.ended}; stderr: ${this.stderr.slice(-2000)}`));
      }, withinMs);
      const look = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  private read(bytes: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n/.exec(this.buffer.toString('latin1', 0, 200));
      if (!head || this.buffer.length < head[0].length + Number(head[1])) break;
      this.received.push(JSON.parse(this.buffer.toString('utf8', head[0].length, head[0].length + Number(head[1]))));
      this.buffer = this.buffer.subarray(head[0].length + Number(head[1]));
    }
    this.look();
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }
}
