import { isTiny } from '../facts/bareNumbers';
import { ContainerSpec } from '../facts/service/containerSpec';
import { insteadOfBare } from '../schema/bareNumber';
import { serviceRule, SMALLEST } from './rule';

const { StopGracePeriod } = ContainerSpec.fields;

export default serviceRule({
  id: 'stop-grace-period',
  effect: 'changed',
  summary: '`StopGracePeriod` is 0 or at least a second.',
  why: 'Nodes cut it to whole seconds. Below one it is 0, and the process is killed at once; from minus one on it has no end, and updates hang on a process that ignores the signal.',
  source: 'engine 28.5: killed at once; container never killed',
  covers: ['stop-grace-period-below-one-second', 'stop-grace-period-negative'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    StopGracePeriod: 10\n', good: 'TaskTemplate:\n  ContainerSpec:\n    StopGracePeriod: 10000000000\n' },

  check({ TaskTemplate }, { report }) {
    const period = TaskTemplate?.ContainerSpec?.StopGracePeriod;
    if (period === undefined || (period >= 0 && !isTiny(period, StopGracePeriod))) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'StopGracePeriod'];
    if (period <= -1_000_000_000) {
      report({ at, message: '`StopGracePeriod` is negative, and nodes wait for ever for a process that ignores the signal.' });
      return;
    }
    report({
      at,
      severity: Number(period) === 1 ? SMALLEST : undefined,
      message: `\`StopGracePeriod\` is ${period} ns, which nodes cut to 0 seconds: the process is killed at once.`,
      hint: 'Write whole seconds, in nanoseconds.',
      ...insteadOfBare(period, StopGracePeriod, at),
    });
  },
});
