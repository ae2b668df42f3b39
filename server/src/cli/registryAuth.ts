import { chooseAuth, type FoundAuth, imageOf } from '../apply/registryAuth';
import { checkAuth } from '../engine/auth';
import { registryAuthFor, type RegistryAuth } from '../engine/registryAuth';
import { registryOf } from '../grammar/imageReference';
import type { Readied } from './applyAll';
import { type Arguments, EXIT, type OptionRow, type Terminal, UsageError } from './command';

export const AUTH_OPTIONS: readonly OptionRow[] = [
  { name: 'with-registry-auth', doc: 'Send the credentials that the docker command on this machine has for the registry of each image.', example: 'swarmspec apply web.service.yaml --with-registry-auth' },
  { name: 'registry-auth-from', value: 'WHOSE', doc: 'Whose stored registry credentials to keep: spec (default) or previous-spec.', words: ['spec', 'previous-spec'], example: '--registry-auth-from previous-spec' },
];

export interface AuthOptions {
  /** A header that is for all images, from the environment, since a command line is seen by everybody on the machine. */
  readonly header?: string;
  readonly isWanted: boolean;
  readonly keep?: 'spec' | 'previous-spec';
}

export function authOptions(values: Arguments['values'], { env }: Terminal): AuthOptions {
  const keep = values['registry-auth-from'];
  if (keep !== undefined && keep !== 'spec' && keep !== 'previous-spec') throw new UsageError('`--registry-auth-from` takes spec or previous-spec.');
  const isWanted = values['with-registry-auth'] === true;
  if (isWanted && keep !== undefined) throw new UsageError('`--with-registry-auth` sends credentials, and `--registry-auth-from` keeps stored ones. Give one of them.');
  const header = env.SWARMSPEC_REGISTRY_AUTH || undefined;
  const problem = header && checkAuth(header);
  if (problem) throw new UsageError(`\`SWARMSPEC_REGISTRY_AUTH\` would be stored by the engine without a look, and then fail: ${problem}`);
  return { header, isWanted, keep };
}

/** Adds to each job what it does about registry credentials, and says so in its plan. Credentials that cannot be had end the job. */
export async function withRegistryAuth(readied: readonly Readied[], options: AuthOptions, { env }: Terminal): Promise<Readied[]> {
  const lookups = new Map<string, Promise<RegistryAuth>>(); // a helper is asked once for each registry
  const find = (image: string): Promise<FoundAuth> => {
    const registry = registryOf(image);
    if (options.header) return Promise.resolve({ registry, header: options.header, from: '`SWARMSPEC_REGISTRY_AUTH`' });
    const found = lookups.get(registry) ?? registryAuthFor(image, env);
    lookups.set(registry, found);
    return found;
  };
  return Promise.all(
    readied.map(async (one): Promise<Readied> => {
      if (!('job' in one)) return one;
      const { job, text } = one;
      const { work, path, name } = job;
      const action = work.kind === 'create' ? 'create' : work.update.goal;
      const image = imageOf(work.kind === 'create' ? work.creation.ours : work.update.ours);
      if (image === undefined) return one;
      const liveImage = work.kind === 'create' ? undefined : imageOf(work.update.live);
      const found = action !== 'rollback' && (options.isWanted || options.header) ? await find(image) : undefined;
      if (found?.problem) return { result: { path, service: name, action: 'none', outcome: 'noCredentials', exit: EXIT.trouble, message: `${path ?? name}: ${found.problem} Nothing was applied.` } };
      const { registryAuth, says, warning } = chooseAuth({ action, image, liveImage, found, keep: options.keep });
      const lines = [...(options.isWanted || registryAuth || options.keep ? [says] : []), ...(warning ? [warning] : [])];
      return { job: { ...job, registryAuth }, text: `${text}${lines.map((line) => `  ${line}\n`).join('')}` };
    }),
  );
}
