import type { SpecDocument } from '../document/document';
import { SERVICE } from '../facts/kinds';
import { fieldAt } from '../facts/lookup';
import type { ApiVersion } from '../facts/types';
import { API_VERSIONS, DEFAULT_API, isApiVersion, isOlder } from '../facts/versions';
import type { Path } from '../path';
import type { ApiSource, Target } from '../target';

/** What is known besides the document: settings or flags, and the engine that is connected. */
export interface Surroundings {
  /** API version of a setting or flag. */
  readonly api?: string;
  readonly apiFrom?: 'setting' | 'flag';
  /** Highest API version of the connected engine. */
  readonly engineApi?: string;
  /** Release of the connected engine, or the generation that a setting or flag names: `28.5.2`, `29`. */
  readonly engine?: string;
  /** Where a fragment belongs in a spec, with dots, or `partial`. */
  readonly as?: string;
}

/** What a document is checked against: modeline, then setting or flag, then the connected engine, then 1.49. */
export function resolveTarget({ modeline }: SpecDocument, { api, apiFrom = 'setting', engineApi, engine, as }: Surroundings): Target {
  const generation = Number.parseInt(modeline.engine ?? engine ?? '', 10);
  const fragment = fragmentPath(modeline.as ?? as);
  const rest = { kind: SERVICE, engine: Number.isNaN(generation) ? undefined : generation, ...(fragment ? { as: fragment } : {}) };
  const candidates: [string | undefined, ApiSource][] = [[modeline.api, 'modeline'], [api, apiFrom], [engineApi && newestKnown(engineApi), 'engine']];
  for (const [version, apiSource] of candidates) {
    if (version !== undefined && isApiVersion(version)) return { ...rest, api: version, apiSource };
  }
  return { ...rest, api: DEFAULT_API, apiSource: 'default' };
}

/** The targets of documents in the same surroundings: one for all that do not say anything themselves. */
export function targetsIn(surroundings: Surroundings): (document: SpecDocument) => Target {
  let shared: Target | undefined;
  return (document) => {
    const { api, engine, as } = document.modeline;
    if (api !== undefined || engine !== undefined || as !== undefined) return resolveTarget(document, surroundings);
    shared ??= resolveTarget(document, surroundings);
    return shared;
  };
}

/** The place of a fragment in a spec, from `partial` or a path with dots; undefined where there is no such object. */
export function fragmentPath(as: string | undefined): Path | undefined {
  if (as === undefined) return undefined;
  if (as === 'partial') return [];
  const path = as.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
  const type = fieldAt(SERVICE.root, path)?.type;
  return type?.kind === 'struct' ? path : undefined;
}

/** The newest version that both an engine of this API version and we know. */
export function newestKnown(api: string): ApiVersion | undefined {
  if (!/^1\.\d+$/.test(api)) return undefined;
  return API_VERSIONS.findLast(({ version }) => version === api || isOlder(version, api as ApiVersion))?.version;
}

/** Where the API version came from, for people. */
export const API_SOURCES: Readonly<Record<ApiSource, string>> = {
  modeline: 'asked for by the file',
  setting: 'from the settings or the config file',
  flag: 'from `--api`',
  engine: 'of the connected engine',
  default: 'by default',
};
