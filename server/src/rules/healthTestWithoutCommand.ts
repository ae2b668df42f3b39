import { serviceRule } from './rule';

export default serviceRule({
  id: 'health-test-without-command',
  effect: 'crashes-engine',
  summary: '`Healthcheck.Test` has a command after `CMD`.',
  why: 'With `CMD` alone the engine accepts the service, and the first probe panics the whole engine of the node that runs the task; when it is started again, the same happens.',
  source: 'engine 28.5: "slice bounds out of range [1:0]"; mended in 29.5',
  covers: ['health-test-cmd-without-command'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD] }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const test = TaskTemplate?.ContainerSpec?.Healthcheck?.Test;
    if (test?.length !== 1 || test[0] !== 'CMD') return;
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Test'],
      message: '`CMD` has no command after it, and the first probe takes down the engine of the node.',
      hint: 'Write the command after it, or `["NONE"]` for no health check.',
    });
  },
});
