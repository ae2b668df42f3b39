import { isPresent } from '../../schema/jsonSchema';
import type { ApiVersion, Field, StructType, Type } from '../../facts/types';
import { isOlder } from '../../facts/versions';
import { type Draft, Entry, type Members, type PlainScalar, Stop, stop } from './draft';

/**
 * The fields that a new object begins with, by the name of its struct: enough for it to mean something and to be taken by
 * the engine, and what people forget.
 */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  ServiceSpec: ['Name', 'TaskTemplate'],
  TaskSpec: ['ContainerSpec'],
  ContainerSpec: ['Image'],
  ServiceMode: ['Replicated'],
  Replicated: ['Replicas'],
  ReplicatedJob: ['MaxConcurrent', 'TotalCompletions'],
  UpdateConfig: ['Parallelism', 'Delay', 'FailureAction', 'Order'],
  RollbackConfig: ['Parallelism', 'Delay', 'Order'],
  EndpointSpec: ['Ports'],
  PortConfig: ['TargetPort', 'PublishedPort'],
  Healthcheck: ['Test', 'Interval', 'Timeout', 'Retries'],
  Mount: ['Type', 'Source', 'Target'],
  BindOptions: ['Propagation'],
  VolumeOptions: ['NoCopy'],
  DriverConfig: ['Name'],
  TmpfsOptions: ['SizeBytes'],
  SecretReference: ['SecretID', 'SecretName', 'File'],
  SecretReferenceFileTarget: ['Name', 'UID', 'GID', 'Mode'],
  ConfigReference: ['ConfigID', 'ConfigName', 'File'],
  ConfigReferenceFileTarget: ['Name', 'UID', 'GID', 'Mode'],
  Privileges: ['NoNewPrivileges', 'SELinuxContext'],
  CredentialSpec: ['File'],
  SELinuxContext: ['Type'],
  SeccompOpts: ['Mode'],
  AppArmorOpts: ['Mode'],
  DNSConfig: ['Nameservers'],
  Ulimit: ['Name', 'Soft', 'Hard'],
  ResourceRequirements: ['Limits'],
  Limit: ['NanoCPUs', 'MemoryBytes'],
  Resources: ['NanoCPUs', 'MemoryBytes'],
  GenericResource: ['DiscreteResourceSpec'],
  DiscreteGenericResource: ['Kind', 'Value'],
  NamedGenericResource: ['Kind', 'Value'],
  RestartPolicy: ['Condition', 'Delay', 'MaxAttempts', 'Window'],
  Placement: ['Constraints'],
  PlacementPreference: ['Spread'],
  SpreadOver: ['SpreadDescriptor'],
  Platform: ['Architecture', 'OS'],
  NetworkAttachmentConfig: ['Target'],
  Driver: ['Name', 'Options'],
  PluginSpec: ['name', 'remote'],
  RuntimePrivilege: ['name', 'value'],
};

/** Values to begin with where the first example or word of the field is not the best. */
const VALUES: Readonly<Record<string, Draft>> = {
  'Mount.Type': stop('volume', 'bind', 'tmpfs', 'npipe', 'cluster'),
  'Mount.Source': stop('data'),
  'RestartPolicy.Condition': stop('on-failure', 'any', 'none'),
  'UpdateConfig.FailureAction': stop('rollback', 'pause', 'continue'),
  'UpdateConfig.Order': stop('start-first', 'stop-first'),
  'PortConfig.PublishedPort': stop(8080),
  'Healthcheck.Test': ['CMD-SHELL', stop('curl -f http://localhost/ || exit 1')],
  'SeccompOpts.Mode': stop('default', 'unconfined'),
  'Driver.Name': stop('json-file'),
  'Driver.Options': { 'max-size': stop('10m'), 'max-file': stop('3') },
  'DriverConfig.Options': { type: stop('nfs'), o: stop('addr=10.0.0.10,rw'), device: stop(':/export') },
  'ContainerSpec.Sysctls': new Entry('net.core.somaxconn', stop('1024')),
  'ContainerSpec.Labels': new Entry('com.example.team', stop('shop')),
  'ServiceSpec.Labels': new Entry('com.example.team', stop('shop')),
  'VolumeOptions.Labels': new Entry('com.example.team', stop('shop')),
  'NetworkAttachmentConfig.DriverOpts': new Entry('com.docker.network.endpoint.ifname', stop('eth1')),
  'ContainerSpec.CapabilityDrop': [stop('ALL')],
  'SpreadOver.SpreadDescriptor': stop('node.labels.zone'),
  'Placement.Constraints': [stop('node.role==worker')],
  'Platform.OS': stop('linux', 'windows'),
  'Ulimit.Name': stop('nofile'),
  'SecretReference.SecretID': stop('SECRET_ID'),
  'ConfigReference.ConfigID': stop('CONFIG_ID'),
  'CredentialSpec.Config': stop('CONFIG_ID'),
  'CredentialSpec.Registry': stop('my-credential-spec'),
  'TaskSpec.Runtime': stop('container'),
  'PluginSpec.env': [stop('DEBUG=1')],
};

/** What a new value of a field begins with. */
export function startOf(struct: StructType | undefined, name: string, field: Field, api: ApiVersion): Draft {
  const given = struct && VALUES[`${struct.name}.${name}`];
  return given ?? startOfType(field, api);
}

function startOfType(field: Field, api: ApiVersion): Draft {
  const { type, examples = [] } = field;
  switch (type.kind) {
    case 'struct':
      return startOfStruct(type, api);
    case 'list': {
      const list = examples.find(Array.isArray) as readonly string[] | undefined;
      return list ? list.map((word) => stop(word)) : [startOfType(type.item, api)];
    }
    case 'map':
      return new Entry('KEY', startOfType(type.value, api));
    case 'scalar':
      return startOfScalar(field, type, api);
  }
}

function startOfScalar({ examples = [], suggestions = [], words }: Field, type: Type & { kind: 'scalar' }, api: ApiVersion): Stop {
  if (words) {
    const offered = Object.keys(words.words).filter((word) => word !== '' && words.words[word].refused === undefined && !isNewer(words.words[word].since, api));
    const first = words.empty !== undefined && offered.includes(words.empty) ? words.empty : offered[0];
    return new Stop(first, [first, ...offered.filter((word) => word !== first)]);
  }
  if (type.name === 'bool') return stop(true, false);
  const example = examples.find((one) => !Array.isArray(one)) as PlainScalar | undefined;
  return stop(example ?? suggestions[0] ?? (type.name === 'string' || type.name === 'bytes' || type.name === 'ip-address' ? 'TEXT' : 1));
}

/** The members that a new object of this struct begins with. */
export function startOfStruct(struct: StructType, api: ApiVersion): Members {
  const members: Record<string, Draft> = {};
  const wanted = STARTS[struct.name] ?? Object.keys(struct.fields).filter((name) => struct.fields[name].required);
  for (const name of wanted) {
    const field = struct.fields[name];
    if (isPresent(field, api) && !field.neverStored) members[name] = startOf(struct, name, field, api);
  }
  return members;
}

function isNewer(since: ApiVersion | undefined, api: ApiVersion): boolean {
  return since !== undefined && isOlder(api, since);
}
