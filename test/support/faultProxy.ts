import * as fs from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * What the proxy does to one request.
 *
 * The engine never sees the request of:
 * - `cutBefore`: the connection closes once the headers of the request are there.
 * - `neverAnswer`: the request is taken, and nothing comes back.
 * - `html`, `serverError`, `badGateway`: a page of a web server, with status 200, 500, 502.
 * - `garbage`: an answer that is no HTTP.
 *
 * The engine sees half of the body and then the end of the connection:
 * - `cutRequest`: as when the client's machine, or something on the way, dies while it sends.
 *
 * The engine gets the whole request and works on it:
 * - `none`: nothing is done to it.
 * - `loseAnswer`: the connection closes when the answer is there, none of which is passed on.
 * - `holdAnswer`: the answer is kept, and the connection stays open.
 * - `cutAnswer`: half of the answer's body, then the end.
 * - `halfAnswer`: half of the answer's body, with headers that claim this is all.
 * - `reset`: half of the answer's body, then a TCP reset (over a unix socket, the end).
 * - `slow`: the answer in a hundred pieces, 20 ms apart; it gets there.
 * - `late`: the answer after 1.5 s; it gets there.
 */
export type Fault = (typeof FAULTS)[number];

export const FAULTS = [
  'none', 'cutBefore', 'neverAnswer', 'html', 'serverError', 'badGateway', 'garbage', 'cutRequest', 'loseAnswer', 'holdAnswer', 'cutAnswer', 'halfAnswer', 'reset', 'slow', 'late',
] as const;

/** Whether the engine gets the whole request, and so may act on it. */
export function reachesEngine(fault: Fault): boolean {
  return ['none', 'loseAnswer', 'holdAnswer', 'cutAnswer', 'halfAnswer', 'reset', 'slow', 'late'].includes(fault);
}

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly fault: Fault;
}

/** A proxy in front of the socket of an engine that damages the requests that it is told to. */
export interface FaultProxy {
  /** As in `DOCKER_HOST`. */
  readonly host: string;
  /** Every request so far. */
  readonly seen: readonly SeenRequest[];
  /** From now on: this fault on every request, or the one that the function chooses. */
  set(fault: Fault | ((request: { readonly method: string; readonly url: string }) => Fault)): void;
  /** This fault on the next request whose method and path match, such as `POST /v1.51/services/x/update?version=3`; none on others. */
  next(fault: Fault, matches?: RegExp): void;
  close(): Promise<void>;
}

/** `socket` is that of the engine. Over `tcp` the proxy listens on 127.0.0.1, else on a socket of its own. */
export async function startFaultProxy(socket: string, kind: 'unix' | 'tcp' = 'unix'): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  const open = new Set<net.Socket>();
  let choose: (request: { method: string; url: string }) => Fault = () => 'none';

  const server = http.createServer((request, answer) => {
    const { method = '', url = '', headers } = request;
    const fault = choose({ method, url });
    const chunks: Buffer[] = [];
    if (fault === 'cutBefore') {
      seen.push({ method, url, headers, body: '', fault });
      request.socket.destroy();
      return;
    }
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.push({ method, url, headers, body: body.toString(), fault });
      damage(fault, { method, url, headers, body }, answer, socket);
    });
  });
  server.on('connection', (client) => {
    open.add(client.on('close', () => open.delete(client)).on('error', () => undefined));
  });

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-proxy-'));
  const own = path.join(folder, 's');
  await new Promise<void>((resolve) => (kind === 'unix' ? server.listen(own, resolve) : server.listen(0, '127.0.0.1', resolve)));
  return {
    host: kind === 'unix' ? `unix://${own}` : `tcp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    seen,
    set: (fault) => void (choose = typeof fault === 'string' ? () => fault : fault),
    next: (fault, matches = /(?:)/) => {
      let used = false;
      choose = ({ method, url }) => {
        if (used || !matches.test(`${method} ${url}`)) return 'none';
        used = true;
        return fault;
      };
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of open) client.destroy();
      await closed;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Forwarded {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const PAGES: Partial<Record<Fault, number>> = { html: 200, serverError: 500, badGateway: 502 };

function damage(fault: Fault, request: Forwarded, answer: http.ServerResponse, socket: string): void {
  const page = PAGES[fault];
  const client = answer.socket;
  if (fault === 'neverAnswer') return;
  if (page) {
    answer.writeHead(page, { 'Content-Type': 'text/html' }).end(`<html><head><title>${page}</title></head><body><h1>${page}</h1>nginx</body></html>\n`);
    return;
  }
  if (fault === 'garbage') {
    client?.end('SSH-2.0-OpenSSH_9.2p1\r\n');
    return;
  }
  const upstream = http.request({ socketPath: socket, method: request.method, path: request.url, headers: request.headers, agent: false });
  upstream.on('error', () => client?.destroy());
  if (fault === 'cutRequest') {
    upstream.write(request.body.subarray(0, Math.floor(request.body.length / 2)), () => {
      upstream.destroy();
      client?.destroy();
    });
    return;
  }
  upstream.on('response', (from) => {
    const chunks: Buffer[] = [];
    from.on('error', () => client?.destroy());
    from.on('data', (chunk: Buffer) => chunks.push(chunk));
    from.on('end', () => deliver(fault, from, Buffer.concat(chunks), answer));
  });
  upstream.end(request.body);
}

function deliver(fault: Fault, { statusCode = 502, headers }: http.IncomingMessage, body: Buffer, answer: http.ServerResponse): void {
  const half = body.subarray(0, Math.floor(body.length / 2));
  const { 'transfer-encoding': _, ...rest } = headers;
  const head = (length: number) => answer.writeHead(statusCode, { ...rest, 'content-length': length });
  const whole = () => void head(body.length).end(body);
  switch (fault) {
    case 'holdAnswer':
      return;
    case 'loseAnswer':
      answer.socket?.destroy();
      return;
    case 'cutAnswer':
      head(body.length).write(half, () => answer.socket?.destroy());
      return;
    case 'halfAnswer':
      head(half.length).end(half);
      return;
    case 'reset':
      head(body.length).write(half, () => reset(answer.socket));
      return;
    case 'slow':
      head(body.length);
      drip(body, answer);
      return;
    case 'late':
      setTimeout(whole, 1500);
      return;
    default:
      whole();
  }
}

function reset(client: net.Socket | null): void {
  if (client?.remoteAddress) client.resetAndDestroy();
  else client?.destroy(); // a unix socket knows no reset
}

function drip(body: Buffer, answer: http.ServerResponse, sent = 0): void {
  if (sent >= body.length) return void answer.end();
  const next = sent + Math.ceil(body.length / 100);
  answer.write(body.subarray(sent, next));
  setTimeout(() => drip(body, answer, next), 20);
}
