import { serviceRule } from './rule';

export default serviceRule({
  id: 'health-test-extra-words',
  effect: 'lost',
  // stored as it is; only the probe goes without
  severity: 'warning',
  summary: '`CMD-SHELL` has one entry after it, and `NONE` none.',
  why: 'The shell runs the first entry only, and the others become `$0`, `$1` and so on; after `NONE` nothing runs at all.',
  source: 'engine 28.5: extra elements are not run',
  covers: ['health-cmd-shell-extra-args', 'health-none-extra'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD-SHELL, "true", "&& false"] }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD-SHELL, "true && false"] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const test = TaskTemplate?.ContainerSpec?.Healthcheck?.Test ?? [];
    const at = ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Test'];
    if (test[0] === 'NONE' && test.length > 1) {
      report({ at: [...at, 1], message: 'Nothing after `NONE` is run: it turns the health check off.', hint: 'Write `CMD` for a command, or remove what follows.' });
    } else if (test[0] === 'CMD-SHELL' && test.length > 2) {
      const line = test.slice(1).join(' ');
      report({ at: [...at, 2], message: 'The shell runs only the first entry after `CMD-SHELL`.', hint: 'Write the whole line in one entry.', fix: { title: 'Join the entries', safe: false, edits: [{ kind: 'set', at, value: ['CMD-SHELL', line] }] } });
    }
  },
});
