import type { SpecObject } from '../document/value';

/**
 * What a swarm has that specs name, as it was read a moment ago. Plain data; a list that could not be read is absent, and
 * then nothing is concluded from it.
 */
export interface SwarmNames {
  readonly networks?: readonly (Named & { /** `swarm` or `local`. */ readonly scope: string })[];
  readonly secrets?: readonly Named[];
  readonly configs?: readonly Named[];
  /** Names of the volumes of the node that was asked. */
  readonly volumes?: readonly string[];
  /** References of the images of the node that was asked: `nginx:1.27`, `nginx@sha256:…`. */
  readonly images?: readonly string[];
  readonly nodes?: readonly NodeNames[];
  readonly services?: readonly (Named & { readonly spec: SpecObject })[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface NodeNames {
  readonly id: string;
  readonly hostname?: string;
  readonly role: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly engineLabels: Readonly<Record<string, string>>;
  readonly os?: string;
  readonly architecture?: string;
}
