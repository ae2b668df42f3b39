import * as http from 'node:http';
import { EngineError } from './error';
import type { EngineHost } from './host';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, encoded. */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpLimits {
  /** Longest silence: to the headers of the answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  /** Longest time of all, since an answer that drips never falls silent. */
  readonly deadlineMs: number;
  /** Largest answer. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** A connection per request, so that no request ever fails because an old connection was closed under it. */
const agent = new http.Agent({ keepAlive: false });

/**
 * Sends one request. Rejects with an `EngineError` only; its trouble is `unreachable` exactly when nothing was sent.
 * Any status is an answer.
 */
export function send(host: EngineHost, request: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let connected = false;
    let sent: http.ClientRequest | undefined;
    const done = () => {
      clearTimeout(timer);
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      done();
      reject(error instanceof EngineError ? error : toEngineError(host, connected, error));
      sent?.destroy();
    };
    const onSilence = () => fail(silence(host, connected, limits.timeoutMs));
    const onAbort = () => fail(new EngineError('cancelled', `The request to the engine at \`${host.address}\` was cancelled.`, undefined, connected));
    let timer = setTimeout(onSilence, limits.timeoutMs);
    const deadline = setTimeout(() => fail(silence(host, connected, limits.deadlineMs)), limits.deadlineMs);
    if (limits.signal?.aborted) return onAbort();
    limits.signal?.addEventListener('abort', onAbort);

    try {
      sent = http.request(toOptions(host, request));
    } catch (error) {
      fail(error);
      return;
    }
    sent.on('socket', (socket) => {
      // A socket of another machine may already be connected when it is handed over.
      connected = !socket.connecting;
      socket.once('connect', () => (connected = true));
    });
    sent.on('error', fail);
    sent.on('response', (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        clearTimeout(timer);
        timer = setTimeout(onSilence, limits.timeoutMs);
        bytes += chunk.length;
        if (bytes > limits.maxBytes) fail(tooLarge(host, limits.maxBytes));
        else chunks.push(chunk);
      });
      answer.on('error', fail);
      answer.on('end', () => {
        done();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.end(request.body);
  });
}

function toOptions(host: EngineHost, { method, path, body, headers }: HttpRequest): http.RequestOptions {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const options = { method, path, agent, headers: { ...headers, ...type } };
  // Over a socket the name of the host means nothing, but HTTP wants one.
  if (host.kind === 'unix') return { ...options, socketPath: host.socketPath, host: 'docker' };
  return { ...options, host: host.hostname, port: host.port };
}

function silence({ address }: EngineHost, connected: boolean, timeoutMs: number): EngineError {
  const time = timeoutMs >= 1000 ? `${timeoutMs / 1000} s` : `${timeoutMs} ms`;
  if (!connected) return new EngineError('unreachable', `Cannot reach the engine at \`${address}\`: no connection within ${time}.`);
  return new EngineError(
    'timeout',
    `The engine at \`${address}\` did not answer within ${time}. A swarm that has lost its leader can take that long; try again, or ask another manager.`,
  );
}

function tooLarge({ address }: EngineHost, maxBytes: number): EngineError {
  return new EngineError('tooLarge', `The answer of the engine at \`${address}\` is larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB and was not read to its end.`);
}

function toEngineError({ address }: EngineHost, connected: boolean, error: unknown): EngineError {
  const code = codeOf(error);
  if (code.startsWith('HPE_')) {
    return new EngineError('notAnEngine', `What answers at \`${address}\` does not speak HTTP, so it is no Docker Engine. Is the port right?`);
  }
  if (connected) {
    return new EngineError('cut', `The connection to the engine at \`${address}\` ended before its answer was complete (${code}).`);
  }
  return new EngineError('unreachable', `Cannot reach the engine at \`${address}\`: ${reasonOf(code)}`);
}

function reasonOf(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'no such socket. Is the engine running, or is `DOCKER_HOST` meant?';
    case 'ECONNREFUSED':
      return 'nothing listens there. Is the engine running?';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to use the socket. Run as root, or as a member of the group that owns the socket (usually `docker`).';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name of the host does not resolve. Is it spelt right?';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `the machine does not answer (${code}). Is it up, and does a firewall let this port through?`;
    case 'ERR_INVALID_CHAR':
      return 'a header of the request holds a character that HTTP cannot carry, so it was not sent. Is the registry auth base64url?';
    default:
      return `${code}.`;
  }
}

/** The code of an error and never its text, which may quote what was sent. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown reason';
}
