import { serviceRule } from './rule';

export default serviceRule({
  id: 'several-modes',
  effect: 'refused',
  summary: 'A service has exactly one mode.',
  why: 'Two of `Replicated`, `Global`, `ReplicatedJob` and `GlobalJob` contradict each other. The engine answers 400.',
  source: 'engine 28.5: "must specify only one service mode"',
  covers: ['mode-multiple'],
  examples: { bad: 'Mode:\n  Replicated: { Replicas: 2 }\n  Global: {}\n', good: 'Mode:\n  Replicated: { Replicas: 2 }\n' },

  check({ Mode }, { report }) {
    const given = Object.keys(Mode ?? {});
    for (const extra of given.slice(1)) {
      report({
        at: ['Mode', extra],
        part: 'key',
        message: `\`${extra}\` stands next to \`${given[0]}\`, and the engine takes only one service mode.`,
        hint: 'Keep one of them.',
        fix: { title: `Remove \`${extra}\``, safe: false, edits: [{ kind: 'remove', at: ['Mode', extra] }] },
      });
    }
  },
});
