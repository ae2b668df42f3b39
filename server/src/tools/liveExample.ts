import { readDocument } from '../document/document';
import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { SERVICE } from '../facts/kinds';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { ApiVersion } from '../facts/types';
import { isApiVersion } from '../facts/versions';
import type { Problem } from '../finding';
import type { PlacementNode } from '../grammar/placement';
import type { Live } from '../rules/liveRule';
import { liveProblems } from '../rules/run';
import { asStored } from '../schema/normalise';
import { mergePatch } from './mergePatch';

/** The smallest valid spec, over which the examples of rules are merged. */
export const SMALLEST: SpecObject = { Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } } };

/** What a live rule meets in its examples, written as short as its author likes; every name is an id with `@` round it. */
export interface World {
  readonly api: ApiVersion;
  readonly live: Live;
  /** The service to update is named apart from the spec; else it is found by the name in the spec. */
  readonly updating?: string;
  /** As written, for a test that makes the same on a real engine. */
  readonly written: SpecObject;
}

export function readWorld(text: string): World {
  const { value } = readDocument(text, 'yaml');
  const written = isObject(value) ? value : {};
  const { api, updating, experimental, services, networks, secrets, configs, nodes, volumes } = written;
  const live: Live = {
    engineVersion: '28.5.2',
    experimental: experimental === true,
    service: serviceOf(written),
    services: list(services)?.map(({ name, ...spec }) => ({ id: `@service:${String(name)}@`, name: String(name), spec })),
    networks: list(networks)?.map(({ name, scope, ingress }) => ({ ...reference('network', name), scope: String(scope), ...(ingress === true && { ingress: true }) })),
    secrets: list(secrets)?.map(({ name }) => reference('secret', name)),
    configs: list(configs)?.map(({ name }) => reference('config', name)),
    nodes: list(nodes)?.map(toNode),
    volumes: list(volumes)?.map(({ name }) => ({ name: String(name) })),
  };
  return { api: typeof api === 'string' && isApiVersion(api) ? api : '1.49', updating: typeof updating === 'string' ? updating : undefined, live, written };
}

/** What the live rules say of an example there. */
export function problemsIn({ live, api, updating }: World, example: unknown): Problem[] {
  const spec = specOf(example);
  const service = live.service && (updating ?? spec.Name) === live.service.name ? live.service : undefined;
  const target = { kind: SERVICE, api, apiSource: 'default', engine: 28 } as const;
  return liveProblems(asStored(spec, SERVICE.root, api) as ServiceSpec, { ...live, service }, target);
}

/** An example, YAML or a merge patch, over the smallest valid spec. */
export function specOf(example: unknown): SpecObject {
  return mergePatch(SMALLEST, typeof example === 'string' ? readDocument(example, 'yaml').value : example) as SpecObject;
}

function serviceOf({ service, previous, errors, rollout }: SpecObject): Live['service'] {
  if (!isObject(service)) return undefined;
  const stored = (patch: SpecValue, over: SpecObject) => asStored(mergePatch(over, patch) as SpecObject, SERVICE.root, '1.49');
  const spec = stored(service, SMALLEST);
  return {
    ...reference('service', spec.Name),
    spec: spec as ServiceSpec,
    previous: isObject(previous) ? (stored(previous, spec) as ServiceSpec) : undefined,
    slots: 1,
    errors: Array.isArray(errors) ? errors.map(String) : [],
    rollout: typeof rollout === 'string' ? rollout : undefined,
  };
}

function reference(what: string, name: SpecValue | undefined): { readonly id: string; readonly name: string } {
  return { id: `@${what}:${String(name)}@`, name: String(name) };
}

function toNode({ role, cpus, memory, plugins }: SpecObject): PlacementNode {
  const listed = Object.entries(isObject(plugins) ? plugins : {}).flatMap(([Type, names]) => (Array.isArray(names) ? names.map((Name) => ({ Type, Name })) : []));
  const resources: SpecObject = { ...(cpus !== undefined && { NanoCPUs: Number(cpus) * 1e9 }), ...(memory !== undefined && { MemoryBytes: memory }) };
  return {
    id: '@node@', hostname: 'node', state: 'ready', availability: 'active', role: String(role ?? 'manager'), labels: {}, engineLabels: {}, os: 'linux', architecture: 'x86_64',
    raw: { Description: { Resources: resources, Engine: { Plugins: listed } } },
  };
}

function list(value: SpecValue | undefined): SpecObject[] | undefined {
  return Array.isArray(value) ? value.filter(isObject) : undefined;
}
