import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'replicas-missing',
  effect: 'changed',
  severity: LEFT_OUT,
  summary: '`Mode` is there, and `Replicated` says how many `Replicas`.',
  why: 'Left out they are 1 replica, and not what the service has now: an update without `Replicas`, or without `Mode`, scales a replicated service to 1. A global service, or a job, cannot become a replicated one, and the engine refuses the update.',
  source: 'engine 28.5: stored as 1; 3 replicas became 1',
  covers: ['replicas-missing', 'mode-missing-on-create', 'mode-missing-on-update-scales-to-one'],
  examples: { bad: 'Mode:\n  Replicated: {}\n', good: 'Mode:\n  Replicated: { Replicas: 3 }\n' },

  check({ Mode, TaskTemplate }, { target, report }) {
    // nothing is missing in a fragment, and a plugin is global by itself
    if (!Mode && !target.as && TaskTemplate?.ContainerSpec && TaskTemplate.Runtime !== 'plugin') {
      report({
        at: [],
        lacks: 'Mode',
        message: '`Mode` is missing: a new service gets 1 replica, and an update scales the service to 1, however many it has.',
        hint: 'Write how many are meant.',
        fix: { title: 'Write `Mode: {Replicated: {Replicas: 1}}`', safe: false, edits: [{ kind: 'add', at: ['Mode'], value: { Replicated: { Replicas: 1 } } }] },
      });
      return;
    }
    const replicated = Mode?.Replicated;
    if (replicated && replicated.Replicas === undefined) {
      report({
        at: ['Mode', 'Replicated'],
        part: 'key',
        lacks: 'Replicas',
        message: '`Replicas` is missing, and the engine makes it 1.',
        fix: { title: 'Write `Replicas: 1`', safe: true, edits: [{ kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 1 }] },
      });
      return;
    }
    // the engine makes a plugin global
    if (Mode && Object.keys(Mode).length === 0 && !(TaskTemplate?.Runtime === 'plugin' && TaskTemplate.PluginSpec)) {
      report({
        at: ['Mode'],
        part: 'key',
        computesWith: ['Global', 'ReplicatedJob', 'GlobalJob'].map((name) => ['Mode', name]),
        lacks: 'Replicated',
        message: '`Mode` names no kind of service, and the engine makes it `Replicated` with 1 replica.',
        // `Global:` with nothing behind it is no kind either
        fix: { title: 'Write `Replicated: {Replicas: 1}`', safe: false, edits: [{ kind: 'set', at: ['Mode', 'Replicated'], value: { Replicas: 1 } }] },
      });
    }
  },
});
