import { serviceRule } from './rule';

export default serviceRule({
  id: 'limit-too-small',
  effect: 'never-runs',
  summary: 'A limit is at least 6 MiB of memory and 0.01 of a CPU.',
  why: 'The engine accepts a service from 4 MiB and 0.001 CPU on, but a node cannot start a container with so little, and every task fails.',
  source: 'engine 28.5: task rejected, "Minimum memory limit allowed is 6MB"; task failed, "cpu.cfs_quota_us: invalid argument"',
  covers: ['memory-limit-4-to-6-mib', 'cpu-limit-below-0.01'],
  examples: { bad: 'TaskTemplate:\n  Resources:\n    Limits: { MemoryBytes: 6000000 }\n', good: 'TaskTemplate:\n  Resources:\n    Limits: { MemoryBytes: 6291456, NanoCPUs: 10000000 }\n' },

  check({ TaskTemplate }, { report }) {
    const { MemoryBytes = 0, NanoCPUs = 0 } = TaskTemplate?.Resources?.Limits ?? {};
    const at = ['TaskTemplate', 'Resources', 'Limits'];
    if (MemoryBytes > 0 && MemoryBytes < 6_291_456) {
      report({ at: [...at, 'MemoryBytes'], message: `\`MemoryBytes\` is ${MemoryBytes}, and a node refuses to start a container with less than 6291456 (6 MiB).` });
    }
    if (NanoCPUs > 0 && NanoCPUs < 10_000_000) {
      report({ at: [...at, 'NanoCPUs'], message: `\`NanoCPUs\` is ${NanoCPUs}, and the kernel refuses a container with less than 10000000 (0.01 CPU).` });
    }
  },
});
