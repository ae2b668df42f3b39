import { isIPv4 } from 'node:net';

/** Where an engine listens. `address` is the way people write it and safe to show. */
export type EngineHost =
  | { readonly kind: 'unix'; readonly address: string; readonly socketPath: string }
  | { readonly kind: 'tcp'; readonly address: string; readonly hostname: string; readonly port: number };

/** An address that cannot be used; the message says why and what can. */
export interface HostProblem {
  readonly kind: 'problem';
  readonly message: string;
}

export interface HostOptions {
  /** Talk plain HTTP to another machine. Whoever reads or changes the traffic on the way then owns the swarm. */
  readonly allowPlainTcp?: boolean;
}

/** The variables that docker reads, for those who pass `process.env`. */
export interface HostEnvironment {
  readonly DOCKER_HOST?: string;
  readonly DOCKER_CONTEXT?: string;
  readonly DOCKER_TLS_VERIFY?: string;
}

export const DEFAULT_HOST = 'unix:///var/run/docker.sock';

const PLAIN_PORT = 2375;

const FORMS = 'Write `unix:///path/to/docker.sock` or `tcp://host:port`.';

/**
 * The engine that docker would talk to with this environment, or a problem. What we cannot do yet (TLS, contexts) is a
 * problem rather than ignored, since ignoring it would reach another engine than the one that is meant. An explicit
 * address goes before the environment, as with `docker -H`.
 */
export function resolveHost(environment: HostEnvironment, explicit?: string, options: HostOptions = {}): EngineHost | HostProblem {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY } = environment;
  const text = explicit || DOCKER_HOST;
  if (!text && DOCKER_CONTEXT && DOCKER_CONTEXT !== 'default') {
    return problem(
      `\`DOCKER_CONTEXT\` is set to \`${DOCKER_CONTEXT}\`, and docker contexts are not supported yet. ` +
        'Set `DOCKER_HOST` to the address of the engine, or unset `DOCKER_CONTEXT`.',
    );
  }
  const host = parseHost(text || DEFAULT_HOST, options);
  if (DOCKER_TLS_VERIFY && (host.kind === 'tcp' || !text)) {
    return problem(
      '`DOCKER_TLS_VERIFY` is set, and TLS is not supported yet. ' +
        'Unset it and use a socket (`unix://…`), for example one that `ssh -L` forwards.',
    );
  }
  return host;
}

/** Reads an address as in `DOCKER_HOST`. */
export function parseHost(text: string, { allowPlainTcp = false }: HostOptions = {}): EngineHost | HostProblem {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1].toLowerCase();
  switch (scheme) {
    case 'unix':
      return parseUnix(text.slice('unix://'.length));
    case 'tcp':
    case 'http':
      return parseTcp(text.slice(scheme.length + '://'.length), allowPlainTcp);
    case 'https':
      return problem('The address of the engine begins with `https://`, and TLS is not supported yet. Use a socket (`unix://…`) instead.');
    case 'ssh':
      return problem(
        'The address of the engine begins with `ssh://`, which is not supported yet. ' +
          'Forward the socket with `ssh -L /tmp/docker.sock:/var/run/docker.sock HOST` and use `unix:///tmp/docker.sock`.',
      );
    case 'npipe':
      return problem('The address of the engine is a named pipe of Windows, which is not supported yet. Use `tcp://127.0.0.1:2375` there.');
    case 'fd':
      return problem(`The address of the engine begins with \`fd://\`, which only the engine itself understands. ${FORMS}`);
    case undefined:
      if (text.startsWith('/')) return problem(`The address of the engine is a bare path. Write \`unix://${text}\`.`);
      return problem(`The address of the engine does not begin with a scheme. ${FORMS}`);
    default:
      return problem(`The address of the engine begins with \`${scheme}://\`, which is no way to reach an engine. ${FORMS}`);
  }
}

function parseUnix(socketPath: string): EngineHost | HostProblem {
  if (!socketPath.startsWith('/')) return problem('The socket in the address of the engine is no absolute path. Write `unix:///path`, with three slashes.');
  if (socketPath.includes('\0')) return problem('The socket in the address of the engine has a NUL character in its path.');
  return { kind: 'unix', address: `unix://${socketPath}`, socketPath };
}

function parseTcp(rest: string, allowPlainTcp: boolean): EngineHost | HostProblem {
  // The value is not shown here: it may hold a password.
  if (rest.includes('@')) return problem('The address of the engine holds a user name or a password, which the engine does not ask for. Write `tcp://host:port`.');
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/i.exec(rest);
  if (!match) return problem(`\`${rest}\` is no host and port. Write \`tcp://host:port\`, such as \`tcp://127.0.0.1:2375\`.`);
  const hostname = match[1].replace(/^\[|\]$/g, '').toLowerCase();
  const port = Number(match[2] ?? PLAIN_PORT);
  if (port < 1 || port > 65_535) return problem(`\`${match[2]}\` is no port: ports go from 1 to 65535.`);
  const address = `tcp://${match[1]}:${port}`;
  if (!allowPlainTcp && !isLoopback(hostname)) {
    return problem(
      `\`${address}\` is another machine, and plain TCP to it is neither encrypted nor authenticated: whoever is on the way can take over the swarm. ` +
        'Forward its socket with `ssh -L`, or allow plain TCP explicitly where the network itself is protected.',
    );
  }
  return { kind: 'tcp', address, hostname, port };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

function problem(message: string): HostProblem {
  return { kind: 'problem', message };
}
