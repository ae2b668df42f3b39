import type { EngineInfo } from './engine';

/**
 * Why requests of this API version cannot go to this engine, for people; undefined when they can. The engine would say so
 * itself, to the first request that is made.
 */
export function apiProblem(api: string, { apiVersion, minApi, engineVersion }: Pick<EngineInfo, 'apiVersion' | 'minApi' | 'engineVersion'>): string | undefined {
  if (isBelow(apiVersion, api)) return `it is for API v${api}, and engine ${engineVersion} speaks up to v${apiVersion}. Target v${apiVersion}, or use a newer engine.`;
  if (minApi !== undefined && isBelow(api, minApi)) return `it is for API v${api}, and engine ${engineVersion} takes no requests below v${minApi}. Target v${minApi} or newer.`;
  return undefined;
}

function isBelow(one: string, other: string): boolean {
  const [[a, b], [c, d]] = [one, other].map((version) => version.split('.').map(Number));
  return a < c || (a === c && b < d);
}
