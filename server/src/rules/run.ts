import type { ServiceSpec } from '../facts/serviceSpec';
import type { Problem } from '../finding';
import type { Target } from '../target';
import { LIVE_RULES } from './all';
import type { Live } from './liveRule';
import type { Rule, RuleProblem } from './rule';

/** What one rule says. One that throws has a bug of ours, which is told and leaves the others alone. */
export function runRule({ id }: Pick<Rule, 'id'>, check: () => Iterable<RuleProblem>): { readonly found: RuleProblem[]; readonly failed?: Problem } {
  try {
    return { found: [...check()] };
  } catch (error) {
    return {
      found: [],
      failed: {
        rule: 'internal-error', effect: 'advice', severity: 'warning', at: [],
        message: `The rule \`${id}\` failed on this spec: ${(error as Error).message}. That is a bug of swarmspec; all other findings stand.`,
      },
    };
  }
}

/** What the live rules say of a spec in normal form. */
export function liveProblems(spec: ServiceSpec, live: Live, target: Target): Problem[] {
  return LIVE_RULES.flatMap((rule) => {
    const { found, failed } = runRule(rule, () => rule.check(spec, live, target));
    return failed ? [failed] : found.map((problem): Problem => ({ rule: rule.id, effect: rule.effect, ...problem, severity: problem.severity ?? rule.severity }));
  });
}
