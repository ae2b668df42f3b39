import * as assert from 'node:assert/strict';
import { findingsOf } from './support/marked';
import { ODD_SPECS, type Verdict } from './support/oddSpecs';

/** What the findings of a document say that the engine makes of it. */
function verdictOf(text: string): Verdict {
  const loud = findingsOf(text, { syntax: 'json' }).filter(({ severity }) => severity === 'error' || severity === 'warning');
  for (const [effect, verdict] of [['crashes-engine', 'crash'], ['refused', 'refused'], ['lost', 'lost'], ['changed', 'lost']] as const) if (loud.some((finding) => finding.effect === effect)) return verdict;
  return 'taken';
}

describe('specs that nobody writes on purpose', () => {
  for (const { text, is } of ODD_SPECS) it(`${is}: ${text.replace('{"Name":"odd",', '{').slice(0, 300)}`, () => assert.equal(verdictOf(text), is, JSON.stringify(findingsOf(text, { syntax: 'json' }).map(({ rule, message }) => `${rule}: ${message}`))));
});
