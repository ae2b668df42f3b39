import type { SpecObject } from '../document/value';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { Problem } from '../finding';
import { RULES } from './all';
import type { Rule, RuleContext, RuleProblem } from './rule';

/** What one rule says of a spec. One that throws has a bug of ours, which is told and leaves the others alone. */
export function runRule(rule: Rule, spec: ServiceSpec, context: RuleContext): { readonly found: RuleProblem[]; readonly failed?: Problem } {
  try {
    return { found: [...rule.check(spec, context)] };
  } catch (error) {
    return {
      found: [],
      failed: {
        rule: 'internal-error', effect: 'advice', severity: 'warning', at: [],
        message: `The rule \`${rule.id}\` failed on this spec: ${(error as Error).message}. That is a bug of swarmspec; all other findings stand.`,
      },
    };
  }
}

/**
 * What the rules say of a spec only because of the live service and the swarm around it: all that they say with it, less
 * what they say of the document alone, which validation has told already.
 */
export function liveProblems(spec: SpecObject, context: RuleContext & Required<Pick<RuleContext, 'live'>>): Problem[] {
  const typed = spec as ServiceSpec;
  return RULES.flatMap((rule) => {
    const { found, failed } = runRule(rule, typed, context);
    if (failed) return [failed];
    if (found.length === 0) return [];
    const before = new Set(runRule(rule, typed, { target: context.target }).found.map(keyOf));
    return found.filter((problem) => !before.has(keyOf(problem))).map((problem): Problem => ({ rule: rule.id, effect: rule.effect, ...problem, severity: problem.severity ?? rule.severity }));
  });
}

function keyOf({ at, message }: RuleProblem): string {
  return `${at.join('\n')} ${message}`;
}
