import type { Effect } from '../finding';
import { SEVERITY_OF, type Severity } from '../finding';
import { RULES } from '../rules/all';
import { FACT_RULES } from '../schema/factRules';

/** What there is to tell about a rule, wherever it is checked. */
export interface RuleDoc {
  readonly id: string;
  readonly effect: Effect;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly source: string;
  readonly bad: string;
  readonly good: string;
  readonly whole?: 'json' | 'yaml';
  /** Ids of the catalogue of engine behaviour. */
  readonly covers: readonly string[];
}

/** Every rule, by id. */
export function ruleDocs(): RuleDoc[] {
  const facts = FACT_RULES.map((rule) => ({ ...rule, severity: rule.severity ?? SEVERITY_OF[rule.effect], covers: [] }));
  const rules = RULES.map(({ examples, check: _, severity, covers = [], ...rule }) => ({ ...rule, ...examples, covers, severity: severity ?? SEVERITY_OF[rule.effect] }));
  return [...facts, ...rules].sort((a, b) => a.id.localeCompare(b.id));
}
