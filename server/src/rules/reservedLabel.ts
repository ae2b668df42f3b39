import { serviceRule } from './rule';

const RESERVED = ['task', 'task.id', 'task.name', 'node.id', 'service.id', 'service.name'].map((name) => `com.docker.swarm.${name}`);

export default serviceRule({
  id: 'reserved-label',
  effect: 'changed',
  summary: 'A container has no labels with the names that the engine uses.',
  why: 'The engine puts labels such as `com.docker.swarm.service.name` on every container, and writes over those of the spec.',
  source: 'engine 28.5: label holds the real service name',
  covers: ['container-label-reserved-prefix'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Labels: { com.docker.swarm.service.name: x }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Labels: { com.example.service.name: x }\n' },

  check({ TaskTemplate }, { report }) {
    const labels = TaskTemplate?.ContainerSpec?.Labels ?? {};
    for (const key of RESERVED) {
      if (!Object.hasOwn(labels, key)) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Labels', key];
      report({ at, part: 'key', message: `The engine writes over \`${key}\` on every container.`, fix: { title: 'Remove the label', safe: false, edits: [{ kind: 'remove', at }] } });
    }
  },
});
