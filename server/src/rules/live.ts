import type { SpecObject } from '../document/value';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { PlacementNode } from '../grammar/placement';

/**
 * The service that a plan is about and the swarm around it, as far as rules look at them. Plain data that a plan has read
 * from the engine just now; a rule about it stays silent without it. A list that the engine does not let us read is absent.
 */
export interface Live {
  /** Release of the engine that is asked, such as `28.5.2`. */
  readonly engineVersion: string;
  readonly experimental: boolean;
  /** Undefined where no service has the name, so that the spec would create one. */
  readonly service?: LiveServiceView;
  readonly services?: readonly OtherService[];
  readonly networks?: readonly (Named & { readonly scope: string })[];
  readonly secrets?: readonly Named[];
  readonly configs?: readonly Named[];
  readonly nodes?: readonly LiveNodeView[];
}

export interface LiveServiceView extends Named {
  /** Normal form of the live spec: the engine's spelling, without what it drops or fills in. */
  readonly spec: ServiceSpec;
  /** Tasks that run now, or are on their way. */
  readonly runningTasks: number;
}

/** Any service of the swarm; its endpoint holds the published ports, those too that the engine has chosen. */
export interface OtherService extends Named {
  readonly spec: SpecObject;
  readonly endpoint?: SpecObject;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface LiveNodeView extends PlacementNode {
  readonly hostname?: string;
}
