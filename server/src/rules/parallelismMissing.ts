import { serviceRule } from './rule';

export default serviceRule({
  id: 'parallelism-missing',
  effect: 'changed',
  // the engine does what its documentation says, only not what most people expect
  severity: 'information',
  summary: '`UpdateConfig` and `RollbackConfig` have a `Parallelism`.',
  why: 'Left out of a block that is there, it is 0: all tasks are replaced at once, and `Delay` has no effect. Without the whole block it is 1.',
  source: 'engine 28.5: all replicas replaced at once',
  covers: ['update-parallelism-missing-is-unlimited'],
  examples: { bad: 'UpdateConfig: { Delay: 20000000000 }\n', good: 'UpdateConfig: { Parallelism: 1, Delay: 20000000000 }\n' },

  check(spec, { report }) {
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      const config = spec[name];
      if (!config || config.Parallelism !== undefined) continue;
      report({
        at: [name],
        part: 'key',
        lacks: 'Parallelism',
        message: `\`${name}\` has no \`Parallelism\`, and all tasks are replaced at once.`,
        hint: 'Write `Parallelism: 1` to replace one after the other.',
        fix: { title: 'Write `Parallelism: 1`', safe: false, edits: [{ kind: 'set', at: [name, 'Parallelism'], value: 1 }] },
      });
    }
  },
});
