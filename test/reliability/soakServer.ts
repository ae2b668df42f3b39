import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { ROOT } from '../../server/src/tools/root';
import { PROBE, type Probed, readProbe } from '../support/probe';

/** What a server process holds at one moment. */
export interface Held {
  /** After a collection. */
  readonly heapMb: number;
  readonly rssMb: number;
  /** What keeps its event loop busy: pipes, sockets, timers. */
  readonly handles: number;
  readonly files: number;
  readonly sockets: number;
}

/** The server gives up a request that is not answered after 30 s, and its next look may begin meanwhile. */
const LONGEST_REQUEST_MS = 40_000;

/** The server as it is shipped, with a client that remembers nothing: what a test keeps must not grow either. */
export class SoakServer {
  readonly connection: MessageConnection;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly folder = mkdtempSync(join(tmpdir(), 'swarmspec-soak-'));
  private readonly ended: Promise<never>;
  private stderr = '';
  private leastHandles = Number.POSITIVE_INFINITY;

  /** `preload` are modules that run before it. */
  constructor(private readonly host: string, preload: readonly string[] = []) {
    const probe = join(this.folder, 'probe.js');
    writeFileSync(probe, PROBE);
    const flags = ['--disallow-code-generation-from-strings', '--expose-gc', ...[probe, ...preload].flatMap((file) => ['-r', file])];
    this.child = spawn(process.execPath, [...flags, join(ROOT, 'dist/cli.js'), 'lsp', '--stdio'], { stdio: 'pipe', env: { PATH: process.env.PATH, HOME: this.folder, XDG_STATE_HOME: this.folder } });
    this.child.stderr.on('data', (bytes: Buffer) => void (this.stderr = (this.stderr + bytes.toString()).slice(-5000)));
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise<never>((_, reject) => this.child.on('exit', (code, signal) => reject(new Error(`The server has ended (${code ?? signal}): ${this.stderr}`))));
    this.ended.catch(() => undefined);
    this.connection = createMessageConnection(new StreamMessageReader(this.child.stdout), new StreamMessageWriter(this.child.stdin));
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({ host: this.host })));
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onRequest('workspace/codeLens/refresh', () => null);
    this.connection.listen();
  }

  async initialize(): Promise<void> {
    const capabilities = {
      window: { showMessage: {}, workDoneProgress: true },
      workspace: { configuration: true, applyEdit: true, codeLens: { refreshSupport: true } },
      textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
      experimental: { swarmspec: { showPlan: true, status: true } },
    };
    await this.ask('initialize', { processId: process.pid, rootUri: null, capabilities, initializationOptions: { host: this.host } });
    await this.tell('initialized', {});
  }

  tell(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** Asks, and throws when the answer takes longer than this, or the server ends. */
  async ask(method: string, params: unknown, withinMs = 60_000): Promise<any> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer to ${method} ${JSON.stringify(params).slice(0, 300)} within ${withinMs / 1000} s. ${this.stderr}`)), withinMs);
    });
    try {
      return await Promise.race([this.connection.sendRequest(method, params), late, this.ended]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * What it holds at rest: the least of several looks, since now and then it looks at the engine by itself. Where that holds more
   * than ever before, it may be a look that a fault keeps from its answer, and the looks go on until that must have given up.
   */
  async held(): Promise<Held> {
    const looks: Held[] = [];
    const least = (figure: keyof Held) => Math.min(...looks.map((look) => look[figure]));
    const end = Date.now() + LONGEST_REQUEST_MS;
    while (looks.length < 5 || (least('handles') > this.leastHandles && Date.now() < end)) {
      looks.push(await this.look());
      await wait(300);
    }
    this.leastHandles = Math.min(this.leastHandles, least('handles'));
    return { heapMb: least('heapMb'), rssMb: least('rssMb'), handles: least('handles'), files: least('files'), sockets: least('sockets') };
  }

  /** Says goodbye as an editor does, and gives the exit code. */
  async leave(): Promise<number | null> {
    const code = new Promise<number | null>((resolve) => this.child.on('exit', resolve));
    await this.ask('shutdown', null);
    await this.tell('exit', null);
    return code;
  }

  stop(): void {
    this.connection.dispose();
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async look(): Promise<Held> {
    this.stderr = '';
    this.child.kill('SIGUSR2');
    let probed: Probed | undefined;
    for (let left = 1200; (probed = readProbe(this.stderr)) === undefined; left--) {
      if (left === 0) throw new Error(`The server does not say what it holds; it says: ${this.stderr}`);
      await Promise.race([wait(50), this.ended]);
    }
    const folder = `/proc/${this.child.pid}`;
    const files = readdirSync(`${folder}/fd`).flatMap((name) => {
      try {
        return [readlinkSync(`${folder}/fd/${name}`)];
      } catch {
        return []; // closed meanwhile
      }
    });
    return {
      heapMb: probed.heap / 1e6,
      rssMb: Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`${folder}/status`, 'utf8'))?.[1]) / 1000,
      handles: Object.values(probed.handles).reduce((sum, one) => sum + one, 0),
      files: files.length,
      sockets: files.filter((target) => target.startsWith('socket:')).length,
    };
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
