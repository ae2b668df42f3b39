import * as assert from 'node:assert/strict';
import type { Syntax } from '../../server/src/document/document';
import { findingsOf, fixOf } from './marked';

/** A document, the rule whose first fix is applied to it, and what that gives. */
export interface Case {
  readonly name: string;
  readonly rule: string;
  readonly syntax?: Syntax;
  readonly text: string;
  readonly gives: string;
}

/** A fix gives exactly this text, which has no such finding any more, so that there is nothing to apply twice. */
export function checkFix({ name, rule, text, gives, syntax = 'yaml' }: Case): void {
  it(name + (syntax === 'json' ? ' (JSON)' : ''), () => {
    const fixed = fixOf(text, rule, { syntax });
    assert.equal(fixed, gives);
    const findings = findingsOf(fixed, { syntax });
    assert.deepEqual(findings.filter((finding) => /-syntax$/.test(finding.rule) || finding.rule === rule), []);
  });
}

/** What the facts say the same with more precisely: a secret that is known by its name alone, or a field that is too new, which was dropped elsewhere. */
export const MORE_PRECISE: ReadonlySet<string> = new Set(['reference-by-name', 'needs-newer-api']);
