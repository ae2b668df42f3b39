import { createHash } from 'node:crypto';
import { parseExact } from '../document/exact';
import { isObject, type SpecObject, type SpecValue } from '../document/value';

/** What the files of the docker command say, as plain functions of their text. */

/** `config.json` of docker, as far as it says how an engine or a registry is reached. Everything in it may be a secret. */
export interface DockerConfig {
  readonly currentContext?: string;
  /** Sent with every request to an engine. */
  readonly headers: Readonly<Record<string, string>>;
  /** Credentials by registry, as they stand there. */
  readonly auths: Readonly<Record<string, SpecObject>>;
  /** Suffix of the helper that keeps all credentials: `docker-credential-NAME`. */
  readonly credsStore?: string;
  /** Suffix of the helper by registry. */
  readonly credHelpers: Readonly<Record<string, string>>;
}

/** Undefined when the text is no JSON object; a member of the wrong type is left out. */
export function parseDockerConfig(text: string): DockerConfig | undefined {
  const value = text.trim() === '' ? {} : parseExact(text);
  if (!isObject(value)) return undefined;
  const auths = Object.entries(objectOf(member(value, 'auths'))).filter((entry): entry is [string, SpecObject] => isObject(entry[1]));
  return {
    ...textMember(value, 'currentContext'),
    ...textMember(value, 'credsStore'),
    headers: textsOf(member(value, 'HttpHeaders')),
    auths: Object.fromEntries(auths),
    credHelpers: textsOf(member(value, 'credHelpers')),
  };
}

/** A docker context, from its `meta.json`. */
export interface ContextMeta {
  readonly name: string;
  /** Address of the engine; docker takes its default for an empty one. */
  readonly host: string;
  readonly skipTlsVerify: boolean;
}

/** Undefined when the text is no context with a docker endpoint. */
export function parseContextMeta(text: string): ContextMeta | undefined {
  const value = parseExact(text);
  if (!isObject(value)) return undefined;
  const docker = member(objectOf(member(value, 'Endpoints')), 'docker');
  if (!isObject(docker)) return undefined;
  const [name, host] = [member(value, 'Name'), member(docker, 'Host')];
  return { name: typeof name === 'string' ? name : '', host: typeof host === 'string' ? host : '', skipTlsVerify: member(docker, 'SkipTLSVerify') === true };
}

/** The folder below `contexts/meta` and `contexts/tls` that belongs to a context. */
export function contextFolder(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** Which context docker would use: where it is said, and its name. A host that is said makes it the default one. */
export function chooseContext(given: {
  readonly host?: string;
  readonly context?: string;
  readonly DOCKER_HOST?: string;
  readonly DOCKER_CONTEXT?: string;
  readonly currentContext?: string;
}): { readonly name: string; readonly saidBy: 'flag' | 'environment' | 'config' | 'nobody' } {
  if (given.context) return { name: given.context, saidBy: 'flag' };
  if (given.host || given.DOCKER_HOST) return { name: DEFAULT_CONTEXT, saidBy: 'nobody' };
  if (given.DOCKER_CONTEXT) return { name: given.DOCKER_CONTEXT, saidBy: 'environment' };
  if (given.currentContext) return { name: given.currentContext, saidBy: 'config' };
  return { name: DEFAULT_CONTEXT, saidBy: 'nobody' };
}

/** Of the context that has no file: `DOCKER_HOST` and the certificates of the environment. */
export const DEFAULT_CONTEXT = 'default';

/** A member without regard to letter case, as Go decodes it; the last one counts. */
export function member(object: SpecObject, name: string): SpecValue | undefined {
  const key = Object.keys(object).findLast((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

function textMember<K extends string>(object: SpecObject, name: K): { [key in K]?: string } {
  const value = member(object, name);
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [key in K]?: string };
}

function objectOf(value: SpecValue | undefined): SpecObject {
  return isObject(value) ? value : {};
}

function textsOf(value: SpecValue | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
