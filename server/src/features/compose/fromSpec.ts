import { isObject, type SpecObject, type SpecValue } from '../../document/value';
import { asFloat32, formatDuration } from '../../facts/units';
import { compact, filled, type Loss, nonEmpty, Source, toText } from './source';

export interface ConvertedSpec {
  /** A compose file with one service, and the networks, volumes, secrets and configs that it names. */
  readonly file: SpecObject;
  readonly losses: readonly Loss[];
}

const OTHERWISE = 'A compose file has no word for it.';
const LABEL = 'com.docker.stack.';

/** A spec in its normal form as a compose file, with what could not be carried over. */
export function specToCompose(spec: SpecObject): ConvertedSpec {
  const losses: Loss[] = [];
  const source = new Source(spec, '', losses);
  const tops: Tops = { networks: {}, volumes: {}, secrets: {}, configs: {} };
  const name = source.text('Name') ?? 'service';
  const task = source.object('TaskTemplate') ?? new Source({}, 'TaskTemplate', losses);
  const container = task.object('ContainerSpec') ?? new Source({}, 'TaskTemplate.ContainerSpec', losses);
  if (!task.has('ContainerSpec')) losses.push({ at: 'TaskTemplate.ContainerSpec', reason: 'There is no container, and a compose service is one.' });
  const service = compact({ ...fromContainer(container, tops), ...fromTask(task, tops), ports: nonEmpty(fromPorts(source)), deploy: filled(fromDeploy(source, task)) });
  if (source.has('Networks') && !task.has('Networks')) {
    service.networks = fromNetworks(source, tops);
    source.lose('Networks', 'A compose file has one list of networks, which becomes that of the tasks.');
  }
  container.rest({}, OTHERWISE);
  task.rest({ ForceUpdate: 'It only makes a difference when it changes.', PluginSpec: 'A compose service is a container.', Runtime: 'A compose service is a container.' }, OTHERWISE);
  source.rest({ Networks: '`TaskTemplate.Networks` goes before it.' }, OTHERWISE);
  return { file: compact({ services: { [name]: service }, ...Object.fromEntries(Object.entries(tops).map(([kind, entries]) => [kind, filled(entries)])) }), losses };
}

/** What goes to the top of the file; all of it exists in the swarm already. */
interface Tops {
  readonly networks: { [name: string]: SpecValue };
  readonly volumes: { [name: string]: SpecValue };
  readonly secrets: { [name: string]: SpecValue };
  readonly configs: { [name: string]: SpecValue };
}

function fromContainer(container: Source, tops: Tops): SpecObject {
  const privileges = container.object('Privileges');
  const credential = privileges?.object('CredentialSpec');
  const dns = container.object('DNSConfig');
  const result = compact({
    image: container.text('Image'),
    entrypoint: nonEmpty(container.texts('Command')?.map(escape)),
    command: nonEmpty(container.texts('Args')?.map(escape)),
    hostname: escaped(container.text('Hostname')),
    environment: fromEnv(container),
    labels: labels(container),
    working_dir: container.text('Dir'),
    user: container.text('User'),
    group_add: nonEmpty(container.texts('Groups')),
    init: container.flag('Init'),
    stop_signal: container.text('StopSignal'),
    stop_grace_period: duration(container, 'StopGracePeriod'),
    tty: container.flag('TTY'),
    stdin_open: container.flag('OpenStdin'),
    read_only: container.flag('ReadOnly'),
    isolation: container.text('Isolation'),
    sysctls: container.map('Sysctls'),
    cap_add: nonEmpty(container.texts('CapabilityAdd')),
    cap_drop: nonEmpty(container.texts('CapabilityDrop')),
    oom_score_adj: container.number('OomScoreAdj'),
    extra_hosts: nonEmpty(container.texts('Hosts')?.flatMap((line) => {
      const [address, ...hosts] = line.trim().split(/\s+/);
      return hosts.map((host) => `${host}:${address}`);
    })),
    dns: nonEmpty(dns?.texts('Nameservers')),
    dns_search: nonEmpty(dns?.texts('Search')),
    healthcheck: fromHealthcheck(container.object('Healthcheck')),
    ulimits: fromUlimits(container),
    volumes: nonEmpty(fromMounts(container, tops)),
    secrets: nonEmpty(fromFiles('Secrets', container, tops.secrets)),
    configs: nonEmpty(fromFiles('Configs', container, tops.configs)),
    security_opt: privileges?.flag('NoNewPrivileges') ? ['no-new-privileges:true'] : undefined,
    credential_spec: credential && filled({ config: credential.text('Config'), file: credential.text('File'), registry: credential.text('Registry') }),
  });
  if (result.security_opt) privileges?.lose('NoNewPrivileges', '`docker stack deploy` ignores `security_opt`; `docker compose` knows it.');
  if (result.group_add) container.lose('Groups', '`docker stack deploy` does not know `group_add`; `docker compose` does.');
  privileges?.rest({}, OTHERWISE);
  dns?.rest({ Options: '`docker stack deploy` does not know `dns_opt`.' }, OTHERWISE);
  return result;
}

function fromTask(task: Source, tops: Tops): SpecObject {
  const driver = task.object('LogDriver');
  return compact({ networks: task.has('Networks') ? fromNetworks(task, tops) : undefined, logging: driver && filled({ driver: driver.text('Name'), options: driver.map('Options') }) });
}

function fromDeploy(source: Source, task: Source): SpecObject {
  const mode = source.object('Mode');
  const replicated = mode?.object('Replicated');
  const job = mode?.object('ReplicatedJob');
  const completions = job?.number('TotalCompletions');
  const concurrent = job?.number('MaxConcurrent');
  if (job && completions !== concurrent) job.lose('MaxConcurrent', 'A compose file has one number for both: how many tasks run at once is the number of completions.');
  const kind = mode?.get('Global') ? 'global' : mode?.get('GlobalJob') ? 'global-job' : job ? 'replicated-job' : undefined;
  const endpoint = source.object('EndpointSpec');
  const placement = task.object('Placement');
  const restart = task.object('RestartPolicy');
  const resources = task.object('Resources');
  const result = compact({
    mode: kind,
    replicas: replicated?.number('Replicas') ?? completions,
    labels: labels(source),
    endpoint_mode: endpoint?.text('Mode'),
    update_config: fromUpdateConfig(source.object('UpdateConfig')),
    rollback_config: fromUpdateConfig(source.object('RollbackConfig')),
    restart_policy: restart && filled({ condition: restart.text('Condition'), delay: duration(restart, 'Delay'), max_attempts: restart.number('MaxAttempts'), window: duration(restart, 'Window') }),
    placement: placement && filled({
      constraints: nonEmpty(placement.texts('Constraints')),
      preferences: nonEmpty(placement.list('Preferences').flatMap(({ value }) => (isObject(value) && isObject(value.Spread) ? [{ spread: toText(value.Spread.SpreadDescriptor) ?? '' }] : []))),
      max_replicas_per_node: placement.number('MaxReplicas'),
    }),
    resources: resources && filled({ limits: fromAmounts(resources.object('Limits')), reservations: fromAmounts(resources.object('Reservations')) }),
  });
  endpoint?.get('Ports'); // told apart from the rest
  endpoint?.rest({}, OTHERWISE);
  placement?.rest({ Platforms: '`docker stack deploy` finds the platforms out by itself.' }, OTHERWISE);
  resources?.rest({}, OTHERWISE);
  return result;
}

function fromAmounts(amounts: Source | undefined): SpecObject | undefined {
  if (!amounts) return undefined;
  const generic = amounts.list('GenericResources').flatMap(({ value, at }) => {
    const discrete = isObject(value) && isObject(value.DiscreteResourceSpec) ? value.DiscreteResourceSpec : undefined;
    if (!discrete) amounts.losses.push({ at, reason: 'A compose file knows counted resources only.' });
    return discrete ? [{ discrete_resource_spec: compact({ kind: toText(discrete.Kind), value: discrete.Value }) }] : [];
  });
  const cpus = amounts.number('NanoCPUs');
  const result = filled({ cpus: cpus === undefined ? undefined : toCpus(cpus), memory: size(amounts, 'MemoryBytes'), pids: amounts.number('Pids'), generic_resources: nonEmpty(generic) });
  amounts.rest({}, OTHERWISE);
  return result;
}

function fromUpdateConfig(config: Source | undefined): SpecObject | undefined {
  if (!config) return undefined;
  const ratio = config.fraction('MaxFailureRatio');
  return compact({
    // left out it would mean one at a time, and here it means all
    parallelism: config.number('Parallelism') ?? 0,
    delay: duration(config, 'Delay'),
    failure_action: config.text('FailureAction'),
    monitor: duration(config, 'Monitor'),
    max_failure_ratio: ratio === undefined ? undefined : asFloat32(Number(ratio)),
    order: config.text('Order'),
  });
}

function fromHealthcheck(check: Source | undefined): SpecObject | undefined {
  if (!check) return undefined;
  const test = check.texts('Test');
  const result = filled({
    test: nonEmpty(test?.map(escape)), interval: duration(check, 'Interval'), timeout: duration(check, 'Timeout'),
    start_period: duration(check, 'StartPeriod'), start_interval: duration(check, 'StartInterval'), retries: check.number('Retries'),
  });
  check.rest({}, OTHERWISE);
  return test?.[0] === 'NONE' ? { disable: true } : result;
}

function fromEnv(container: Source): SpecObject | undefined {
  const pairs = container.texts('Env') ?? [];
  return filled(Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 0) container.lose('Env', `\`${pair}\` has no value, and takes that of the shell in a compose file.`);
    return at < 0 ? [pair, null] : [pair.slice(0, at), escape(pair.slice(at + 1))];
  })));
}

function fromUlimits(container: Source): SpecObject | undefined {
  return filled(Object.fromEntries(container.list('Ulimits').flatMap(({ value }) => {
    if (!isObject(value)) return [];
    const [soft, hard] = [value.Soft ?? 0, value.Hard ?? 0];
    return [[toText(value.Name) ?? '', soft === hard ? soft : { soft, hard }]];
  })));
}

function fromMounts(container: Source, { volumes }: Tops): SpecObject[] {
  return container.list('Mounts').flatMap(({ value, at }) => {
    if (!isObject(value)) return [];
    const mount = new Source(value, at, container.losses);
    const type = mount.text('Type') ?? 'bind';
    const source = mount.text('Source');
    const bind = mount.object('BindOptions');
    const options = mount.object('VolumeOptions');
    const tmpfs = mount.object('TmpfsOptions');
    const result = compact({
      type, source, target: mount.text('Target'), read_only: mount.flag('ReadOnly'),
      bind: filled({ propagation: bind?.text('Propagation') }),
      volume: filled({ nocopy: options?.flag('NoCopy'), subpath: options?.text('Subpath') }),
      tmpfs: filled({ size: tmpfs?.number('SizeBytes') }),
    });
    if (type === 'volume' && source !== undefined) {
      const driver = options?.object('DriverConfig');
      // the name keeps the volume what it is: a stack would put its own in front
      const made = compact({ name: source, driver: driver?.text('Name'), driver_opts: driver?.map('Options'), labels: options && labels(options) });
      volumes[source] = made;
      options?.get('Labels');
    }
    bind?.rest({}, OTHERWISE);
    options?.rest({}, OTHERWISE);
    tmpfs?.rest({ Mode: '`docker stack deploy` does not know the mode of a tmpfs.' }, OTHERWISE);
    mount.rest({}, OTHERWISE);
    return [result];
  });
}

function fromFiles(kind: 'Secrets' | 'Configs', container: Source, top: { [name: string]: SpecValue }): SpecObject[] {
  const [idKey, nameKey] = kind === 'Secrets' ? ['SecretID', 'SecretName'] : ['ConfigID', 'ConfigName'];
  return container.list(kind).flatMap(({ value, at }) => {
    if (!isObject(value)) return [];
    const one = new Source(value, at, container.losses);
    const name = one.text(nameKey) ?? one.text(idKey) ?? '';
    one.get(idKey); // found by its name
    const file = one.object('File');
    top[name] = { external: true };
    const mode = file?.number('Mode') ?? 0;
    const result = compact({ source: name, target: file?.text('Name'), uid: file?.text('UID'), gid: file?.text('GID'), mode });
    if (!file) one.losses.push({ at, reason: 'It has no `File`, and a compose file always makes one.' });
    one.rest({ Runtime: 'A config that the engine reads itself has no place in a compose file, apart from `credential_spec`.' }, OTHERWISE);
    return [result];
  });
}

function fromNetworks(holder: Source, { networks }: Tops): SpecObject {
  return Object.fromEntries(holder.list('Networks').flatMap(({ value, at }) => {
    if (!isObject(value)) return [];
    const network = new Source(value, at, holder.losses);
    const target = network.text('Target') ?? '';
    if (/^[a-z0-9]{25}$/.test(target)) network.lose('Target', 'It is the ID of a network, and a compose file names networks. Put its name in.');
    networks[target] = { external: true };
    const options = filled({ aliases: nonEmpty(network.texts('Aliases')), driver_opts: network.map('DriverOpts') });
    network.rest({}, OTHERWISE);
    return [[target, options ?? {}]];
  }));
}

function fromPorts(source: Source): SpecObject[] {
  const endpoint = source.object('EndpointSpec');
  return (endpoint?.list('Ports') ?? []).flatMap(({ value, at }) => {
    if (!isObject(value)) return [];
    const port = new Source(value, at, source.losses);
    const result = compact({ target: port.number('TargetPort'), published: port.number('PublishedPort'), protocol: port.text('Protocol') ?? 'tcp', mode: port.text('PublishMode') ?? 'ingress' });
    port.rest({ Name: '`docker stack deploy` does not know the name of a port.' }, OTHERWISE);
    return [result];
  });
}

/** Labels without those that a stack puts on by itself. */
function labels(holder: Source): SpecObject | undefined {
  const all = holder.map('Labels');
  if (Object.keys(all ?? {}).some((name) => name.startsWith(LABEL))) holder.lose('Labels', 'Those of a stack are left out: `docker stack deploy` puts its own.');
  return all && filled(Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith(LABEL)).map(([name, value]) => [name, escape(String(value))])));
}

/** A dollar sign begins a variable in a compose file, and two are one. */
function escape(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function escaped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escape(text);
}

/** Nanoseconds as a compose file writes them, exactly: `1m30s`. */
function duration(source: Source, key: string): string | undefined {
  const ns = source.number(key);
  return ns === undefined ? undefined : formatDuration(ns).replaceAll(' ', '').replace('µs', 'us');
}

/** Bytes in the largest unit that divides them. */
function size(source: Source, key: string): string | undefined {
  const bytes = source.number(key);
  if (bytes === undefined) return undefined;
  let value = BigInt(bytes);
  for (const unit of ['', 'K', 'M']) {
    if (value === 0n || value % 1024n !== 0n) return `${value}${unit || 'B'}`;
    value /= 1024n;
  }
  return `${value}G`;
}

/** Billionths of a CPU as a decimal number, every digit kept. */
function toCpus(nano: number | bigint): string {
  const digits = String(nano).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}
