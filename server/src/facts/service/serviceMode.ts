import { struct, uint64 } from '../make';

/** The engine reads these counts as unsigned 64-bit numbers and refuses what a signed one cannot hold. */
const MAX_COUNT = 9_223_372_036_854_775_807n;

const JOB_ERASED_MEANS = 'With no mode left, the engine makes it a replicated service with 1 replica, which is restarted for ever.';

/** The four kinds have the names of their keys here, which is what messages should say. */
export const Replicated = struct('Replicated', {
  Replicas: {
    type: uint64,
    pointer: true,
    unit: 'tasks',
    usual: true,
    range: { max: MAX_COUNT },
    zero: 'the service is kept but runs nothing',
    default: '`1`, also on update',
    examples: [1, 3],
    since: '1.25',
    doc: 'How many tasks to keep running. There is no sensible upper bound in the engine: it creates every task object in the memory of the manager, so an absurd number takes the manager down.',
    source: 'API v1.25; Go type *uint64; engine 28.5: 400 "Number of replicas must be non-negative" from 2^63 on',
  },
});

export const Global = struct('Global', {});

export const ReplicatedJob = struct('ReplicatedJob', {
  MaxConcurrent: {
    type: uint64,
    pointer: true,
    unit: 'tasks',
    range: { max: MAX_COUNT },
    zero: 'no task is ever started; it does not mean unlimited',
    default: '`1`',
    examples: [1, 4],
    since: '1.41',
    doc: 'How many tasks of the job may run at the same time.',
    source: 'API v1.41; engine 28.5: 400 "Maximum concurrent jobs must not be negative" from 2^63 on',
  },
  TotalCompletions: {
    type: uint64,
    pointer: true,
    unit: 'tasks',
    range: { max: MAX_COUNT },
    zero: 'no task is ever started',
    default: 'the value of `MaxConcurrent`',
    examples: [1, 10],
    since: '1.41',
    doc: 'How many tasks have to end with exit code 0 for the job to be complete.',
    source: 'API v1.41; engine 28.5: 400 "Total completed jobs must not be negative" from 2^63 on',
  },
});

export const GlobalJob = struct('GlobalJob', {});

export const ServiceMode = struct('ServiceMode', {
  Replicated: {
    type: Replicated,
    usual: true,
    default: '1 replica when it is empty',
    since: '1.25',
    doc: 'A fixed number of tasks that are kept running, wherever the scheduler finds room.',
    source: 'API v1.25; engine 28.5',
  },
  Global: {
    type: Global,
    usual: true,
    since: '1.25',
    doc: 'One task on every node that satisfies the placement constraints, also on nodes that join later. Write `{}`: it has no members, and `null` counts as absent.',
    source: 'API v1.25; engine 28.5',
  },
  ReplicatedJob: {
    type: ReplicatedJob,
    erasedBelow: '1.41',
    erasedMeans: JOB_ERASED_MEANS,
    since: '1.41',
    doc: 'Tasks that run to the end a given number of times. Any update of the service, even of a label, runs the whole job again.',
    source: 'API v1.41; engine 28.5',
  },
  GlobalJob: {
    type: GlobalJob,
    erasedBelow: '1.41',
    erasedMeans: JOB_ERASED_MEANS,
    since: '1.41',
    doc: 'A task that runs to the end once on every node that satisfies the placement constraints. Write `{}`: it has no members.',
    source: 'API v1.41; engine 28.5',
  },
});
