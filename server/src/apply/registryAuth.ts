import { memberOf, type SpecValue } from '../document/value';
import { registryOf } from '../grammar/imageReference';

/** What is known of the registry of an image; `engine/registryAuth.ts` makes it. */
export interface FoundAuth {
  readonly registry: string;
  /** The `X-Registry-Auth` header. Never to be shown. */
  readonly header?: string;
  readonly from: string;
  readonly problem?: string;
}

/** What an apply does about registry credentials, and how that is told before. */
export interface AuthChoice {
  readonly registryAuth?: string;
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
  /** A sentence for people. */
  readonly says: string;
  /** What may go wrong with it. */
  readonly warning?: string;
}

export interface AuthQuestion {
  readonly action: 'create' | 'update' | 'rollback';
  /** The image that will run, and the live one. */
  readonly image: string;
  readonly liveImage?: string;
  /** What was found for it; undefined where nobody asked to send credentials. */
  readonly found?: FoundAuth;
  /** Whose stored credentials to keep, where somebody said so. */
  readonly keep?: 'spec' | 'previous-spec';
}

/**
 * Never drops stored credentials unasked: where none were found, none are sent, and the engine keeps those of the service.
 * An empty header in their place would be stored, and the next task could not pull its image.
 */
export function chooseAuth({ action, image, liveImage, found, keep }: AuthQuestion): AuthChoice {
  const registry = registryOf(image);
  const liveRegistry = liveImage === undefined ? registry : registryOf(liveImage);
  if (action === 'rollback') return { registryAuthFrom: 'previous-spec', says: 'The registry credentials are those stored with the previous spec.' };
  if (found?.header && keep === undefined) return { registryAuth: found.header, says: `The credentials for \`${registry}\` from ${found.from} are sent and stored with the service.` };
  const missing = found && !found.header ? (found.problem ?? `No credentials are sent: ${found.from}.`) : undefined;
  if (action === 'create') return { says: missing ?? 'No registry credentials are sent.', ...(found?.problem && { warning: found.problem }) };
  const kept = `The registry credentials stored with the ${keep === 'previous-spec' ? 'previous spec' : 'service'} are kept, if there are any.`;
  const warning = [
    ...(missing ? [missing] : []),
    ...(liveRegistry !== registry ? [`The image moves from \`${liveRegistry}\` to \`${registry}\`, and stored credentials are for the registry that they were stored with. \`--with-registry-auth\` sends those of this machine.`] : []),
  ].join(' ');
  return { registryAuthFrom: keep ?? 'spec', says: kept, ...(warning && { warning }) };
}

/** The image of a spec in its normal form; a plugin has none. */
export function imageOf(spec: SpecValue): string | undefined {
  const image = memberOf(memberOf(memberOf(spec, 'TaskTemplate'), 'ContainerSpec'), 'Image');
  return typeof image === 'string' && image !== '' ? image : undefined;
}
