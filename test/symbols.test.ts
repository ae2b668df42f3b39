import * as assert from 'node:assert/strict';
import { readDocument } from '../server/src/document/document';
import { type OutlineItem, symbols } from '../server/src/features/symbols';
import { jsonCorpus } from './support/corpus';
import { syntaxIn, write, WRITINGS } from './support/writings';

const SPEC = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1', Env: ['TOKEN=hunter2', 'B'], Mounts: [{ Type: 'bind', Target: '/a' }, {}] } }, Mode: { Replicated: { Replicas: 3 } }, Labels: {} };

const outline = (items: readonly OutlineItem[], indent = ''): string => items.map(({ name, detail, kind, children }) => `${indent}${name} ${kind}${detail === undefined || detail === '' ? '' : ` ${detail}`}\n${outline(children, `${indent}  `)}`).join('');

describe('the outline', () => {
  for (const writing of WRITINGS) {
    it(`has the keys, and the items by what they are called (${writing})`, () => {
      const text = write(readDocument(JSON.stringify(SPEC), 'json').root!, writing);
      assert.equal(
        outline(symbols(readDocument(text, syntaxIn(writing)))),
        `Name text web
TaskTemplate object
  ContainerSpec object
    Image text nginx:1
    Env list
      TOKEN text
      B text B
    Mounts list
      /a object
        Type text bind
        Target text /a
      [1] object
Mode object
  Replicated object
    Replicas number 3
Labels object
`,
      );
    });
  }

  it('does not show the value of an environment variable', () => assert.doesNotMatch(outline(symbols(readDocument(JSON.stringify(SPEC), 'json'))), /hunter2/));
  it('has a name for everything, as editors insist', () => assert.equal(outline(symbols(readDocument('{"": 1, "a": [""]}', 'json'))), '"" number 1\na list\n  [0] text\n'));
  it('names an alias and shows what it stands for by its kind', () => assert.equal(outline(symbols(readDocument('a: &x {b: 1}\nc: *x\n', 'yaml'))), 'a object\n  b number 1\nc object *x\n'));
  it('is empty for nothing', () => assert.deepEqual(symbols(readDocument('# x\n', 'yaml')), []));
  it('has what could be read of broken text', () => assert.equal(outline(symbols(readDocument('{"a": {"b": 1, "c"', 'json'))), 'a object\n  b number 1\n  c nothing\n'));

  it('has every item inside of its parent, and its name inside of itself', () => {
    const visit = (items: readonly OutlineItem[], within: { start: number; end: number }, id: string): void => {
      for (const { name, span, nameSpan, children } of items) {
        assert.ok(name !== '' && span.start >= within.start && span.end <= within.end, `${id}: ${name}`);
        assert.ok(nameSpan.start >= span.start && nameSpan.end <= span.end && nameSpan.start <= nameSpan.end, `${id}: ${name}`);
        visit(children, span, id);
      }
    };
    for (const { id, text } of jsonCorpus().slice(0, 400)) {
      const { root } = readDocument(text, 'json');
      for (const writing of WRITINGS) {
        const written = root ? write(root, writing) : '';
        visit(symbols(readDocument(written, syntaxIn(writing))), { start: 0, end: written.length }, `${id} in ${writing}`);
      }
    }
  });
});
