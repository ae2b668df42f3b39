import * as fc from 'fast-check';
import type { SpecObject, SpecValue } from '../../server/src/document/value';
import { isObject } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import type { Field, Type } from '../../server/src/facts/types';
import { isOlder, newestApiOf } from '../../server/src/facts/versions';
import type { Target } from '../../server/src/target';

/** Objects that a generated spec refers to; whoever sends it has to have them. */
export interface Swarm {
  readonly secrets: Readonly<Record<string, string>>;
  readonly configs: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
}

/** Whether the engine of a target stores the field at all. */
function isKept({ neverStored, deprecated, erasedBelow, since }: Field, { api, engine }: Target): boolean {
  const newest = engine === undefined ? undefined : newestApiOf(engine);
  return !neverStored && !deprecated && !(erasedBelow && isOlder(api, erasedBelow)) && !(newest && isOlder(newest, since));
}

/** Values that the facts alone call right for a field. Text comes from the examples of the field where it has any. */
export function valueOf(field: Field, target: Target): fc.Arbitrary<SpecValue> {
  const { type, words, range, storedBits, suggestions } = field;
  const examples = (field.examples ?? []) as readonly SpecValue[];
  if (words) return fc.constantFrom(...Object.keys(words.words).filter((word) => words.words[word].refused === undefined && !isTooNew(words.words[word].since, target)));
  switch (type.kind) {
    case 'struct':
      return structOf(type, target);
    case 'map': {
      const values = (type.value.examples ?? []) as readonly string[];
      const value = values.length > 0 ? fc.constantFrom(...values) : fc.string({ maxLength: 12, unit: 'grapheme' });
      return fc.dictionary(fc.stringMatching(/^[a-z]{2,8}(\.[a-z]{2,8})?$/), value, { maxKeys: 3 }) as fc.Arbitrary<SpecValue>;
    }
    case 'list':
      return examples.length > 0 ? fc.constantFrom(...examples) : fc.array(valueOf(type.item, target), { maxLength: 2 });
    case 'scalar': {
      const min = BigInt(range?.min ?? (type.name.startsWith('u') ? 0 : -(2n ** 63n)));
      const max = type.name === 'uint32' ? 2n ** 32n - 1n : BigInt(range?.max ?? (storedBits ? 2n ** 31n - 1n : type.name === 'uint64' ? 2n ** 64n - 1n : 2n ** 63n - 1n));
      switch (type.name) {
        case 'bool':
          return fc.boolean();
        case 'string':
        case 'ip-address':
          return examples.length > 0 ? fc.constantFrom(...examples) : suggestions ? fc.constantFrom(...suggestions) : fc.string({ maxLength: 6, minLength: 1 });
        case 'bytes':
          return fc.constantFrom(...examples, 'e30=');
        case 'float32':
          return fc.constantFrom(0, 0.25, 0.5, 1);
        default: {
          const whole = fc.bigInt({ min, max }).map((value) => (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value));
          return examples.length > 0 ? fc.oneof(fc.constantFrom(...examples), whole) : whole;
        }
      }
    }
  }
}

function isTooNew(since: Field['since'] | undefined, { engine }: Target): boolean {
  const newest = engine === undefined ? undefined : newestApiOf(engine);
  return since !== undefined && newest !== undefined && isOlder(newest, since);
}

export function structOf(type: Extract<Type, { kind: 'struct' }>, target: Target): fc.Arbitrary<SpecValue> {
  const members = Object.entries(type.fields).filter(([, field]) => isKept(field, target));
  const required = members.filter(([, field]) => field.required).map(([key]) => key);
  return fc.record(Object.fromEntries(members.map(([key, field]) => [key, valueOf(field, target)])), { requiredKeys: required }) as fc.Arbitrary<SpecValue>;
}

/** Whole specs that the engine takes and keeps: fields by the facts, and what lies between fields put right. */
export function specOf(target: Target, swarm: Swarm): fc.Arbitrary<SpecObject> {
  return fc.tuple(structOf(SERVICE.root, target), structOf(SERVICE.root, target)).map(([spec, other]) => consistent(spec as SpecObject, other as SpecObject, swarm));
}

type Loose = Record<string, any>;

/** Keeps of several members that exclude each other the first that is there. */
function onlyOne(object: Loose | undefined, ...keys: string[]): void {
  const given = keys.filter((key) => object && key in object);
  for (const key of given.slice(1)) delete object?.[key];
}

function consistent(given: SpecObject, { TaskTemplate: spare }: SpecObject, swarm: Swarm): SpecObject {
  const spec = structuredClone(given) as Loose;
  spec.Name = 'generated';
  const task: Loose = (spec.TaskTemplate ??= {});
  const container: Loose = (task.ContainerSpec ??= (spare as Loose | undefined)?.ContainerSpec ?? { Image: 'busy:1' });
  delete task.PluginSpec;
  delete task.NetworkAttachmentSpec;
  if (task.Runtime !== undefined) task.Runtime = 'container';
  const mode = spec.Mode as Loose | undefined;
  onlyOne(mode, 'Replicated', 'ReplicatedJob', 'Global', 'GlobalJob');
  for (const counts of Object.values(mode ?? {})) for (const key of Object.keys(counts)) counts[key] = Number(BigInt(counts[key]) % 9n);
  if (mode && ('ReplicatedJob' in mode || 'GlobalJob' in mode)) delete spec.UpdateConfig;
  references(container.Secrets, 'Secret', swarm.secrets);
  references(container.Configs, 'Config', swarm.configs);
  const credentials = container.Privileges?.CredentialSpec as Loose | undefined;
  if (credentials) container.Privileges.CredentialSpec = credentials.File !== undefined ? { File: credentials.File } : { Registry: 'credentials' };
  for (const resource of (task.Resources?.Reservations?.GenericResources ?? []) as Loose[]) {
    onlyOne(resource, 'DiscreteResourceSpec', 'NamedResourceSpec');
    if (Object.keys(resource).length === 0) resource.DiscreteResourceSpec = { Kind: 'GPU', Value: 1 };
  }
  for (const preference of (task.Placement?.Preferences ?? []) as Loose[]) preference.Spread ??= { SpreadDescriptor: 'node.labels.zone' };
  for (const [i, mount] of ((container.Mounts ?? []) as Loose[]).entries()) ownOptions(mount, i);
  for (const [i, network] of ((task.Networks ?? []) as Loose[]).entries()) network.Target = swarm.networks[i];
  for (const [i, port] of ((spec.EndpointSpec?.Ports ?? []) as Loose[]).entries()) {
    port.TargetPort = 80 + i;
    if (port.PublishedPort !== undefined) port.PublishedPort = 8080 + i;
    if (spec.EndpointSpec.Mode === 'dnsrr') port.PublishMode = 'host';
  }
  return spec as SpecObject;
}

/** References to secrets or configs that exist, each with a file of its own. */
function references(list: Loose[] | undefined, kind: 'Secret' | 'Config', ids: Readonly<Record<string, string>>): void {
  for (const [i, reference] of (list ?? []).entries()) {
    const [name, id] = Object.entries(ids)[i];
    reference[`${kind}Name`] = name;
    reference[`${kind}ID`] = id;
    delete reference.Runtime;
    reference.File = { ...(isObject(reference.File) ? reference.File : {}), Name: `${kind.toLowerCase()}-${i}` };
  }
}

/** A mount whose options and source are those of its type. */
function ownOptions(mount: Loose, index: number): void {
  mount.Type ??= 'tmpfs';
  mount.Target = `/data/${index}`;
  for (const [options, type] of [['BindOptions', 'bind'], ['VolumeOptions', 'volume'], ['TmpfsOptions', 'tmpfs'], ['ClusterOptions', 'cluster'], ['ImageOptions', 'image']]) {
    if (mount.Type !== type) delete mount[options];
  }
  if (mount.Type === 'bind' || mount.Type === 'npipe') mount.Source = '/srv/data';
  else if (mount.Type === 'tmpfs') delete mount.Source;
  else mount.Source = `data-${index}`;
}
