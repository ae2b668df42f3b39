import { count } from '../../facts/units';
import { eligibleNodes, liveRule } from '../liveRule';

export default liveRule({
  id: 'max-replicas-below-need',
  effect: 'never-runs',
  summary: '`Replicas` fit into `MaxReplicas` on each node that may get a task.',
  why: 'What does not fit stays pending.',
  source: 'engines 20.10 and 28.5: task pending, "max replicas per node limit exceed"',
  covers: ['max-replicas-below-need'],
  examples: {
    live: 'nodes: [{}]\n',
    bad: 'TaskTemplate:\n  Placement: { MaxReplicas: 1 }\nMode: { Replicated: { Replicas: 2 } }\n',
    good: 'TaskTemplate:\n  Placement: { MaxReplicas: 1 }\n',
  },

  check(spec, live, { report }) {
    const max = Number(spec.TaskTemplate?.Placement?.MaxReplicas ?? 0);
    const replicas = Number(spec.Mode?.Replicated?.Replicas ?? 0);
    const nodes = eligibleNodes(live, spec)?.length ?? 0;
    if (max === 0 || nodes === 0 || replicas <= max * nodes) return;
    report({ at: ['TaskTemplate', 'Placement', 'MaxReplicas'], message: `${max * nodes} of ${replicas} tasks find a place: ${count(nodes, 'node')} may get a task, each ${max} at most, and the rest stay pending.`, hint: 'Raise `MaxReplicas`, lower `Replicas`, or add nodes.' });
  },
});
