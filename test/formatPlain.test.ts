import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, readFile } from '../server/src/document/document';
import { applyTextEdits } from '../server/src/document/textEdit';
import type { Node } from '../server/src/document/node';
import { NotArranged } from '../server/src/features/format/arrange';
import { plainYamlEdits } from '../server/src/features/format/plainYaml';
import { yamlText } from '../server/src/features/format/yamlText';
import { DEFAULT_FORMAT, formatEdits, formatRange, formatting } from '../server/src/features/format';
import { finished } from '../server/src/features/steps';
import { ROOT } from '../server/src/tools/root';
import { jsonCorpus } from './support/corpus';
import { mangledYaml, randomFrom } from './support/mangle';
import { write } from './support/writings';

/** What the full printer makes of a document; its reason where it leaves it alone. */
function printed(text: string, step: number): string {
  try {
    return yamlText(readDocument(text, 'yaml'), step);
  } catch (error) {
    if (!(error instanceof NotArranged)) throw error;
    return `left alone: ${error.message}`;
  }
}

/** Holds the short cut against the full printer; tells whether it was taken. */
function agrees(text: string, step: number, id: string): boolean {
  const document = readDocument(text, 'yaml');
  if (!document.root || document.problems.length > 0) return false;
  const edits = finished(plainYamlEdits(document, step));
  if (!edits) return false;
  assert.equal(applyTextEdits(text, edits), printed(text, step), `${id}, step ${step}\n${text}`);
  return true;
}

/** Changes to the layout that people make, one or a few of them. */
function disordered(text: string, random: () => number): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)];
  const lines = text.split('\n');
  for (let left = Math.floor(random() * 4); left >= 0; left--) {
    const at = Math.floor(random() * lines.length);
    const indent = /^ */.exec(lines[at])?.[0] ?? '';
    pick([
      () => lines.splice(at, 0, ...pick([[''], ['', ''], ['   '], [`${indent}# note`], [`${indent}# one`, `${indent}# two`], ['', `${indent}# note  `], [`${indent}# note`, '', `${indent}# two`], [`${indent}  # deeper`], ['# outermost']])),
      () => (lines[at] += pick([' ', '   ', ' # behind', '   # behind  ', '\t'])),
      () => (lines[at] = lines[at].replace(/: (?=\S)/, pick([':   ', ': \t', `:\n${indent}    `]))),
      () => (lines[at] = lines[at].replace(/- /, pick(['-   ', '- - ']))),
      () => lines.forEach((line, i) => (lines[i] = line.replace(/^ +/, (spaces) => spaces + pick(['', '  ']).repeat(random() < 0.02 ? 1 : 0)))),
      () => lines.forEach((line, i) => (lines[i] = line.replace(/^ +/, '$&$&'))),
      () => lines.unshift(pick(['---', '# top', '', '# top\n', '--- # top', '\ufeff# top'])),
      () => lines.push(pick(['# end', '', '\n\n# end\n\n', '  # end', '...'])),
    ])();
  }
  return lines.join('\n');
}

describe('the short way to lay out YAML', () => {
  it('is taken for YAML as people write it, whatever is astray in it, and gives what the full printer gives', function () {
    this.timeout(120_000);
    let taken = 0;
    let all = 0;
    for (const [i, { id, text }] of jsonCorpus().filter((_, at) => at % 12 === 1).entries()) {
      const root = readDocument(text, 'json').root as Node;
      if (root.kind !== 'object' && root.kind !== 'list') continue;
      const random = randomFrom(i);
      const written = write(root, 'block YAML');
      for (const one of [written, disordered(written, random), disordered(written, random), disordered(written, random)]) {
        all++;
        if (agrees(one, i % 3 === 0 ? 4 : 2, id)) taken++;
      }
      agrees(mangledYaml(root, random), 2, `${id} mangled`);
    }
    assert.ok(taken > all * 0.6, `taken for ${taken} of ${all}`);
  });

  it('is taken for the documents of this project and of others', () => {
    const folder = join(ROOT, '../shared/corpus/real-world');
    const others = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
    for (const name of [...readdirSync(join(ROOT, 'examples')).map((one) => join(ROOT, 'examples', one)), ...others]) {
      const text = readFileSync(name, 'utf8');
      const { root } = readDocument(text, name.endsWith('.json') ? 'json' : 'yaml');
      if (root?.kind !== 'object' && root?.kind !== 'list') continue;
      const written = name.endsWith('.json') ? write(root, 'block YAML') : text;
      for (const { document } of readFile(written, 'yaml').documents) agrees(document.text, 2, name);
      for (let seed = 0; seed < 20; seed++) agrees(disordered(written, randomFrom(seed)), 2, name);
    }
  });

  const cases: { name: string; given: string; gives: string | undefined }[] = [
    { name: 'comments and blank lines', given: '---\n\n# top\n\n\na:   1 # x\n\n\n# b\n# c\nb: # y\n\n    # in\n    c:\n    - d\n    -    e: 1\n         f:\n\n# end\n\n', gives: '---\n\n# top\n\na: 1 # x\n\n# b\n# c\nb: # y\n  # in\n  c:\n    - d\n    - e: 1\n      f:\n\n# end\n' },
    { name: 'texts of several lines', given: 'a:\n    b: |\n        one\n          two\n\n\n    c: one\n      two\n', gives: 'a:\n  b: |\n    one\n      two\n\n  c: one\n    two\n' },
    { name: 'brackets', given: 'a: [1,2]\nb: {c: "d"}\n', gives: 'a: [1, 2]\nb: { c: "d" }\n' },
    { name: 'no anchors', given: 'a: &x 1\nb: *x\n', gives: undefined },
    { name: 'no comments that could belong elsewhere', given: 'a:\n  b: 1\n  # of b or c\nc: 1\n', gives: undefined },
    { name: 'no brackets over several lines', given: 'a: [1,\n  2]\n', gives: undefined },
    { name: 'no keys in the `? ` form', given: '? a\n: 1\n', gives: undefined },
  ];
  for (const { name, given, gives } of cases) {
    it(`knows ${name}`, () => {
      const edits = finished(plainYamlEdits(readDocument(given, 'yaml'), 2));
      assert.equal(edits && applyTextEdits(given, edits), gives);
      if (gives !== undefined) assert.equal(printed(given, 2), gives);
    });
  }
});

describe('formatting after an edit', () => {
  const SPEC = 'Name: web\nTaskTemplate:\n    ContainerSpec:\n      Image: busy:1\n      Env: [A=b,  C=d]   # env\n';

  it('gives what formatting a file gives that was never formatted before', () => {
    const random = randomFrom(7);
    let text = Array.from({ length: 6 }, (_, i) => SPEC.replace('web', `web${i}`)).join('---\n');
    let file = readFile(text, 'yaml');
    for (let i = 0; i < 150; i++) {
      const at = Math.floor(random() * text.length);
      const put = ['', ' ', '  ', '\n', '---\n', '# x\n', '\r\n', 'y'][Math.floor(random() * 8)];
      text = text.slice(0, at) + put + text.slice(at + (random() < 0.5 ? 1 : 0));
      file = readFile(text, 'yaml', file);
      const fresh = formatEdits(readFile(text, 'yaml'));
      assert.deepEqual(formatEdits(file), fresh, JSON.stringify(text));
      if (fresh.edits.length > 0 && i % 5 === 0) {
        text = applyTextEdits(text, fresh.edits);
        file = readFile(text, 'yaml', file);
        assert.deepEqual(formatEdits(file).edits, []);
      }
    }
  });

  it('pauses after each document at least', () => {
    const work = formatting(readFile(`${SPEC}---\n${SPEC}---\n${SPEC}`, 'yaml'), DEFAULT_FORMAT);
    let pauses = 0;
    while (!work.next().done) pauses++;
    assert.ok(pauses >= 3);
  });

  it('of a stretch looks only at the documents that it touches', () => {
    const text = `${SPEC}---\n${SPEC}---\nName: [\n`;
    const edits = formatRange(readFile(text, 'yaml'), { start: text.indexOf('Image', SPEC.length), end: text.indexOf('Env', SPEC.length) + 12 });
    assert.equal(edits.reason, undefined);
    assert.ok(edits.edits.length > 0 && edits.edits.every(({ start }) => start > SPEC.length), JSON.stringify(edits));
    assert.match(formatEdits(readFile(text, 'yaml')).reason ?? '', /cannot be read/);
  });
});
