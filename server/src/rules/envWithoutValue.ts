import { picking } from '../remember';
import { serviceRule } from './rule';

const bare = picking((entry) => entry !== '' && !entry.includes('=') && !entry.includes('{{'));

export default serviceRule({
  id: 'env-without-value',
  effect: 'advice',
  summary: 'An entry of `Env` is `NAME=value`.',
  why: 'A name alone copies nothing from anywhere: it takes away the variable that the image sets. The docker command would fill in the value of its own environment.',
  source: 'engine 28.5: variable absent from the container',
  covers: ['env-without-equals-removes'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: [PATH]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["PATH=/bin", "EMPTY="]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i] of bare(TaskTemplate?.ContainerSpec?.Env ?? [])) {
      report({ at: ['TaskTemplate', 'ContainerSpec', 'Env', i], message: 'This variable has no value, which takes away the one that the image sets.', hint: 'Write `NAME=value`, or `NAME=` for an empty one.' });
    }
  },
});
