import { isObject, NumberText, type SpecObject, type SpecValue } from '../document/value';
import type { PlainValue } from '../finding';
import { parseCpus } from './units';

/** A word of compose files for something that a spec calls by another name. */
export interface ComposeWord {
  /** Path of the field, with dots; of a word inside of an object, from there on. */
  readonly to: string;
  /** Where else its parts belong: it is a block that a spec does not have. */
  readonly and?: readonly string[];
  /** The value as the spec wants it; undefined where it cannot be told. Left out where both are alike. */
  readonly convert?: (value: unknown) => PlainValue | undefined;
  /** It is that word only where its value can be converted, and else another one. */
  readonly sometimes?: true;
  /** What the whole object becomes, where its words make sense only together. */
  readonly whole?: (object: SpecObject) => PlainValue | undefined;
}

/** The word that a key is, also in the manner of `docker inspect`: `CapAdd`, `Volumes`. */
export function composeWordFor(key: string): ComposeWord | undefined {
  return COMPOSE_WORDS.get(key) ?? COMPOSE_WORDS.get(key.replaceAll(/([a-z])(?=[A-Z])/g, '$1_').toLowerCase());
}

const CONTAINER = 'TaskTemplate.ContainerSpec';

/** Compose's words that differ from the field's in more than letter case and underscores. */
export const COMPOSE_WORDS: ReadonlyMap<string, ComposeWord> = new Map<string, ComposeWord>([
  ['image', { to: `${CONTAINER}.Image` }],
  ['environment', { to: `${CONTAINER}.Env`, convert: toEnv }],
  ['command', { to: `${CONTAINER}.Args`, convert: toList }],
  ['entrypoint', { to: `${CONTAINER}.Command`, convert: toList }],
  ['working_dir', { to: `${CONTAINER}.Dir` }],
  ['workdir', { to: `${CONTAINER}.Dir` }],
  ['volumes', { to: `${CONTAINER}.Mounts`, convert: toMounts }],
  ['cap_add', { to: `${CONTAINER}.CapabilityAdd` }],
  ['cap_drop', { to: `${CONTAINER}.CapabilityDrop` }],
  ['extra_hosts', { to: `${CONTAINER}.Hosts`, convert: toHosts }],
  ['dns', { to: `${CONTAINER}.DNSConfig.Nameservers`, convert: toList }],
  ['dns_search', { to: `${CONTAINER}.DNSConfig.Search`, convert: toList }],
  ['dns_opt', { to: `${CONTAINER}.DNSConfig.Options`, convert: toList }],
  ['tmpfs', { to: `${CONTAINER}.Mounts`, sometimes: true, convert: toTmpfs }],
  ['security_opt', { to: `${CONTAINER}.Privileges`, convert: toPrivileges }],
  ['network_mode', { to: 'TaskTemplate.Networks', convert: (value) => (value === 'host' ? [{ Target: 'host' }] : undefined) }],
  ['restart', { to: 'TaskTemplate.RestartPolicy', sometimes: true, convert: toRestartPolicy }],
  ['platform', { to: 'TaskTemplate.Placement.Platforms', sometimes: true, convert: toPlatforms }],
  ['scale', { to: 'Mode.Replicated.Replicas' }],
  ['group_add', { to: `${CONTAINER}.Groups` }],
  ['stdin_open', { to: `${CONTAINER}.OpenStdin` }],
  ['stop_grace_period', { to: `${CONTAINER}.StopGracePeriod` }],
  ['ports', { to: 'EndpointSpec.Ports', convert: toPorts }],
  ['replicas', { to: 'Mode.Replicated.Replicas' }],
  ['restart_policy', { to: 'TaskTemplate.RestartPolicy' }],
  ['update_config', { to: 'UpdateConfig' }],
  ['rollback_config', { to: 'RollbackConfig' }],
  ['endpoint_mode', { to: 'EndpointSpec.Mode' }],
  ['logging', { to: 'TaskTemplate.LogDriver' }],
  ['cpus', { to: 'TaskTemplate.Resources.Limits.NanoCPUs', convert: toNanoCpus }],
  ['mem_reservation', { to: 'TaskTemplate.Resources.Reservations.MemoryBytes' }],
  ['deploy', { to: 'Mode', and: ['TaskTemplate.Resources', 'TaskTemplate.RestartPolicy', 'TaskTemplate.Placement', 'UpdateConfig', 'RollbackConfig', 'EndpointSpec.Mode'] }],
  ['mem_limit', { to: 'TaskTemplate.Resources.Limits.MemoryBytes' }],
  ['pids_limit', { to: 'TaskTemplate.Resources.Limits.Pids' }],
  ['container_name', { to: 'Name' }],
  ['driver', { to: 'TaskTemplate.LogDriver.Name' }],
]);

/** Compose's words inside of an object that a spec has too, by the engine's name for it; again where more than letter case and underscores differ. Those of mounts are also what `docker inspect` has. */
const MEMBER_WORDS: Readonly<Record<string, Readonly<Record<string, ComposeWord>>>> = {
  PortConfig: { target: { to: 'TargetPort' }, published: { to: 'PublishedPort' } },
  Mount: { bind: { to: 'BindOptions' }, volume: { to: 'VolumeOptions' }, tmpfs: { to: 'TmpfsOptions' }, mode: { to: 'ReadOnly', sometimes: true, convert: (value) => (value === 'ro' ? true : value === 'rw' ? false : undefined) }, rw: { to: 'ReadOnly', convert: (value) => (typeof value === 'boolean' ? !value : undefined) } },
  TmpfsOptions: { size: { to: 'SizeBytes' } },
  SecretReference: fileWords('Secret'),
  ConfigReference: fileWords('Config'),
  Placement: { max_replicas_per_node: { to: 'MaxReplicas' } },
  Limit: { memory: { to: 'MemoryBytes' }, cpus: { to: 'NanoCPUs', convert: toNanoCpus } },
  Resources: { memory: { to: 'MemoryBytes' }, cpus: { to: 'NanoCPUs', convert: toNanoCpus } },
  Healthcheck: { disable: { to: 'Test', convert: (value) => (value === true ? ['NONE'] : undefined) } },
};

/** The word that a key inside of an object is, letter case aside. */
export function memberWordFor(struct: string, key: string): ComposeWord | undefined {
  const words = Object.hasOwn(MEMBER_WORDS, struct) ? MEMBER_WORDS[struct] : {};
  const word = key.toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** The words of compose files for a field of a struct, by its name there. */
export function memberWordsFor(struct: string, field: string): readonly string[] {
  return Object.hasOwn(MEMBER_WORDS, struct) ? Object.entries(MEMBER_WORDS[struct]).flatMap(([word, { to }]) => (to === field ? [word] : [])) : [];
}

function fileWords(kind: 'Secret' | 'Config'): Readonly<Record<string, ComposeWord>> {
  const whole = (object: SpecObject) => toFileReference(object, kind);
  return { source: { to: `${kind}Name`, whole }, target: { to: 'File.Name', whole }, uid: { to: 'File.UID', whole }, gid: { to: 'File.GID', whole }, mode: { to: 'File.Mode', whole } };
}

/**
 * A secret or config as compose files and the docker command name it: the name alone, an object with `source`, or `source=NAME,target=FILE`. What is left out there is filled
 * in by the docker CLI, and not by the engine. Its ID is known to the swarm only.
 */
export function toFileReference(value: unknown, kind: 'Secret' | 'Config'): PlainValue | undefined {
  const given = typeof value === 'string' ? Object.fromEntries(pairsIn(value) ?? [['source', value]]) : isObject(value as SpecValue) ? (value as SpecObject) : {};
  const lower = Object.fromEntries(Object.entries(given).map(([key, member]) => [key.toLowerCase(), member]));
  // one of two in different letter case would be lost
  if (Object.keys(lower).length < Object.keys(given).length) return undefined;
  const { source, target = source, uid = '0', gid = '0', mode = 0o444, ...others } = lower;
  const [UID, GID] = [asText(uid), asText(gid)];
  const octal = /^0o?([0-7]+)$/.exec(asText(mode) ?? '');
  const Mode = octal ? Number.parseInt(octal[1], 8) : mode;
  if (typeof source !== 'string' || !/^[\w.-]+$/.test(source) || typeof target !== 'string' || UID === undefined || GID === undefined || typeof Mode !== 'number' || Object.keys(others).length > 0) return undefined;
  return { [`${kind}Name`]: source, File: { Name: target, UID, GID, Mode } };
}

/** A number of CPUs in billionths; so many that no node has them are no CPUs. */
function toNanoCpus(value: unknown): PlainValue | undefined {
  if (Number(asText(value)) > 1024) return undefined;
  return typeof value === 'string' || typeof value === 'number' ? parseCpus(String(value)) : undefined;
}

function toList(value: unknown): PlainValue | undefined {
  if (typeof value === 'string') return /\s/.test(value) ? undefined : [value];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : undefined;
}

export function toEnv(value: unknown): PlainValue | undefined {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? (value as string[]) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const pairs = Object.entries(value).map(([name, given]) => ({ name, given, text: asText(given) }));
  return pairs.every(({ given, text }) => given === null || text !== undefined) ? pairs.map(({ name, given, text }) => (given === null ? name : `${name}=${text}`)) : undefined;
}

/** A text, number or truth value as the text that it is written as; undefined for anything else. */
export function asText(value: unknown): string | undefined {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined;
}

export function toHosts(value: unknown): PlainValue | undefined {
  const pairs = Array.isArray(value) ? value.map((item) => /^([^:=\s]+)[:=](.+)$/.exec(String(item))?.slice(1)) : typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  if (!pairs || pairs.some((pair) => typeof pair?.[1] !== 'string' || !/^(?:[\d.]+|[\da-f:]*:[\da-f:.]*|host-gateway)$/i.test(pair[1]))) return undefined;
  return pairs.map((pair) => `${String(pair?.[1])} ${String(pair?.[0])}`);
}

/** The words of services, and those of containers: `on-failure:3`. */
export function toRestartPolicy(value: unknown): PlainValue | undefined {
  const match = typeof value === 'string' ? /^(any|none|no|always|unless-stopped|on-failure)(?::(\d{1,9}))?$/.exec(value) : undefined;
  if (!match || (match[2] !== undefined && match[1] !== 'on-failure')) return undefined;
  const Condition = match[1] === 'no' ? 'none' : match[1] === 'always' || match[1] === 'unless-stopped' ? 'any' : match[1];
  return match[2] === undefined ? { Condition } : { Condition, MaxAttempts: Number(match[2]) };
}

/** Folders in memory, without options. */
function toTmpfs(value: unknown): PlainValue | undefined {
  const targets = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(targets) || targets.length === 0 || !targets.every((target) => typeof target === 'string' && /^\/[^:\s]*$/.test(target))) return undefined;
  return targets.map((Target: string) => ({ Type: 'tmpfs', Target }));
}

function toPrivileges(value: unknown): PlainValue | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((option) => /^no-new-privileges(?:[:=]true)?$/.test(String(option))) ? { NoNewPrivileges: true } : undefined;
}

/** `linux/amd64`; a variant, as in `linux/arm/v7`, has no counterpart. */
function toPlatforms(value: unknown): PlainValue | undefined {
  const match = typeof value === 'string' ? /^(linux|windows)\/(\w+)$/.exec(value) : null;
  return match ? [{ OS: match[1], Architecture: match[2] }] : undefined;
}

/** The long form of the docker command, `type=bind,source=/srv,readonly`, as its keys and texts; a key alone means yes. Undefined for any other text, and for one pair, which a list in brackets makes of each. */
function pairsIn(text: string): ReadonlyMap<string, string> | undefined {
  if (!/^[a-z-]+=[^,="'\s]*(?:,[a-z-]+(?:=[^,="'\s]*)?)+$/.test(text)) return undefined;
  const pairs = text.split(',').map((pair) => /^([^=]*)=?(.*)$/.exec(pair)!).map(([pair, key, value]) => [LONG_KEYS[key] ?? key, pair.includes('=') ? value : 'true'] as const);
  const map = new Map(pairs);
  return map.size === pairs.length ? map : undefined;
}

/** What the docker command takes too, by what it calls the same. */
const LONG_KEYS: Readonly<Record<string, string | undefined>> = { src: 'source', dst: 'target', destination: 'target', ro: 'readonly' };

/** `published=8080,target=80,mode=host`. */
function longPort(text: string): PlainValue | undefined {
  const { target, published, protocol, mode, ...others } = Object.fromEntries(pairsIn(text) ?? []);
  if (![target, published ?? '1'].every((port) => /^[1-9]\d{0,4}$/.test(port ?? '')) || !/^(tcp|udp|sctp)?$/.test(protocol ?? '') || !/^(ingress|host)?$/.test(mode ?? '') || Object.keys(others).length > 0) return undefined;
  return { TargetPort: Number(target), ...(published ? { PublishedPort: Number(published) } : {}), ...(protocol ? { Protocol: protocol } : {}), ...(mode ? { PublishMode: mode } : {}) };
}

/** `type=bind,source=/srv,target=/srv,readonly`; without a type the docker command makes it a volume. */
function longMount(text: string): PlainValue | undefined {
  const { type = 'volume', source, target, readonly = 'false', ...others } = Object.fromEntries(pairsIn(text) ?? []);
  const needs = type === 'bind' ? source?.startsWith('/') : type === 'tmpfs' ? source === undefined : type === 'volume';
  if (!needs || !target?.startsWith('/') || !/^(true|false|1|0)$/.test(readonly) || Object.keys(others).length > 0) return undefined;
  return { Type: type, ...(source ? { Source: source } : {}), Target: target, ...(/^(true|1)$/.test(readonly) ? { ReadOnly: true } : {}) };
}

/** Short forms of ports: `80`, `8080:80`, `8080:80/udp`, and the long ones of the docker command. Ranges and host addresses have no counterpart in a spec; long forms have, word by word. */
export function toPorts(value: unknown): PlainValue | undefined {
  const items = Array.isArray(value) ? value : [value];
  const ports = items.map((item): PlainValue | undefined => {
    if (isObject(item)) return item as PlainValue;
    const match = /^(?:([1-9]\d{0,4}):)?([1-9]\d{0,4})(?:\/(tcp|udp|sctp))?$/.exec(String(item));
    if (!match) return longPort(String(item));
    return { TargetPort: Number(match[2]), ...(match[1] === undefined ? {} : { PublishedPort: Number(match[1]) }), ...(match[3] === undefined ? {} : { Protocol: match[3] }) };
  });
  return ports.every((port) => port !== undefined) ? (ports as PlainValue[]) : undefined;
}

/** Short forms of volumes: `data:/var/lib`, `/srv/app:/app:ro`, and the long ones of the docker command. A relative path means the compose file's folder, which a spec does not have. Long forms have a counterpart, word by word. */
export function toMounts(value: unknown): PlainValue | undefined {
  if (!Array.isArray(value)) return undefined;
  const mounts = value.map((item: SpecValue): PlainValue | undefined => {
    if (isObject(item)) return typeof item.source === 'string' && /^[.~]/.test(item.source) ? undefined : (item as PlainValue);
    const match = typeof item === 'string' ? /^(\/[^:]*|[A-Za-z0-9][\w.-]*):(\/[^:]*)(?::(ro|rw))?$/.exec(item) : null;
    if (!match) return typeof item === 'string' ? longMount(item) : undefined;
    return { Type: match[1].startsWith('/') ? 'bind' : 'volume', Source: match[1], Target: match[2], ...(match[3] === 'ro' ? { ReadOnly: true } : {}) };
  });
  return mounts.every((mount) => mount !== undefined) ? (mounts as PlainValue[]) : undefined;
}
