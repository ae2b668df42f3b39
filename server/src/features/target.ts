import type { SpecDocument } from '../document/document';
import { SERVICE } from '../facts/kinds';
import { allFields, fieldAt, findKey } from '../facts/lookup';
import type { ApiVersion, Type } from '../facts/types';
import { API_VERSIONS, DEFAULT_API, generationFor, isApiVersion, isOlder, newestApiOf, oldestApiOf } from '../facts/versions';
import type { Effect, Severity } from '../finding';
import type { Path, Span } from '../path';
import { nearest } from '../schema/nearest';
import type { ApiSource, Target } from '../target';
import { fieldIn } from './typedTree';

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

/** What a document is checked against: modeline, then setting or flag, then the connected engine, then 1.49 or the newest that the named engine speaks. */
export function resolveTarget({ modeline }: SpecDocument, { api, apiFrom = 'setting', engineApi, engine, as }: Surroundings): Target {
  const named = generationOf(modeline.engine) ?? generationOf(engine);
  const fragment = fragmentPath(modeline.as) ?? fragmentPath(as);
  const candidates: [string | undefined, ApiSource][] = [[modeline.api, 'modeline'], [api, apiFrom], [engineApi && newestKnown(engineApi), 'engine']];
  const [version, apiSource] = candidates.find(([candidate]) => candidate !== undefined && isApiVersion(candidate)) ?? [defaultApi(named), 'default'];
  return { kind: SERVICE, api: version as ApiVersion, apiSource, engine: named ?? generationFor(version as ApiVersion), ...(fragment ? { as: fragment } : {}) };
}

/** `28.5.2` is of generation 28; undefined where there is no number. */
function generationOf(engine = ''): number | undefined {
  return /^\d/.test(engine) ? Number.parseInt(engine, 10) : undefined;
}

function defaultApi(generation: number | undefined): ApiVersion {
  const newest = generation === undefined ? undefined : newestApiOf(generation);
  return newest !== undefined && isOlder(newest, DEFAULT_API) ? newest : DEFAULT_API;
}

/** What is wrong with what a document is checked against: words of a modeline that name nothing, and a version that the engine does not speak. */
export function* targetProblems({ modeline }: SpecDocument, { api, engine }: Target): Generator<{ rule: string; effect: Effect; severity?: Severity; message: string; hint?: string; span: Span }> {
  const word = (span: Span, message: string, hint: string) => ({ rule: 'unknown-modeline', effect: 'advice', severity: 'warning', message, hint, span }) as const;
  for (const { word: unknown, span } of modeline.unknown) {
    yield word(span, `\`${unknown}\` means nothing in a modeline.`, 'It takes `api=1.49`, `engine=28` and `as=TaskTemplate.ContainerSpec`.');
  }
  const { api: asked, engine: release, as, spans } = modeline;
  if (spans.api && asked !== undefined && !isApiVersion(asked)) yield word(spans.api, `\`${asked}\` is no API version that is known; v${api} is taken.`, `It is one of ${API_VERSIONS[0].version} to ${API_VERSIONS.at(-1)?.version}.`);
  if (spans.engine && generationOf(release) === undefined) yield word(spans.engine, `\`${release}\` is no release of the engine.`, 'It is a number, such as `28` or `28.5`.');
  if (spans.as && isUnknownPart(as)) yield word(spans.as, `\`${as}\` is no part of a spec.${meantPart(as)}`, 'It is `partial`, or a path such as `TaskTemplate.ContainerSpec`.');
  const [oldest, newest] = engine === undefined ? [] : [oldestApiOf(engine), newestApiOf(engine)];
  const bound = newest && isOlder(newest, api) ? `speaks API v${newest} at most` : oldest && isOlder(api, oldest) ? `speaks no API version below v${oldest}` : undefined;
  if (bound) {
    yield {
      rule: 'api-not-spoken', effect: 'refused', message: `Engine ${engine} ${bound}, and refuses every request for v${api}.`,
      hint: 'Name the API version and the engine that go together, or only one of them.', span: spans.api ?? spans.engine ?? { start: 0, end: 1 },
    };
  }
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

/** The place of a fragment in a spec, from `partial` or a path with dots; undefined where there is no such object, list or map. */
export function fragmentPath(as: string | undefined): Path | undefined {
  if (as === undefined) return undefined;
  if (as === 'partial') return [];
  const path = as.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
  const type = fieldAt(SERVICE.root, path)?.type;
  return type && type.kind !== 'scalar' ? spelled(path) : undefined;
}

/** Whether a modeline names a part of a spec that there is none of, so that nobody knows what the document is. */
export function isUnknownPart(as: string | undefined): as is string {
  return as !== undefined && fragmentPath(as) === undefined;
}

/** The part of a spec that is likely meant by a name, or by one with a slip, as a question. */
export function meantPart(as: string): string {
  const parts = specParts();
  const last = as.slice(as.lastIndexOf('.') + 1).toLowerCase();
  const near = parts.find((path) => path.toLowerCase().endsWith(`.${last}`)) ?? nearest(as, parts);
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}

/** The paths of the objects, lists and maps of a spec, which a fragment can be. */
export function specParts(): string[] {
  return allFields(SERVICE.root).flatMap(({ path, field: { type, neverStored } }) => (type.kind === 'scalar' || neverStored !== undefined ? [] : [path]));
}

/** A path in the letter case of the engine. */
function spelled(path: Path): Path {
  let type: Type | undefined = SERVICE.root;
  return path.map((step) => {
    const key: string | number = type?.kind === 'struct' && typeof step === 'string' ? (findKey(type, step) ?? step) : step;
    type = fieldIn(type, key)?.type;
    return key;
  });
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
