import { serviceRule } from './rule';

const MANY = 1000;

export default serviceRule({
  id: 'many-replicas',
  effect: 'crashes-engine',
  // a number that someone with a thousand nodes may mean
  severity: 'warning',
  summary: 'A service has no more than a thousand replicas.',
  why: 'The engine has no upper bound. A manager creates every task object in its memory, whether there is room for the task or not, and an absurd number takes it down even after the service is gone.',
  source: 'engine 28.5: 2^62 replicas accepted, manager grew by 100 MiB a second',
  covers: ['replicas-unbounded'],
  examples: { bad: 'Mode:\n  Replicated: { Replicas: 4611686018427387904 }\n', good: 'Mode:\n  Replicated: { Replicas: 250 }\n' },

  check({ Mode }, { report }) {
    const numbers = [
      [['Mode', 'Replicated', 'Replicas'], Mode?.Replicated?.Replicas],
      [['Mode', 'ReplicatedJob', 'MaxConcurrent'], Mode?.ReplicatedJob?.MaxConcurrent],
    ] as const;
    for (const [at, number] of numbers) {
      if (number === undefined || number <= MANY) continue;
      report({ at, message: `\`${at[2]}\` is ${number}, and the manager creates that many task objects in its memory, whether there is room for them or not.` });
    }
  },
});
