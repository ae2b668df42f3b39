import type { ApiVersion } from './types';

export interface ApiVersionFact {
  readonly version: ApiVersion;
  /** First engine release that speaks it. */
  readonly engine: string;
}

/** Every API version whose description is known, oldest first. Source: release tags of the engine. */
export const API_VERSIONS: readonly ApiVersionFact[] = [
  { version: '1.25', engine: '1.13.0' },
  { version: '1.26', engine: '1.13.1' },
  { version: '1.27', engine: '17.03.1-ce' },
  { version: '1.28', engine: '17.04.0-ce' },
  { version: '1.29', engine: '17.05.0-ce' },
  { version: '1.30', engine: '17.06.0-ce' },
  { version: '1.31', engine: '17.07.0-ce' },
  { version: '1.32', engine: '17.09.0-ce' },
  { version: '1.33', engine: '17.10.0-ce' },
  { version: '1.34', engine: '17.11.0-ce' },
  { version: '1.35', engine: '17.12.0-ce' },
  { version: '1.36', engine: '18.02.0-ce' },
  { version: '1.37', engine: '18.03.0-ce' },
  { version: '1.38', engine: '18.06.0-ce' },
  { version: '1.39', engine: '18.09.0' },
  { version: '1.40', engine: '19.03.0' },
  { version: '1.41', engine: '20.10.0' },
  { version: '1.42', engine: '23.0.0' },
  { version: '1.43', engine: '24.0.0' },
  { version: '1.44', engine: '25.0.0' },
  { version: '1.45', engine: '26.0.0' },
  { version: '1.46', engine: '27.0.1' },
  { version: '1.47', engine: '27.2.0' },
  { version: '1.48', engine: '28.0.0' },
  { version: '1.49', engine: '28.1.0' },
  { version: '1.50', engine: '28.2.0' },
  { version: '1.51', engine: '28.3.0' },
  { version: '1.52', engine: '29.0.0' },
  { version: '1.53', engine: '29.2.0' },
  { version: '1.54', engine: '29.3.0' },
  { version: '1.55', engine: '29.6.0' },
];

/** The newest API version that engines of this generation (28, 29) speak; undefined where none is listed. */
export function newestApiOf(generation: number): ApiVersion | undefined {
  return API_VERSIONS.findLast(({ engine }) => Number.parseInt(engine, 10) === generation)?.version;
}

/**
 * The oldest API version that engines of this generation answer, where they refuse any that we know.
 * Source: engine 29-dev (29.0 to 29.2 begin at 1.44).
 */
export function oldestApiOf(generation: number): ApiVersion | undefined {
  return generation >= 29 ? '1.40' : undefined;
}

/** The generation that must be meant where nobody names one: only the newest engines speak the newest versions. */
export function generationFor(api: ApiVersion): number | undefined {
  return isOlder(NEWEST_OF_THE_LAST, api) ? NEWEST_GENERATION : undefined;
}

const NEWEST_GENERATION = Number.parseInt(API_VERSIONS[API_VERSIONS.length - 1].engine, 10);
const NEWEST_OF_THE_LAST = API_VERSIONS.findLast(({ engine }) => Number.parseInt(engine, 10) < NEWEST_GENERATION)?.version ?? API_VERSIONS[0].version;

/** What a document is checked against when nobody says. */
export const DEFAULT_API: ApiVersion = '1.49';

const LISTED: ReadonlySet<string> = new Set(API_VERSIONS.map(({ version }) => version));

/** Whether the text is one of `API_VERSIONS`; `v1.49`, with the letter, is not. */
export function isApiVersion(text: string): text is ApiVersion {
  return LISTED.has(text);
}

/** Whether `a` comes before `b`: `1.9` is older than `1.25`. */
export function isOlder(a: ApiVersion, b: ApiVersion): boolean {
  return minorOf(a) < minorOf(b);
}

function minorOf(version: ApiVersion): number {
  return Number(version.slice(version.indexOf('.') + 1));
}
