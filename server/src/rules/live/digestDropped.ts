import { liveRule } from '../liveRule';

export default liveRule({
  id: 'digest-dropped',
  effect: 'changed',
  summary: 'An image that is pinned by its digest stays pinned.',
  why: 'The docker command adds the digest when it creates or updates a service. An update without it restarts every task, and each new one gets what the tag means by then.',
  source: 'engines 20.10 and 28.5: every task replaced; the image is stored as written',
  examples: {
    live: `service:\n  TaskTemplate:\n    ContainerSpec: { Image: "busy:1@sha256:${'a'.repeat(64)}" }\n`,
    bad: 'TaskTemplate:\n  ContainerSpec: { Image: "busy:1" }\n',
    good: `TaskTemplate:\n  ContainerSpec: { Image: "busy:1@sha256:${'a'.repeat(64)}" }\n`,
  },

  check({ TaskTemplate }, { service }, { report }) {
    const [before = '', after = ''] = [service?.spec.TaskTemplate?.ContainerSpec?.Image, TaskTemplate?.ContainerSpec?.Image];
    const [name, digest] = before.split('@');
    if (digest === undefined || after.includes('@') || name !== after) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'Image'];
    report({
      at,
      message: `The service runs \`${after}\` pinned to ${digest.slice(0, 19)}…, and the update drops the digest: every task restarts, and gets what the tag means then.`,
      fix: { title: 'Write the digest that runs now', safe: false, edits: [{ kind: 'set', at, value: before }] },
    });
  },
});
