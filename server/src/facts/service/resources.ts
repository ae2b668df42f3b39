import { int64, list, string, struct } from '../make';
import type { Field } from '../types';

const NANO_CPUS = {
  type: int64,
  unit: 'nano-cpus',
  usual: true,
  range: { min: 1_000_000, orZero: true },
  examples: [500_000_000, 2_000_000_000],
  since: '1.25',
  source: 'API v1.25; engine 28.5: 400 "invalid cpu value 1e-09: Must be at least 0.001"',
} as const satisfies Omit<Field, 'doc'>;

const MEMORY_BYTES = {
  type: int64,
  unit: 'bytes',
  usual: true,
  range: { min: 4_194_304, orZero: true },
  examples: [268_435_456, 1_073_741_824],
  since: '1.25',
  source: 'API v1.25; engine 28.5: 400 "invalid memory value 512: Must be at least 4MiB"',
} as const satisfies Omit<Field, 'doc'>;

export const NamedGenericResource = struct('NamedGenericResource', {
  Kind: {
    type: string,
    examples: ['GPU'],
    since: '1.32',
    doc: 'Kind of the resource, in the spelling the nodes advertise.',
    source: 'API v1.32',
  },
  Value: {
    type: string,
    bareText: 'number',
    examples: ['UUID1'],
    since: '1.32',
    doc: 'Identifier of one particular resource on a node.',
    source: 'API v1.32',
  },
});

export const DiscreteGenericResource = struct('DiscreteGenericResource', {
  Kind: {
    type: string,
    examples: ['GPU', 'SSD'],
    since: '1.32',
    doc: 'Kind of the resource, in the spelling of `node-generic-resources` in the configuration of the nodes. When no node has it, tasks stay pending.',
    source: 'API v1.32; engine 28.5: task pending, "insufficient resources"',
  },
  Value: {
    type: int64,
    examples: [1, 2],
    since: '1.32',
    doc: 'How many of them each task takes. Even with 0 some node has to advertise the kind.',
    source: 'API v1.32; engine 28.5',
  },
});

export const GenericResource = struct('GenericResource', {
  NamedResourceSpec: {
    type: NamedGenericResource,
    since: '1.32',
    doc: 'One particular resource, by its identifier. Only nodes can name resources: a task that asks for one stays pending, so use `DiscreteResourceSpec`.',
    source: 'API v1.32; engine 28.5: task pending, "insufficient resources"',
  },
  DiscreteResourceSpec: {
    type: DiscreteGenericResource,
    usual: true,
    since: '1.32',
    doc: 'A number of resources of one kind. Next to it `NamedResourceSpec` is dropped.',
    source: 'API v1.32; engine 28.5',
  },
});

export const Limit = struct('Limit', {
  NanoCPUs: {
    ...NANO_CPUS,
    leastSensible: 10_000_000,
    zero: 'no limit',
    doc: 'Most CPU time a task gets: `1000000000` is one CPU. Below 0.01 CPU, or above the CPUs of the node, the service is accepted and its tasks fail.',
  },
  MemoryBytes: {
    ...MEMORY_BYTES,
    leastSensible: 6_291_456,
    zero: 'no limit',
    doc: 'Most memory a task gets; above it the kernel kills the process. The engine accepts 4 MiB, but nodes refuse to start a container with less than 6 MiB.',
  },
  Pids: {
    type: int64,
    unit: 'processes',
    zero: 'no limit',
    default: '`0`, no limit',
    examples: [100],
    erasedBelow: '1.41',
    since: '1.41',
    doc: 'Most processes and threads a task may have. Negative numbers are stored and mean no limit either.',
    source: 'API v1.41; engine 28.5: -5 stored',
  },
  GenericResources: {
    type: list(
      {
        type: GenericResource,
        since: '1.32',
        doc: 'One resource of a kind that the nodes define. Here it has no effect; write it under `Reservations`.',
        source: 'API v1.32 to v1.40',
      },
      'nothing',
    ),
    unread: true,
    neverStored: 'Generic resources can be reserved, but not limited. Use `Reservations.GenericResources`.',
    since: '1.32',
    doc: 'A leftover of descriptions v1.32 to v1.40.',
    source: 'API v1.32 to v1.40; engine 28.5: absent in GET',
  },
});

export const Resources = struct('Resources', {
  NanoCPUs: {
    ...NANO_CPUS,
    zero: 'nothing is reserved',
    doc: 'CPU time that has to be unreserved on a node before a task is placed there: `1000000000` is one CPU. It decides placement only and slows nobody down.',
  },
  MemoryBytes: {
    ...MEMORY_BYTES,
    zero: 'nothing is reserved',
    doc: 'Memory that has to be unreserved on a node before a task is placed there. What lies above the limit can never be used.',
  },
  GenericResources: {
    type: list(
      {
        type: GenericResource,
        since: '1.32',
        doc: 'One kind of resource, as `{DiscreteResourceSpec: {Kind: GPU, Value: 1}}`. An empty entry makes the engine drop the connection.',
        source: 'API v1.32; engine 28.5: no response to `{}`',
      },
      'crashes-engine',
    ),
    since: '1.32',
    doc: 'Resources that nodes advertise under a name of their own, such as GPUs. A task is placed only where as many are free.',
    source: 'API v1.32; engine 28.5',
  },
});

export const ResourceRequirements = struct('ResourceRequirements', {
  Limits: {
    type: Limit,
    usual: true,
    since: '1.25',
    doc: 'What a task may use at most.',
    source: 'API v1.25',
  },
  Reservations: {
    type: Resources,
    since: '1.25',
    doc: 'What has to be free on a node for a task to be placed there. More than any node has free keeps tasks pending.',
    source: 'API v1.25; engine 28.5: task pending, "insufficient resources"',
  },
  SwapBytes: {
    type: int64,
    pointer: true,
    unit: 'bytes',
    describedRange: { min: -1 },
    examples: [536_870_912, -1],
    erasedBelow: '1.52',
    since: '1.52',
    engines: 'Engine 28 does not know it and drops it. Engine 29 answers 400 without `Limits.MemoryBytes`, and stores values below -1.',
    doc: 'Swap space a task may use besides its memory; `-1` is as much as the node has. It needs `Limits.MemoryBytes` next to it.',
    source: 'API v1.52; engine 29-dev: 400 "memory swap provided, but no memory-limit was set"',
  },
  MemorySwappiness: {
    type: int64,
    pointer: true,
    unit: 'percent',
    describedRange: { min: -1, max: 100 },
    examples: [0, 60],
    erasedBelow: '1.52',
    since: '1.52',
    engines: 'Engine 28 does not know it and drops it. Engines 29.0 and 29.1 may give `null` back for it; later ones store anything, even 101.',
    doc: 'How readily the kernel swaps out the memory of a task, from 0 to 100; `-1` leaves it to the kernel.',
    source: 'API v1.52; engine 29-dev: 101 stored',
  },
});
