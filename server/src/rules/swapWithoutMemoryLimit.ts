import { serviceRule } from './rule';

export default serviceRule({
  id: 'swap-without-memory-limit',
  effect: 'refused',
  summary: '`SwapBytes` stands next to a `Limits.MemoryBytes`.',
  why: 'Swap space is counted from the memory limit on, and without one the engine answers 400.',
  source: 'engine 29-dev: 400 "memory swap provided, but no memory-limit was set"',
  examples: {
    whole: 'yaml',
    bad: '# swarmspec: api=1.52 engine=29\nName: demo\nTaskTemplate:\n  ContainerSpec: { Image: busy:1 }\n  Resources: { SwapBytes: 536870912 }\n',
    good: '# swarmspec: api=1.52 engine=29\nName: demo\nTaskTemplate:\n  ContainerSpec: { Image: busy:1 }\n  Resources: { SwapBytes: 536870912, Limits: { MemoryBytes: 268435456 } }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { SwapBytes, Limits } = TaskTemplate?.Resources ?? {};
    if (SwapBytes === undefined || Limits?.MemoryBytes) return;
    const at = ['TaskTemplate', 'Resources', Limits ? 'Limits' : 'SwapBytes'];
    report({ at, part: 'key', lacks: Limits && 'MemoryBytes', computesWith: [['TaskTemplate', 'Resources', 'Limits']], message: '`SwapBytes` needs a memory limit, and there is none: the engine refuses the service.', hint: 'Write `Limits.MemoryBytes` next to it, or leave both out.' });
  },
});
