import type { SpecObject } from '../document/value';
import type { EngineError } from './error';

/**
 * A Docker Engine as apply sees it. `client.ts` implements it over a socket; tests may implement it with plain objects.
 *
 * Reading calls throw an `EngineError`. `update`, `create` and `dryRun` never throw for what happens on the way or in the
 * engine: each ending is a member of their answer. Every call takes a `CallOptions` last, to cancel it or to bound its time.
 */
export interface Engine {
  /** The address as people write it, such as `unix:///var/run/docker.sock`. Safe to show. */
  readonly address: string;
  /** By which word it was found, such as `` docker context `prod` ``, where somebody may wonder. */
  readonly from?: string;

  ping(call?: CallOptions): Promise<EngineInfo>;

  /** The swarm that this engine is a manager of. Throws `notAManager` elsewhere, `undecided` while the managers cannot agree. */
  swarm(api: string, call?: CallOptions): Promise<LiveSwarm>;

  /**
   * The service with exactly this id or exactly this name. The engine itself would also take the beginning of an id, and
   * a name that no service has can be the beginning of some id; that is not a match here.
   */
  service(nameOrId: string, api: string, call?: CallOptions): Promise<LiveService | undefined>;

  /** Every service of the swarm, in no particular order. */
  services(api: string, call?: CallOptions): Promise<readonly LiveService[]>;

  /** Sends this body against this version index, once. */
  update(id: string, request: UpdateRequest, call?: CallOptions): Promise<EngineAnswer>;

  create(request: CreateRequest, call?: CallOptions): Promise<EngineAnswer>;

  /**
   * Has the manager check an update and stores nothing: the update is sent against version index 0, which no service has,
   * and the index is the last thing that the manager compares. Works on updates only; never try it with a creation.
   */
  dryRun(id: string, request: DryRunRequest, call?: CallOptions): Promise<DryRunAnswer>;

  /** The tasks of a service, old ones included; `upToDate` leaves those that run the service as it now is. */
  tasks(serviceId: string, api: string, only?: 'upToDate', call?: CallOptions): Promise<readonly LiveTask[]>;

  nodes(api: string, call?: CallOptions): Promise<readonly LiveNode[]>;

  /** Every network that a service could name, swarm-wide and local. */
  networks(api: string, call?: CallOptions): Promise<readonly LiveNetwork[]>;

  /** Every secret of the swarm, by id and name. The engine never tells their content. */
  secrets(api: string, call?: CallOptions): Promise<readonly LiveReference[]>;

  /** Every config of the swarm, by id and name. Their content, which the engine would tell, is not kept. */
  configs(api: string, call?: CallOptions): Promise<readonly LiveReference[]>;

  /** The volumes that exist on this one node. */
  volumes(api: string, call?: CallOptions): Promise<readonly LiveVolume[]>;

  /** The images that are stored on this one node. */
  images(api: string, call?: CallOptions): Promise<readonly LiveImage[]>;
}

/** How one call behaves; what is left out is as the connection was made. */
export interface CallOptions {
  /** Aborting ends the call: a read throws `cancelled`, a write answers `unreachable` or `unknownEnding` with that cause. */
  readonly signal?: AbortSignal;
  /** Longest silence of the engine, in ms. */
  readonly timeoutMs?: number;
  /** Longest time of the whole call, in ms, however lively the answer comes. */
  readonly deadlineMs?: number;
}

/**
 * What the engine is in a swarm. `locked` is a manager that waits for its unlock key, `pending` one that is still joining,
 * `unknown` an engine that does not say.
 */
export type SwarmState = 'inactive' | 'pending' | 'worker' | 'manager' | 'locked' | 'error' | 'unknown';

export interface EngineInfo {
  /** Highest API version it speaks, such as `1.51`. */
  readonly apiVersion: string;
  /** Lowest API version it accepts. */
  readonly minApi?: string;
  /** Its release, such as `28.5.2`. */
  readonly engineVersion: string;
  readonly swarm: SwarmState;
  readonly experimental: boolean;
}

export interface LiveSwarm {
  /** The same on every node of a swarm, and of no other. */
  readonly id: string;
  /** Id of the node that answered. */
  readonly nodeId: string;
  /** How many managers and nodes, this one included. */
  readonly managers: number;
  readonly nodes: number;
}

export interface LiveService {
  readonly id: string;
  readonly name: string;
  /** `Version.Index`, every digit of it. It also moves without a change of the spec, for example during a rollout. */
  readonly index: string;
  readonly spec: SpecObject;
  /** The spec before the last update; the target of a rollback. */
  readonly previousSpec?: SpecObject;
  readonly endpoint?: SpecObject;
  /** Absent after every update until a task has to be replaced. */
  readonly updateStatus?: SpecObject;
  /** The whole answer. */
  readonly raw: SpecObject;
}

export interface LiveTask {
  readonly id: string;
  /** The number of the replica; absent in global services. */
  readonly slot?: number;
  readonly nodeId?: string;
  /** What the manager wants, such as `running` or `shutdown`. */
  readonly desiredState: string;
  /** Where it is, such as `preparing`, `running`, `failed`. */
  readonly state: string;
  readonly message?: string;
  /** Why it failed or does not start. */
  readonly error?: string;
  readonly raw: SpecObject;
}

export interface LiveNetwork {
  readonly id: string;
  readonly name: string;
  /** `swarm` or `local`. */
  readonly scope: string;
  /** The network of the routing mesh. */
  readonly ingress?: boolean;
}

export interface LiveNode {
  readonly id: string;
  readonly hostname?: string;
  /** `ready`, `down`, `disconnected` or `unknown`. */
  readonly state: string;
  /** `active`, `pause` or `drain`. */
  readonly availability: string;
  /** `manager` or `worker`. */
  readonly role: string;
  /** What `node.labels.…` of a constraint sees. */
  readonly labels: Readonly<Record<string, string>>;
  /** What `engine.labels.…` of a constraint sees. */
  readonly engineLabels: Readonly<Record<string, string>>;
  /** Such as `linux` and `x86_64`; the engine's own spelling. */
  readonly os?: string;
  readonly architecture?: string;
  readonly engineVersion?: string;
  readonly raw: SpecObject;
}

/** A secret or a config. */
export interface LiveReference {
  readonly id: string;
  readonly name: string;
}

export interface LiveVolume {
  readonly name: string;
  readonly driver: string;
}

export interface LiveImage {
  readonly id: string;
  /** Such as `busybox:1.36`; empty for an image without a name. */
  readonly tags: readonly string[];
  /** Such as `busybox@sha256:…`; only what came from a registry has one. */
  readonly digests: readonly string[];
}

export interface CreateRequest {
  /** The spec as JSON text, sent as it is. */
  readonly body: string;
  /** API version of the request, such as `1.49`. Below the version of a field, the engine erases the field. */
  readonly api: string;
  /** The `X-Registry-Auth` header, made by `encodeAuth`. The engine stores it with the service and never shows it again. */
  readonly registryAuth?: string;
}

export interface UpdateRequest extends CreateRequest {
  /** The version index that the change was planned against. */
  readonly version: string | number | bigint;
  /** Whose stored credentials to keep when `registryAuth` is absent; the current spec's unless said. */
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
  /** Goes back to the previous spec. The engine still checks the body, which therefore should be the current spec. */
  readonly rollback?: 'previous';
}

export interface DryRunRequest {
  readonly body: string;
  readonly api: string;
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
  readonly rollback?: 'previous';
}

/** What a dry run has come to. `message` is the engine's own. In no case but `accepted` was anything stored. */
export type DryRunAnswer =
  /** The engine found fault only with the version index, "update out of sequence": everything else passed. */
  | { readonly kind: 'passed' }
  /** The engine would not take this update. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** There is no such service. */
  | { readonly kind: 'notFound'; readonly message: string }
  | { readonly kind: 'notAManager'; readonly message: string }
  /**
   * Must be impossible: the engine took an update against version index 0, so what was meant as a question has changed the
   * service. Say so loudly and do no further dry run with this engine.
   */
  | { readonly kind: 'accepted'; readonly warnings: readonly string[] }
  /** No usable answer: not reached, cut, out of time, cancelled, or the managers could not agree. */
  | { readonly kind: 'noAnswer'; readonly cause: EngineError };

/** How an update or a creation ended. `message` is the engine's own. */
export type EngineAnswer =
  | { readonly kind: 'ok'; readonly warnings: readonly string[]; /** Of the new service. */ readonly id?: string }
  /** The engine does not take the spec or the request. Nothing was stored. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** Someone else changed the service after it was read. Nothing was stored. */
  | { readonly kind: 'outOfSequence'; readonly message: string }
  /** There is no such service. */
  | { readonly kind: 'notFound'; readonly message: string }
  /** The engine takes no services: a worker, outside any swarm, or locked. */
  | { readonly kind: 'notAManager'; readonly message: string }
  /** Another service has this name. */
  | { readonly kind: 'nameConflict'; readonly message: string }
  /** The request never left: nothing was stored. */
  | { readonly kind: 'unreachable'; readonly cause: EngineError }
  /** The request left and no answer of the engine came back, or one that it could not know the end itself. Read the service to find out. */
  | { readonly kind: 'unknownEnding'; readonly cause: EngineError };
