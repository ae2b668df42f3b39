import { isSensible } from '../facts/bareNumbers';
import { ResourceRequirements } from '../facts/service/resources';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'swap-out-of-range',
  effect: 'advice',
  summary: '`SwapBytes` is -1 or more, and `MemorySwappiness` from -1 to 100.',
  why: 'The API description says so, and nothing else has a meaning. The engine does not look, and stores any number.',
  source: 'API v1.52; engine 29-dev: `SwapBytes: -2` and `MemorySwappiness: 101` stored',
  examples: {
    whole: 'yaml',
    bad: '# swarmspec: api=1.52 engine=29\nName: demo\nTaskTemplate:\n  ContainerSpec: { Image: busy:1 }\n  Resources: { MemorySwappiness: 101 }\n',
    good: '# swarmspec: api=1.52 engine=29\nName: demo\nTaskTemplate:\n  ContainerSpec: { Image: busy:1 }\n  Resources: { MemorySwappiness: 60 }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const name of ['SwapBytes', 'MemorySwappiness'] as const) {
      const value = TaskTemplate?.Resources?.[name];
      const field = ResourceRequirements.fields[name];
      if (value === undefined || isSensible(value, field)) continue;
      const { min, max } = field.describedRange ?? {};
      report({ at: ['TaskTemplate', 'Resources', name], message: `\`${name}\` is ${value}, which means nothing: it is ${max === undefined ? `${min} or more` : `from ${min} to ${max}`}, but the engine stores any number.` });
    }
  },
});
