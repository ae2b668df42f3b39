import { formatDuration } from '../facts/units';
import { isOlder } from '../facts/versions';
import { serviceRule } from './rule';

const START_INTERVAL_DEFAULT = 5_000_000_000;
const INTERVAL_DEFAULT = 30_000_000_000;

export default serviceRule({
  id: 'start-period-unused',
  effect: 'advice',
  summary: '`StartPeriod` is longer than the pause before the first probe.',
  why: 'The first probe runs `StartInterval` after the start, 5 seconds unless given, and before engine 25 after `Interval`. Where `StartPeriod` is over by then, no failed probe falls into it, and the first one counts.',
  source: 'engine 28.5: unhealthy after 5 s with `StartPeriod` 3 s and 5 s, after 10 s with 8 s',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 30000000000, StartPeriod: 3000000000 }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 30000000000, StartPeriod: 3000000000, StartInterval: 1000000000 }\n',
  },

  check({ TaskTemplate }, { target, report }) {
    const health = TaskTemplate?.ContainerSpec?.Healthcheck;
    if (!health?.StartPeriod || health.Test?.[0] === 'NONE') return;
    const startInterval = target.engine === undefined ? !isOlder(target.api, '1.44') : target.engine >= 25;
    const name = startInterval ? 'StartInterval' : 'Interval';
    const first = health[name] || (startInterval ? START_INTERVAL_DEFAULT : INTERVAL_DEFAULT);
    if (first < health.StartPeriod) return;
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'StartPeriod'],
      computesWith: ['Test', name].map((member) => ['TaskTemplate', 'ContainerSpec', 'Healthcheck', member]),
      message: `\`StartPeriod\` is ${formatDuration(health.StartPeriod)}, and the first probe runs after ${formatDuration(first)} (${health[name] ? '' : 'the default of '}\`${name}\`): no failed probe falls into it, and the first one counts.`,
      hint: `Write a \`StartPeriod\` as long as the container takes to come up${startInterval ? ', or a shorter `StartInterval`' : ''}.`,
    });
  },
});
