import * as assert from 'node:assert/strict';
import type { Syntax } from '../server/src/document/document';
import { toTextEdits } from '../server/src/document/edit';
import { codeActions, MOST_ACTIONS } from '../server/src/features/codeActions';
import { applyTextEdits } from '../server/src/document/textEdit';
import type { Edit } from '../server/src/finding';
import { findingsOf, fixOf, read } from './support/marked';

describe('an action that removes something', () => {
  const titles = (above: string) => {
    const text = `Name: w\nMode: {Global: {}}\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n${above}    Foo: 1 # x\n    Init: true\n`;
    return codeActions(read(text), findingsOf(text), { start: 0, end: text.length }).map(({ title }) => title);
  };
  it('says when a comment goes along', () => assert.deepEqual(titles('    # about foo\n'), ['Remove `Foo`, and the comment above it']));
  it('says nothing of one that stays', () => assert.deepEqual([titles(''), titles('    # about others\n\n'), titles('    Env: [] # of others\n')], [['Remove `Foo`'], ['Remove `Foo`'], ['Remove `Foo`']]));
});

describe('actions for very many faults', () => {
  it('are those of the first', () => {
    const text = `Name: a\nTaskTemplate:\n  ContainerSpec:\n    Image: a:1\n    Mounts:\n${'      - { Type: volume, Tarqet: /a }\n'.repeat(200)}`;
    const actions = codeActions(read(text), findingsOf(text), { start: 0, end: text.length });
    assert.equal(actions.length, MOST_ACTIONS);
    assert.ok(actions.every(({ finding }) => finding.span.start < text.length / 2));
  });
});

describe('a text that a fix writes', () => {
  const cases: [string, string, string][] = [
    ['has no quotes where it needs none', 'Image: NGINX:latest', 'Image: nginx:latest'],
    ['keeps those of the text that it replaces', 'Image: "nginx:1.27 "', 'Image: "nginx:1.27"'],
    ['has them where it would be read as something else', 'Image: "redis:7"\n    User: 1000', 'Image: "redis:7"\n    User: "1000"'],
    ['has them in a list where it has spaces', 'Image: redis:7\n    Healthcheck: {Test: curl -f localhost}', 'Image: redis:7\n    Healthcheck: {Test: [CMD-SHELL, "curl -f localhost"]}'],
  ];
  const spec = (container: string) => `Name: w\nMode: {Global: {}}\nTaskTemplate:\n  ContainerSpec:\n    ${container}\n`;
  for (const [name, text, gives] of cases) {
    it(name, () => {
      const [finding] = findingsOf(spec(text)).filter(({ rule }) => rule === 'bad-image' || rule === 'wrong-type');
      assert.equal(fixOf(spec(text), finding.rule), spec(gives));
    });
  }
});

describe('edits by path', () => {
  const after = (text: string, edit: Edit, syntax: Syntax = 'yaml') => {
    const { document } = read(text, { syntax }).documents[0];
    const edits = toTextEdits(document, [edit]);
    return edits && applyTextEdits(text, edits);
  };
  const cases: { name: string; text: string; edit: Edit; gives: string | undefined; syntax?: Syntax }[] = [
    { name: 'set makes the objects on the way', text: 'Name: w\n', edit: { kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 3 }, gives: 'Name: w\nMode:\n  Replicated:\n    Replicas: 3\n' },
    { name: 'set makes the objects on the way', syntax: 'json', text: '{"Name": "w"}', edit: { kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 3 }, gives: '{"Name": "w", "Mode": {"Replicated": {"Replicas": 3}}}' },
    { name: 'set writes a list into one line where all is on one', syntax: 'json', text: '{"Env":"A=b"}', edit: { kind: 'set', at: ['Env'], value: ['A=b'] }, gives: '{"Env":["A=b"]}' },
    { name: 'set keeps every digit', text: 'n: 1\n', edit: { kind: 'set', at: ['n'], value: 18446744073709551615n }, gives: 'n: 18446744073709551615\n' },
    { name: 'set quotes what would be read as something else', text: 'a: 1 # c\n', edit: { kind: 'set', at: ['a'], value: 'yes: no' }, gives: 'a: "yes: no" # c\n' },
    { name: 'set quotes text that looks like a number', text: 'a: 1\n', edit: { kind: 'set', at: ['a'], value: '1' }, gives: 'a: "1"\n' },
    { name: 'set fills a key without a value', text: 'a:\nb: 1\n', edit: { kind: 'set', at: ['a'], value: [1] }, gives: 'a: [1]\nb: 1\n' },
    { name: 'set goes into a key without a value', text: 'Mode:\nb: 1\n', edit: { kind: 'set', at: ['Mode', 'Replicated'], value: {} }, gives: 'Mode:\n  Replicated: {}\nb: 1\n' },
    { name: 'set does not write through an alias', text: 'a: &x {n: 1}\nb: *x\n', edit: { kind: 'set', at: ['b'], value: 1 }, gives: undefined },
    { name: 'remove takes the only member of an item away and leaves an object', text: '- a: 1 # c\n- b: 2\n', edit: { kind: 'remove', at: [0, 'a'] }, gives: '- {}\n- b: 2\n' },
    { name: 'remove leaves an object without members, which is not null', text: 'Mode:\n  Global: &g # g\n    a: 1\nb: *g\n', edit: { kind: 'remove', at: ['Mode', 'Global', 'a'] }, gives: 'Mode:\n  Global: &g {} # g\nb: *g\n' },
    { name: 'remove keeps the comment of the next key behind a dash', text: '- a: 1\n  # b\n  b: 2\n', edit: { kind: 'remove', at: [0, 'a'] }, gives: '- # b\n  b: 2\n' },
    { name: 'remove takes a block scalar as a whole', text: 'a: |\n  x\n\n  y\nb: 1\n', edit: { kind: 'remove', at: ['a'] }, gives: 'b: 1\n' },
    { name: 'remove takes the comma along', syntax: 'json', text: '{"a": 1, "b": 2, "c": 3}', edit: { kind: 'remove', at: ['b'] }, gives: '{"a": 1, "c": 3}' },
    { name: 'remove leaves an empty object', syntax: 'json', text: '{ "a": { "b": 1 } }', edit: { kind: 'remove', at: ['a', 'b'] }, gives: '{ "a": {} }' },
    { name: 'remove does not take an anchor that is in use', text: 'a: &x 1\nb: *x\n', edit: { kind: 'remove', at: ['a'] }, gives: undefined },
    { name: 'remove takes an item with its anchor', text: 'a:\n  - &x 1\n  - 2\n', edit: { kind: 'remove', at: ['a', 0] }, gives: 'a:\n  - 2\n' },
    { name: 'remove takes an item with its tag and an anchor like a dash', text: 'a:\n  - !!str &x- 1\n  - 2\n', edit: { kind: 'remove', at: ['a', 0] }, gives: 'a:\n  - 2\n' },
    { name: 'remove does not get lost in what looks like tags', text: `# -${'!'.repeat(100)} a\na:\n  - 1\n  - 2\n`, edit: { kind: 'remove', at: ['a', 0] }, gives: `# -${'!'.repeat(100)} a\na:\n  - 2\n` },
    { name: 'rename keeps quotes', text: '"a": 1\n', edit: { kind: 'rename', at: ['a'], to: 'b' }, gives: '"b": 1\n' },
    { name: 'nothing is written for a place that is not there', text: 'a: 1\n', edit: { kind: 'remove', at: ['b'] }, gives: undefined },
    { name: 'an object does not move into itself', text: 'a: {b: 1}\n', edit: { kind: 'move', from: ['a'], to: ['a', 'c'] }, gives: undefined },
  ];
  for (const { name, text, edit, gives, syntax } of cases) it(`${name}${syntax === 'json' ? ' (JSON)' : ''}`, () => assert.equal(after(text, edit, syntax), gives));
});

describe('edits that belong together', () => {
  for (const [syntax, text, gives] of [
    ['json', '{"environment": {"a": "b"}}', '{"TaskTemplate": {"ContainerSpec": {"Env": ["a=b"]}}}'],
    ['yaml', '{environment: {a: b}}', '{TaskTemplate: {ContainerSpec: {Env: [a=b]}}}'],
    ['yaml', 'environment: {a: b}\n', 'TaskTemplate:\n  ContainerSpec:\n    Env: [a=b]\n'],
    ['yaml', '- environment: {a: b}\n', '- \n  TaskTemplate:\n    ContainerSpec:\n      Env: [a=b]\n'],
  ] as const) {
    it(`fill again what they empty: ${text.trim()} (${syntax})`, () => {
      const { document } = read(text, { syntax }).documents[0];
      const base = text.startsWith('-') ? [0] : [];
      const edits = toTextEdits(document, [{ kind: 'remove', at: [...base, 'environment'] }, { kind: 'set', at: [...base, 'TaskTemplate', 'ContainerSpec', 'Env'], value: ['a=b'] }]);
      assert.ok(edits);
      const after = applyTextEdits(text, edits);
      assert.equal(after.replaceAll(/\s+/g, ''), gives.replaceAll(/\s+/g, ''));
      assert.deepEqual(read(after, { syntax }).documents[0].document.problems, []);
    });
  }
});
