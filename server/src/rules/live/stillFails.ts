import { liveRule } from '../liveRule';

const IMAGE = /No such image|pull access denied|manifest (for .* )?(unknown|not found)|manifest unknown|repository does not exist/i;
const SOURCE = /bind source path does not exist: (\S+)/;

export default liveRule({
  id: 'still-fails',
  effect: 'never-runs',
  summary: 'An update mends what keeps its tasks from starting.',
  why: 'The tasks of the service fail because of something that the update leaves as it is, so that its new tasks fail in the same way.',
  source: 'engines 20.10 and 28.5: task rejected, "No such image", "bind source path does not exist"',
  covers: ['image-not-available', 'mount-bind-source-missing-on-node'],
  examples: {
    live: 'service:\n  TaskTemplate:\n    ContainerSpec:\n      Image: registry.invalid/nope:1\nerrors: ["No such image: registry.invalid/nope:1"]\n',
    bad: 'TaskTemplate:\n  ContainerSpec: { Image: "registry.invalid/nope:1", Env: [A=1] }\n',
    good: 'TaskTemplate:\n  ContainerSpec: { Image: "busy:1" }\n',
  },

  check({ TaskTemplate }, { service }, { report }) {
    const [ours, before] = [TaskTemplate?.ContainerSpec, service?.spec.TaskTemplate?.ContainerSpec];
    for (const error of service?.errors ?? []) {
      if (IMAGE.test(error) && ours?.Image !== undefined && ours.Image === before?.Image) {
        report({
          at: ['TaskTemplate', 'ContainerSpec', 'Image'],
          message: `Tasks of this service cannot get \`${ours.Image}\`, and the update leaves it as it is. The node says: ${error}`,
          hint: 'Is the name right, and does the update bring credentials for the registry?',
        });
      }
      const missing = SOURCE.exec(error)?.[1];
      const mount = missing === undefined ? -1 : (ours?.Mounts ?? []).findIndex((one) => one?.Source === missing);
      if (mount >= 0) {
        report({ at: ['TaskTemplate', 'ContainerSpec', 'Mounts', mount, 'Source'], message: `A node that ran a task of this service has no \`${missing}\`, and services never create it.`, hint: 'Create it on every node that may get a task, constrain the service to those that have it, or mount a volume.' });
      }
    }
  },
});
