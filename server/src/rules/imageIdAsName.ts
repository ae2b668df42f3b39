import { serviceRule } from './rule';

export default serviceRule({
  id: 'image-id-as-name',
  effect: 'never-runs',
  summary: '`Image` is a name, not the ID of an image.',
  why: 'The engine reads `sha256:…` as the repository `sha256` with a tag. Tasks run only where an image with that ID is there already, and are rejected everywhere else.',
  source: 'engine 28.5: task rejected, "No such image: sha256:…"',
  covers: ['image-id-parsed-as-repository'],
  examples: {
    bad: `TaskTemplate:\n  ContainerSpec:\n    Image: "sha256:${'a'.repeat(64)}"\n`,
    good: `TaskTemplate:\n  ContainerSpec:\n    Image: "busy@sha256:${'a'.repeat(64)}"\n`,
  },

  check({ TaskTemplate }, { report }) {
    if (!/^sha256:[0-9a-f]{64}$/.test(TaskTemplate?.ContainerSpec?.Image ?? '')) return;
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Image'],
      message: 'This `Image` is an ID, which the engine reads as a repository called `sha256`: no node can pull it.',
      hint: 'Write `NAME@sha256:…`.',
    });
  },
});
