import type { Kind } from './facts/kinds';
import type { ApiVersion } from './facts/types';
import type { Path } from './path';

/** Where the API version of a check came from, strongest first. */
export type ApiSource = 'modeline' | 'setting' | 'flag' | 'engine' | 'default';

/** What a document is checked against. */
export interface Target {
  readonly kind: Kind;
  readonly api: ApiVersion;
  readonly apiSource: ApiSource;
  /**
   * Where a fragment belongs in a spec: `[]` for a partial spec, `['TaskTemplate', 'ContainerSpec']` for a block. Nothing is
   * missing in a fragment. Undefined for a whole spec.
   */
  readonly as?: Path;
  /** Generation of the engine (28, 29), where it is known; the two differ at the same API version. */
  readonly engine?: number;
}

const keys = new WeakMap<Target, string>();

/** What of a target matters for what is found out about a document, as text. */
export function keyOf(target: Target): string {
  let key = keys.get(target);
  if (key === undefined) {
    const { kind, api, engine, as } = target;
    key = `${kind.id} ${api} ${engine ?? ''} ${as?.join('.') ?? '-'} `;
    keys.set(target, key);
  }
  return key;
}
