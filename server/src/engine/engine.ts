import type { SpecObject } from '../document/value';
import type { EngineError } from './error';

/**
 * A Docker Engine as apply sees it. `client.ts` implements it over a socket; tests may implement it with plain objects.
 *
 * Reading calls throw an `EngineError`. `update` and `create` never throw for what happens on the way or in the engine:
 * each ending is a member of `EngineAnswer`.
 */
export interface Engine {
  /** The address as people write it, such as `unix:///var/run/docker.sock`. Safe to show. */
  readonly address: string;

  ping(): Promise<EngineInfo>;

  /**
   * The service with exactly this id or exactly this name. The engine itself would also take the beginning of an id, and
   * a name that no service has can be the beginning of some id; that is not a match here.
   */
  service(nameOrId: string, api: string): Promise<LiveService | undefined>;

  /** Sends this body against this version index, once. */
  update(id: string, request: UpdateRequest): Promise<EngineAnswer>;

  create(request: CreateRequest): Promise<EngineAnswer>;

  /** The tasks of a service, old ones included; `upToDate` leaves those that run the service as it now is. */
  tasks(serviceId: string, api: string, only?: 'upToDate'): Promise<readonly LiveTask[]>;

  nodes(api: string): Promise<readonly LiveNode[]>;

  /** Every network that a service could name, swarm-wide and local. */
  networks(api: string): Promise<readonly LiveNetwork[]>;
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

export interface LiveService {
  readonly id: string;
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
}

export interface LiveNode {
  readonly id: string;
  readonly hostname?: string;
  /** `ready`, `down`, `disconnected` or `unknown`. */
  readonly state: string;
  /** `active`, `pause` or `drain`. */
  readonly availability: string;
  readonly raw: SpecObject;
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
