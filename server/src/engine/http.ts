import * as http from 'node:http';
import * as https from 'node:https';
import { TLSSocket } from 'node:tls';
import { EngineError } from './error';
import type { EngineHost, TlsMaterial } from './host';
import { onLine, type SshLine } from './ssh';

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
const tlsAgent = new https.Agent({ keepAlive: false, maxCachedSessions: 0 });

/**
 * Sends one request. Rejects with an `EngineError` only; its `sent` is false exactly when nothing can have reached the
 * engine. Any status is an answer.
 */
export function send(host: EngineHost, request: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  if (host.kind !== 'ssh') return exchange(host, request, limits);
  return onLine(
    host,
    (line) => exchange(host, { method: 'GET', path: '/_ping' }, limits, line),
    (line) => exchange(host, request, limits, line),
  );
}

function exchange(host: EngineHost, request: HttpRequest, limits: HttpLimits, line?: SshLine): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    // What is written to `ssh` has reached the engine only if the engine has answered on this line before.
    let connected = line?.isProven ?? false;
    let sent: http.ClientRequest | undefined;
    const done = () => {
      clearTimeout(timer);
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      done();
      reject(error instanceof EngineError ? error : toEngineError(host, connected, error, line?.trouble()));
      sent?.destroy();
    };
    const onSilence = () => fail(silence(host, connected, limits.timeoutMs));
    const onAbort = () => fail(new EngineError('cancelled', `The request to the engine at \`${host.address}\` was cancelled.`, undefined, connected));
    let timer = setTimeout(onSilence, limits.timeoutMs);
    const deadline = setTimeout(() => fail(silence(host, connected, limits.deadlineMs)), limits.deadlineMs);
    if (limits.signal?.aborted) return onAbort();
    limits.signal?.addEventListener('abort', onAbort);

    try {
      sent = host.kind === 'tcp' && host.tls ? https.request(toTlsOptions(host, host.tls, request)) : http.request(toOptions(host, request, line));
    } catch (error) {
      fail(error);
      return;
    }
    sent.on('socket', (socket) => {
      if (line) return;
      // Over TLS nothing of a request leaves before both sides have agreed on the keys.
      const event = socket instanceof TLSSocket ? 'secureConnect' : 'connect';
      // A socket of another machine may already be connected when it is handed over.
      if (event === 'connect') connected = !socket.connecting;
      socket.once(event, () => (connected = true));
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

function toOptions(host: EngineHost, { method, path, body, headers }: HttpRequest, line?: SshLine): http.RequestOptions {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const options = { method, path, agent, headers: { ...host.headers, ...headers, ...type } };
  // Over a socket the name of the host means nothing, but HTTP wants one.
  if (host.kind === 'tcp') return { ...options, host: host.hostname, port: host.port };
  if (host.kind === 'ssh') return { ...options, host: 'docker', agent: line?.agent };
  return { ...options, socketPath: host.socketPath, host: 'docker' };
}

function toTlsOptions(host: EngineHost, { ca, cert, key, verify }: TlsMaterial, request: HttpRequest): https.RequestOptions {
  return { ...toOptions(host, request), agent: tlsAgent, ca, cert, key, rejectUnauthorized: verify, minVersion: 'TLSv1.2' };
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

function toEngineError({ address, kind }: EngineHost, connected: boolean, error: unknown, sshSays?: string): EngineError {
  const code = codeOf(error);
  if (code.startsWith('HPE_')) {
    return new EngineError('notAnEngine', `What answers at \`${address}\` does not speak HTTP, so it is no Docker Engine. Is the port right?`, undefined, connected);
  }
  // TLS 1.3 lets the client speak before the server has looked at its certificate; a refusal of that still means that nothing was read.
  const isRefusedCertificate = /ALERT_\w*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code);
  if (connected && !isRefusedCertificate) {
    return new EngineError('cut', `The connection to the engine at \`${address}\` ended before its answer was complete (${code}).`);
  }
  if (kind === 'ssh') return new EngineError('unreachable', `Cannot reach the engine at \`${address}\`: ${sshSays ?? `the connection of \`ssh\` ended (${code}).`}`);
  return new EngineError('unreachable', `Cannot reach the engine at \`${address}\`: ${isRefusedCertificate ? REFUSED_CERTIFICATE : reasonOf(code)}`);
}

const REFUSED_CERTIFICATE = 'it does not accept our certificate. Are `cert.pem` and `key.pem` there, and from the authority that the engine trusts?';

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
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another name than the one in the address.';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired.';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
      return `its certificate is from nobody that is trusted (${code}). Is \`ca.pem\` that of this engine?`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `it does not speak TLS (${code}). Is the port right, and does the engine run with \`--tlsverify\`?`;
    default:
      return `${code}.`;
  }
}

/** The code of an error and never its text, which may quote what was sent. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown reason';
}
