import type { ServiceSpec } from '../facts/serviceSpec';
import type { Problem, Severity } from '../finding';
import type { Target } from '../target';
import { LIVE_RULES } from './all';
import type { Live, LiveRule } from './liveRule';
import type { Rule, RuleContext, RuleProblem } from './rule';

/** What one rule says; `failed` where it throws, which is a bug of ours and leaves the others alone. */
export interface Said<R> {
  readonly rule: R;
  readonly found: readonly RuleProblem[];
  readonly failed?: Problem;
}

/** Has each rule look, and gives those that have something to say: nearly always none. */
export function runRules<R extends Pick<Rule, 'id'>>(rules: readonly R[], target: Target, check: (rule: R, context: RuleContext) => void): readonly Said<R>[] {
  const all: Said<R>[] = [];
  let found: RuleProblem[] | undefined;
  const context: RuleContext = { target, report: (problem) => void (found ??= []).push(problem) };
  for (const rule of rules) {
    try {
      check(rule, context);
    } catch (error) {
      found = undefined;
      all.push({ rule, found: [], failed: failure(rule, error as Error) });
    }
    if (found === undefined) continue;
    all.push({ rule, found });
    found = undefined;
  }
  return all;
}

function failure({ id }: Pick<Rule, 'id'>, { message }: Error): Problem {
  return { rule: 'internal-error', effect: 'advice', severity: 'warning', at: [], message: `The rule \`${id}\` failed on this spec: ${message}. That is a bug of swarmspec; all other findings stand.` };
}

/** What the live rules, or some of them, say of a spec in normal form; as severe as each rule says, or all the same. */
export function liveProblems(spec: ServiceSpec, live: Live, target: Target, rules: readonly LiveRule[] = LIVE_RULES, severity?: Severity): Problem[] {
  return runRules(rules, target, (rule, context) => rule.check(spec, live, context)).flatMap(({ rule, found, failed }) =>
    failed ? [failed] : found.map((problem): Problem => ({ rule: rule.id, effect: rule.effect, ...problem, severity: severity ?? problem.severity ?? rule.severity })),
  );
}
