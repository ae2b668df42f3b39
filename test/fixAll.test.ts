import * as assert from 'node:assert/strict';
import { toJson } from '../server/src/document/value';
import { SERVICE } from '../server/src/facts/kinds';
import { allFields } from '../server/src/facts/lookup';
import type { Field } from '../server/src/facts/types';
import type { Edit, Finding } from '../server/src/finding';
import { type Path, toPointer } from '../server/src/path';
import { FACT_RULES } from '../server/src/schema/factRules';
import { mutants } from './agreement/mutants';
import { corpus, isJson } from './support/corpus';
import { MORE_PRECISE } from './support/fixes';
import { fixAll as fixAtOnceIn } from '../server/src/features/fixAll';
import { resolveTarget } from '../server/src/features/target';
import { findingsOf, fixAll, fixOf, read } from './support/marked';
import { specWith } from './support/specWith';
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

describe('the safe fix of one value', () => {
  const POWERS = Array.from({ length: 19 }, (_, i) => 10n ** BigInt(i));
  const NUMBERS = [0n, ...POWERS, ...POWERS.filter((_, i) => i % 3 === 0).map((power) => power * 5n), 2n, 64n, 120n, 444n, 70_000n].map(String);
  const WORDS = ['10s', '1h', '3d', '5 ns', '512m', '1k', '4GiB', '0.5 CPU', '50%', '100%', '250m', '0444', '0x1F', '0o17', '+5', 'true', 'True', 'false', 'yes', 'off', 'none', 'all', '-1', '1e9', '1E3', '-0'];
  const WRITTEN = [...NUMBERS, ...NUMBERS.map((number) => `"${number}"`), ...NUMBERS.map((number) => `${number}.0`), ...NUMBERS.map((number) => `"${number}.5"`), '0.5', '.25', '1.5', '8.8', '12.5', ...WORDS, ...WORDS.map((word) => `"${word}"`)];

  const findings = (text: string) => findingsOf(text).filter(({ severity }) => severity !== 'hint');
  /** What is said of one number alone. */
  const OF_NUMBERS = new Set(['wrong-type', 'integer-form', 'number-range', 'tiny-duration', 'tiny-size', 'huge-duration', 'stop-grace-period', 'limit-too-small', 'rollback-range']);
  const NOTHING: Pick<Finding, 'rule' | 'hint' | 'message' | 'path'> = { rule: '', message: '', path: [] };
  const nameOf = ({ rule, path }: Finding) => `${rule} ${toPointer(path)}`;

  /** Whether a fix has left the amount that stood there: one with a unit, or a number that has lost its quotes or its form. */
  function isTheSame(written: string, after: string, place: string): boolean {
    const text = written.replaceAll('"', '');
    const value = place.split('.').reduce<unknown>((inside, step) => (inside as Readonly<Record<string, unknown>>)[step], read(after).documents[0].document.value);
    return (typeof value === 'number' || typeof value === 'bigint') && (/^[\d.]+ ?[a-z%]+$/i.test(text) || (Number(text) === Number(value) && !/^0\d/.test(written)));
  }

  it('leaves fewer findings, and none that neither a right value has nor none at all', function () {
    this.timeout(300_000);
    let fixes = 0;
    for (const { path, field } of allFields(SERVICE.root)) {
      // networks of the service are moved as a whole
      if (field.type.kind !== 'scalar' || path.startsWith('Networks')) continue;
      const place = path.replaceAll('[]', '.0').replaceAll('.*', '.a');
      const allowed = new Set([...findings(specWith(place)), ...findings(specWith(place, JSON.stringify(exampleOf(field))))].map(nameOf));
      for (const written of WRITTEN) {
        const text = specWith(place, written);
        const before = findings(text);
        const after = fixAll(text);
        if (after === text) continue;
        fixes++;
        // advice that follows from what stands there does not make it another value
        const matters = isTheSame(written, after, place) ? ({ severity }: Finding) => severity === 'error' : () => true;
        const left = findings(after).filter(matters);
        const known = new Set(before.map(nameOf));
        const fresh = left.map(nameOf).filter((name) => !known.has(name) && !allowed.has(name));
        assert.deepEqual(fresh, [], `${place}: ${written}\n${after}`);
        assert.ok(left.filter((finding) => !allowed.has(nameOf(finding))).length < before.filter(matters).filter((finding) => !allowed.has(nameOf(finding))).length, `${place}: ${written}\n${after}`);
      }
    }
    assert.ok(fixes > 2000, `only ${fixes} values had a safe fix`);
  });

  it('and what a number without a unit may mean is never found fault with', function () {
    this.timeout(60_000);
    let meant = 0;
    for (const { path, field } of allFields(SERVICE.root)) {
      if (!['ns', 'bytes', 'nano-cpus', 'ratio'].includes(field.unit ?? '')) continue;
      const place = path.replaceAll('[]', '.0');
      for (const written of NUMBERS.flatMap((number) => [number, `"${number}"`, `${number}.0`, `"${number}.5"`])) {
        const text = specWith(place, written);
        const [{ rule, hint = '', message, path: at } = NOTHING] = findings(text);
        if (!/For .* write `/.test(hint + message)) continue;
        meant++;
        const left = findings(fixOf(text, rule)).filter((finding) => OF_NUMBERS.has(finding.rule) && toPointer(finding.path) === toPointer(at));
        assert.deepEqual(left.map(({ message: said }) => said), [], `${place}: ${written}`);
      }
    }
    assert.ok(meant > 200, `only ${meant} numbers had another meaning`);
  });
});

/** A value that is right for a field, as far as that can be told without the rest of the spec. */
function exampleOf({ type, words, examples, suggestions }: Field): unknown {
  return examples?.[0] ?? suggestions?.[0] ?? Object.keys(words?.words ?? {})[0] ?? (type.kind !== 'scalar' || type.name === 'string' ? 'a' : type.name === 'bool' ? true : 1);
}
