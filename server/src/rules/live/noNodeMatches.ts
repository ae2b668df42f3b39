import { count } from '../../facts/units';
import { satisfies } from '../../grammar/placement';
import { isUp, liveRule } from '../liveRule';

export default liveRule({
  id: 'no-node-matches',
  effect: 'never-runs',
  summary: 'Some node that is up satisfies all placement constraints.',
  why: 'Without one the tasks stay pending; a global service gets no task at all, and shows no error. Keys of labels are compared by letter case, values are not.',
  source: 'engines 20.10 and 28.5: task pending, "no suitable node (scheduling constraints not satisfied on …)"; no task of a global service',
  covers: ['constraint-label-missing-on-nodes', 'global-with-unsatisfiable-constraint'],
  examples: {
    live: 'nodes: [{ role: manager }]\n',
    bad: 'TaskTemplate:\n  Placement: { Constraints: ["node.labels.zone==a"] }\n',
    good: 'TaskTemplate:\n  Placement: { Constraints: ["node.labels.zone!=a"] }\n',
  },

  check({ TaskTemplate, Mode }, { nodes }, { report }) {
    const constraints = TaskTemplate?.Placement?.Constraints ?? [];
    const up = nodes?.filter(isUp) ?? [];
    if (constraints.length === 0 || up.length === 0 || up.some((node) => satisfies(node, constraints))) return;
    const consequence = Mode?.Global || Mode?.GlobalJob ? 'the service gets no task, without an error anywhere' : 'the tasks stay pending';
    const alone = constraints.flatMap((constraint, i) => (up.some((node) => satisfies(node, [constraint])) ? [] : [i]));
    for (const i of alone) report({ at: ['TaskTemplate', 'Placement', 'Constraints', i], message: `None of the ${count(up.length, 'node')} that ${up.length === 1 ? 'is' : 'are'} up satisfies this constraint, and ${consequence}.` });
    if (alone.length === 0) report({ at: ['TaskTemplate', 'Placement', 'Constraints'], part: 'key', message: `No node that is up satisfies all of these constraints, and ${consequence}.` });
  },
});
