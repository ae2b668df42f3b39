import * as assert from 'node:assert/strict';
import { readFile, type Syntax } from '../../server/src/document/document';
import { SERVICE } from '../../server/src/facts/kinds';
import { codeActions } from '../../server/src/features/codeActions';
import { complete } from '../../server/src/features/complete';
import { folds } from '../../server/src/features/folding';
import { format } from '../../server/src/features/format';
import { hover } from '../../server/src/features/hover';
import { selections } from '../../server/src/features/selection';
import { symbols } from '../../server/src/features/symbols';
import { validate } from '../../server/src/features/validate';
import type { Finding } from '../../server/src/finding';

const TARGET = { kind: SERVICE, api: '1.49', apiSource: 'default' } as const;

/** What `Object.prototype` has before any document was read. */
const CLEAN = Object.getOwnPropertyNames(Object.prototype).sort().join();

/** Reads and checks a text. Whatever it says: no exception, no failed rule, every place inside the text, and nothing left behind. */
export function survive(text: string, syntax: Syntax): readonly Finding[] {
  const findings = validate(readFile(text, syntax), { target: () => TARGET });
  for (const { rule, message, span } of findings) {
    assert.notEqual(rule, 'internal-error', message);
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${rule} stands at ${span.start}–${span.end} of ${text.length}`);
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), CLEAN, 'Object.prototype has changed');
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  return findings;
}

/** All that an editor asks at a place of a text. */
export function surviveEditor(text: string, syntax: Syntax, offset: number): void {
  const file = readFile(text, syntax);
  const findings = validate(file, { target: () => TARGET });
  const placed = file.documents.findLast((one) => one.offset <= offset) ?? file.documents[0];
  hover(placed.document, offset - placed.offset, TARGET);
  complete(placed.document, offset - placed.offset, TARGET);
  symbols(placed.document, TARGET);
  folds(file);
  selections(placed.document, offset - placed.offset);
  format(file);
  codeActions(file, findings, { start: 0, end: text.length });
}
