import type { ApiVersion } from '../facts/types';
import { imageFault } from '../grammar/imageReference';

/** Every address that we link to. Nothing here is ever fetched by us. */

/** The description of the request that a spec is the body of, at one API version. */
export function apiReference(api: ApiVersion): string {
  return `https://docs.docker.com/reference/api/engine/version/v${api}/#tag/Service/operation/ServiceUpdate`;
}

/** Registries whose images have a page, by host: the page of a repository. */
const PAGES: Readonly<Record<string, (repository: string) => string>> = {
  'docker.io': (repository) => (repository.startsWith('library/') ? `https://hub.docker.com/_/${repository.slice('library/'.length)}` : `https://hub.docker.com/r/${repository}`),
  // goes on to the page of the package
  'ghcr.io': (repository) => `https://ghcr.io/${repository}`,
  'quay.io': (repository) => `https://quay.io/repository/${repository}`,
  'mcr.microsoft.com': (repository) => `https://mcr.microsoft.com/artifact/mar/${repository}`,
  'public.ecr.aws': (repository) => `https://gallery.ecr.aws/${repository}`,
};
const SAME_AS: Readonly<Record<string, string>> = { 'index.docker.io': 'docker.io', 'registry-1.docker.io': 'docker.io', 'registry.hub.docker.com': 'docker.io' };

/** The page of an image; undefined where its registry has none that is known, or it is no image reference. */
export function imagePage(image: string): string | undefined {
  if (imageFault(image)) return undefined;
  const named = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first);
  const host = isHost ? (Object.hasOwn(SAME_AS, first) ? SAME_AS[first] : first) : 'docker.io';
  const rest = isHost ? named.slice(slash + 1) : named;
  const repository = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  return Object.hasOwn(PAGES, host) ? PAGES[host](repository) : undefined;
}
