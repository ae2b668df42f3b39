import * as assert from 'node:assert/strict';
import { readDocument } from '../server/src/document/document';
import { type SpecObject, type SpecValue, toJson } from '../server/src/document/value';
import type { Finding } from '../server/src/finding';
import type { Path } from '../server/src/path';
import { RULES } from '../server/src/rules/all';
import { FACT_RULES } from '../server/src/schema/factRules';
import { mergePatch } from '../server/src/tools/mergePatch';
import { findingsOf } from './support/marked';

/** What says less of a member that is refused, and nothing that is false. */
const SAYS_LESS = ['engine-socket-mounted', 'restart-condition-missing'];

/** A value that no field takes: it is an object where a list, a text or a number is wanted, and a list where an object is. */
const wrongFor = (value: SpecValue): SpecValue => (typeof value === 'object' && value !== null && !Array.isArray(value) ? [7] : { Nothing: 1 });

function* placesIn(value: SpecValue, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* placesIn(member as SpecValue, [...path, Array.isArray(value) ? Number(key) : key]);
}

function withWrong(value: SpecValue, [step, ...rest]: Path): SpecValue {
  if (step === undefined) return wrongFor(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as SpecObject) }) as SpecObject;
  copy[step] = withWrong(copy[step], rest);
  return copy;
}

describe('a member of the wrong type', () => {
  it('makes no rule say what it does not say of the right one', function () {
    this.timeout(60_000);
    const ofFacts = new Set(FACT_RULES.map(({ id }) => id));
    const said = (value: SpecValue) => findingsOf(toJson(value), { syntax: 'json' }).filter(({ rule }) => !ofFacts.has(rule) && !SAYS_LESS.includes(rule));
    const nameOf = ({ rule, message }: Finding) => `${rule}: ${message}`;
    let places = 0;
    for (const { examples } of RULES) {
      for (const example of [examples.bad, examples.good]) {
        const patch = readDocument(example, 'yaml').value;
        if (patch === undefined) continue;
        const spec = mergePatch({ Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } } }, patch) as SpecValue;
        // what is too large takes its time
        if (toJson(spec).length > 20_000) continue;
        const before = new Set(said(spec).map(nameOf));
        for (const path of placesIn(spec)) {
          places++;
          assert.deepEqual(said(withWrong(spec, path)).map(nameOf).filter((name) => !before.has(name)), [], `${path.join('.')}\n${toJson(spec)}`);
        }
      }
    }
    assert.ok(places > 2000, `only ${places} members`);
  });
});
