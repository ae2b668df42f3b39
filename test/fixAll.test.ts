import * as assert from 'node:assert/strict';
import { toJson } from '../server/src/document/value';
import type { Finding } from '../server/src/finding';
import { toPointer } from '../server/src/path';
import { corpus, isJson } from './support/corpus';
import { findingsOf, fixAll, read } from './support/marked';
import { syntaxIn, write, WRITINGS } from './support/writings';

/** Errors and warnings: advice may come and go with what a spec says. */
function loud(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

describe('all safe fixes of a recorded spec', () => {
  for (const writing of WRITINGS) {
    const reading = { syntax: syntaxIn(writing) };
    it(`leave a document that can be read, with nothing new to say (${writing})`, function () {
      this.timeout(120_000);
      let fixed = 0;
      for (const { id, text: recorded, verdict } of corpus()) {
        if (verdict !== 'accept' || !isJson(recorded)) continue;
        const { root } = read(recorded, { syntax: 'json' }).documents[0].document;
        if (!root) continue;
        const text = write(root, writing);
        const before = new Set(findingsOf(text, reading).map(({ rule }) => rule));
        const places: string[] = [];
        const after = fixAll(text, reading, (edit) => places.push(toPointer('to' in edit ? (edit.kind === 'rename' ? [...edit.at.slice(0, -1), edit.to] : edit.to) : 'at' in edit ? edit.at : [])));
        if (after === text) continue;
        fixed++;
        // what stood under a key that nobody knew is looked at for the first time, and so is the object that has the key now
        const looked = places.flatMap((place) => [place, place.slice(0, place.lastIndexOf('/'))]).filter((place) => place !== '');
        const fresh = loud(findingsOf(after, reading)).filter(({ rule, path }) => !before.has(rule) && !looked.some((place) => `${toPointer(path)}/`.startsWith(`${place}/`)));
        assert.deepEqual(fresh.map(({ rule, path }) => `${rule} ${toPointer(path)}`), [], `${id}\n${text}\n---->\n${after}`);
      }
      assert.ok(fixed > 300, `only ${fixed} specs had a safe fix`);
    });
  }

  it('leave a document that means the same in all writings', function () {
    this.timeout(120_000);
    for (const { id, text: recorded, verdict } of corpus()) {
      if (verdict !== 'accept' || !isJson(recorded)) continue;
      const { document } = read(recorded, { syntax: 'json' }).documents[0];
      if (!document.root || document.problems.length > 0) continue;
      const values = WRITINGS.map((writing) => {
        const after = fixAll(write(document.root!, writing), { syntax: syntaxIn(writing) });
        const { value } = read(after, { syntax: syntaxIn(writing) }).documents[0].document;
        return value === undefined ? '' : toJson(value);
      });
      assert.deepEqual(new Set(values).size, 1, `${id}\n${values.join('\n')}`);
    }
  });
});
