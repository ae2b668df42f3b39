import { serviceRule } from './rule';

export default serviceRule({
  id: 'exit-zero-not-replaced',
  effect: 'advice',
  // right for a process that never ends by itself
  severity: 'hint',
  wholeSpec: true,
  summary: 'A service that has to stay up has `Condition: any`.',
  why: 'With `on-failure` a task that ends with 0 is complete and is not replaced, with `none` neither is one that fails. The service stays below its number of replicas without any error, until it is updated.',
  source: 'engine 28.5: task complete, desired shutdown, no replacement',
  covers: ['restart-on-failure-exit-zero'],
  examples: { bad: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure }\n', good: 'TaskTemplate:\n  RestartPolicy: { Condition: any }\n' },

  check({ TaskTemplate, Mode }, { report }) {
    const condition = TaskTemplate?.RestartPolicy?.Condition;
    if ((condition !== 'on-failure' && condition !== 'none') || Mode?.ReplicatedJob || Mode?.GlobalJob) return;
    const replicas = Mode?.Global ? undefined : (Mode?.Replicated?.Replicas ?? 1);
    if (replicas !== undefined && Number(replicas) === 0) return;
    const gone = replicas === undefined ? 'on its node' : Number(replicas) === 1 ? 'and the 1 replica is gone' : `and of ${replicas} replicas one is gone`;
    report({
      at: ['TaskTemplate', 'RestartPolicy', 'Condition'],
      computesWith: [['Mode', 'Replicated', 'Replicas'], ...['Global', 'ReplicatedJob', 'GlobalJob'].map((name) => ['Mode', name])],
      message: condition === 'none' ? `A task that ends is not replaced, ${gone}.` : `A task that ends with exit code 0 is not replaced, ${gone}.`,
      hint: 'Write `any` for a process that has to run, or `Mode: {ReplicatedJob: {}}` for one that ends.',
    });
  },
});
