import { formatCpus, formatSize } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'reservation-above-limit',
  effect: 'advice',
  summary: 'A reservation is not above its limit.',
  why: 'The engine accepts it. What lies above the limit is kept free on the node and can never be used.',
  source: 'engine 28.5: stored',
  covers: ['reservation-above-limit'],
  examples: {
    bad: 'TaskTemplate:\n  Resources:\n    Limits: { MemoryBytes: 10485760 }\n    Reservations: { MemoryBytes: 104857600 }\n',
    good: 'TaskTemplate:\n  Resources:\n    Limits: { MemoryBytes: 104857600 }\n    Reservations: { MemoryBytes: 10485760 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Limits, Reservations } = TaskTemplate?.Resources ?? {};
    for (const name of ['NanoCPUs', 'MemoryBytes'] as const) {
      const limit = Limits?.[name];
      const reserved = Reservations?.[name];
      if (!limit || !reserved || reserved <= limit) continue;
      const say = name === 'NanoCPUs' ? formatCpus : formatSize;
      report({
        at: ['TaskTemplate', 'Resources', 'Reservations', name],
        message: `\`${name}\` reserves ${say(reserved)}, and the limit is ${say(limit)}: ${say(BigInt(reserved) - BigInt(limit))} can never be used.`,
        hint: `Reserve at most \`${limit}\`.`,
      });
    }
  },
});
