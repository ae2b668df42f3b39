import { type Node, resolveAlias } from '../document/node';
import type { Field } from '../facts/types';
import { count, formatCpus, formatDuration, formatSize, readAloud } from '../facts/units';
import { below, numberBelow, scalarBelow, textBelow } from './typedTree';

/** What a thing of the outline is, as far as it can be told; editors show an icon for each. */
export type OutlineKind =
  | 'object' | 'list' | 'text' | 'number' | 'boolean' | 'nothing'
  | 'service' | 'port' | 'mount' | 'secret' | 'config' | 'network' | 'variable' | 'constraint' | 'label' | 'check' | 'resources';

/** How something is called in the outline, where its key or index says less than it could. */
export interface OutlineName {
  readonly name?: string;
  readonly detail?: string;
  readonly kind?: OutlineKind;
}

type Tell = (node: Node) => OutlineName | undefined;

/** By the engine's name of the struct. Names are for list items; members are called by their key and have a detail. */
const STRUCTS: Readonly<Record<string, Tell>> = {
  PortConfig(node) {
    const target = textBelow(node, ['TargetPort']);
    if (target === undefined) return { kind: 'port' };
    const published = numberBelow(node, ['PublishedPort']);
    const detail = [textBelow(node, ['Name']), textBelow(node, ['PublishMode']) === 'host' ? 'host' : undefined].filter(Boolean).join(', ');
    return { name: `port ${published ? `${published}→` : ''}${target}/${textBelow(node, ['Protocol']) ?? 'tcp'}`, detail, kind: 'port' };
  },

  Mount(node) {
    const type = textBelow(node, ['Type'])?.toLowerCase() ?? 'bind';
    const source = textBelow(node, ['Source']);
    const target = textBelow(node, ['Target']);
    if (target === undefined) return { kind: 'mount' };
    const size = numberBelow(node, ['TmpfsOptions', 'SizeBytes']);
    const detail = [scalarBelow(node, ['ReadOnly']) === true ? 'read-only' : undefined, size ? formatSize(size) : undefined].filter(Boolean).join(', ');
    return { name: `mount ${[type, source].filter(Boolean).join(' ')} → ${target}`, detail, kind: 'mount' };
  },

  SecretReference: (node) => fileName(node, 'secret', ['SecretName', 'SecretID'], '/run/secrets/'),
  ConfigReference: (node) => fileName(node, 'config', ['ConfigName', 'ConfigID'], '/'),

  NetworkAttachmentConfig(node) {
    const target = textBelow(node, ['Target']);
    const aliases = below(node, ['Aliases']);
    const names = aliases?.kind === 'list' ? aliases.items.map((item) => textBelow(item, [])).filter(Boolean) : [];
    return target === undefined ? { kind: 'network' } : { name: `network ${target}`, detail: names.length > 0 ? `as ${names.join(', ')}` : '', kind: 'network' };
  },

  PlacementPreference(node) {
    const over = textBelow(node, ['Spread', 'SpreadDescriptor']);
    return over === undefined ? undefined : { name: `spread over ${over}`, kind: 'constraint' };
  },

  Platform(node) {
    const words = [textBelow(node, ['OS']), textBelow(node, ['Architecture'])].filter(Boolean);
    return words.length === 0 ? undefined : { name: `platform ${words.join('/')}`, kind: 'constraint' };
  },

  Ulimit(node) {
    const name = textBelow(node, ['Name']);
    if (name === undefined) return undefined;
    const soft = textBelow(node, ['Soft']);
    const hard = textBelow(node, ['Hard']);
    return { name: `ulimit ${name}`, detail: soft === hard ? soft : `${soft ?? '?'}:${hard ?? '?'}`, kind: 'resources' };
  },

  GenericResource(node) {
    const count = textBelow(node, ['DiscreteResourceSpec', 'Value']);
    if (count !== undefined) return { name: `${count} × ${textBelow(node, ['DiscreteResourceSpec', 'Kind']) ?? '?'}`, kind: 'resources' };
    const value = textBelow(node, ['NamedResourceSpec', 'Value']);
    return value === undefined ? undefined : { name: `${textBelow(node, ['NamedResourceSpec', 'Kind']) ?? '?'}=${value}`, kind: 'resources' };
  },

  Healthcheck(node) {
    const test = textBelow(node, ['Test', 0]);
    if (test === 'NONE') return { detail: 'off', kind: 'check' };
    const interval = numberBelow(node, ['Interval']);
    return { detail: interval ? `every ${formatDuration(interval)}` : '', kind: 'check' };
  },

  Limit: amounts,
  Resources: amounts,
  RestartPolicy(node) {
    const attempts = numberBelow(node, ['MaxAttempts']);
    return { detail: [textBelow(node, ['Condition']) ?? 'any', attempts ? `${attempts} ${Number(attempts) === 1 ? 'attempt' : 'attempts'}` : undefined].filter(Boolean).join(', ') };
  },
  UpdateConfig: rollout,
  RollbackConfig: rollout,

  ServiceMode(node) {
    const replicas = numberBelow(node, ['Replicated', 'Replicas']);
    if (below(node, ['Replicated'])) return { detail: replicas === undefined ? 'replicated' : `${replicas} ${Number(replicas) === 1 ? 'replica' : 'replicas'}` };
    if (below(node, ['Global'])) return { detail: 'global' };
    if (below(node, ['GlobalJob'])) return { detail: 'global job' };
    const total = numberBelow(node, ['ReplicatedJob', 'TotalCompletions']);
    return below(node, ['ReplicatedJob']) ? { detail: total === undefined ? 'job' : `job, ${total} ${Number(total) === 1 ? 'completion' : 'completions'}` } : undefined;
  },

  EndpointSpec: (node) => ({ detail: textBelow(node, ['Mode']) ?? '' }),
  Driver: (node) => ({ detail: textBelow(node, ['Name']) ?? '' }),
};

/** The items of lists of plain text, by the name of the list. */
const ITEMS: Readonly<Record<string, (text: string) => OutlineName>> = {
  // the value may be a secret
  Env: (text) => ({ name: `env ${text.split('=', 1)[0]}`, detail: '', kind: 'variable' }),
  Constraints: (text) => ({ name: `constraint ${text}`, detail: '', kind: 'constraint' }),
};

/** What to call an object that the facts know. */
export function nameOfObject(node: Node, { type }: Field): OutlineName | undefined {
  const inside = resolveAlias(node);
  return type.kind === 'struct' && inside?.kind === 'object' && Object.hasOwn(STRUCTS, type.name) ? STRUCTS[type.name](inside) : undefined;
}

/** What to call an item of a list of texts. */
export function nameOfText(text: string, list: string): OutlineName | undefined {
  return text !== '' && Object.hasOwn(ITEMS, list) ? ITEMS[list](text) : undefined;
}

/** A number in words, where its unit says more than the digits. */
export function aloud(value: unknown, field: Field | undefined): string | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number.isFinite(Number(value)) && Number.isInteger(Number(value)) ? readAloud(value, field?.unit) : undefined : undefined;
}

function fileName(node: Node, kind: 'secret' | 'config', names: readonly string[], folder: string): OutlineName {
  const name = names.map((key) => textBelow(node, [key])).find((one) => one !== undefined);
  const file = textBelow(node, ['File', 'Name']);
  if (name === undefined) return { kind };
  return { name: file === undefined ? `${kind} ${name}` : `${kind} ${name} → ${file.startsWith('/') ? file : folder + file}`, kind };
}

function amounts(node: Node): OutlineName {
  const cpus = numberBelow(node, ['NanoCPUs']);
  const memory = numberBelow(node, ['MemoryBytes']);
  const pids = numberBelow(node, ['Pids']);
  const detail = [cpus ? formatCpus(cpus) : undefined, memory ? formatSize(memory) : undefined, pids ? count(pids, 'process', 'processes') : undefined].filter(Boolean).join(', ');
  return { detail, kind: 'resources' };
}

function rollout(node: Node): OutlineName {
  const parallelism = numberBelow(node, ['Parallelism']) ?? 0;
  const delay = numberBelow(node, ['Delay']);
  return { detail: [Number(parallelism) === 0 ? 'all at once' : `${parallelism} at a time`, delay ? `${formatDuration(delay)} apart` : undefined, textBelow(node, ['Order'])].filter(Boolean).join(', ') };
}
