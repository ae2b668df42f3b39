import { serviceRule } from './rule';

export default serviceRule({
  id: 'restart-condition-missing',
  effect: 'changed',
  // what the engine makes of it is what most services want
  severity: 'hint',
  summary: '`RestartPolicy` says after which ending a task is replaced.',
  why: 'Left out, `Condition` is `any`: a task that has done its work and ends with 0 is started again too. In a job that is the same as `on-failure`.',
  source: 'engine 28.5: stored as "any"',
  covers: ['restart-condition-missing'],
  examples: { bad: 'TaskTemplate:\n  RestartPolicy: { MaxAttempts: 3 }\n', good: 'TaskTemplate:\n  RestartPolicy: { Condition: on-failure, MaxAttempts: 3 }\n' },

  check({ TaskTemplate, Mode }, { report }) {
    const policy = TaskTemplate?.RestartPolicy;
    if (!policy || policy.Condition || Mode?.ReplicatedJob || Mode?.GlobalJob) return;
    const at = ['TaskTemplate', 'RestartPolicy'];
    const attempts = policy.MaxAttempts && policy.MaxAttempts > 0 ? `, and uses up one of ${policy.MaxAttempts} \`MaxAttempts\`` : '';
    report({
      at,
      part: 'key',
      computesWith: ['ReplicatedJob', 'GlobalJob'].map((name) => ['Mode', name]),
      lacks: policy.Condition === undefined ? 'Condition' : undefined,
      message: `\`RestartPolicy\` has no \`Condition\`, and the engine makes it \`any\`: a task that ends with 0 is started again too${attempts}.`,
      fix: { title: 'Write `Condition: any`', safe: true, edits: [{ kind: 'set', at: [...at, 'Condition'], value: 'any' }] },
    });
  },
});
