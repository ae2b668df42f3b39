import * as assert from 'node:assert/strict';
import { readFile, type Syntax } from '../server/src/document/document';
import { folds } from '../server/src/features/folding';
import { selections } from '../server/src/features/selection';
import { readDocument } from '../server/src/document/document';
import { jsonCorpus } from './support/corpus';
import { syntaxIn, write, WRITINGS } from './support/writings';

/** Each fold as `first line – last line`, lines from one. */
function lines(text: string, syntax: Syntax): string[] {
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  return folds(readFile(text, syntax)).map(({ start, end, kind }) => `${line(start)}-${line(end)}${kind === 'comment' ? ' comment' : ''}`);
}

describe('folding', () => {
  const cases: { name: string; text: string; syntax?: Syntax; folds: string[] }[] = [
    { name: 'folds objects from their key', text: 'a:\n  b: 1\n  c: 2\nd: 3\n', folds: ['1-3'] },
    { name: 'folds lists and their items', text: 'a:\n  - b: 1\n    c: 2\n  - d\n', folds: ['1-4', '2-3'] },
    { name: 'folds brackets up to the closing one', text: '{\n  "a": [\n    1\n  ]\n}\n', syntax: 'json', folds: ['1-5', '2-4'] },
    { name: 'folds texts of several lines', text: 'a: |\n  one\n  two\nb: "x\n  y"\n', folds: ['1-4', '4-5'] },
    { name: 'folds comments of more than one line', text: '# one\n# two\na: 1\n# alone\nb: 2 # not\n# three\n# four\n', folds: ['1-2 comment', '6-7 comment'] },
    { name: 'folds no comment inside of a text', text: 'a: |\n  # one\n  # two\n', folds: ['1-4'] },
    { name: 'folds documents where there are several', text: 'a: 1\nb: 2\n---\nc: 1\nd: 2\n', folds: ['1-2', '3-5'] },
    { name: 'reads Windows line ends', text: 'a:\r\n  b: 1\r\n# x\r\n# y\r\n', folds: ['1-2', '3-4 comment'] },
    { name: 'has nothing to fold on one line', text: '{"a": {"b": [1]}}', syntax: 'json', folds: [] },
    { name: 'folds what could be read of broken text', text: '{\n  "a": {\n    "b": 1\n', syntax: 'json', folds: ['1-3', '2-3'] },
  ];
  for (const { name, text, syntax = 'yaml', folds: wanted } of cases) it(name, () => assert.deepEqual(lines(text, syntax), wanted));
});

describe('selection', () => {
  /** What is selected step by step, from the cursor `|` on. */
  const grow = (marked: string, syntax: Syntax = 'yaml') => {
    const offset = marked.indexOf('|');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    return selections(readDocument(text, syntax), offset).map(({ start, end }) => text.slice(start, end));
  };
  it('grows from a word to the document (YAML)', () =>
    assert.deepEqual(grow('a:\n  - b: "x no|de y"\n    c: 1\n'), ['node', 'x node y', '"x node y"', 'b: "x node y"', 'b: "x node y"\n    c: 1', '- b: "x node y"\n    c: 1', 'a:\n  - b: "x node y"\n    c: 1', 'a:\n  - b: "x node y"\n    c: 1\n']));
  it('grows from a word to the document (JSON)', () =>
    assert.deepEqual(grow('{"a": [{"b": "A=v|al"}]}', 'json'), ['val', 'A=val', '"A=val"', '"b": "A=val"', '{"b": "A=val"}', '[{"b": "A=val"}]', '"a": [{"b": "A=val"}]', '{"a": [{"b": "A=val"}]}']));
  it('begins with a key', () => assert.deepEqual(grow('na|me: x\nb: 1\n').slice(0, 3), ['name', 'name: x', 'name: x\nb: 1']));
  it('is the document beside all text', () => assert.deepEqual(grow('# x|\na: 1\n'), ['# x\na: 1', '# x\na: 1\n']));
  it('is empty for nothing', () => assert.deepEqual(grow('|'), ['']));

  it('has every stretch inside of the next, at every place', () => {
    for (const { id, text } of jsonCorpus().filter((_, i) => i % 40 === 0)) {
      const { root } = readDocument(text, 'json');
      for (const writing of root ? WRITINGS : []) {
        const written = write(root!, writing);
        const document = readDocument(written, syntaxIn(writing));
        for (let offset = 0; offset <= written.length; offset += 7) {
          const steps = selections(document, offset);
          for (const [i, { start, end }] of steps.entries()) {
            assert.ok(start <= offset && offset <= end, `${id} in ${writing} at ${offset}`);
            const outer = steps[i + 1];
            if (outer) assert.ok(outer.start <= start && end <= outer.end && outer.end - outer.start > end - start, `${id} in ${writing} at ${offset}`);
          }
        }
      }
    }
  });
});
