import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, readFile, type Syntax } from '../server/src/document/document';
import { applyTextEdits } from '../server/src/document/textEdit';
import { commentsOf } from '../server/src/document/comments';
import { type FormatOptions, DEFAULT_FORMAT, format, formatEdits, formatRange } from '../server/src/features/format';
import { sameValue } from '../server/src/features/format/kept';
import { SERVICE } from '../server/src/facts/kinds';
import { ROOT } from '../server/src/tools/root';
import { jsonCorpus } from './support/corpus';
import { mangledYaml, randomFrom } from './support/mangle';
import { syntaxIn, write, WRITINGS } from './support/writings';

const SORT: FormatOptions = { ...DEFAULT_FORMAT, sort: () => ({ kind: SERVICE }) };
const formatted = (text: string, syntax: Syntax = 'yaml', options = DEFAULT_FORMAT): string => {
  const laid = format(readFile(text, syntax), options);
  assert.ok(laid.kind === 'formatted', laid.kind === 'refused' ? laid.reason : '');
  assert.deepEqual(laid.skipped, []);
  return laid.text;
};

/** Everything that must hold of any text that can be read. */
function holds(text: string, syntax: Syntax, options: FormatOptions, id: string): void {
  const file = readFile(text, syntax);
  const after = formatted(text, syntax, options);
  assert.equal(formatted(after, syntax, options), after, `${id}: a second run changes nothing`);
  const again = readFile(after, syntax);
  for (const [i, { document }] of file.documents.entries()) {
    assert.ok(sameValue(document.value, again.documents[i].document.value, options.sort !== undefined), `${id}: the values are the same`);
    const comments = (one: typeof document) => commentsOf(one).map(({ start, end }) => one.text.slice(start, end)).sort();
    assert.deepEqual(comments(again.documents[i].document), comments(document), `${id}: the comments are the same`);
  }
  const { edits } = formatEdits(file, options);
  assert.equal(applyTextEdits(text, edits), after, `${id}: the edits lead there`);
  if (!options.sort) assert.ok(edits.every(({ start, end, text: put }) => text.slice(start, end).trim() === '' && put.trim() === '') || /,/.test(text), `${id}: nothing but white space changes`);
}

describe('formatting YAML', () => {
  const cases: { name: string; given: string; gives: string }[] = [
    { name: 'indents by two', given: 'a:\n    b: 1\n    c:\n       d: 2\n', gives: 'a:\n  b: 1\n  c:\n    d: 2\n' },
    { name: 'indents lists below their key', given: 'a:\n- b: 1\n  c: 2\n-   d\n', gives: 'a:\n  - b: 1\n    c: 2\n  - d\n' },
    { name: 'keeps lists of lists on their line', given: 'a:\n- - b\n  - c\n', gives: 'a:\n  - - b\n    - c\n' },
    { name: 'has one space behind colons and dashes', given: 'a:   1\nb:\n  -    c\n"d":2\n'.replace('"d":2', '"d":   2'), gives: 'a: 1\nb:\n  - c\n"d": 2\n' },
    { name: 'keeps comments where they belong', given: '# top\n\n\na: 1    # behind\nb:  # aside\n      # above\n      c: 1\n      # in b\n# of d\nd: 1\n# end\n', gives: '# top\n\na: 1 # behind\nb: # aside\n  # above\n  c: 1\n  # in b\n# of d\nd: 1\n# end\n' },
    { name: 'keeps one blank line of several', given: '\n\na: 1\n\n\n\nb:\n\n  c: 1\n\n\n', gives: 'a: 1\n\nb:\n  c: 1\n' },
    { name: 'takes spaces from the ends of lines', given: 'a: 1   \n   \nb: 2\t\n', gives: 'a: 1\n\nb: 2\n' },
    { name: 'ends with a newline', given: 'a: 1', gives: 'a: 1\n' },
    { name: 'keeps brackets on one line there', given: 'a: {b: 1,c: [1,2]}\nd: [ ]\ne: {  }\n', gives: 'a: { b: 1, c: [1, 2] }\nd: []\ne: {}\n' },
    { name: 'gives each member of spread brackets a line', given: 'a: [1, # one\n   2]\nb:\n  - {c: 1,\n     d: 2}\n', gives: 'a:\n  [\n    1, # one\n    2\n  ]\nb:\n  - {\n      c: 1,\n      d: 2\n    }\n' },
    { name: 'moves texts of several lines as a whole', given: 'a:\n    b: |\n        one\n          two\n\n        three  \n    c: >-\n     x\n', gives: 'a:\n  b: |\n    one\n      two\n\n    three  \n  c: >-\n    x\n' },
    { name: 'keeps blank lines that are text', given: 'a: |+\n  x\n\n\nb: 1\n', gives: 'a: |+\n  x\n\n\nb: 1\n' },
    { name: 'leaves no spaces in a text of several lines without any', given: 'a: >\n     \nb: |+\n    \n  \nc: d\n', gives: 'a: >\n\nb: |+\n\n\nc: d\n' },
    { name: 'indents texts that go on', given: 'a: one\n      two\n\n      three\nb: "x\n  y"\n', gives: 'a: one\n  two\n\n  three\nb: "x\n  y"\n' },
    { name: 'keeps anchors, aliases, merge keys and tags', given: 'a: &x\n    b: !!str 1\nc:   *x\nd:\n   <<:   *x\ne:\n  -   &y f\n  - *y\n', gives: 'a: &x\n  b: !!str 1\nc: *x\nd:\n  <<: *x\ne:\n  - &y f\n  - *y\n' },
    { name: 'keeps the spelling of numbers and texts', given: "a:  0444\nb:  1e3\nc:  1.0\nd:  18446744073709551615\ne:  'x'\nf:  \"y\"\n", gives: "a: 0444\nb: 1e3\nc: 1.0\nd: 18446744073709551615\ne: 'x'\nf: \"y\"\n" },
    { name: 'keeps documents apart', given: '%YAML 1.2\n--- # first\na:   1\n...\n# next\n---\nb:   2\n---\n---\n', gives: '%YAML 1.2\n--- # first\na: 1\n...\n# next\n---\nb: 2\n---\n---\n' },
    { name: 'keeps Windows line ends', given: 'a:\r\n    b: 1\r\n    c: |\r\n      x\r\n', gives: 'a:\r\n  b: 1\r\n  c: |\r\n    x\r\n' },
    { name: 'lays out JSON in a YAML file', given: '{"a":1,\n"b":[1]}\n', gives: '{\n  "a": 1,\n  "b": [1]\n}\n' },
    { name: 'leaves nothing but comments alone', given: '# x\n', gives: '# x\n' },
  ];
  for (const { name, given, gives } of cases) {
    it(name, () => {
      assert.equal(formatted(given), gives);
      assert.equal(formatted(gives), gives);
    });
  }

  it('indents as deep as the editor does', () => assert.equal(formatted('a:\n  b:\n  - c: 1\n    d: 2\n', 'yaml', { tabSize: 4, insertSpaces: false }), 'a:\n    b:\n        - c: 1\n          d: 2\n'));

  for (const [name, text] of [['keys in the `? ` form', '? a\n: 1\n'], ['a text that says how deep it is', 'a: |2\n    x\n']]) {
    it(`leaves ${name} as they are, and says so`, () => {
      const laid = format(readFile(text, 'yaml'));
      assert.ok(laid.kind === 'formatted' && laid.text === text && /It has .* and is left as it is\./.test(laid.skipped[0]), JSON.stringify(laid));
    });
  }
});

describe('formatting JSON', () => {
  const cases: { name: string; given: string; gives: string; options?: FormatOptions }[] = [
    { name: 'spreads what a machine has written', given: '{"a":{"b":[1,2]},"c":{}}', gives: '{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  },\n  "c": {}\n}\n' },
    { name: 'keeps short brackets on their line', given: '{\n"a":["CMD","true"],\n"b":{"c":1}}', gives: '{\n  "a": ["CMD", "true"],\n  "b": { "c": 1 }\n}\n' },
    { name: 'spreads long ones', given: `{\n"a":["${'x'.repeat(60)}","${'y'.repeat(60)}"]}`, gives: `{\n  "a": [\n    "${'x'.repeat(60)}",\n    "${'y'.repeat(60)}"\n  ]\n}\n` },
    { name: 'keeps digits and escapes', given: '{\n"a":1e3, "b":18446744073709551615, "c":"\\u00e4", "d":-0}', gives: '{\n  "a": 1e3,\n  "b": 18446744073709551615,\n  "c": "\\u00e4",\n  "d": -0\n}\n' },
    { name: 'keeps keys given twice', given: '{"a":1,"a":2}', gives: '{\n  "a": 1,\n  "a": 2\n}\n' },
    { name: 'keeps one blank line', given: '{\n"a":1,\n\n\n"b":2}\n\n', gives: '{\n  "a": 1,\n\n  "b": 2\n}\n' },
    { name: 'indents with tabs where the editor does', given: '{"a":{"b":1}}', gives: '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n', options: { tabSize: 4, insertSpaces: false } },
    { name: 'keeps Windows line ends', given: '{\r\n"a":1}\r\n', gives: '{\r\n  "a": 1\r\n}\r\n' },
  ];
  for (const { name, given, gives, options = DEFAULT_FORMAT } of cases) {
    it(name, () => {
      assert.equal(formatted(given, 'json', options), gives);
      assert.equal(formatted(gives, 'json', options), gives);
    });
  }
});

describe('formatting', () => {
  for (const [text, syntax, reason] of [['{"a": 1,}', 'json', /^Line 1 cannot be read: .*comma/], ['{\n// x\n"a": 1}', 'json', /^Line 2 .*comments/], ['a: 1\n\tb: 2\n', 'yaml', /^Line 2 /], ['a: 1\n---\nb: [\n', 'yaml', /^Line \d /]] as const) {
    it(`leaves a file with a fault alone and says why: ${JSON.stringify(text)}`, () => {
      const laid = format(readFile(text, syntax));
      assert.ok(laid.kind === 'refused' && reason.test(laid.reason), JSON.stringify(laid));
      assert.deepEqual(formatEdits(readFile(text, syntax)).edits, []);
    });
  }

  it('changes as little as it can', () => {
    const text = 'a: 1\nb:\n  c:   2\nd: 3   \n';
    assert.deepEqual(formatEdits(readFile(text, 'yaml')).edits, [{ start: 13, end: 15, text: '' }, { start: 21, end: 24, text: '' }]);
    assert.deepEqual(formatEdits(readFile(formatted(text), 'yaml')).edits, []);
  });

  it('formats a stretch, and as much around it as the values need', () => {
    const text = 'a:   1\nb:\n    c:   2\n    d: 3\ne:   4\n';
    const stretch = (on: string) => applyTextEdits(text, formatRange(readFile(text, 'yaml'), { start: text.indexOf(on), end: text.indexOf(on) + on.length }).edits);
    assert.equal(stretch('e:'), 'a:   1\nb:\n    c:   2\n    d: 3\ne: 4\n');
    assert.equal(stretch('d: 3'), 'a:   1\nb:\n  c: 2\n  d: 3\ne:   4\n');
  });

  it('keeps values, comments and digits of every recorded spec, and changes nothing in a second run', function () {
    this.timeout(180_000);
    for (const [i, { id, text }] of jsonCorpus().filter((_, at) => at % 6 === 0).entries()) {
      const { root } = readDocument(text, 'json');
      if (root?.kind !== 'object' && root?.kind !== 'list') continue;
      for (const writing of WRITINGS) holds(write(root, writing), syntaxIn(writing), i % 2 ? SORT : DEFAULT_FORMAT, `${id} in ${writing}`);
      const mangled = mangledYaml(root, randomFrom(i));
      for (const options of [DEFAULT_FORMAT, SORT, { tabSize: 4, insertSpaces: true }]) holds(mangled, 'yaml', options, `${id} mangled ${i}`);
    }
  });

  it('keeps the values of documents that others wrote', function () {
    const folder = join(ROOT, '../shared/corpus/real-world');
    if (!existsSync(folder)) this.skip();
    for (const name of readdirSync(folder)) holds(readFileSync(join(folder, name), 'utf8'), name.endsWith('.json') ? 'json' : 'yaml', DEFAULT_FORMAT, name);
  });
});

describe('sorting keys', () => {
  it('follows the API, with comments and blank lines', () => {
    assert.equal(
      formatted('# swarmspec: api=1.49\n# all of it\n\n# mode\nMode: # m\n  Replicated: { Replicas: 1 }\n\n# the name\nName: web\nzzz: 1\nLabels: { b: x, a: y }\nTaskTemplate:\n  Placement: {}\n  ContainerSpec:\n    Env: [A=b]\n    # image\n    Image: busy:1\n  # tail\n', 'yaml', SORT),
      '# swarmspec: api=1.49\n# all of it\n\n# the name\nName: web\nLabels: { b: x, a: y }\nTaskTemplate:\n  ContainerSpec:\n    # image\n    Image: busy:1\n    Env: [A=b]\n  Placement: {}\n  # tail\n\n# mode\nMode: # m\n  Replicated: { Replicas: 1 }\nzzz: 1\n'.replace('\n\n# the name', '\n\n# the name'),
    );
  });
  it('does so in JSON', () => assert.equal(formatted('{"Mode": {"Global": {}},\n "name": "a", "$schema": "x"}', 'json', SORT), '{\n  "$schema": "x",\n  "name": "a",\n  "Mode": { "Global": {} }\n}\n'));
  it('does so in inspect output and items of lists', () => assert.equal(formatted('- ID: x\n  Spec:\n    Mode: {}\n    Name: a\n    EndpointSpec:\n      Ports:\n      - PublishedPort: 1\n        TargetPort: 2\n        Protocol: tcp\n', 'yaml', SORT), '- ID: x\n  Spec:\n    Name: a\n    Mode: {}\n    EndpointSpec:\n      Ports:\n        - Protocol: tcp\n          TargetPort: 2\n          PublishedPort: 1\n'));
  it('keeps anchors above their aliases', () => assert.equal(formatted('Mode: &m\n  Global: {}\nName: a\nLabels: *m\n', 'yaml', SORT), 'Mode: &m\n  Global: {}\nName: a\nLabels: *m\n'));
  it('keeps the last of keys given twice the last', () => assert.equal(formatted('Mode: {}\nName: a\nname: b\nName: c\n', 'yaml', SORT), 'Name: a\nname: b\nName: c\nMode: {}\n'));
});
