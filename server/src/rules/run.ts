import type { ServiceSpec } from '../facts/serviceSpec';
import type { Problem } from '../finding';
import type { Target } from '../target';
import { LIVE_RULES } from './all';
import type { Live } from './liveRule';
import type { Rule, RuleProblem } from './rule';

/** What one rule says; `failed` where it throws, which is a bug of ours and leaves the others alone. Undefined for nothing, as nearly always. */
export function runRule<T extends Pick<Rule, 'id'>>(rule: T, check: (rule: T) => Iterable<RuleProblem>): { readonly found: readonly RuleProblem[]; readonly failed?: Problem } | undefined {
  let found: RuleProblem[] | undefined;
  try {
    for (const problem of check(rule)) {
      found ??= [];
      found.push(problem);
    }
  } catch (error) {
    return {
      found: [],
      failed: {
        rule: 'internal-error', effect: 'advice', severity: 'warning', at: [],
        message: `The rule \`${rule.id}\` failed on this spec: ${(error as Error).message}. That is a bug of swarmspec; all other findings stand.`,
      },
    };
  }
  return found && { found };
}

/** What the live rules say of a spec in normal form. */
export function liveProblems(spec: ServiceSpec, live: Live, target: Target): Problem[] {
  return LIVE_RULES.flatMap((rule) => {
    const { found = [], failed } = runRule(rule, () => rule.check(spec, live, target)) ?? {};
    return failed ? [failed] : found.map((problem): Problem => ({ rule: rule.id, effect: rule.effect, ...problem, severity: problem.severity ?? rule.severity }));
  });
}
