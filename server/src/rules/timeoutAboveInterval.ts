import { formatDuration } from '../facts/units';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'timeout-above-interval',
  effect: 'advice',
  summary: 'The `Timeout` of a probe is not longer than the `Interval`.',
  why: 'The pause starts when a probe has ended, so that one that hangs holds up the next. With a long `Timeout` it is that, and not `Interval`, which says how long a container that hangs counts as healthy.',
  source: 'engine 28.5: stored; probes do not overlap',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 10000000000, Timeout: 60000000000, Retries: 3 }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 10000000000, Timeout: 3000000000, Retries: 3 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const health = TaskTemplate?.ContainerSpec?.Healthcheck;
    if (!health?.Interval || !health.Timeout || health.Timeout <= health.Interval || health.Test?.[0] === 'NONE') return;
    const retries = BigInt(health.Retries || 3);
    const [interval, timeout] = [BigInt(health.Interval), BigInt(health.Timeout)];
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Timeout'],
      computesWith: ['Test', 'Retries'].map((name) => ['TaskTemplate', 'ContainerSpec', 'Healthcheck', name]),
      message: `\`Timeout\` is ${formatDuration(timeout)} and \`Interval\` ${formatDuration(interval)}: a container that hangs is unhealthy after ${formatDuration(retries * (interval + timeout))}, not ${formatDuration(retries * interval)}.`,
      hint: 'Write how long a good probe takes at most.',
    });
  },
});
