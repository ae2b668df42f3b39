import { picking } from '../remember';
import { serviceRule } from './rule';

const withBraces = picking((entry) => entry.includes('{{'));

export default serviceRule({
  id: 'env-name-template',
  effect: 'changed',
  summary: 'A template in `Env` stands after the `=`.',
  why: 'The engine expands the value only. In the name, or in an entry without `=`, the braces reach the container as they are.',
  source: 'engine 28.5: literal braces in the environment',
  covers: ['env-key-not-templated'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["{{.Service.Name}}_X=1"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["X={{.Service.Name}}"]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of withBraces(TaskTemplate?.ContainerSpec?.Env ?? [])) {
      const brace = entry.split('=', 1)[0].indexOf('{{');
      if (brace < 0) continue;
      report({ at: ['TaskTemplate', 'ContainerSpec', 'Env', i], within: { start: brace, end: brace + 2 }, message: 'Templates are not expanded in the name of a variable, and the braces reach the container as they are.', hint: 'Templates work after the `=` only.' });
    }
  },
});
