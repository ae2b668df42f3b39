import { SERVICE } from '../facts/kinds';
import { allFields, type PlacedField } from '../facts/lookup';
import { REQUEST_MESSAGES, type RequestMessage } from '../facts/requestMessages';
import type { Effect } from '../finding';
import { SEVERITY_OF, type Severity } from '../finding';
import { LIVE_RULES, RULES } from '../rules/all';
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
  /** What the examples meet in the swarm, as YAML, for a rule that only a plan runs. */
  readonly live?: string;
  /** Ids of the catalogue of engine behaviour. */
  readonly covers: readonly string[];
}

/** Every rule, by id. */
export function ruleDocs(): RuleDoc[] {
  const facts = FACT_RULES.map((rule) => ({ ...rule, severity: rule.severity ?? SEVERITY_OF[rule.effect], covers: [] }));
  const rules: RuleDoc[] = [...RULES, ...LIVE_RULES].map(({ examples, check: _, severity, covers = [], ...rule }) => ({ ...rule, ...examples, covers, severity: severity ?? SEVERITY_OF[rule.effect] }));
  return [...facts, ...rules].sort((a, b) => a.id.localeCompare(b.id));
}

/** The rule about the config file: the only one whose documents are no specs, and whose severity is not for that file to say. */
export const CONFIG_RULE: RuleDoc = {
  id: 'config-problem', effect: 'advice', severity: 'error', summary: 'The config file says what it is meant to say.',
  why: 'A misspelt rule or setting has no effect, so the specs are checked against something else than the project has decided. What is right in the file still counts.',
  source: 'swarmspec', bad: 'severity:\n  unknwon-field: warning\n', good: 'severity:\n  unknown-field: warning\n', whole: 'yaml', covers: [],
};

/**
 * The rules whose source quotes a message of the engine, or a message of which this is a part; those that are about
 * nothing else first. What stands between quotes is what is stable of a message, and `…` in it stands for anything.
 */
export function rulesForMessage(message: string): RuleDoc[] {
  const quotes = (source: string) => [...source.matchAll(/"([^"]{8,})"/g)].map(([, stable]) => stable);
  return documentedRules().filter(({ source }) => quotes(source).some((stable) => isMeant(message, stable))).sort((a, b) => quotes(a.source).length - quotes(b.source).length);
}

/** What the engine says of requests, in so far as this is it or a part of it. */
export function requestMessages(message: string): RequestMessage[] {
  return REQUEST_MESSAGES.filter((known) => isMeant(message, known.message));
}

function isMeant(given: string, stable: string): boolean {
  const [message, known] = [given, stable].map((text) => text.trim().toLowerCase());
  if (message.length >= 8 && known.includes(message)) return true;
  let from = 0;
  for (const part of known.split('…')) {
    const at = message.indexOf(part.trim(), from);
    if (at < 0) return false;
    from = at + part.trim().length;
  }
  return true;
}

/** The fields that a name or the end of a path means, in whatever letter case: `Delay`, `updateconfig.delay`, `Ports[].TargetPort`. */
export function fieldsCalled(asked: string): PlacedField[] {
  const plain = (path: string) => path.toLowerCase().replaceAll(/\[\d*\]|\.\*/g, '');
  const wanted = plain(asked);
  const all = allFields(SERVICE.root).filter(({ name }) => name !== '[]' && name !== '*');
  const whole = all.filter(({ path }) => plain(path) === wanted);
  return whole.length > 0 ? whole : all.filter(({ path }) => plain(path).endsWith(`.${wanted}`));
}

/** Everything that `explain` knows, by id. */
export function documentedRules(): RuleDoc[] {
  return [...ruleDocs(), CONFIG_RULE].sort((a, b) => a.id.localeCompare(b.id));
}
