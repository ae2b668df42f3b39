import type { ServiceSpec } from '../facts/serviceSpec';
import type { Effect, Fix, Severity } from '../finding';
import type { Path, Span } from '../path';
import type { Target } from '../target';

export interface RuleContext {
  readonly target: Target;
  /** Says that something is wrong, as often as there is something. */
  report(this: void, problem: RuleProblem): void;
}

/** What a rule says about one place. Paths are inside the spec, in the engine's spelling. */
export interface RuleProblem {
  readonly at: Path;
  readonly part?: 'key' | 'value';
  /** Only these characters of the string at `at`. */
  readonly within?: Span;
  readonly message: string;
  readonly hint?: string;
  readonly fix?: Fix;
  /** The member of the object that is missing. The problem is not told where something may be meant for it: what is refused there, a key beside it that nobody knows, a value that belongs there. */
  readonly lacks?: string;
  /** The members that it computes with, whether they are there or left out. The problem is not told where one of them is there and refused: nobody knows its value. */
  readonly computesWith?: readonly Path[];
  /** Fields with fixed words that it goes by. Where the engine makes another word of what stands in one of them, the problem is told there. */
  readonly goesBy?: readonly Path[];
  /** Only where it differs from that of the rule. */
  readonly severity?: Severity;
}

/**
 * For what is left out rather than written wrong: whoever sends the spec may fill it in, and a template or a shortened
 * example is no reason for a warning. The effect still says that no task will run.
 */
export const LEFT_OUT: Severity = 'information';

/** For 1 where a unit was forgotten: most likely that, but also how people write the smallest duration or size there is. */
export const SMALLEST: Severity = 'information';

/**
 * Something the engine does that the facts of single fields cannot say. One file, readable alone; `npm run generate`
 * lists it, documents it and runs its examples.
 */
export interface Rule {
  /** The problem in kebab-case; the file is the same in camelCase. */
  readonly id: string;
  readonly effect: Effect;
  /** Only where it differs from what the effect has by default. */
  readonly severity?: Severity;
  /** One sentence: what is right. */
  readonly summary: string;
  /** What the engine does and why that matters. */
  readonly why: string;
  /** Where we know it from: engine version and the stable part of its message. */
  readonly source: string;
  /** The member of an object that decides what the rule says of the others: where the engine refuses it, nobody knows what was meant, and the rule says nothing of that object. */
  readonly decidedBy?: string;
  /** The rule is about the spec as a whole, and stays silent on fragments. */
  readonly wholeSpec?: true;
  /** Ids of the catalogue of engine behaviour that this rule covers. */
  readonly covers?: readonly string[];
  /**
   * YAML, merged (RFC 7396) over the smallest valid spec (`Name: demo`, `Image: busy:1`). Both run as tests:
   * `bad` has this finding, `good` has none at all from this rule. `whole` ones are files as they stand, with a modeline.
   */
  readonly examples: { readonly bad: string; readonly good: string; readonly whole?: 'yaml' };
  check(spec: ServiceSpec, context: RuleContext): void;
}

/** Declares a rule; here only so that its file has full types without naming them. */
export function serviceRule(rule: Rule): Rule {
  return rule;
}
