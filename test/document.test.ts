import * as assert from 'node:assert/strict';
import { readDocument, readFile, spotAt, type SpecDocument, type Syntax } from '../server/src/document/document';
import { splitYaml } from '../server/src/document/split';
import { MAX_DEPTH } from '../server/src/document/json';
import { isObject, NumberText, type SpecValue, toJson } from '../server/src/document/value';
import { jsonCorpus } from './support/corpus';
import { findingsOf, fixAll } from './support/marked';
import { syntaxIn, write, WRITINGS } from './support/writings';

const json = (text: string): SpecDocument => readDocument(text, 'json');
const yaml = (text: string): SpecDocument => readDocument(text, 'yaml');
const sent = ({ value }: SpecDocument): string => (value === undefined ? 'nothing' : toJson(value));
/** The problems of a document as `rule: what is underlined`. */
const faults = ({ problems, text }: SpecDocument): string[] => problems.map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

describe('reading JSON', () => {
  const cases: { name: string; text: string; gives: string; faults: string[]; says: RegExp }[] = [
    { name: 'a comma before a brace', text: '{"a": 1,}', gives: '{"a":1}', faults: ['json-syntax: ,'], says: /no comma before `}`/ },
    { name: 'a comma before a bracket', text: '[1, 2, ]', gives: '[1,2]', faults: ['json-syntax: ,'], says: /no comma before `]`/ },
    { name: 'a comma that is missing between members', text: '{"a": 1 "b": 2}', gives: '{"a":1,"b":2}', faults: ['json-syntax:  "'], says: /comma is missing/ },
    { name: 'a comma that is missing between items', text: '[1 2]', gives: '[1,2]', faults: ['json-syntax:  2'], says: /comma is missing/ },
    { name: 'two commas', text: '{"a": 1,, "b": 2}', gives: '{"a":1,"b":2}', faults: ['json-syntax: ,'], says: /where a key is expected/ },
    { name: 'a comma first', text: '[, 1]', gives: '[1]', faults: ['json-syntax: ,'], says: /where a list item is expected/ },
    { name: 'a line comment', text: '{"a": 1 // one\n}', gives: '{"a":1}', faults: ['json-syntax: // one'], says: /no comments/ },
    { name: 'a block comment', text: '{/* x */"a": 1}', gives: '{"a":1}', faults: ['json-syntax: /* x */'], says: /no comments/ },
    { name: 'a comment with `#`', text: '# x\n{"a": 1}', gives: '{"a":1}', faults: ['json-syntax: # x'], says: /no comments/ },
    { name: 'single quotes', text: "{'a': 'b\"'}", gives: '{"a":"b\\""}', faults: ["json-syntax: 'a'", "json-syntax: 'b\"'"], says: /double quotes/ },
    { name: 'a key without quotes', text: '{a: 1}', gives: '{"a":1}', faults: ['json-syntax: a'], says: /`"a"`/ },
    { name: 'a value without quotes', text: '{"a": web}', gives: '{"a":"web"}', faults: ['json-syntax: web'], says: /`web` is not a value/ },
    { name: 'True for true', text: '{"a": True}', gives: '{"a":true}', faults: ['json-syntax: True'], says: /`True` is not a value/ },
    { name: 'undefined', text: '{"a": undefined}', gives: '{"a":null}', faults: ['json-syntax: undefined'], says: /not a value/ },
    { name: 'a leading zero', text: '{"a": 0444}', gives: '{"a":444}', faults: ['json-syntax: 0444'], says: /`0444` is not a number/ },
    { name: 'hexadecimal', text: '{"a": 0x1F}', gives: '{"a":31}', faults: ['json-syntax: 0x1F'], says: /not a number/ },
    { name: 'a plus sign', text: '{"a": +5}', gives: '{"a":5}', faults: ['json-syntax: +5'], says: /not a number/ },
    { name: 'a number that ends in a dot', text: '{"a": 5.}', gives: '{"a":5}', faults: ['json-syntax: 5.'], says: /not a number/ },
    { name: 'a number with a unit', text: '{"a": 10s}', gives: '{"a":null}', faults: ['json-syntax: 10s'], says: /not a number/ },
    { name: 'a value that is missing', text: '{"a": , "b": 2}', gives: '{"b":2}', faults: ['json-syntax: "a"'], says: /has no value/ },
    { name: 'a colon that is missing', text: '{"a", "b": 2}', gives: '{"b":2}', faults: ['json-syntax: "a"'], says: /colon is missing/ },
    { name: 'an object that is not closed', text: '{"a": {"b": 1}', gives: '{"a":{"b":1}}', faults: ['json-syntax: {'], says: /never closed/ },
    { name: 'a list that is not closed', text: '[1', gives: '[1]', faults: ['json-syntax: ['], says: /never closed/ },
    { name: 'a string that is not closed', text: '{"a": "b\n}', gives: '{"a":"b"}', faults: ['json-syntax: "b'], says: /never closed/ },
    { name: 'a bracket for a brace', text: '{"a": 1], "b": 2}', gives: '{"a":1,"b":2}', faults: ['json-syntax: ]', 'json-syntax: ,'], says: /closes nothing/ },
    { name: 'a tab in a string', text: '{"a": "b\tc"}', gives: '{"a":"b\\tc"}', faults: ['json-syntax: \t'], says: /control character/ },
    { name: 'an escape that does not exist', text: '{"a": "\\x41"}', gives: '{"a":"x41"}', faults: ['json-syntax: \\x'], says: /not an escape/ },
    { name: 'half an escape', text: '{"a": "\\u12"}', gives: '{"a":"u12"}', faults: ['json-syntax: \\u'], says: /not an escape/ },
    { name: 'half of a surrogate pair', text: '{"a": "\\ud83d"}', gives: '{"a":"\\ud83d"}', faults: ['text-encoding: "\\ud83d"'], says: /surrogate/ },
    { name: 'a byte order mark', text: '\ufeff{"a": 1}', gives: '{"a":1}', faults: ['text-encoding: \ufeff'], says: /byte order mark/ },
    { name: 'a second document', text: '{"a": 1} {"b": 2}', gives: '{"a":1}', faults: ['trailing-text: {"b": 2}'], says: /after the end/ },
    { name: 'a brace too many', text: '{"a": 1}}\n', gives: '{"a":1}', faults: ['trailing-text: }'], says: /stops reading without a word/ },
    { name: 'a key given twice', text: '{"a": 1, "a": 2}', gives: '{"a":2}', faults: ['duplicate-key: "a"'], says: /given twice/ },
    { name: 'an object given twice', text: '{"a": {"b": 1}, "a": {"c": 2}}', gives: '{"a":{"b":1,"c":2}}', faults: ['duplicate-key: "a"'], says: /merges objects/ },
    { name: 'a list given twice', text: '{"a": [{"b": 1}, 2, {"d": 1}], "a": [{"c": 2}, null]}', gives: '{"a":[{"b":1,"c":2},2]}', faults: ['duplicate-key: "a"'], says: /item by item in lists/ },
    { name: 'a number with commas', text: '{"a": 1,000, "b": 2}', gives: '{"a":1000,"b":2}', faults: ['json-syntax: 1,000'], says: /is not one number in JSON/ },
    { name: 'a number with spaces', text: '{"a": {"b": 10 000 000}}', gives: '{"a":{"b":10000000}}', faults: ['json-syntax: 10 000 000'], says: /is not one number/ },
    { name: 'a number and a unit', text: '{"a": 10 s, "b": 2}', gives: '{"a":null,"b":2}', faults: ['json-syntax: 10 s'], says: /is not one number/ },
    { name: 'a fraction with a comma', text: '{"a": 1,5}', gives: '{"a":null}', faults: ['json-syntax: 1,5'], says: /is not one number/ },
    { name: 'a list given twice whose items are pointers', text: '{"Secrets": [{"b": 1}, {"d": 1}], "Secrets": [{"c": 2}, null]}', gives: '{"Secrets":[{"b":1,"c":2},null]}', faults: ['duplicate-key: "Secrets"'], says: /given twice/ },
  ];
  for (const { name, text, gives, faults: wanted, says } of cases) {
    it(`says where there is ${name}, and reads on`, () => {
      const document = json(text);
      assert.deepEqual({ faults: faults(document), sent: sent(document) }, { faults: wanted, sent: gives });
      assert.match(document.problems[0].message, says);
    });
  }

  const mends: [string, string, string][] = [
    ['{"a": 1,}', '{"a": 1}', 'a comma too many'],
    ['{"a": 1 "b": 2}', '{"a": 1, "b": 2}', 'a comma too few'],
    ["{'a': 1}", '{"a": 1}', 'single quotes'],
    ['{a: 1}', '{"a": 1}', 'a key without quotes'],
    ['{"a": True}', '{"a": true}', 'True'],
    ['{"a": web}', '{"a": "web"}', 'text without quotes'],
    ['\ufeff{}', '{}', 'a byte order mark'],
    ['{} // x', '{}', 'a comment'],
  ];
  for (const [text, mended, name] of mends) {
    it(`mends ${name}`, () => {
      const { problems } = json(text);
      const [edit] = problems[0].fix?.edits ?? assert.fail('no fix');
      assert.equal(text.slice(0, edit.start) + edit.text + text.slice(edit.end), mended);
      assert.deepEqual(json(mended).problems, []);
    });
  }

  it('finds nothing wrong with any JSON that the platform takes', () => {
    for (const { id, text } of jsonCorpus()) assert.deepEqual(faults(json(text)).filter((fault) => fault.startsWith('json-syntax') || fault.startsWith('trailing')), [], id);
  });

  it('reads every JSON document as the platform does', () => {
    let compared = 0;
    for (const { id, text } of jsonCorpus()) {
      // the platform replaces an object given twice; the engine, and we, merge it
      if (json(text).problems.some(({ rule }) => rule === 'duplicate-key')) continue;
      compared++;
      assert.deepEqual(plain(json(text).value), JSON.parse(text), id);
    }
    assert.ok(compared > 1500, `only ${compared} documents were compared`);
  });

  it('writes every JSON document back with the same digits', () => {
    for (const { id, text } of jsonCorpus()) {
      const document = json(text);
      if (document.problems.length > 0) continue;
      assert.equal(sent(document), text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part[0] === '"' ? JSON.stringify(JSON.parse(part)) : '')), id);
    }
  });

  it('stops at absurd depth and says so', () => {
    const document = json('['.repeat(100_000));
    assert.ok(document.problems.some(({ message }) => message.includes('nested deeper than 10000 levels')));
  });

  it('passes over what is nested deeper than any spec, as long as it is JSON', () => {
    const nested = (levels: number, inside: string) => `{"a": ${'['.repeat(levels)}${inside}${']'.repeat(levels)}, "b": 1}`;
    assert.deepEqual(json(nested(MAX_DEPTH + 100, '"]"')).problems, []);
    assert.equal((json(nested(MAX_DEPTH + 100, '"]"')).value as { b: number }).b, 1);
    for (const inside of ['1,,2', '"', '{a}']) assert.equal(json(nested(MAX_DEPTH + 100, inside)).problems.length, 1);
  });

  it('reads the depth that it promises', () => assert.deepEqual(json('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)).problems, []));

  it('does not repeat itself for a file that is no JSON at all', () => assert.ok(json('lorem ipsum '.repeat(5000)).problems.length <= 101));

  it('reads nothing from an empty file, and says so', () => {
    for (const text of ['', ' \n']) {
      assert.equal(json(text).value, undefined);
      assert.match(json(text).problems[0].message, /empty/);
    }
  });

  it('never throws and never loops on what is left of a document', () => {
    const text = '{"Name": "web", "Labels": {"a": "b\\u0041"}, "List": [1, -2.5e3, true, null], \'x\': y /* c */}';
    for (let end = 0; end <= text.length; end++) json(text.slice(0, end));
    for (let start = 0; start < text.length; start++) json(text.slice(start));
    for (let i = 0; i < text.length; i++) for (const char of '{}[]",:\\\'#/0') json(text.slice(0, i) + char + text.slice(i + 1));
  });
});

describe('exact numbers', () => {
  const cases: { written: string; json?: string; yaml?: string }[] = [
    { written: '0', json: '0', yaml: '0' },
    { written: '-5', json: '-5', yaml: '-5' },
    { written: '9007199254740993', json: '9007199254740993', yaml: '9007199254740993' },
    { written: '18446744073709551615', json: '18446744073709551615', yaml: '18446744073709551615' },
    { written: '-9223372036854775808', json: '-9223372036854775808', yaml: '-9223372036854775808' },
    { written: '123456789012345678901234567890', json: '123456789012345678901234567890', yaml: '123456789012345678901234567890' },
    { written: '1e3', json: '1e3', yaml: '1e3' },
    { written: '1E+3', json: '1E+3', yaml: '1E+3' },
    { written: '1.0', json: '1.0', yaml: '1.0' },
    { written: '1.10', json: '1.10', yaml: '1.10' },
    { written: '0.1', json: '0.1', yaml: '0.1' },
    { written: '-0', json: '-0', yaml: '-0' },
    { written: '-0.0', json: '-0.0', yaml: '-0.0' },
    { written: '1e400', json: '1e400', yaml: '1e400' },
    { written: '0444', yaml: '444' },
    { written: '0o444', yaml: '292' },
    { written: '0x1F', yaml: '31' },
    { written: '0xFFFFFFFFFFFFFFFF', yaml: '18446744073709551615' },
    { written: '+5', yaml: '5' },
    { written: '+9007199254740993', yaml: '9007199254740993' },
    { written: '010', yaml: '10' },
    { written: '"0444"', json: '"0444"', yaml: '"0444"' },
    { written: '1_000', yaml: '"1_000"' },
  ];
  for (const { written, json: asJson, yaml: asYaml } of cases) {
    if (asJson) it(`${written} in JSON is sent as ${asJson}`, () => assert.equal(sent(json(`{"n": ${written}}`)), `{"n":${asJson}}`));
    if (asYaml) it(`${written} in YAML is sent as ${asYaml}`, () => assert.equal(sent(yaml(`n: ${written}`)), `{"n":${asYaml}}`));
  }

  it('are plain numbers wherever that loses nothing', () => {
    assert.deepEqual(json('[1, -2, 2.5, 9007199254740991]').value, [1, -2, 2.5, 9007199254740991]);
    assert.equal((json('[9007199254740993]').value as SpecValue[])[0], 9007199254740993n);
    assert.ok((json('[1.0]').value as SpecValue[])[0] instanceof NumberText);
    assert.equal((yaml('- 0o17').value as SpecValue[])[0], 15);
  });
});

describe('reading YAML', () => {
  const reads: { name: string; text: string; gives: string }[] = [
    { name: 'a key without a value as null', text: 'a:\nb: 1', gives: '{"a":null,"b":1}' },
    { name: 'words of YAML 1.1 as text', text: 'a: yes\nb: on\nc: NO', gives: '{"a":"yes","b":"on","c":"NO"}' },
    { name: 'dates and times as text', text: 'a: 2020-01-01\nb: 12:30:00', gives: '{"a":"2020-01-01","b":"12:30:00"}' },
    { name: 'keys that look like numbers as text', text: '1: a\n1.0: b\ntrue: c', gives: '{"1":"a","1.0":"b","true":"c"}' },
    { name: 'block scalars', text: 'a: |\n  x\n  y\nb: >-\n  x\n  y\n', gives: '{"a":"x\\ny\\n","b":"x y"}' },
    { name: 'a list at the indentation of its key', text: 'a:\n- 1\n- 2', gives: '{"a":[1,2]}' },
    { name: 'an alias as what it stands for', text: 'a: &x {n: 1}\nb: *x', gives: '{"a":{"n":1},"b":{"n":1}}' },
    { name: 'an anchor set anew from there on', text: 'a: &x 1\nb: *x\nc: &x 2\nd: *x', gives: '{"a":1,"b":1,"c":2,"d":2}' },
    { name: 'a merge key, own members first', text: 'a: &x {n: 1, m: 2}\nb: {<<: *x, n: 3}', gives: '{"a":{"n":1,"m":2},"b":{"n":3,"m":2}}' },
    { name: 'a list of merge keys, the first one first', text: 'a: &x {n: 1}\nb: &y {n: 2, m: 3}\nc:\n  <<: [*x, *y]', gives: '{"a":{"n":1},"b":{"n":2,"m":3},"c":{"n":1,"m":3}}' },
    { name: 'a quoted << as a key like any other', text: '"<<": {a: 1}', gives: '{"<<":{"a":1}}' },
    { name: 'an alias as a key', text: 'a: &x name\n*x : 1', gives: '{"a":"name","name":1}' },
    { name: 'Windows line ends', text: 'a: 1\r\nb:\r\n  - x\r\n  - "y"\r\n', gives: '{"a":1,"b":["x","y"]}' },
    { name: 'a byte order mark', text: '\ufeffa: 1\n', gives: '{"a":1}' },
    { name: 'JSON', text: '{"a": [1, {"b": null}]}', gives: '{"a":[1,{"b":null}]}' },
    { name: 'a flow map over several lines', text: 'a: {b: 1,\n  c: [2,\n  3]}', gives: '{"a":{"b":1,"c":[2,3]}}' },
    { name: 'an explicit key', text: '? a\n: 1', gives: '{"a":1}' },
    { name: 'a tag for text', text: 'a: !!str 5', gives: '{"a":"5"}' },
  ];
  for (const { name, text, gives } of reads) {
    it(`takes ${name}`, () => assert.deepEqual({ faults: faults(yaml(text)), sent: sent(yaml(text)) }, { faults: [], sent: gives }));
  }

  const broken: { name: string; text: string; says: RegExp; gives?: string }[] = [
    { name: 'a tab as indentation', text: 'a:\n\tb: 1', says: /tab/i },
    { name: 'a key without a colon', text: 'a: 1\nb\nc: 2', says: /colon/i },
    { name: 'a list in the middle of a map', text: 'a: 1\n- b\n', says: /./ },
    { name: 'a string that is not closed', text: 'a: "b\n', says: /quote|closing/i },
    { name: 'a flow map that is not closed', text: 'a: {b: 1\nc: 2', says: /./ },
    { name: 'an alias of nothing', text: 'a: *x', says: /alias/i },
    { name: 'an alias of nothing as a key', text: '*x : 1', says: /alias/i },
    { name: 'an alias of something further down', text: 'a: *x\nb: &x 1', says: /no value above it/ },
    { name: 'half of a surrogate pair', text: 'a: "\\ud83d"', says: /surrogate/ },
    { name: 'an alias inside of what it repeats', text: 'a: &x\n  b: *x', says: /stands inside the value/, gives: '{"a":{"b":null}}' },
    { name: 'a list as a key', text: '? [a]\n: 1', says: /cannot be a key/ },
    { name: 'a tag of one\'s own', text: 'a: !secret b', says: /tag/i, gives: '{"a":"b"}' },
    { name: 'a text that is merged', text: 'a: {b: 1, <<: x}', says: /Only objects can be merged/, gives: '{"a":{"b":1}}' },
    { name: 'a key given twice', text: 'a: 1\na: 2', says: /given twice/, gives: '{"a":2}' },
  ];
  for (const { name, text, says, gives } of broken) {
    it(`says where there is ${name}`, () => {
      const document = yaml(text);
      assert.ok(document.problems.some(({ message }) => says.test(message)), JSON.stringify(document.problems));
      for (const { start, end } of document.problems) assert.ok(start >= 0 && start < end && end <= text.length + 1, `${start} to ${end} of ${text.length}`);
      if (gives) assert.equal(sent(document), gives);
    });
  }

  it('does not expand an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++) lines.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(', ')}]`);
    const before = Date.now();
    const document = yaml(lines.join('\n'));
    assert.ok(document.problems.some(({ message }) => /stands for more than/.test(message)), JSON.stringify(document.problems));
    assert.equal(document.value, undefined);
    assert.ok(Date.now() - before < 2000);
  });

  it('does not expand a bomb of merge keys', () => {
    const lines = ['a0: &a0 {k: v}'];
    for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} {l: *a${i - 1}, r: *a${i - 1}}`);
    assert.ok(yaml(lines.join('\n')).problems.some(({ message }) => /aliases/.test(message)));
  });

  for (const [name, text] of [
    ['flow lists', `a: ${'['.repeat(20_000)}`],
    ['flow maps', '{a: '.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['maps in block style', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ]) {
    it(`stops at absurd depth of ${name} and says so`, () => {
      const { problems, value } = yaml(text);
      assert.ok(problems.some(({ message }) => message.includes('nested deeper')), JSON.stringify(problems.slice(0, 2)));
      assert.equal(value, undefined);
    });
  }

  const wordings: [string, RegExp][] = [
    ['a: {b: 1,\nc: 2\n}', /^What stands in brackets is indented deeper/], ['a: !foo 1', /^The tag `!foo` means nothing here/], ['a: @b', /^A text that begins with @ stands in quotes/],
    ['a: %b', /begins with % stands/], ['{a: 1', /^This bracket is never closed/], ['a: "x', /^This quote is never closed/], ['a: [1,,2]', /^A comma stands where a value is expected/], ['a: "\\q"', /^`\\q` is no escape/],
  ];
  for (const [text, says] of wordings) it(`says in plain words what is wrong with ${JSON.stringify(text)}`, () => assert.match(yaml(text).problems[0].message, says));

  it('says of a tab in the indentation only that, and writes spaces', () => {
    const text = 'a: 1\nb:\n\tc:\n\t\t- d\n  \te: 2\n';
    assert.deepEqual(yaml(text).problems.map(({ message }) => message), ['A tab is used as indentation, which YAML does not have.']);
    assert.equal(fixAll(text), 'a: 1\nb:\n  c:\n    - d\n    e: 2\n');
    assert.deepEqual(findingsOf(text).map(({ rule }) => rule), ['yaml-syntax']);
    // a text of several lines has an indentation of its own
    assert.equal(yaml('a: |\n  b\nc:\n\td: 1\n').problems[0].fix, undefined);
  });

  it('never throws on what is left of a document', () => {
    const text = 'a: &x\n  - b: "c\\u0041"\n    d: [1, {e: *x}]\n  - |\n    text\n<<: *x\n? k\n: v # c\n';
    for (let end = 0; end <= text.length; end++) yaml(text.slice(0, end));
    for (let i = 0; i < text.length; i++) for (const char of '{}[]",:\\\'#-&*!|>%@`\t') yaml(text.slice(0, i) + char + text.slice(i + 1));
  });

  it('gives every entry and value a place inside the text', () => {
    const text = 'a: &x\n  - b: "c"\n    d: [1, {e: f}]\n\n  # comment\n  - |\n    text\n\nk:\nlast: *x\n';
    const { root } = yaml(text);
    const visit = (node: typeof root): void => {
      if (!node) return;
      assert.ok(node.start >= 0 && node.start <= node.end && node.end <= text.length);
      if (node.kind === 'object') for (const { keyStart, keyEnd, key, value } of node.entries) {
        assert.equal(text.slice(keyStart, keyEnd), key);
        visit(value);
      }
      if (node.kind === 'list') node.items.forEach(visit);
    };
    visit(root);
  });
});

describe('keys named like members of every object', () => {
  for (const [syntax, text] of [
    ['json', '{"__proto__": {"polluted": 1}, "constructor": 2, "toString": null, "hasOwnProperty": "x"}'],
    ['yaml', '__proto__: {polluted: 1}\nconstructor: 2\ntoString:\nhasOwnProperty: x\n'],
    ['yaml', 'a: &x {__proto__: {polluted: 1}, constructor: 2, toString: null, hasOwnProperty: x}\n'],
  ] as [Syntax, string][]) {
    it(`are keys like any other (${syntax})`, () => {
      const document = readDocument(text, syntax);
      const object = (isObject(document.value) && isObject(document.value.a) ? document.value.a : document.value) as object;
      assert.deepEqual(Object.keys(object), ['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
      assert.equal(Object.getPrototypeOf(object), Object.prototype);
      assert.deepEqual(document.problems, []);
    });
  }

  it('are merged when given twice', () => {
    const document = json('{"a": {"__proto__": {"x": 1}}, "a": {"__proto__": {"y": 2}}}');
    assert.equal(sent(document), '{"a":{"__proto__":{"x":1,"y":2}}}');
  });

  it('come through a merge key', () => assert.equal(sent(yaml('a: &x {__proto__: {p: 1}}\nb: {<<: *x}')), '{"a":{"__proto__":{"p":1}},"b":{"__proto__":{"p":1}}}'));
});

describe('the documents of a YAML file', () => {
  const cases: { name: string; text: string; pieces: string[] }[] = [
    { name: 'one without a marker', text: 'a: 1\n', pieces: ['a: 1\n'] },
    { name: 'one with a marker', text: '---\na: 1\n', pieces: ['---\na: 1\n'] },
    { name: 'two', text: 'a: 1\n---\nb: 2\n', pieces: ['a: 1\n', '---\nb: 2\n'] },
    { name: 'comments before a marker belong to the document that it opens', text: '# swarmspec: api=1.44\n---\na: 1\n', pieces: ['# swarmspec: api=1.44\n---\na: 1\n'] },
    { name: 'content behind the marker', text: '--- {a: 1}\n--- {b: 2}', pieces: ['--- {a: 1}\n', '--- {b: 2}'] },
    { name: 'an end marker', text: 'a: 1\n...\n# c\nb: 2\n', pieces: ['a: 1\n...\n', '# c\nb: 2\n'] },
    { name: 'nothing behind the end marker', text: 'a: 1\n...\n', pieces: ['a: 1\n...\n'] },
    { name: 'dashes that are no marker', text: 'a: 1\n----\nb---: 2\n', pieces: ['a: 1\n----\nb---: 2\n'] },
    { name: 'dashes inside a block scalar, indented', text: 'a: |\n  ---\n  x\n', pieces: ['a: |\n  ---\n  x\n'] },
    { name: 'Windows line ends', text: 'a: 1\r\n---\r\nb: 2\r\n', pieces: ['a: 1\r\n', '---\r\nb: 2\r\n'] },
    { name: 'an empty document between', text: 'a: 1\n---\n---\nb: 2\n', pieces: ['a: 1\n', '---\n', '---\nb: 2\n'] },
    { name: 'nothing at all', text: '', pieces: [''] },
    { name: 'nothing but comments', text: '# a\n', pieces: ['# a\n'] },
  ];
  for (const { name, text, pieces } of cases) {
    it(`are cut at markers: ${name}`, () => {
      assert.deepEqual(splitYaml(text).map(({ start, end }) => text.slice(start, end)), pieces);
    });
  }

  it('have their own anchors', () => {
    const [, second] = readFile('a: &x 1\n---\nb: *x\n', 'yaml').documents;
    assert.match(second.document.problems[0].message, /alias/i);
  });

  it('are read again only where they have changed', () => {
    const before = readFile('a: 1\n---\nb: 2\n', 'yaml');
    const after = readFile('a: 10\n---\nb: 2\n', 'yaml', before);
    assert.equal(after.documents[1].document, before.documents[1].document);
    assert.notEqual(after.documents[0].document, before.documents[0].document);
    assert.equal(after.documents[1].offset, 6);
  });
});

describe('one spec in several writings', () => {
  it('has one value', () => {
    let compared = 0;
    for (const { id, text } of jsonCorpus()) {
      const { root } = json(text);
      if (!root) continue;
      const wanted = sent(json(text));
      for (const writing of WRITINGS) {
        const written = write(root, writing);
        assert.equal(sent(readDocument(written, syntaxIn(writing))), wanted, `${id} in ${writing}`);
      }
      compared++;
    }
    assert.ok(compared > 1500);
  });
});

describe('the place of an offset', () => {
  const at = (marked: string, syntax: Syntax = 'yaml') => {
    const offset = marked.indexOf('|');
    const spot = spotAt(readDocument(marked.replace('|', ''), syntax), offset);
    return spot && `${spot.part} ${spot.path.join('.')}`;
  };
  it('is a key', () => assert.equal(at('a:\n  b|c: 1'), 'key a.bc'));
  it('is a value', () => assert.equal(at('a:\n  - b: x|y'), 'value a.0.b'));
  it('is nothing between them', () => assert.equal(at('a:\n\n|\nb: 1'), undefined));
  it('is found in JSON', () => assert.equal(at('{"a": [1, {"b": "x|"}]}', 'json'), 'value a.1.b'));
});

/** A value as the platform would have parsed it. */
function plain(value: SpecValue | undefined): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const result = {};
  for (const key of Object.keys(value)) Object.defineProperty(result, key, { value: plain(value[key]), enumerable: true, configurable: true, writable: true });
  return result;
}
