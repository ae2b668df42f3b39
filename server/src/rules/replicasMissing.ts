import { serviceRule } from './rule';

export default serviceRule({
  id: 'replicas-missing',
  effect: 'changed',
  // one replica is what most people mean who leave it out
  severity: 'information',
  missing: true,
  summary: '`Replicated` says how many `Replicas`.',
  why: 'Left out it is 1, and not what the service has now: an update without `Replicas`, or without `Mode`, scales a replicated service to 1.',
  source: 'engine 28.5: stored as 1; 3 replicas became 1',
  covers: ['replicas-missing', 'mode-missing-on-create', 'mode-missing-on-update-scales-to-one'],
  examples: { bad: 'Mode:\n  Replicated: {}\n', good: 'Mode:\n  Replicated: { Replicas: 3 }\n' },

  check({ Mode }, { report }) {
    const replicated = Mode?.Replicated;
    if (replicated && replicated.Replicas === undefined) {
      report({
        at: ['Mode', 'Replicated'],
        part: 'key',
        message: '`Replicas` is missing, and the engine makes it 1.',
        fix: { title: 'Write `Replicas: 1`', safe: true, edits: [{ kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 1 }] },
      });
      return;
    }
    if (Mode && Object.keys(Mode).length === 0) {
      report({
        at: ['Mode'],
        part: 'key',
        message: '`Mode` names no kind of service, and the engine makes it `Replicated` with 1 replica.',
        fix: { title: 'Write `Replicated: {Replicas: 1}`', safe: true, edits: [{ kind: 'set', at: ['Mode', 'Replicated'], value: { Replicas: 1 } }] },
      });
    }
  },
});
