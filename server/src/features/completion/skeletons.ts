import { type Draft, type Members, stop } from './draft';

/** A whole that people write again and again: several fields that belong together, with stops where it differs each time. */
export interface Skeleton {
  readonly name: string;
  readonly doc: string;
  /** Where it belongs in a spec. It is offered there, and at every object on the way from the root. */
  readonly at: readonly string[];
  /** Members of the object there, or, with `item`, one item of the list there. */
  readonly members?: Members;
  readonly item?: Members;
}

const SECOND = 1_000_000_000;
const MIB = 1_048_576;
const CONTAINER = ['TaskTemplate', 'ContainerSpec'];
const FILE: Members = { UID: stop('0'), GID: stop('0'), Mode: stop(292) };

/** Adding one is a row; the tests accept each at every place where it is offered. */
export const SKELETONS: readonly Skeleton[] = [
  {
    name: 'whole service', at: [], doc: 'A replicated service with a health check, limits, a published port, and updates that roll back.',
    members: {
      Name: stop('web'),
      TaskTemplate: {
        ContainerSpec: {
          Image: stop('nginx:1.27'),
          Healthcheck: { Test: ['CMD-SHELL', stop('curl -f http://localhost/ || exit 1')], Interval: stop(10 * SECOND), Timeout: stop(3 * SECOND), Retries: stop(3) },
        },
        Resources: { Limits: { NanoCPUs: stop(500_000_000), MemoryBytes: stop(256 * MIB) } },
        RestartPolicy: { Condition: stop('any', 'on-failure', 'none'), Delay: stop(5 * SECOND) },
      },
      Mode: { Replicated: { Replicas: stop(2) } },
      UpdateConfig: { Parallelism: stop(1), Delay: stop(10 * SECOND), FailureAction: stop('rollback', 'pause', 'continue'), Monitor: stop(45 * SECOND), Order: stop('start-first', 'stop-first') },
      EndpointSpec: { Ports: [{ Protocol: stop('tcp', 'udp', 'sctp'), TargetPort: stop(80), PublishedPort: stop(8080) }] },
    },
  },
  {
    name: 'rolling update', at: [], doc: 'One task after the other, the new one before the old one goes, and back again when too many fail.',
    members: {
      UpdateConfig: { Parallelism: stop(1), Delay: stop(10 * SECOND), FailureAction: stop('rollback', 'pause', 'continue'), Monitor: stop(15 * SECOND), MaxFailureRatio: stop(0.1), Order: stop('start-first', 'stop-first') },
      RollbackConfig: { Parallelism: stop(1), Order: stop('stop-first', 'start-first') },
    },
  },
  { name: 'replicated', at: [], doc: 'A fixed number of tasks.', members: { Mode: { Replicated: { Replicas: stop(2) } } } },
  { name: 'global', at: [], doc: 'One task on every node that satisfies the constraints.', members: { Mode: { Global: {} } } },
  { name: 'job', at: [], doc: 'Tasks that run to their end a number of times.', members: { Mode: { ReplicatedJob: { MaxConcurrent: stop(1), TotalCompletions: stop(1) } } } },
  { name: 'global job', at: [], doc: 'One task on every node that runs to its end once.', members: { Mode: { GlobalJob: {} } } },
  {
    name: 'health check', at: CONTAINER, doc: 'A probe in the container; a task that fails it is replaced.',
    members: { Healthcheck: { Test: ['CMD-SHELL', stop('curl -f http://localhost/ || exit 1')], Interval: stop(10 * SECOND), Timeout: stop(3 * SECOND), Retries: stop(3), StartPeriod: stop(30 * SECOND) } },
  },
  {
    name: 'ingress port', at: ['EndpointSpec', 'Ports'], doc: 'A port on every node of the swarm, through the routing mesh.',
    item: { Protocol: stop('tcp', 'udp', 'sctp'), TargetPort: stop(80), PublishedPort: stop(8080), PublishMode: 'ingress' },
  },
  {
    name: 'host port', at: ['EndpointSpec', 'Ports'], doc: 'A port on the nodes that run a task, with the address of the client kept.',
    item: { Protocol: stop('tcp', 'udp', 'sctp'), TargetPort: stop(80), PublishedPort: stop(8080), PublishMode: 'host' },
  },
  { name: 'volume mount', at: [...CONTAINER, 'Mounts'], doc: 'A named volume of the node.', item: { Type: 'volume', Source: stop('data'), Target: stop('/data') } },
  { name: 'bind mount', at: [...CONTAINER, 'Mounts'], doc: 'A directory of the node, which has to exist there.', item: { Type: 'bind', Source: stop('/srv/data'), Target: stop('/data'), ReadOnly: stop(true, false) } },
  { name: 'tmpfs mount', at: [...CONTAINER, 'Mounts'], doc: 'A file system in memory, empty at every start.', item: { Type: 'tmpfs', Target: stop('/tmp'), TmpfsOptions: { SizeBytes: stop(64 * MIB) } } },
  {
    name: 'secret reference', at: [...CONTAINER, 'Secrets'], doc: 'A secret as a file below `/run/secrets`. The engine wants its ID and its name.',
    item: { SecretID: stop('SECRET_ID'), SecretName: stop('db_password'), File: { Name: stop('db_password'), ...FILE } },
  },
  {
    name: 'config reference', at: [...CONTAINER, 'Configs'], doc: 'A config as a file. The engine wants its ID and its name.',
    item: { ConfigID: stop('CONFIG_ID'), ConfigName: stop('nginx_conf'), File: { Name: stop('/etc/nginx/nginx.conf'), ...FILE } },
  },
  {
    name: 'resource limits', at: ['TaskTemplate'], doc: 'What a task may use at most, and what has to be free for it.',
    members: { Resources: { Limits: { NanoCPUs: stop(500_000_000), MemoryBytes: stop(256 * MIB), Pids: stop(100) }, Reservations: { MemoryBytes: stop(64 * MIB) } } },
  },
  {
    name: 'restart policy', at: ['TaskTemplate'], doc: 'When a task that ended is replaced, and when it is given up.',
    members: { RestartPolicy: { Condition: stop('any', 'on-failure', 'none'), Delay: stop(5 * SECOND), MaxAttempts: stop(3), Window: stop(120 * SECOND) } },
  },
  { name: 'placement constraint', at: ['TaskTemplate', 'Placement'], doc: 'Only nodes that satisfy it get tasks.', members: { Constraints: [stop('node.role==worker')] } },
  { name: 'placement spread', at: ['TaskTemplate', 'Placement'], doc: 'Spreads tasks evenly over the values of a label.', members: { Preferences: [{ Spread: { SpreadDescriptor: stop('node.labels.zone') } }] } },
  { name: 'logging', at: ['TaskTemplate'], doc: 'Log files that are kept small.', members: { LogDriver: { Name: 'json-file', Options: { 'max-size': stop('10m'), 'max-file': stop('3') } } } },
  { name: 'network', at: ['TaskTemplate', 'Networks'], doc: 'An overlay network that the tasks are attached to.', item: { Target: stop('backend'), Aliases: [stop('web')] } },
];

/**
 * What to write at an object to have the skeleton below it, with what the objects on the way cannot be without; undefined
 * where the object is not on the way. `steps` is the path of the object.
 */
export function skeletonFrom({ at, members, item }: Skeleton, steps: readonly string[]): Members | undefined {
  if (steps.length > at.length || (item && steps.length === at.length) || steps.some((step, i) => step !== at[i])) return undefined;
  const inside: Draft = item ? [item] : (members as Members);
  return at.slice(steps.length).reduceRight<Draft>((rest, step) => ({ [step]: step in NEEDED ? { ...NEEDED[step], ...(rest as Members) } : rest }), inside) as Members;
}

const NEEDED: Readonly<Record<string, Members>> = { TaskTemplate: { ContainerSpec: { Image: stop('nginx:1.27') } }, ContainerSpec: { Image: stop('nginx:1.27') } };
