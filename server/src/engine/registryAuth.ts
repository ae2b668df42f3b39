import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DOCKER_HUB, registryOf } from '../grammar/imageReference';
import { checkAuth, encodeAuth, type RegistryCredentials } from './auth';
import { credentialKey, credentialsInFile, credentialsOfHelper, type FileCredentials, helperFor } from './credentials';
import { parseDockerConfig } from './dockerConfig';
import { type DockerEnvironment, dockerFolder, readDockerConfig } from './resolve';

/** What the docker command on this machine knows of the registry of an image. */
export interface RegistryAuth {
  /** Such as `ghcr.io`. */
  readonly registry: string;
  /** The `X-Registry-Auth` header, ready to be sent; never to be shown. Absent where there are no credentials. */
  readonly header?: string;
  /** Where it comes from, or that there is none, for people. Holds no secret and no name of a user. */
  readonly from: string;
  /** Why credentials that are there cannot be used. Nothing should be sent then without asking. */
  readonly problem?: string;
}

/** How long a helper may take. It may be waiting for somebody to unlock a keychain. */
const HELPER_MS = 30_000;

/**
 * The credentials that `docker push` and `docker pull` would use for the registry of this image, looked up in the order of
 * the docker command: `DOCKER_AUTH_CONFIG`, the helper of the registry, the helper for all, the config file itself.
 */
export async function registryAuthFor(image: string, environment: DockerEnvironment & { readonly PATH?: string }, { helperMs = HELPER_MS } = {}): Promise<RegistryAuth> {
  const registry = registryOf(image);
  const key = credentialKey(registry);
  const fromVariable = environment.DOCKER_AUTH_CONFIG ? parseDockerConfig(environment.DOCKER_AUTH_CONFIG) : undefined;
  if (fromVariable && Object.hasOwn(fromVariable.auths, key)) return toAuth(registry, credentialsInFile(key, fromVariable), '`DOCKER_AUTH_CONFIG`');

  const folder = dockerFolder(environment);
  const file = join(folder, 'config.json');
  const config = readDockerConfig(folder);
  if (!config) return { registry, from: `\`${file}\``, problem: `\`${file}\` cannot be read as a JSON object, so the credentials for \`${registry}\` are not known.` };
  const helper = helperFor(key, config);
  if (!helper) return toAuth(registry, credentialsInFile(key, config), `\`${file}\``);
  const from = `\`docker-credential-${helper}\``;
  const answer = await askHelper(helper, key, environment, helperMs);
  return typeof answer === 'string' ? { registry, from, problem: `The credentials for \`${registry}\` are kept by ${from}, ${answer}` } : toAuth(registry, answer, from);
}

function toAuth(registry: string, found: FileCredentials, place: string): RegistryAuth {
  switch (found.kind) {
    case 'none':
      return { registry, from: `${place} has none for \`${registry}\`` };
    case 'unreadable':
      return { registry, from: place, problem: `The credentials for \`${registry}\` in ${place} cannot be read. \`docker login${registry === DOCKER_HUB ? '' : ` ${registry}`}\` writes them anew.` };
    case 'found':
      return { registry, ...checked(found.credentials), from: place };
  }
}

/** The engine stores whatever it is given, so what it could not use is found here. */
function checked(credentials: RegistryCredentials): { header: string } | { problem: string } {
  const header = encodeAuth(credentials);
  const problem = checkAuth(header);
  return problem === undefined ? { header } : { problem: `The credentials cannot be sent. ${problem}` };
}

/** What the helper has, or how it failed. What it printed is not told: it may be the secret. */
function askHelper(helper: string, key: string, environment: { readonly PATH?: string }, helperMs: number): Promise<FileCredentials | string> {
  // A path in the name would start something else.
  if (!/^[A-Za-z0-9_.-]+$/.test(helper)) return Promise.resolve('which is no name of a helper.');
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${helper}`, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, env: { ...process.env, ...environment } });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout.destroy(); // whatever it has started itself may hold the pipe open
      resolve(`which did not answer within ${helperMs / 1000} s. Is it waiting to be unlocked?`);
    }, helperMs);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(error.code === 'ENOENT' ? 'and there is no such command in PATH.' : `which cannot be started (${error.code ?? 'unknown reason'}).`);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const output = Buffer.concat(chunks).toString('utf8');
      if (code === 0) {
        const found = credentialsOfHelper(output, key);
        resolve(found.kind === 'unreadable' ? 'which answers with something else than credentials.' : found);
      } else if (output.trim() === NOT_FOUND) resolve({ kind: 'none' });
      else resolve(`which failed with ${code ?? 'a signal'}. \`docker-credential-${helper} list\` may tell why.`);
    });
    child.stdin.end(key);
  });
}

/** What every helper prints for a registry that it does not know, by their common library. */
const NOT_FOUND = 'credentials not found in native keychain';
