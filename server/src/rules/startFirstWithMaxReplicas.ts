import { count } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'start-first-with-max-replicas',
  effect: 'never-runs',
  // with room on some node it works
  severity: 'information',
  summary: 'An update with `Order: start-first` leaves room below `MaxReplicas`.',
  why: 'The old task counts until the new one runs. Where every eligible node has as many tasks as it may, the new one finds no place, and the update hangs for ever.',
  source: 'engine 28.5: task pending, "max replicas per node limit exceed"',
  covers: ['start-first-with-max-replicas'],
  examples: {
    bad: 'TaskTemplate:\n  Placement: { MaxReplicas: 1 }\nUpdateConfig: { Parallelism: 1, Order: start-first }\n',
    good: 'TaskTemplate:\n  Placement: { MaxReplicas: 1 }\nUpdateConfig: { Parallelism: 1, Order: stop-first }\n',
  },

  check(spec, { report }) {
    const max = spec.TaskTemplate?.Placement?.MaxReplicas;
    const { Mode } = spec;
    // elsewhere it counts nothing, which another rule says
    if (!max || Mode?.Global || Mode?.ReplicatedJob || Mode?.GlobalJob) return;
    const replicas = BigInt(Mode?.Replicated?.Replicas ?? 1);
    const nodes = (replicas + BigInt(max) - 1n) / BigInt(max) + (replicas % BigInt(max) === 0n ? 1n : 0n);
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      // one node has room for one more
      if (spec[name]?.Order !== 'start-first' || replicas === 0n || nodes === 1n) continue;
      const at = [name, 'Order'];
      report({
        at,
        computesWith: [['Mode', 'Replicated', 'Replicas'], ...['Global', 'ReplicatedJob', 'GlobalJob'].map((name) => ['Mode', name])],
        message: `The old task still counts towards \`MaxReplicas\` of ${max} when the new one starts first: with fewer than ${nodes} eligible nodes for ${count(replicas, 'replica')} the ${name === 'UpdateConfig' ? 'update' : 'rollback'} hangs.`,
        fix: { title: 'Write `stop-first`', safe: false, edits: [{ kind: 'set', at, value: 'stop-first' }] },
      });
    }
  },
});
