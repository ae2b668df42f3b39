import * as assert from 'node:assert/strict';
import { toJson } from '../server/src/document/value';
import type { Edit, Finding } from '../server/src/finding';
import { type Path, toPointer } from '../server/src/path';
import { FACT_RULES } from '../server/src/schema/factRules';
import { mutants } from './agreement/mutants';
import { corpus, isJson } from './support/corpus';
import { fixAll as fixAtOnceIn } from '../server/src/features/fixAll';
import { resolveTarget } from '../server/src/features/target';
import { findingsOf, fixAll, read } from './support/marked';
import { syntaxIn, write, WRITINGS } from './support/writings';

const fixAtOnce = (text: string, unsafe = false) => fixAtOnceIn(text, 'json', { target: (document) => resolveTarget(document, {}) }, { unsafe }).text;

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

/** Where an edit leaves something. */
function placeOf(edit: Edit): Path {
  switch (edit.kind) {
    case 'rename':
      return [...edit.at.slice(0, -1), edit.to];
    case 'move':
      return edit.to;
    case 'unwrap':
    case 'text':
      return [];
    case 'set':
    case 'add':
    case 'remove':
      return edit.at;
  }
}

/** What the facts say the same with more precisely: a secret that is known by its name alone, or a field that is too new, which was dropped elsewhere. */
const MORE_PRECISE: ReadonlySet<string> = new Set(['reference-by-name', 'needs-newer-api']);

describe('all safe fixes of a document with a slip', () => {
  const ofFacts = new Set(FACT_RULES.map(({ id }) => id));

  it('leave a document that can be read, and bring no fault where they have been, nor anywhere else', function () {
    this.timeout(120_000);
    let fixed = 0;
    for (const { id, text } of mutants({ each: 1, share: 3 })) {
      const reading = { syntax: 'json' } as const;
      const before = loud(findingsOf(text, reading));
      const said = new Set(before.map(({ rule, path }) => `${rule} ${toPointer(path)}`.toLowerCase()));
      const places: string[] = [];
      const after = fixAll(text, reading, (edit) => places.push(toPointer(placeOf(edit)).toLowerCase()));
      if (after === text) continue;
      fixed++;
      const fresh = loud(findingsOf(after, reading)).filter(({ rule, path }) => {
        const place = toPointer(path).toLowerCase();
        if (said.has(`${rule} ${place}`) || MORE_PRECISE.has(rule)) return false;
        // what a value says, and how it goes with those beside it, is looked at when it is one and stands where it belongs
        return ofFacts.has(rule) || !places.some((touched) => `${place}/`.startsWith(`${touched.slice(0, touched.lastIndexOf('/'))}/`) || `${touched}/`.startsWith(`${place}/`));
      });
      assert.deepEqual(fresh.map(({ rule, path, message }) => `${rule} ${toPointer(path)} ${message}`), [], `${id}\n${text}\n---->\n${after}`);
    }
    assert.ok(fixed > 2500, `only ${fixed} documents had a safe fix`);
  });

  it('are the same when they are made at once', function () {
    this.timeout(120_000);
    for (const { id, text } of mutants({ each: 1, share: 30 })) {
      const one = fixAll(text, { syntax: 'json' });
      assert.deepEqual(read(fixAtOnce(text), { syntax: 'json' }).documents[0].document.value, read(one, { syntax: 'json' }).documents[0].document.value, `${id}\n${text}`);
    }
  });

  it('and those that are not safe leave it readable too', function () {
    this.timeout(120_000);
    for (const { id, text } of mutants({ each: 1, share: 30 })) {
      const faults = (source: string) => read(source, { syntax: 'json' }).documents[0].document.problems.filter(({ rule }) => rule === 'json-syntax').length;
      assert.ok(faults(fixAtOnce(text, true)) <= faults(text), `${id}\n${text}`);
    }
  });
});
