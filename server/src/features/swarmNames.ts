import type { SpecObject } from '../document/value';
import type { PlacementNode } from '../grammar/placement';

/**
 * What a swarm has that specs name, as it was read a moment ago. Plain data; a list that could not be read is absent, and
 * then nothing is concluded from it.
 */
export interface SwarmNames {
  /** Another number whenever anything in it differs from before. */
  readonly revision: number;
  readonly networks?: readonly (Named & { /** `swarm` or `local`. */ readonly scope: string })[];
  readonly secrets?: readonly Named[];
  readonly configs?: readonly Named[];
  /** Names of the volumes of the node that was asked. */
  readonly volumes?: readonly string[];
  /** References of the images of the node that was asked: `nginx:1.27`, `nginx@sha256:…`. */
  readonly images?: readonly string[];
  readonly nodes?: readonly PlacementNode[];
  readonly services?: readonly (Named & { readonly spec: SpecObject })[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}
