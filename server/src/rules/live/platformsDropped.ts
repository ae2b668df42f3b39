import { liveRule } from '../liveRule';

export default liveRule({
  id: 'platforms-dropped',
  effect: 'changed',
  severity: 'information',
  summary: '`Placement.Platforms` that the docker command has written stay.',
  why: 'It lists the platforms that the image is made for, so that no task is placed on another. Without the list a task can land on a node where the image does not run.',
  source: 'engines 20.10 and 28.5: stored as written; running tasks stay',
  examples: {
    live: 'service:\n  TaskTemplate:\n    Placement: { Platforms: [{ OS: linux, Architecture: amd64 }] }\n',
    bad: 'TaskTemplate:\n  Placement: {}\n',
    good: 'TaskTemplate:\n  Placement: { Platforms: [{ OS: linux, Architecture: amd64 }] }\n',
  },

  check({ TaskTemplate }, { service }, { report }) {
    const platforms = service?.spec.TaskTemplate?.Placement?.Platforms ?? [];
    if (platforms.length === 0 || TaskTemplate?.Placement?.Platforms) return;
    const names = platforms.map((one) => [one?.OS, one?.Architecture].filter(Boolean).join('/')).join(', ');
    report({ at: TaskTemplate?.Placement ? ['TaskTemplate', 'Placement'] : ['TaskTemplate'], part: 'key', message: `The update drops \`Platforms\` (${names}): tasks may then be placed on nodes of any platform.`, hint: 'Where the nodes differ, copy the list from the running service.' });
  },
});
