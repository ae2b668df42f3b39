import { isTiny } from '../facts/bareNumbers';
import { Limit } from '../facts/service/resources';
import type { Field } from '../facts/types';
import { readAloud } from '../facts/units';
import { serviceRule } from './rule';

const LIMIT = Limit.fields;

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
    if (isTiny(MemoryBytes, LIMIT.MemoryBytes)) {
      report({ at: [...at, 'MemoryBytes'], message: `\`MemoryBytes\` is ${MemoryBytes}, and a node refuses to start a container with less than ${least(LIMIT.MemoryBytes)}.` });
    }
    if (isTiny(NanoCPUs, LIMIT.NanoCPUs)) {
      report({ at: [...at, 'NanoCPUs'], message: `\`NanoCPUs\` is ${NanoCPUs}, and the kernel refuses a container with less than ${least(LIMIT.NanoCPUs)}.` });
    }
  },
});

function least({ leastSensible = 0, unit }: Field): string {
  return `${leastSensible} (${readAloud(leastSensible, unit)})`;
}
