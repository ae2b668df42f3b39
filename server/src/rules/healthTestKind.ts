import { readHealthTest } from '../grammar/healthTest';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'health-test-kind',
  effect: 'never-runs',
  summary: '`Healthcheck.Test` starts with `CMD`, `CMD-SHELL` or `NONE`.',
  why: 'With any other first word the node never probes, while the swarm waits for a container that is healthy: tasks stay in the state `starting` for ever, and updates hang.',
  source: 'engine 28.5: task stays in starting, no error',
  covers: ['health-test-unknown-kind'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [curl, -f, "http://localhost/"] }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, curl, -f, "http://localhost/"] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const test = TaskTemplate?.ContainerSpec?.Healthcheck?.Test;
    const kind = test?.[0];
    if (!test || typeof kind !== 'string' || ['CMD', 'CMD-SHELL', 'NONE'].includes(kind)) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Test'];
    const upper = kind.toUpperCase().replace('_', '-');
    const words = test.map((word) => word ?? '');
    const meant = ['CMD', 'CMD-SHELL', 'NONE'].includes(upper) ? [upper, ...words.slice(1)] : words.length === 1 ? readHealthTest(kind) : [...(/^CMD\s+\S/.test(kind) ? kind.trim().split(/\s+/) : ['CMD', kind]), ...words.slice(1)];
    report({
      at: [...at, 0],
      message: `The first word of \`Test\` is ${kind === '' ? 'empty' : `\`${kind.length > 40 ? `${kind.slice(0, 40)}…` : kind}\``}, so the node never probes, and the tasks stay in \`starting\` for ever.`,
      hint: 'It has to be `CMD`, `CMD-SHELL` or `NONE`.',
      fix: kind === '' || !meant ? undefined : { title: `Start with \`${meant[0]}\``, safe: false, edits: [{ kind: 'set', at, value: meant }] },
    });
  },
});
