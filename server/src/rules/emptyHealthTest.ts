import { serviceRule } from './rule';

export default serviceRule({
  id: 'empty-health-test',
  effect: 'advice',
  summary: 'An empty `Test` does not turn the health check off.',
  why: 'It counts as left out, and the check of the image stays.',
  source: 'engine 28.5: no probe of its own is set',
  covers: ['health-test-empty-inherits'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [] }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [NONE] }\n',
  },

  check({ TaskTemplate }, { report }) {
    if (TaskTemplate?.ContainerSpec?.Healthcheck?.Test?.length !== 0) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Test'];
    report({
      at,
      message: '`Test` is empty, and the health check of the image stays in force, if it has one.',
      hint: 'Write `["NONE"]` for no health check; leave `Test` out for that of the image.',
      fix: { title: 'Write `["NONE"]`', safe: false, edits: [{ kind: 'set', at, value: ['NONE'] }] },
    });
  },
});
