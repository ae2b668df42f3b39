import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { ServiceSpec } from '../facts/serviceSpec';
import { type PlacementNode, satisfies } from '../grammar/placement';
import type { Rule, RuleContext } from './rule';

/**
 * Something that only the live service, or the swarm around it, can tell about a spec. One file in `rules/live/`; a plan
 * runs it, validation does not.
 */
export interface LiveRule extends Omit<Rule, 'check' | 'examples' | 'missing' | 'wholeSpec'> {
  readonly examples: {
    readonly bad: string;
    readonly good: string;
    /** What the two examples meet, as YAML. Both run as tests against it, and against a real engine that holds the same. */
    readonly live: string;
  };
  /** The spec is in normal form: what the engine will store of it. */
  check(spec: ServiceSpec, live: Live, context: RuleContext): void;
}

/** Declares a rule; here only so that its file has full types without naming them. */
export function liveRule(rule: LiveRule): LiveRule {
  return rule;
}

/**
 * The service that a plan is about and the swarm around it, as far as rules look at them. Plain data that a plan has read
 * from the engine just now. A list that the engine does not let us read is absent.
 */
export interface Live {
  /** Release of the engine that is asked, such as `28.5.2`. */
  readonly engineVersion: string;
  readonly experimental: boolean;
  /** Undefined where no service has the name, so that the spec would create one. */
  readonly service?: LiveServiceView;
  readonly services?: readonly OtherService[];
  readonly networks?: readonly (Named & { readonly scope: string; readonly ingress?: boolean })[];
  readonly secrets?: readonly Named[];
  readonly configs?: readonly Named[];
  readonly nodes?: readonly PlacementNode[];
  /** Of the node that answers; cluster volumes are known to every manager. Read only where the spec mounts one. */
  readonly volumes?: readonly { readonly name: string }[];
}

export interface LiveServiceView extends Named {
  /** Normal form of the live spec: the engine's spelling, without what it drops or fills in. */
  readonly spec: ServiceSpec;
  /** Normal form of the spec before, which a rollback would go to. */
  readonly previous?: ServiceSpec;
  /** The places that tasks have: slots, or nodes of a global service, those too whose task has ended for good. */
  readonly slots: number;
  /** What the newest tasks that failed or do not start say, such as `No such image: web:2`; each text once. */
  readonly errors: readonly string[];
  /** `updating`, `paused` and so on; undefined while no rollout is on record. */
  readonly rollout?: string;
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

/** The nodes that take tasks of this spec: up, active, and satisfying every constraint. Undefined where nodes are not told. */
export function eligibleNodes({ nodes }: Live, { TaskTemplate }: ServiceSpec): readonly PlacementNode[] | undefined {
  const constraints = TaskTemplate?.Placement?.Constraints ?? [];
  return nodes?.filter((node) => isUp(node) && satisfies(node, constraints));
}

export function isUp({ state, availability }: PlacementNode): boolean {
  return state === 'ready' && availability === 'active';
}

/** What an answer of the engine holds at a place. */
export function inside(value: SpecValue | undefined, ...path: readonly string[]): SpecValue | undefined {
  return path.reduce<SpecValue | undefined>((object, step) => (isObject(object) ? object[step] : undefined), value);
}

export function listIn(value: SpecValue | undefined, ...path: readonly string[]): readonly SpecValue[] {
  const list = inside(value, ...path);
  return Array.isArray(list) ? list : [];
}
