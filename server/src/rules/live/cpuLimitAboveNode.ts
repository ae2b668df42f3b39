import { formatCpus } from '../../facts/units';
import { eligibleNodes, inside, liveRule } from '../liveRule';

export default liveRule({
  id: 'cpu-limit-above-node',
  effect: 'never-runs',
  summary: '`Limits.NanoCPUs` is not above the CPUs of the nodes.',
  why: 'The scheduler does not look at limits. A node with fewer CPUs rejects the task, and the next attempt may end up there again.',
  source: 'engines 20.10 and 28.5: task rejected, "range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"',
  covers: ['cpu-limit-above-node'],
  examples: {
    live: 'nodes: [{ cpus: 2, memory: 8589934592 }]\n',
    bad: 'TaskTemplate:\n  Resources: { Limits: { NanoCPUs: 1000000000000 } }\n',
    good: 'TaskTemplate:\n  Resources: { Limits: { NanoCPUs: 1000000000 } }\n',
  },

  check(spec, live, { report }) {
    const limit = Number(spec.TaskTemplate?.Resources?.Limits?.NanoCPUs ?? 0);
    const cpus = (eligibleNodes(live, spec) ?? []).map(({ raw }) => Number(inside(raw, 'Description', 'Resources', 'NanoCPUs') ?? Infinity));
    const smaller = cpus.filter((one) => one < limit).length;
    if (smaller === 0) return;
    const who = smaller < cpus.length ? `${smaller} of the ${cpus.length} nodes that may get a task` : cpus.length === 1 ? 'The node that may get a task' : `All ${cpus.length} nodes that may get a task`;
    report({
      at: ['TaskTemplate', 'Resources', 'Limits', 'NanoCPUs'],
      message: `${who} ${smaller === 1 ? 'has' : 'have'} fewer CPUs than this limit of ${formatCpus(limit)}, and ${smaller === 1 ? 'rejects' : 'reject'} the task.`,
      hint: `Write at most ${Math.min(...cpus)}, or constrain the service to larger nodes.`,
    });
  },
});
