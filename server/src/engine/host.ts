import { isIPv4 } from 'node:net';

/** Where an engine listens and how it is reached. `address` is the way people write it and safe to show. */
export type EngineHost = (
  | { readonly kind: 'unix'; readonly address: string; readonly socketPath: string }
  /** A named pipe of Windows. */
  | { readonly kind: 'npipe'; readonly address: string; readonly socketPath: string }
  | { readonly kind: 'tcp'; readonly address: string; readonly hostname: string; readonly port: number; /** None: plain HTTP. */ readonly tls?: TlsMaterial }
  /** Through `ssh`; the socket is that of the other machine, its default one unless said. */
  | { readonly kind: 'ssh'; readonly address: string; readonly hostname: string; readonly port?: number; readonly user?: string; readonly socketPath?: string }
) & {
  /** `HttpHeaders` of the docker config file, sent with every request. They may hold credentials: never to be shown. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Texts of PEM files. The key never leaves this object but into the TLS library. */
export interface TlsMaterial {
  /** Whom to trust; the authorities that Node knows where there is none. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** False takes any certificate, so anybody on the way can be the engine. */
  readonly verify: boolean;
}

/** An address that cannot be used; the message says why and what can. */
export interface HostProblem {
  readonly kind: 'problem';
  readonly message: string;
}

export interface HostOptions {
  /** Talk plain HTTP to another machine. Whoever reads or changes the traffic on the way then owns the swarm. */
  readonly allowPlainTcp?: boolean;
  /** Talk TLS over TCP. */
  readonly tls?: TlsMaterial;
}

/** Where docker looks when nobody says anything. */
export function defaultHost(platform: NodeJS.Platform, tls: boolean): string {
  if (tls) return `tcp://127.0.0.1:${TLS_PORT}`;
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

const FORMS = 'Write `unix:///path/to/docker.sock`, `tcp://host:port` or `ssh://user@host`.';

/** Reads an address as in `DOCKER_HOST`. */
export function parseHost(text: string, options: HostOptions = {}): EngineHost | HostProblem {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1].toLowerCase();
  const rest = text.slice((scheme ?? '').length + '://'.length);
  switch (scheme) {
    case 'unix':
      return parseUnix(rest);
    case 'npipe':
      return parsePipe(rest);
    case 'tcp':
    case 'http':
      return parseTcp(rest, scheme, options);
    case 'https':
      return parseTcp(rest, scheme, { ...options, tls: options.tls ?? { verify: true } });
    case 'ssh':
      return parseSsh(rest);
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

/** `//./pipe/NAME`; both kinds of slashes are in use. */
function parsePipe(rest: string): EngineHost | HostProblem {
  const socketPath = rest.replaceAll('/', '\\');
  if (!/^\\\\[^\\]+\\pipe\\[^\\\0]+$/i.test(socketPath)) return problem('The named pipe in the address of the engine is none. Write `npipe:////./pipe/docker_engine`, with four slashes.');
  return { kind: 'npipe', address: `npipe://${rest}`, socketPath };
}

function parseTcp(rest: string, scheme: 'tcp' | 'http' | 'https', { allowPlainTcp = false, tls }: HostOptions): EngineHost | HostProblem {
  // The value is not shown here: it may hold a password.
  if (rest.includes('@')) return problem('The address of the engine holds a user name or a password, which the engine does not ask for. Write `tcp://host:port`.');
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/i.exec(rest);
  if (!match) return problem(`\`${rest}\` is no host and port. Write \`tcp://host:port\`, such as \`tcp://127.0.0.1:2375\`.`);
  const hostname = match[1].replace(/^\[|\]$/g, '').toLowerCase();
  // Docker takes the plain port also where it talks TLS; only an address with `https` says it itself.
  const port = Number(match[2] ?? (scheme === 'https' ? 443 : PLAIN_PORT));
  if (port < 1 || port > 65_535) return problem(`\`${match[2]}\` is no port: ports go from 1 to 65535.`);
  const address = `${scheme === 'https' ? 'https' : 'tcp'}://${match[1]}:${port}`;
  if (!tls && !allowPlainTcp && !isLoopback(hostname)) {
    return problem(
      `\`${address}\` is another machine, and plain TCP to it is neither encrypted nor authenticated: whoever is on the way can take over the swarm. ` +
        'Use `ssh://user@host`, or TLS (`DOCKER_TLS_VERIFY`, or a docker context that has certificates). ' +
        'Where the network itself is protected, allow it with `--allow-plain-tcp` or the setting `swarmspec.allowPlainTcp`.',
    );
  }
  return { kind: 'tcp', address, hostname, port, ...(tls && { tls }) };
}

/** `user@host:port/path/of/socket`, all but the host optional, as docker takes it. */
function parseSsh(rest: string): EngineHost | HostProblem {
  const match = /^(?:([^@/?#]*)@)?(\[[0-9a-f:.]+\]|[^@:/?#]*)(?::(\d{1,5}))?(\/[^?#]*)?$/i.exec(rest);
  // The value is not shown here: it may hold a password.
  if (!match) return problem('The address of the engine is no `ssh://user@host:port/path`. It takes neither a query nor a fragment.');
  const [, given, host, port, path = ''] = match;
  if (given?.includes(':')) return problem('The address of the engine holds a password, and `ssh` takes none there. Use a key or an agent, and write `ssh://user@host`.');
  const [user, hostname, socketPath] = [given, host.replace(/^\[|\]$/g, ''), path].map((part) => decode(part ?? ''));
  if (user === undefined || hostname === undefined || socketPath === undefined) return problem('The address of the engine has a `%` that does not begin the code of a character.');
  // As an argument of ssh, a leading hyphen would make an option of it; in `ssh_config`, other characters are commands.
  if (!/^[a-z0-9._:%][a-z0-9._:%-]*$/i.test(hostname)) return problem('The host in the address of the engine is no name of a host. Write `ssh://user@host`.');
  if (user !== '' && !/^[a-z0-9._\\@+][a-z0-9._\\@+$-]*$/i.test(user)) return problem('The user in the address of the engine is no name of a user. Write `ssh://user@host`.');
  if (/[\0\n\r]/.test(socketPath)) return problem('The socket in the address of the engine has a control character in its path.');
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return problem(`\`${port}\` is no port: ports go from 1 to 65535.`);
  const isPath = /[^/]/.test(socketPath);
  return {
    kind: 'ssh',
    address: `ssh://${given ? `${given}@` : ''}${host}${port ? `:${port}` : ''}${isPath ? path : ''}`,
    hostname,
    ...(port && { port: Number(port) }),
    ...(user && { user }),
    ...(isPath && { socketPath }),
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

function problem(message: string): HostProblem {
  return { kind: 'problem', message };
}
