import { list, string, struct, uint64 } from '../make';

export const SpreadOver = struct('SpreadOver', {
  SpreadDescriptor: {
    type: string,
    suggestions: ['node.labels.', 'engine.labels.'],
    examples: ['node.labels.datacenter'],
    since: '1.28',
    doc: 'The label whose values tasks are spread over: `node.labels.NAME` or `engine.labels.NAME`. Anything else is stored and spreads nothing.',
    source: 'API v1.28; engine 28.5',
  },
});

export const PlacementPreference = struct('PlacementPreference', {
  Spread: {
    type: SpreadOver,
    since: '1.28',
    doc: 'Spreads tasks evenly over the values of a label. It is the only strategy there is, and an entry without it is dropped.',
    source: 'API v1.28; engine 28.5: absent in GET',
  },
});

export const Platform = struct('Platform', {
  Architecture: {
    type: string,
    suggestions: ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64'],
    since: '1.30',
    doc: 'Processor architecture, in lower case. `amd64` and `x86_64` are the same here, and so are `arm64` and `aarch64`; left out it matches any.',
    source: 'API v1.30; engine 28.5',
  },
  OS: {
    type: string,
    suggestions: ['linux', 'windows'],
    since: '1.30',
    doc: 'Operating system, in lower case: `Linux` matches no node. Left out it matches any.',
    source: 'API v1.30; engine 28.5',
  },
});

export const Placement = struct('Placement', {
  Constraints: {
    type: list(
      {
        type: string,
        suggestions: [
          'node.role==manager',
          'node.role==worker',
          'node.labels.',
          'node.hostname==',
          'node.id==',
          'node.ip==',
          'node.platform.os==linux',
          'node.platform.os==windows',
          'node.platform.arch==x86_64',
          'node.platform.arch==aarch64',
          'engine.labels.',
        ],
        examples: ['node.labels.disk==ssd', 'node.role!=manager'],
        since: '1.25',
        doc: 'One condition, `KEY==VALUE` or `KEY!=VALUE`; a single `=` is refused with status 500. A key that the scheduler does not know matches no node, not even with `!=`, and `*` is no wildcard.',
        source: 'API v1.25; engine 28.5: 500 "constraint expected one operator from ==, !="',
      },
      'empty-string',
    ),
    usual: true,
    examples: [['node.role==worker', 'node.labels.disk==ssd']],
    since: '1.25',
    doc: 'Conditions a node has to satisfy, all of them. When no node does, tasks stay pending. `node.platform.arch` is compared with the spelling of the kernel: `x86_64` and `aarch64`, not `amd64` and `arm64`.',
    source: 'API v1.25; engine 28.5: task pending, "scheduling constraints not satisfied"',
  },
  Preferences: {
    type: list(
      {
        type: PlacementPreference,
        since: '1.28',
        doc: 'One preference, `{Spread: {SpreadDescriptor: node.labels.NAME}}`. Without `Spread` it is dropped.',
        source: 'API v1.28; engine 28.5',
      },
      'nothing',
    ),
    since: '1.28',
    doc: 'How to spread tasks over groups of nodes, the most important first. Unlike constraints they never keep a task from running.',
    source: 'API v1.28; engine 28.5',
  },
  MaxReplicas: {
    type: uint64,
    unit: 'tasks',
    zero: 'no limit',
    default: '`0`, no limit',
    examples: [1, 2],
    erasedBelow: '1.40',
    since: '1.40',
    doc: 'How many tasks of the service one node may run. What does not fit stays pending; global services ignore it. With `Order: start-first` an update needs one place more.',
    source: 'API v1.40; Go type uint64; engine 28.5: task pending, "max replicas per node limit exceed"',
  },
  Platforms: {
    type: list(
      {
        type: Platform,
        since: '1.30',
        doc: 'One platform the image runs on; a node has to match one of the list. `Variant` and other keys of image indexes are dropped.',
        source: 'API v1.30; engine 28.5',
      },
      'default-object',
    ),
    since: '1.30',
    doc: 'Platforms the image is built for, which the docker CLI fills in from the registry. Usually left out; with an image for one platform it keeps tasks away from the other nodes.',
    source: 'API v1.30; engine 28.5: task pending, "unsupported platform"',
  },
});
