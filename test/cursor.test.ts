import * as assert from 'node:assert/strict';
import { readDocument, type SpecDocument, type Syntax } from '../server/src/document/document';
import type { Node } from '../server/src/document/node';
import { writeDocument } from '../server/src/document/write';
import { findCursors } from '../server/src/features/cursor/cursor';
import type { Path } from '../server/src/path';
import { jsonCorpus } from './support/corpus';

/** Every key and text of a document, where the parser has found them. */
function* placesIn(node: Node | undefined, path: Path): Generator<{ readonly part: 'key' | 'value'; readonly at: number; readonly path: Path; readonly siblings?: readonly string[] }> {
  if (node?.kind === 'scalar' && node.end - node.start > 1 && node.style !== 'block') yield { part: 'value', at: node.end - 1, path };
  if (node?.kind === 'list') for (const [i, item] of node.items.entries()) yield* placesIn(item, [...path, i]);
  if (node?.kind !== 'object') return;
  for (const { key, keyStart, value } of node.entries) {
    if (key !== '') yield { part: 'key', at: keyStart + 1, path, siblings: node.entries.flatMap((other) => (other.key === key ? [] : [other.key])) };
    yield* placesIn(value, [...path, key]);
  }
}

/** Where the reader of lines and brackets sees another place than the parser. */
function differences(document: SpecDocument): { readonly count: number; readonly wrong: readonly string[] } {
  let count = 0;
  const wrong: string[] = [];
  for (const { part, at, path, siblings } of placesIn(document.root, [])) {
    count++;
    const found = findCursors(document, at);
    const same = found.some((cursor) => cursor.part === part && cursor.path.join('\n') === path.join('\n') && (!siblings || [...cursor.siblings].sort().join('\n') === [...siblings].sort().join('\n')));
    if (!same) wrong.push(`${part} at ${at}: ${path.join('.')} [${siblings?.join()}], and the cursor is ${found.map((cursor) => `${cursor.part} ${cursor.path.join('.')} [${cursor.siblings.join()}]`).join(' or ') || 'nowhere'}\n${document.text}`);
  }
  return { count, wrong };
}

/** Long lists and maps, whose lines are taken in all at once where they are plain; here and there one is not. */
const items = ['PLAIN=1', 'WITH=a:b', 'quoted: "x"', "it's", 'a, b', 'C=# no comment', '[not a list', 'ends:', 'é=ü', '- dash', 'PATH=/bin:/usr/bin', '*star', 'back\\slash', 'say "hi"', ''];
const many = Array.from({ length: 150 }, (_, i) => (i % 10 < 7 ? `PLAIN_${i}=value ${i}` : items[i % items.length]));
const LONG = {
  Name: 'long',
  Labels: Object.fromEntries(many.map((text, i) => [i % 11 === 10 ? `odd key ü${i}` : `label-${i}`, text])),
  TaskTemplate: { ContainerSpec: { Image: 'busybox:1', Env: many, Args: ['a', 'b'], Mounts: [{ Type: 'tmpfs', Target: '/a' }, { Type: 'volume', Source: 'b', Target: '/b' }] }, Networks: [{ Target: 'n' }] },
  Mode: { Replicated: { Replicas: 2 } },
};

describe('the place that somebody writes at', () => {
  for (const syntax of ['json', 'yaml'] as Syntax[]) {
    it(`is the one that the parser sees, in recorded specs (${syntax})`, function () {
      this.timeout(60_000);
      let all = 0;
      for (const { text } of jsonCorpus().filter((_, i) => i % 8 === 0)) {
        const spec = readDocument(text, 'json');
        if (spec.value === undefined || spec.problems.length > 0) continue;
        const { count, wrong } = differences(readDocument(writeDocument(spec.value, syntax), syntax));
        assert.deepEqual(wrong, []);
        all += count;
      }
      assert.ok(all > 3000, String(all));
    });

    it(`is the one that the parser sees, in long lists and maps (${syntax})`, () => {
      const document = readDocument(writeDocument(LONG as never, syntax), syntax);
      assert.deepEqual(document.problems, []);
      const { count, wrong } = differences(document);
      assert.deepEqual(wrong.map((one) => one.split('\n')[0]), []);
      assert.ok(count > 450, String(count));
    });
  }

  it('is on the right line behind many that are plain', () => {
    const at = (text: string) => findCursors(readDocument(text.replace('¦', ''), 'yaml'), text.indexOf('¦')).map(({ part, path }) => `${part} ${path.join('.')}`);
    const lines = Array.from({ length: 5 }, (_, i) => `    - V${i}=1\n`).join('');
    assert.deepEqual(at(`A:\n  Env:\n${lines}    - ¦`), ['value A.Env.5']);
    assert.deepEqual(at(`A:\n  Env:\n${lines}    - x¦`), ['value A.Env.5']);
    assert.deepEqual(at(`A:\n  Env:\n${lines}    ¦`), ['value A.Env.5']);
    assert.deepEqual(at(`A:\n  Env:\n${lines}  ¦`), ['key A']);
    assert.deepEqual(at(`A:\n  Env:\n${lines}  B: 1\n  ¦\n`), ['key A']);
    assert.deepEqual(at(`A:\n  Env:\n    - ¦V=1\n${lines}`), ['value A.Env.0']);
    assert.deepEqual(at(`A:\n  B: 1\n  C: 2\n  D: |\n    E: 1\n  ¦\n`), ['key A']);
    assert.deepEqual(at(`A:\n  B: one\n  C: two\n    more: ¦\n`), []);
  });
});
