import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { chooseContext, contextFolder, DEFAULT_CONTEXT, type DockerConfig, parseContextMeta, parseDockerConfig } from './dockerConfig';
import { defaultHost, type EngineHost, type HostProblem, parseHost, type TlsMaterial } from './host';

/** The variables that docker reads, for those who pass `process.env`. */
export interface DockerEnvironment {
  readonly DOCKER_HOST?: string;
  readonly DOCKER_CONTEXT?: string;
  readonly DOCKER_CONFIG?: string;
  readonly DOCKER_CERT_PATH?: string;
  readonly DOCKER_TLS?: string;
  readonly DOCKER_TLS_VERIFY?: string;
  readonly DOCKER_AUTH_CONFIG?: string;
  readonly HOME?: string;
  readonly USERPROFILE?: string;
}

export interface ResolveOptions {
  /** An address that is said explicitly, as with `docker -H`. */
  readonly host?: string;
  /** A docker context that is said explicitly. */
  readonly context?: string;
  /** Talk plain HTTP to another machine. */
  readonly allowPlainTcp?: boolean;
}

/** An engine, and by which word it was found. */
export type ResolvedHost = EngineHost & {
  /** The docker context, `default` where an address or nothing was said. */
  readonly context: string;
  /** Where the address came from, for people: `` from `DOCKER_HOST` ``, `` docker context `prod` ``. */
  readonly from: string;
};

/**
 * The engine that the docker command would talk to with this environment, by the same order: an explicit context or
 * address, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of the config file, the default socket. What cannot be
 * used is a problem and never ignored, since ignoring it would reach another engine than the one that is meant.
 */
export function resolveHost(environment: DockerEnvironment, { host, context, allowPlainTcp }: ResolveOptions = {}): ResolvedHost | HostProblem {
  if (host && context) return problem('A host and a context are both given, and each names an engine. Leave one of them out.');
  const folder = dockerFolder(environment);
  const config = readDockerConfig(folder);
  const { DOCKER_HOST, DOCKER_CONTEXT } = environment;
  const isSaid = host || context || DOCKER_HOST || DOCKER_CONTEXT;
  if (config === undefined && !isSaid) {
    return problem(`\`${join(folder, 'config.json')}\` is no JSON object, so it cannot be known which docker context is meant. Repair it, or say \`--context\` or \`--host\`.`);
  }
  const { name, saidBy } = chooseContext({ host, context, DOCKER_HOST, DOCKER_CONTEXT, currentContext: config?.currentContext });
  const headers = config && Object.keys(config.headers).length > 0 ? { headers: config.headers } : {};
  if (name !== DEFAULT_CONTEXT) {
    const found = readContext(folder, name, allowPlainTcp);
    const by = saidBy === 'environment' ? ', from `DOCKER_CONTEXT`' : saidBy === 'config' ? ', the current one' : '';
    return found.kind === 'problem' ? found : { ...found, ...headers, context: name, from: `docker context \`${name}\`${by}` };
  }
  // As docker has it, the default context takes `DOCKER_HOST` and the certificates also when it is named.
  const address = host || DOCKER_HOST;
  const tls = /^(unix|npipe|ssh):/i.test(address ?? '') ? undefined : readEnvironmentTls(environment, folder);
  if (tls && 'kind' in tls) return tls;
  const found = parseHost(address || defaultHost(process.platform, tls !== undefined), { allowPlainTcp, tls });
  if (found.kind === 'problem') return found;
  return { ...found, ...headers, context: DEFAULT_CONTEXT, from: host ? 'as given' : DOCKER_HOST ? 'from `DOCKER_HOST`' : 'the default' };
}

/** The folder of docker's files. */
export function dockerFolder({ DOCKER_CONFIG, HOME, USERPROFILE }: DockerEnvironment): string {
  return DOCKER_CONFIG || join((process.platform === 'win32' ? USERPROFILE : HOME) || homedir(), '.docker');
}

/** The config file; an empty one where there is none, undefined where it cannot be read. */
export function readDockerConfig(folder: string): DockerConfig | undefined {
  const text = readText(join(folder, 'config.json'));
  return typeof text === 'object' ? undefined : parseDockerConfig(text ?? '{}');
}

function readContext(folder: string, name: string, allowPlainTcp: boolean | undefined): EngineHost | HostProblem {
  const id = contextFolder(name);
  const text = readText(join(folder, 'contexts', 'meta', id, 'meta.json'));
  if (text === undefined) return problem(`There is no docker context \`${name}\` in \`${folder}\`. \`docker context ls\` lists those there are.`);
  const meta = typeof text === 'string' ? parseContextMeta(text) : undefined;
  if (!meta) return problem(`The docker context \`${name}\` cannot be read, or has no engine in it. \`docker context inspect ${name}\` shows it.`);
  const tls = readMaterial(join(folder, 'contexts', 'tls', id, 'docker'), !meta.skipTlsVerify, `docker context \`${name}\``);
  if (tls && 'kind' in tls) return tls;
  const found = parseHost(meta.host || defaultHost(process.platform, false), { allowPlainTcp, tls: tls ?? (meta.skipTlsVerify ? { verify: false } : undefined) });
  return found.kind === 'problem' ? problem(`Docker context \`${name}\`: ${found.message}`) : found;
}

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS` switch TLS on when they are set to anything, with the files of `DOCKER_CERT_PATH`. */
function readEnvironmentTls({ DOCKER_TLS, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH }: DockerEnvironment, folder: string): TlsMaterial | HostProblem | undefined {
  if (!DOCKER_TLS_VERIFY && !DOCKER_TLS) return undefined;
  const verify = Boolean(DOCKER_TLS_VERIFY);
  const path = DOCKER_CERT_PATH || folder;
  const tls = readMaterial(path, verify, `\`${DOCKER_TLS_VERIFY ? 'DOCKER_TLS_VERIFY' : 'DOCKER_TLS'}\` is set, and`);
  if (verify && (!tls || !('kind' in tls || tls.ca))) return problem(`\`DOCKER_TLS_VERIFY\` is set, and there is no \`ca.pem\` in \`${path}\` to verify with. Set \`DOCKER_CERT_PATH\` to the folder that has it.`);
  return tls ?? { verify };
}

/** The three PEM files of a folder; undefined where there is none of them. What OpenSSL cannot use is a problem now, not at the first request. */
function readMaterial(path: string, verify: boolean, whose: string): TlsMaterial | HostProblem | undefined {
  const texts = (['ca', 'cert', 'key'] as const).map((name) => [name, readText(join(path, `${name}.pem`))] as const);
  const unreadable = texts.find(([, text]) => typeof text === 'object');
  if (unreadable) return problem(`${whose} needs \`${join(path, `${unreadable[0]}.pem`)}\`, which cannot be read (${(unreadable[1] as { code: string }).code}).`);
  const found = Object.fromEntries(texts.filter(([, text]) => text !== undefined)) as Omit<TlsMaterial, 'verify'>;
  if (Object.keys(found).length === 0) return undefined;
  if (found.key && /ENCRYPTED/.test(found.key)) return problem(`${whose} has an encrypted private key, \`${join(path, 'key.pem')}\`, and nobody is there to unlock it.`);
  const faulty = (['ca', 'cert', 'key'] as const).find((name) => found[name] !== undefined && !isUsable({ [name]: found[name] }));
  if (faulty) return problem(`${whose} has a \`${join(path, `${faulty}.pem`)}\` that holds no ${faulty === 'key' ? 'private key' : 'certificate'} in PEM.`);
  if (found.cert && found.key && !isUsable({ cert: found.cert, key: found.key })) return problem(`${whose} has a \`cert.pem\` and a \`key.pem\` in \`${path}\` that do not belong together.`);
  return { ...found, verify };
}

function isUsable(material: { ca?: string; cert?: string; key?: string }): boolean {
  try {
    createSecureContext(material);
    // The context takes any text as an authority, and then trusts nobody.
    if (material.ca) new X509Certificate(material.ca);
    return true;
  } catch {
    return false;
  }
}

/** The text of a file, undefined where there is none, the code of what went wrong otherwise. */
function readText(file: string): string | undefined | { readonly code: string } {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { code };
  }
}

function problem(message: string): HostProblem {
  return { kind: 'problem', message };
}
