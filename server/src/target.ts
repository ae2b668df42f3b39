import type { Kind } from './facts/kinds';
import type { ApiVersion } from './facts/types';

/** Where the API version of a check came from, strongest first. */
export type ApiSource = 'modeline' | 'setting' | 'flag' | 'engine' | 'default';

/** What a document is checked against. */
export interface Target {
  readonly kind: Kind;
  readonly api: ApiVersion;
  readonly apiSource: ApiSource;
  /** Generation of the engine (28, 29), where it is known; the two differ at the same API version. */
  readonly engine?: number;
}
