import { DOCKER_HUB } from '../grammar/imageReference';
import type { RegistryCredentials } from './auth';
import { type DockerConfig, member } from './dockerConfig';

/** What the docker config file and its helpers hold for a registry, as plain functions. */

/** Under which name docker keeps the credentials of a registry. */
export function credentialKey(registry: string): string {
  return registry === DOCKER_HUB ? 'https://index.docker.io/v1/' : registry;
}

/** The credential helper that docker would ask; undefined where the file itself holds the credentials. */
export function helperFor(key: string, { credHelpers, credsStore }: DockerConfig): string | undefined {
  return (Object.hasOwn(credHelpers, key) ? credHelpers[key] : credsStore) || undefined;
}

export type FileCredentials =
  | { readonly kind: 'found'; readonly credentials: RegistryCredentials }
  | { readonly kind: 'none' }
  /** They are there and cannot be read. */
  | { readonly kind: 'unreadable' };

/** The credentials that the config file itself holds. A key with `https://` and a path stands for its host, as old files have it. */
export function credentialsInFile(key: string, { auths }: DockerConfig): FileCredentials {
  const name = Object.hasOwn(auths, key) ? key : Object.keys(auths).find((one) => hostOf(one) === key);
  if (name === undefined) return { kind: 'none' };
  const entry = auths[name];
  const text = (what: string): string | undefined => {
    const value = member(entry, what);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const auth = text('auth');
  const decoded = auth === undefined ? undefined : decode(auth);
  if (auth !== undefined && !decoded) return { kind: 'unreadable' };
  return toFound({ username: text('username'), password: text('password'), ...decoded, serveraddress: name, identitytoken: text('identitytoken'), registrytoken: text('registrytoken') });
}

/** What `docker-credential-NAME get` prints. An identity token has a user name of its own, `<token>`. */
export function credentialsOfHelper(output: string, key: string): FileCredentials {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return { kind: 'unreadable' };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'unreadable' };
  const { Username, Secret } = value as { Username?: unknown; Secret?: unknown };
  if (typeof Username !== 'string' || typeof Secret !== 'string') return { kind: 'unreadable' };
  return toFound(Username === '<token>' ? { identitytoken: Secret || undefined, serveraddress: key } : { username: Username, password: Secret, serveraddress: key });
}

/** An entry without any of the three, as `docker login` leaves one beside a helper, holds nothing. */
function toFound(credentials: RegistryCredentials): FileCredentials {
  const { username, identitytoken, registrytoken } = credentials;
  return username || identitytoken || registrytoken ? { kind: 'found', credentials } : { kind: 'none' };
}

/** `user:password` in base64; a password may hold further colons, and old files pad it with NUL. */
function decode(auth: string): { username: string; password: string } | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(auth) || auth.length % 4 !== 0) return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/^\0+|\0+$/g, '') };
}

/** `https://registry.example:5000/v1/` → `registry.example:5000`. */
function hostOf(key: string): string {
  return key.replace(/^[a-z]+:\/\//i, '').split('/', 1)[0];
}
