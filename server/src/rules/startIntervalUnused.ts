import { serviceRule } from './rule';

export default serviceRule({
  id: 'start-interval-unused',
  effect: 'advice',
  summary: '`StartInterval` comes with a `StartPeriod`.',
  why: 'It is the pause between probes while `StartPeriod` lasts. Without one, probes run every `Interval` from the start, unless the image has a `StartPeriod`.',
  source: 'engine 28.5: first probe only after Interval',
  covers: ['health-start-interval-without-start-period'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], StartInterval: 500000000 }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], StartInterval: 500000000, StartPeriod: 10000000000 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const health = TaskTemplate?.ContainerSpec?.Healthcheck;
    if (!health?.StartInterval || health.StartPeriod || health.Test?.[0] === 'NONE') return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'StartInterval'], part: 'key', computesWith: ['Test', 'StartPeriod'].map((name) => ['TaskTemplate', 'ContainerSpec', 'Healthcheck', name]), message: '`StartInterval` has no effect without `StartPeriod`.' });
  },
});
