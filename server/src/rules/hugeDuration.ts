import type { Int } from '../facts/serviceSpec';
import { formatDuration } from '../facts/units';
import { serviceRule } from './rule';

const DAY = 86_400_000_000_000;

export default serviceRule({
  id: 'huge-duration',
  effect: 'advice',
  summary: 'A duration is shorter than a day.',
  why: 'The engine has no upper bound. A number with three zeros too many makes an update or a restart wait for days, or a health check that never runs.',
  source: 'engine 28.5: stored',
  examples: { bad: 'UpdateConfig: { Parallelism: 1, Delay: 120000000000000 }\n', good: 'UpdateConfig: { Parallelism: 1, Delay: 120000000000 }\n' },

  check({ TaskTemplate, UpdateConfig, RollbackConfig }, { report }) {
    const { RestartPolicy, ContainerSpec } = TaskTemplate ?? {};
    const health = ['TaskTemplate', 'ContainerSpec', 'Healthcheck'];
    const durations: readonly (readonly [readonly string[], Int | undefined])[] = [
      [['TaskTemplate', 'ContainerSpec', 'StopGracePeriod'], ContainerSpec?.StopGracePeriod],
      [[...health, 'Interval'], ContainerSpec?.Healthcheck?.Interval],
      [[...health, 'Timeout'], ContainerSpec?.Healthcheck?.Timeout],
      [[...health, 'StartPeriod'], ContainerSpec?.Healthcheck?.StartPeriod],
      [[...health, 'StartInterval'], ContainerSpec?.Healthcheck?.StartInterval],
      [['TaskTemplate', 'RestartPolicy', 'Delay'], RestartPolicy?.Delay],
      [['UpdateConfig', 'Delay'], UpdateConfig?.Delay],
      [['UpdateConfig', 'Monitor'], UpdateConfig?.Monitor],
      [['RollbackConfig', 'Delay'], RollbackConfig?.Delay],
      [['RollbackConfig', 'Monitor'], RollbackConfig?.Monitor],
    ];
    for (const [at, value] of durations) {
      if (value === undefined || value <= DAY) continue;
      report({
        at,
        message: `\`${at[at.length - 1]}\` is ${value} ns, which is ${formatDuration(value)}.`,
        hint: 'A second is `1000000000`, an hour `3600000000000`.',
      });
    }
  },
});
