import { isObject, NumberText, type SpecObject, type SpecValue } from '../../document/value';
import { parseCpus, parseDuration, parseSize } from '../../facts/units';
import { splitWords } from '../../grammar/shellWords';
import { toPorts } from './ports';
import { NOT_CARRIED, OTHERWISE } from './reasons';
import { compact, filled, type Loss, nonEmpty, Source, toText } from './source';
import { type Around, toMounts } from './volumes';
import { withDefaults } from './words';

export interface ToSpecOptions {
  /** Only this service. */
  readonly service?: string;
  /** Names everything as `docker stack deploy` does for a stack of this name, labels included. */
  readonly stack?: string;
  /** Folder of the compose file, an absolute path, where it is known. */
  readonly folder?: string;
  /** IDs of secrets and configs by name, where somebody knows the swarm. */
  idOf?(kind: 'secret' | 'config', name: string): string | undefined;
}

export interface ConvertedService {
  readonly name: string;
  readonly spec: SpecObject;
  readonly losses: readonly Loss[];
}

/** The services of a compose file as specs, with what could not be carried over. The truth to agree with is `docker stack deploy`. */
export function composeToSpecs(file: SpecObject, options: ToSpecOptions = {}): ConvertedService[] {
  const services = isObject(file.services) ? file.services : {};
  return Object.keys(services)
    .filter((name) => options.service === undefined || name === options.service)
    .map((name) => {
      const losses: Loss[] = [];
      const at = `services.${name}`;
      const given = interpolate(services[name] ?? {}, at, losses);
      const source = new Source(isObject(given) ? given : {}, at, losses);
      const spec = toSpec(name, source, aroundOf(file, options), options);
      return { name: String(spec.Name), spec, losses };
    });
}

/** The value with the defaults of its variables in place. */
function interpolate(value: SpecValue, at: string, losses: Loss[]): SpecValue {
  if (typeof value === 'string') {
    if (!value.includes('$')) return value;
    const { text, left, replaced } = withDefaults(value);
    if (left.length > 0) losses.push({ at, reason: `The variable \`${left.join('`, `')}\` is not replaced; the engine would take it as text.` });
    if (replaced.length > 0) losses.push({ at, reason: `The variable \`${replaced.join('`, `')}\` is replaced by its default.` });
    return text;
  }
  if (Array.isArray(value)) return value.map((item, i) => interpolate(item, `${at}[${i}]`, losses));
  if (isObject(value)) return Object.fromEntries(Object.keys(value).map((key) => [key, interpolate(value[key], `${at}.${key}`, losses)]));
  return value;
}

function aroundOf(file: SpecObject, { stack, folder }: ToSpecOptions): Around {
  const entry = (kind: string, key: string): SpecObject | undefined => {
    const group = file[kind];
    const found = isObject(group) && Object.hasOwn(group, key) ? group[key] : undefined;
    return isObject(found) ? found : undefined;
  };
  return {
    folder,
    stackLabels: stack === undefined ? {} : { 'com.docker.stack.namespace': stack },
    entry,
    nameOf(kind, key) {
      const found = entry(kind, key);
      const external = found?.external;
      const name = toText(found?.name) ?? (isObject(external) ? toText(external.name) : undefined);
      if (name !== undefined) return name;
      return stack === undefined || (external !== undefined && external !== false) ? key : `${stack}_${key}`;
    },
  };
}

function toSpec(name: string, source: Source, around: Around, options: ToSpecOptions): SpecObject {
  const deploy = source.object('deploy') ?? new Source({}, `${source.at}.deploy`, source.losses);
  const { stack } = options;
  const image = source.text('image');
  if (image === undefined) source.lose('image', 'A service needs an image, and this one names none.');
  const networks = toNetworks(name, source, around, stack);
  const spec = compact({
    Name: stack === undefined ? name : `${stack}_${name}`,
    Labels: filled({ ...deploy.map('labels'), ...around.stackLabels, ...(stack === undefined ? {} : { 'com.docker.stack.image': image ?? '' }) }),
    TaskTemplate: compact({
      ContainerSpec: toContainer(source, image, around, options),
      Resources: toResources(source, deploy),
      RestartPolicy: toRestartPolicy(source, deploy),
      Placement: toPlacement(deploy),
      Networks: nonEmpty(networks),
      LogDriver: toLogDriver(source),
    }),
    Mode: toMode(source, deploy),
    UpdateConfig: toUpdateConfig(deploy.object('update_config')),
    RollbackConfig: toUpdateConfig(deploy.object('rollback_config')),
    EndpointSpec: filled({ Mode: deploy.text('endpoint_mode'), Ports: nonEmpty(toPorts(source)) }),
  });
  deploy.rest({}, OTHERWISE);
  source.rest(NOT_CARRIED, OTHERWISE);
  return spec;
}

function toContainer(source: Source, image: string | undefined, around: Around, options: ToSpecOptions): SpecObject {
  const security = (source.texts('security_opt') ?? []).filter((option) => {
    if (/^no-new-privileges(?:[:=]true)?$/.test(option)) return true;
    source.lose('security_opt', `A service has no option \`${option}\` in this form; see \`Privileges\` in the spec.`);
    return false;
  });
  const [add, drop] = capabilities(source.texts('cap_add') ?? [], source.texts('cap_drop') ?? []);
  return compact({
    Image: image,
    Labels: filled({ ...source.map('labels'), ...around.stackLabels }),
    Command: words(source, 'entrypoint'),
    Args: words(source, 'command'),
    Hostname: source.text('hostname'),
    Env: nonEmpty(toEnv(source)),
    Dir: source.text('working_dir'),
    User: source.text('user'),
    Groups: nonEmpty(source.texts('group_add')),
    Privileges: filled({ CredentialSpec: toCredentialSpec(source, around, options), NoNewPrivileges: security.length > 0 || undefined }),
    Init: source.flag('init'),
    StopSignal: source.text('stop_signal'),
    TTY: source.flag('tty') || undefined,
    OpenStdin: source.flag('stdin_open') || undefined,
    ReadOnly: source.flag('read_only') || undefined,
    Mounts: nonEmpty(toMounts(source, around)),
    StopGracePeriod: source.read('stop_grace_period', parseDuration, 'duration'),
    Healthcheck: toHealthcheck(source.object('healthcheck')),
    Hosts: nonEmpty(toHosts(source)),
    DNSConfig: filled({ Nameservers: nonEmpty(source.texts('dns')), Search: nonEmpty(source.texts('dns_search')), Options: nonEmpty(source.texts('dns_opt')) }),
    Secrets: nonEmpty(toFiles('secret', source, around, options)),
    Configs: nonEmpty(toFiles('config', source, around, options)),
    Isolation: source.text('isolation'),
    Sysctls: source.map('sysctls'),
    CapabilityAdd: nonEmpty(add),
    CapabilityDrop: nonEmpty(drop),
    Ulimits: nonEmpty(toUlimits(source)),
    OomScoreAdj: source.number('oom_score_adj'),
  });
}

/** `entrypoint` and `command`: one text is cut as a shell would. */
function words(source: Source, key: string): string[] | undefined {
  const value = source.get(key);
  if (typeof value !== 'string') return nonEmpty(source.texts(key));
  const cut = splitWords(value);
  if (!cut) source.lose(key, 'It has a quote that is never closed, and is left out.');
  return nonEmpty(cut);
}

function toEnv(source: Source): string[] {
  const value = source.get('environment');
  const pairs = Array.isArray(value)
    ? value.map((item) => toText(item) ?? '')
    : isObject(value)
      ? Object.keys(value).map((name) => (value[name] === null ? name : `${name}=${toText(value[name]) ?? ''}`))
      : [];
  // a name given twice in a list counts once, with its last value
  const byName = new Map(pairs.filter(Boolean).map((pair) => [pair.split('=', 1)[0], pair]));
  return [...byName.values()].sort();
}

function toHosts(source: Source): string[] {
  const value = source.get('extra_hosts');
  const pairs = isObject(value) ? Object.keys(value).flatMap((host) => (Array.isArray(value[host]) ? (value[host] as SpecValue[]) : [value[host]]).map((address) => `${host}:${toText(address) ?? ''}`)) : (source.texts('extra_hosts') ?? []);
  return pairs.flatMap((pair) => {
    const match = /^([^:=]+)[:=](.+)$/.exec(pair);
    if (!match) {
      source.lose('extra_hosts', `\`${pair}\` is not \`NAME:ADDRESS\`, and is left out.`);
      return [];
    }
    if (match[2] === 'host-gateway') source.lose('extra_hosts', 'A swarm does not know `host-gateway`; the node rejects the task.');
    return [`${match[2].replace(/^\[(.*)\]$/, '$1')} ${match[1]}`];
  });
}

function toHealthcheck(check: Source | undefined): SpecObject | undefined {
  if (!check) return undefined;
  if (check.flag('disable')) return { Test: ['NONE'] };
  const test = check.get('test');
  const result = filled({
    Test: typeof test === 'string' ? ['CMD-SHELL', test] : nonEmpty(check.texts('test')),
    Interval: check.read('interval', parseDuration, 'duration'),
    Timeout: check.read('timeout', parseDuration, 'duration'),
    StartPeriod: check.read('start_period', parseDuration, 'duration'),
    StartInterval: check.read('start_interval', parseDuration, 'duration'),
    Retries: check.number('retries'),
  });
  check.rest({}, OTHERWISE);
  return result;
}

/** Secrets and configs. A swarm wants the ID and the name; offline nobody knows the ID. */
function toFiles(kind: 'secret' | 'config', source: Source, around: Around, { idOf }: ToSpecOptions): SpecObject[] {
  const group = `${kind}s` as const;
  const [idKey, nameKey] = kind === 'secret' ? ['SecretID', 'SecretName'] : ['ConfigID', 'ConfigName'];
  const files = source.list(group).map(({ value, at }) => {
    const one = new Source(isObject(value) ? value : { source: value }, at, source.losses);
    const key = one.text('source') ?? '';
    const name = around.nameOf(group, key);
    const id = idOf?.(kind, name);
    if (id === undefined) source.losses.push({ at, reason: `A spec names a ${kind} by its ID too, which only the swarm knows: put that of \`${name}\` in \`${idKey}\` (\`docker ${kind} inspect -f '{{.ID}}' ${name}\`).` });
    const file = { Name: one.text('target') ?? key, UID: one.text('uid') ?? '0', GID: one.text('gid') ?? '0', Mode: fileMode(one) };
    one.rest({}, OTHERWISE);
    return { File: file, [idKey]: id ?? `ID-of-${name}`, [nameKey]: name } as SpecObject;
  });
  return files.sort((a, b) => (String(a[nameKey]) < String(b[nameKey]) ? -1 : String(a[nameKey]) > String(b[nameKey]) ? 1 : 0));
}

/** A mode as the docker CLI reads it: with a zero in front it is octal, as in YAML 1.1, and else decimal. */
function fileMode(one: Source): number | bigint {
  const value = one.get('mode');
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value : undefined;
  if (text !== undefined && /^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return one.number('mode') ?? 0o444;
}

function toCredentialSpec(source: Source, around: Around, { idOf }: ToSpecOptions): SpecObject | undefined {
  const spec = source.object('credential_spec');
  if (!spec) return undefined;
  const config = spec.text('config');
  const name = config === undefined ? undefined : around.nameOf('configs', config);
  if (name !== undefined && idOf?.('config', name) === undefined) spec.lose('config', `Put the ID of the config \`${name}\` in \`CredentialSpec.Config\`, and in \`Configs\` with \`Runtime: {}\`.`);
  return filled({ Config: name === undefined ? undefined : (idOf?.('config', name) ?? `ID-of-${name}`), File: spec.text('file'), Registry: spec.text('registry') });
}

/** As the docker CLI sends them: in capitals, with `CAP_`, each once, sorted; `ALL` stands for every other. */
function capabilities(add: readonly string[], drop: readonly string[]): [string[], string[]] {
  const normal = (names: readonly string[]) => {
    const all = new Set(names.map((name) => name.trim().toUpperCase()).map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`)));
    return all.has('ALL') ? ['ALL'] : [...all].sort();
  };
  const added = normal(add);
  return [added, normal(drop).filter((name) => !added.includes(name) || name === 'ALL')];
}

function toUlimits(source: Source): SpecObject[] {
  const limits = source.object('ulimits');
  if (!limits) return [];
  return Object.keys(limits.value).sort().map((name) => {
    const both = isObject(limits.value[name]) ? limits.object(name) : undefined;
    const one = both ? undefined : limits.number(name);
    return compact({ Name: name, Hard: both ? both.number('hard') : one, Soft: both ? both.number('soft') : one });
  });
}

function toResources(source: Source, deploy: Source): SpecObject | undefined {
  const resources = deploy.object('resources');
  const limits = resources?.object('limits');
  const reservations = resources?.object('reservations');
  const cpus = source.read('cpus', parseCpus, 'number of CPUs');
  const memory = source.read('mem_limit', parseSize, 'size');
  const pids = source.number('pids_limit');
  const reserved = source.read('mem_reservation', parseSize, 'size');
  const result = filled({
    Limits: filled({ NanoCPUs: limits?.read('cpus', parseCpus, 'number of CPUs') ?? cpus, MemoryBytes: limits?.read('memory', parseSize, 'size') ?? memory, Pids: limits?.number('pids') ?? pids }),
    Reservations: filled({
      NanoCPUs: reservations?.read('cpus', parseCpus, 'number of CPUs'),
      MemoryBytes: reservations?.read('memory', parseSize, 'size') ?? reserved,
      GenericResources: nonEmpty(reservations?.list('generic_resources').flatMap(({ value, at }) => {
        const discrete = isObject(value) ? new Source(value, at, source.losses).object('discrete_resource_spec') : undefined;
        return discrete ? [{ DiscreteResourceSpec: compact({ Kind: discrete.text('kind'), Value: discrete.number('value') }) }] : [];
      })),
    }),
  });
  limits?.rest({}, OTHERWISE);
  reservations?.rest({ devices: 'A swarm knows GPUs and the like as generic resources.' }, OTHERWISE);
  resources?.rest({}, OTHERWISE);
  return result;
}

function toRestartPolicy(source: Source, deploy: Source): SpecObject | undefined {
  const policy = deploy.object('restart_policy');
  const restart = source.text('restart');
  if (!policy) {
    if (restart === undefined || restart === 'no') return undefined;
    if (restart === 'always' || restart === 'unless-stopped') return { Condition: 'any' };
    const match = /^on-failure(?::(\d+))?$/.exec(restart);
    if (match) return { Condition: 'on-failure', MaxAttempts: Number(match[1] ?? 0) };
    source.lose('restart', `\`${restart}\` is no restart policy, and is left out.`);
    return undefined;
  }
  if (restart !== undefined) source.lose('restart', '`deploy.restart_policy` goes before it.');
  const result = compact({
    Condition: policy.text('condition'),
    Delay: policy.read('delay', parseDuration, 'duration'),
    MaxAttempts: policy.number('max_attempts'),
    Window: policy.read('window', parseDuration, 'duration'),
  });
  policy.rest({}, OTHERWISE);
  return result;
}

function toPlacement(deploy: Source): SpecObject | undefined {
  const placement = deploy.object('placement');
  if (!placement) return undefined;
  const preferences = placement.list('preferences').flatMap(({ value }) => (isObject(value) && value.spread !== undefined ? [{ Spread: { SpreadDescriptor: toText(value.spread) ?? '' } }] : []));
  const result = filled({ Constraints: nonEmpty(placement.texts('constraints')), Preferences: nonEmpty(preferences), MaxReplicas: placement.number('max_replicas_per_node') });
  placement.rest({}, OTHERWISE);
  return result;
}

function toNetworks(service: string, source: Source, around: Around, stack: string | undefined): SpecObject[] {
  const given = source.get('networks');
  const names = isObject(given) ? Object.keys(given) : (source.texts('networks') ?? []);
  if (names.length === 0) {
    // a stack has a network of its own for services that name none
    if (stack !== undefined) return [{ Target: `${stack}_default`, Aliases: [service] }];
    source.losses.push({ at: `${source.at}.networks`, reason: 'It names no network, and compose would make one for the whole file. Services that talk to each other need a network of their own: make an overlay network and name it in `Networks`.' });
    return [];
  }
  const networks = names.map((name) => {
    const options = isObject(given) && isObject(given[name]) ? new Source(given[name], `${source.at}.networks.${name}`, source.losses) : undefined;
    const target = around.nameOf('networks', name);
    const predefined = ['host', 'bridge', 'none', 'default'].includes(target);
    const aliases = [...(options?.texts('aliases') ?? []), ...(stack === undefined || predefined ? [] : [service])];
    const network = compact({ Target: target, Aliases: nonEmpty(aliases), DriverOpts: options?.map('driver_opts') });
    options?.rest({ ipv4_address: 'A service has many tasks, and no address of its own.', ipv6_address: 'A service has many tasks, and no address of its own.' }, 'A network of a service has no such field.');
    return network;
  });
  return networks.sort((a, b) => (String(a.Target) < String(b.Target) ? -1 : 1));
}

function toLogDriver(source: Source): SpecObject | undefined {
  const logging = source.object('logging');
  if (!logging) return undefined;
  const result = compact({ Name: logging.text('driver'), Options: logging.map('options') });
  logging.rest({}, OTHERWISE);
  return result;
}

function toMode(source: Source, deploy: Source): SpecObject {
  const mode = deploy.text('mode') ?? 'replicated';
  const given = deploy.number('replicas');
  const replicas = given ?? (source.has('scale') ? source.number('scale') : undefined);
  switch (mode) {
    case 'global':
      if (replicas !== undefined) deploy.lose('replicas', 'A global service has one task on each node.');
      return { Global: {} };
    case 'global-job':
      return { GlobalJob: {} };
    case 'replicated-job':
      return { ReplicatedJob: compact({ MaxConcurrent: replicas, TotalCompletions: replicas }) };
    default:
      if (mode !== 'replicated') deploy.lose('mode', `\`${mode}\` is no mode; it is taken for \`replicated\`.`);
      return { Replicated: { Replicas: replicas ?? 1 } };
  }
}

function toUpdateConfig(config: Source | undefined): SpecObject | undefined {
  if (!config) return undefined;
  const result = compact({
    // an update without a number replaces all tasks at once, and the docker CLI means one
    Parallelism: config.number('parallelism') ?? 1,
    Delay: config.read('delay', parseDuration, 'duration'),
    FailureAction: config.text('failure_action'),
    Monitor: config.read('monitor', parseDuration, 'duration'),
    MaxFailureRatio: config.fraction('max_failure_ratio'),
    Order: config.text('order'),
  });
  config.rest({}, OTHERWISE);
  return result;
}

