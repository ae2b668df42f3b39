import { isOurSchema } from '../document/modeline';
import { isObject, type SpecObject, toJson } from '../document/value';
import type { Engine, LiveNetwork, LiveService, LiveTask } from '../engine/engine';
import { unlessRefused } from '../engine/error';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { ApiVersion } from '../facts/types';
import { findKey } from '../facts/lookup';
import { SERVICE } from '../facts/kinds';
import type { Problem, Severity } from '../finding';
import type { Live, LiveServiceView } from '../rules/liveRule';
import { liveProblems } from '../rules/run';
import { type Change, diff } from './diff';
import { type DryRun, dryRun } from './dryRun';
import { type IgnoredDifference, ignoredDifferences } from './ignored';
import { comparable, resolveNames, type Resolution } from './resolve';
import { forecast, newestOf, type RestartForecast, slotsOf } from './restart';
import { readSwarm, type Swarm } from './swarm';

/**
 * What an apply will do: one body against one version index of one service. What is shown of a plan is what is sent;
 * nothing is read again in between.
 */
export interface Plan {
  readonly service: { readonly id: string; readonly name: string };
  /** The same on every node of a swarm, and of no other; undefined where the engine does not tell. */
  readonly swarmId?: string;
  readonly engine: { readonly address: string; /** By which word it was found. */ readonly from?: string; readonly version: string };
  readonly api: ApiVersion;
  /** Version index that the plan was made against. */
  readonly index: string;
  /** The live spec, as read. */
  readonly live: SpecObject;
  /** The spec before the live one, as read: what a rollback goes to, and what this update overwrites. */
  readonly previous?: SpecObject;
  /** The state of its last update, as read; tells a rollback that happens later from one that is over. */
  readonly updateStatus?: SpecObject;
  /** When the service was last changed, by the clock of the manager. */
  readonly updatedAt?: string;
  /** The request body, exactly as it will be sent: names resolved, every digit kept. */
  readonly body: string;
  /** Normal form of the live spec. */
  readonly base: SpecObject;
  /** Normal form of what the engine will store of the body at this API version. */
  readonly ours: SpecObject;
  /** From `base` to `ours`. */
  readonly changes: readonly Change[];
  /** Differences in writing between the live spec and the body that mean nothing to the engine. */
  readonly ignored: readonly IgnoredDifference[];
  /** Which tasks restart, start and stop, and why; undefined where the engine does not tell the tasks or the nodes that it depends on. */
  readonly restart?: RestartForecast;
  /** What the rules say of the body because of the live service and its swarm. Paths are inside the body. */
  readonly problems: readonly Problem[];
  /** Names of the document that stand as ids in the body. */
  readonly resolved: readonly Resolution[];
  /** Names of the networks that the two specs hold by id, for people. */
  readonly names: Readonly<Record<string, string>>;
  readonly dryRun: DryRun;
  /** Whose stored registry credentials the update keeps when it brings none; the engine's default, `spec`, unless said. */
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
}

/** A spec whose service does not exist: what creating it would send, and what is known to go wrong. */
export interface CreationPlan {
  readonly kind: 'noSuchService';
  readonly name: string;
  readonly body: string;
  /** Normal form of what the engine will store of the body. */
  readonly ours: SpecObject;
  readonly problems: readonly Problem[];
  readonly resolved: readonly Resolution[];
}

export type PlanOutcome =
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** The live service already is what the spec says, up to spelling. */
  | { readonly kind: 'unchanged'; readonly plan: Plan }
  | CreationPlan
  | { readonly kind: 'unnamed' };

export interface PlanOptions {
  /** API version of the request. */
  readonly api: ApiVersion;
  /** The swarm, where it has been read already. */
  readonly swarm?: Swarm;
  /** Name or id of the service to update, where it is not the one that the spec names. */
  readonly service?: string;
  /** `none` asks the engine nothing but what is there; `server`, the default, has it validate the update. */
  readonly dryRun?: 'server' | 'none';
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
  /** Severity of single rules, instead of their own; `off` silences a rule. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
}

/** Plans the update of the service that the spec names. Throws an `EngineError` when the engine cannot be read. */
export async function planUpdate(spec: SpecObject, engine: Engine, options: PlanOptions): Promise<PlanOutcome> {
  const { api } = options;
  const nameKey = Object.keys(spec).findLast((key) => findKey(SERVICE.root, key) === 'Name');
  const name = nameKey === undefined ? undefined : spec[nameKey];
  const wanted = options.service ?? (typeof name === 'string' ? name : '');
  if (wanted === '') return { kind: 'unnamed' };
  const [live, swarm] = await Promise.all([engine.service(wanted, api), options.swarm ?? readSwarm(engine, api)]);
  const tasks = live ? await unlessRefused(engine.tasks(live.id, api)) : undefined;
  const { secrets = [], configs = [] } = swarm;
  const { spec: sent, resolved } = resolveNames(toSent(spec), { networks: swarm.networks, secrets, configs });
  const body = toJson(sent);
  const ours = comparable(sent, swarm.networks, api);
  const volumes = /"cluster"/.test(body) ? await unlessRefused(engine.volumes(api)) : undefined;
  const problems = problemsOf(ours, options, { ...swarm, volumes }, live, tasks);
  if (!live) return { kind: 'noSuchService', name: wanted, body, ours, problems, resolved };
  const plan = update(engine, live, swarm, tasks, { api, body, ours, problems, resolved, registryAuthFrom: options.registryAuthFrom });
  const known: Plan = { ...plan, ignored: ignoredDifferences(live.spec, sent, { base: plan.base, ours, resolved, api }) };
  if (known.changes.length === 0) return { kind: 'unchanged', plan: known };
  return { kind: 'planned', plan: { ...known, dryRun: await ask(engine, known, options.dryRun) } };
}

/** Plans the way back to the previous spec. The engine still checks the body, so it is the current spec. */
export async function planRollback(live: LiveService, engine: Engine, options: Omit<PlanOptions, 'service'>): Promise<Plan | undefined> {
  if (!live.previousSpec) return undefined;
  const { api } = options;
  const [swarm, tasks] = await Promise.all([options.swarm ?? readSwarm(engine, api), unlessRefused(engine.tasks(live.id, api))]);
  const ours = comparable(live.previousSpec, swarm.networks);
  const plan = update(engine, live, swarm, tasks, { api, body: toJson(live.spec), ours, problems: problemsOf(ours, options, swarm, live, tasks), resolved: [] });
  return plan.changes.length === 0 ? plan : { ...plan, dryRun: await ask(engine, plan, options.dryRun, 'previous') };
}

/** The body that is sent: the spec as written, without what is there for editors only. */
export function toBody(spec: SpecObject): string {
  return toJson(toSent(spec));
}

/** The spec as it is sent: without what is there for editors only. */
export function toSent(spec: SpecObject): SpecObject {
  const { $schema, ...rest } = spec;
  return $schema !== undefined && !isOurSchema($schema) ? spec : rest;
}

type Given = Pick<Plan, 'api' | 'body' | 'ours' | 'problems' | 'resolved' | 'registryAuthFrom'>;

function update(engine: Engine, live: LiveService, swarm: Swarm, tasks: readonly LiveTask[] | undefined, given: Given): Plan {
  const base = comparable(live.spec, swarm.networks);
  const changes = diff(base, given.ours);
  return {
    ...given,
    service: { id: live.id, name: live.name },
    swarmId: swarm.id,
    engine: { address: engine.address, from: engine.from, version: swarm.info.engineVersion },
    index: live.index,
    live: live.spec,
    previous: live.previousSpec,
    updateStatus: live.updateStatus,
    updatedAt: typeof live.raw.UpdatedAt === 'string' ? live.raw.UpdatedAt : undefined,
    base,
    changes,
    ignored: [],
    restart: forecast({ base, ours: given.ours, tasks, nodes: swarm.nodes, normalTask: normalTask(swarm.networks) }),
    names: namesIn(live.spec, swarm.networks, given.body),
    dryRun: { kind: 'none', why: 'nothing to send' },
  };
}

/** The names of the networks whose ids stand in either spec. */
function namesIn(live: SpecObject, networks: readonly LiveNetwork[], body: string): Record<string, string> {
  const texts = [toJson(live), body];
  return Object.fromEntries(networks.filter(({ id, name }) => id !== name && texts.some((text) => text.includes(`"${id}"`))).map(({ id, name }) => [id, name]));
}

function normalTask(networks: readonly LiveNetwork[]): (template: SpecObject) => SpecObject {
  return (template) => {
    const { TaskTemplate } = comparable({ TaskTemplate: template }, networks);
    return isObject(TaskTemplate) ? TaskTemplate : {};
  };
}

async function ask(engine: Engine, { service, api, body, registryAuthFrom }: Plan, wanted: PlanOptions['dryRun'], rollback?: 'previous'): Promise<DryRun> {
  if (wanted === 'none') return { kind: 'none', why: 'switched off' };
  return dryRun(engine, service.id, { api, body, registryAuthFrom, rollback });
}

function problemsOf(ours: SpecObject, { api, severity }: PlanOptions, swarm: Swarm, service: LiveService | undefined, tasks: readonly LiveTask[] = []): Problem[] {
  const { info, networks, secrets, configs, services, nodes, volumes } = swarm;
  const view = service && toView(service, tasks, networks);
  const live: Live = { engineVersion: info.engineVersion, experimental: info.experimental, networks, secrets, configs, services, nodes, volumes, service: view };
  const generation = Number.parseInt(info.engineVersion, 10);
  const target = { kind: SERVICE, api, apiSource: 'engine', engine: Number.isNaN(generation) ? undefined : generation } as const;
  return liveProblems(ours as ServiceSpec, live, target).flatMap((problem) => {
    const chosen = severity?.[problem.rule];
    return chosen === 'off' ? [] : [chosen ? { ...problem, severity: chosen } : problem];
  });
}

function toView({ id, name, spec, previousSpec, updateStatus }: LiveService, tasks: readonly LiveTask[], networks: readonly LiveNetwork[]): LiveServiceView {
  const newest = slotsOf(tasks, isObject(spec.Mode) && isObject(spec.Mode.Global)).map((slot) => newestOf(slot.all));
  return {
    id,
    name,
    spec: comparable(spec, networks) as ServiceSpec,
    previous: previousSpec && (comparable(previousSpec, networks) as ServiceSpec),
    slots: newest.length,
    errors: [...new Set(newest.flatMap(({ error }) => (error ? [error] : [])))],
    rollout: typeof updateStatus?.State === 'string' ? updateStatus.State : undefined,
  };
}
