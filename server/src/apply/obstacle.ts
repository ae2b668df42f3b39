import { type Problem, SEVERITY_OF } from '../finding';
import { type Path, toDotted } from '../path';
import type { CreationPlan, Plan } from './plan';

/** Why a plan is shown but not sent. */
export interface Obstacle {
  /** `dryRunStored` is the impossible: what was meant as a question has changed the service. */
  readonly kind: 'refused' | 'blocked' | 'dryRunStored';
  /** Without a full stop of its own where the engine has none. */
  readonly message: string;
  readonly at?: Path;
  /** All that stands in the way, where rules say so. */
  readonly problems: readonly Problem[];
}

/**
 * What stands in the way of sending a plan; undefined where nothing does. The engine is the judge of what it refuses: where
 * a dry run has passed, a rule that expects a refusal does not count, and what takes the engine down does all the more.
 */
export function obstacleOf(plan: Plan | CreationPlan): Obstacle | undefined {
  const dryRun = 'dryRun' in plan ? plan.dryRun : undefined;
  if (dryRun?.kind === 'stored') return { kind: 'dryRunStored', message: 'the engine has stored what was sent as a dry run, which must be impossible', problems: [] };
  if (dryRun?.kind === 'refused') return { kind: 'refused', message: dryRun.message, at: dryRun.at, problems: [] };
  const errors = plan.problems.filter((problem) => severityOf(problem) === 'error' && !(dryRun?.kind === 'passed' && problem.effect === 'refused'));
  return errors.length === 0 ? undefined : { kind: 'blocked', message: errors[0].message, at: errors[0].at, problems: errors };
}

/** An obstacle in sentences; `subject` is what is not sent, such as ``the update of `web` ``. */
export function describeObstacle({ kind, message, at, problems }: Obstacle, subject: string): string {
  switch (kind) {
    case 'refused':
      return `The engine refuses ${subject}: ${message.replace(/\.?$/, '.')}${at ? ` It is about \`${toDotted(at)}\`.` : ''} Nothing was applied.`;
    case 'dryRunStored':
      return `The engine has stored what was sent as a dry run for ${subject}, which must be impossible. Look at the service; nothing more was sent.`;
    case 'blocked':
      return `${problems.map((problem) => `${problem.message} [${problem.rule}${problem.at.length > 0 ? ` at ${toDotted(problem.at)}` : ''}]`).join('\n')} Nothing was applied.`;
  }
}

export function severityOf({ severity, effect }: Problem): NonNullable<Problem['severity']> {
  return severity ?? SEVERITY_OF[effect];
}
