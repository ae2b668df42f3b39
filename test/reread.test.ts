import * as assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { type PlacedDocument, readDocument, readFile, readingFile, type SpecDocument, type SpecFile, type Syntax } from '../server/src/document/document';
import { rereadDocument } from '../server/src/document/reread';
import { SERVICE } from '../server/src/facts/kinds';
import { finished } from '../server/src/features/steps';
import { validate, validating } from '../server/src/features/validate';
import { jsonCorpus } from './support/corpus';
import { pick, type Random, seeded, slip, yamlDocuments } from './support/mutate';

const TARGET = { kind: SERVICE, api: '1.49', apiSource: 'default' } as const;
const OPTIONS = { target: () => TARGET };

/** `SWARMSPEC_EDITS=20` types twenty times as much. */
const MORE = Number(process.env.SWARMSPEC_EDITS ?? 1);

/** A place and what is typed there, as people do: near a place that was edited before, character by character or in lines. */
function edit(text: string, near: number, random: Random): { text: string; at: number } {
  const at = Math.min(text.length, random() < 0.8 ? Math.max(0, near + Math.floor((random() - 0.5) * 60)) : Math.floor(random() * (text.length + 1)));
  const kind = random();
  if (kind < 0.25) return { text: slip(text, random), at };
  if (kind < 0.5) return { text: text.slice(0, at) + pick([...'abc:-# \n"\'1{}[],|'], random) + text.slice(at), at: at + 1 };
  if (kind < 0.65) return { text: text.slice(0, at) + text.slice(at + 1), at };
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const next = text.indexOf('\n', at) + 1 || text.length;
  const whole = text.slice(line, next);
  if (kind < 0.75) return { text: text.slice(0, line) + text.slice(next), at: line };
  if (kind < 0.85) return { text: text.slice(0, next) + whole + text.slice(next), at: next };
  if (kind < 0.93) return { text: `${text.slice(0, next)}${/^\s*(- )?/.exec(whole)?.[0]}${pick(['new: 1', 'new', 'A=b', '"new": {}', 'x: [a', 'x: "a', 'Name: b'], random)}\n${text.slice(next)}`, at: next };
  return { text: text.slice(0, line) + pick([' ', '  ', '- '], random) + text.slice(line), at: line };
}

/** Types at random for a while, and compares what is read from one version to the next with reading each version anew. */
function type(start: string, syntax: Syntax, edits: number, random: Random, seen: { reread: number; steps: number }): void {
  let file = readFile(start, syntax);
  let at = Math.floor(random() * start.length);
  for (let i = 0; i < edits; i++) {
    const next = edit(file.text, at, random);
    at = next.at;
    const { documents } = file;
    if (documents.length === 1 && rereadDocument(documents[0].document, next.text)) seen.reread++;
    seen.steps++;
    const before = file.text;
    file = readFile(next.text, syntax, file);
    const whole = readFile(next.text, syntax);
    const what = () => `${JSON.stringify(before)}\n→\n${JSON.stringify(next.text)}`;
    assert.equal(file.documents.length, whole.documents.length, what());
    for (const [index, placed] of file.documents.entries()) same(placed, whole.documents[index], what);
    assert.deepEqual(validate(file, OPTIONS), validate(whole, OPTIONS), what());
    if (next.text.length > start.length * 2 + 500 || next.text.length < start.length / 2) file = readFile(start, syntax, file);
  }
}

function same(one: PlacedDocument, other: PlacedDocument, what: () => string): void {
  const [a, b] = [one, other].map(({ index, offset, document }) => ({ index, offset, ...asRead(document) }));
  if (!isDeepStrictEqual(a, b)) assert.deepEqual({ of: what(), ...a }, { of: what(), ...b });
}

/** All that was read, the tree too where it is made only now. */
function asRead(document: SpecDocument | undefined): SpecDocument | undefined {
  if (!document) return undefined;
  const { text, syntax, root, value, problems, modeline } = document;
  return { text, syntax, root, value, problems, modeline };
}

describe('reading a file again after an edit gives what reading it anew gives', () => {
  const random = seeded(4_711);

  it('in YAML', () => {
    const seen = { reread: 0, steps: 0 };
    for (const text of yamlDocuments(150)) type(text.slice(0, 3000), 'yaml', 30 * MORE, random, seen);
    assert.ok(seen.reread > seen.steps * 0.1, JSON.stringify(seen));
  });

  it('in YAML with anchors, tags and folded text', () => {
    const seen = { reread: 0, steps: 0 };
    type('a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: !!str 1\nf: >-\n  g\n  h\ni:\n- "j\n  k"\n- l\n  m\nn: {o: p}\n', 'yaml', 150 * MORE, random, seen);
  });

  it('in a file of several YAML documents', () => {
    const seen = { reread: 0, steps: 0 };
    const documents = yamlDocuments(400).map((text) => text.slice(0, 400));
    for (let i = 0; i + 4 <= documents.length; i += 2) type(documents.slice(i, i + 4).join('---\n'), 'yaml', 30 * MORE, random, seen);
    type('# a\n---\na: 1\n...\n# b\n---\nb: 2\n...\nc: 3\n...\n# d\n', 'yaml', 200 * MORE, random, seen);
  });

  it('in JSON', () => {
    const seen = { reread: 0, steps: 0 };
    for (const { text } of jsonCorpus().filter((_, i) => i % 100 === 0)) {
      type(text, 'json', 20 * MORE, random, seen);
      type(JSON.stringify(JSON.parse(text), null, 2).slice(0, 3000), 'json', 20 * MORE, random, seen);
    }
    assert.ok(seen.reread > seen.steps * 0.3, JSON.stringify(seen));
  });
});

describe('reading a file in several turns gives what reading it at once gives', () => {
  const same = (text: string, syntax: Syntax) => {
    const [slowly, fast] = [finished(readingFile(text, syntax)), readFile(text, syntax)];
    assert.deepEqual(slowly.documents.map(({ index, offset, document }) => ({ index, offset, ...asRead(document) })), fast.documents.map(({ index, offset, document }) => ({ index, offset, ...asRead(document) })));
  };
  it('in YAML, plain and not', () => {
    for (const text of yamlDocuments(150)) same(text, 'yaml');
    for (const text of ['', '# only a comment\n', 'a: 1\n---\nb: *x\n---\n- &y c\n- *y\n', 'a: [1\n', 'a: "b\n  c"\n', '\ufeffa: 1\n']) same(text, 'yaml');
  });
  it('in JSON', () => {
    for (const { text } of jsonCorpus().slice(0, 200)) same(text, 'json');
    for (const text of ['', '{"a": 1,}', '{"a": 1.0}']) same(text, 'json');
  });
  it('and stops in between', () => {
    const steps = [...readingFile(Array.from({ length: 5000 }, (_, i) => `key${i}: 1\n`).join(''), 'yaml')];
    assert.ok(steps.length > 50, String(steps.length));
  });
  it('and so does checking a large one', () => {
    const spec = { Name: 'large', Labels: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`label-${i}`, 'a value'])), Mode: { Replicated: { Replcas: 1 } }, TaskTemplate: { ContainerSpec: { Image: 'busybox', Env: ['A', 'A=1', 'DB_PASSWORD=hunter2hunter2'] } } };
    const steps: void[] = [];
    const work = validating(readDocument(stringify(spec), 'yaml'), OPTIONS);
    let step = work.next();
    for (; !step.done; step = work.next()) steps.push(step.value);
    assert.deepEqual(step.value, validate(readFile(stringify(spec), 'yaml'), OPTIONS));
    assert.ok(step.value.length > 3 && steps.length > 50, `${step.value.length} findings, ${steps.length} pauses`);
  });
});

describe('an edit inside of a large document', () => {
  const labels = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`label-${i}`, `value ${i}`]));
  const spec = { Name: 'large', Labels: labels, TaskTemplate: { ContainerSpec: { Image: 'busybox:1', Env: Array.from({ length: 300 }, (_, i) => `VARIABLE_${i}=${i}`) } } };
  const texts: Record<Syntax, string> = { yaml: stringify(spec), json: JSON.stringify(spec, null, 2) };

  for (const syntax of ['yaml', 'json'] as const) {
    const text = texts[syntax];
    const document = readDocument(text, syntax);
    const edits: [string, string, string][] = [
      ['a value', 'value 150', 'value 15x'],
      ['a key', 'label-150', 'label-150-new'],
      ['an item', 'VARIABLE_200=', 'VARIABLE_200_NEW='],
      ['the first item', 'VARIABLE_0=', 'VARIABLE_NULL='],
      ['the last item', 'VARIABLE_299=', 'VARIABLE_LAST='],
      ['a new item', syntax === 'yaml' ? '- VARIABLE_20=' : '"VARIABLE_20=', syntax === 'yaml' ? '- NEW=1\n        - VARIABLE_20=' : '"NEW=1",\n        "VARIABLE_20='],
      ['a key without a value yet', 'label-150', syntax === 'yaml' ? 'com\n  label-150' : '"com\n  "label-150'],
    ];
    for (const [name, from, to] of edits) {
      it(`reads ${name} and nothing else (${syntax})`, () => {
        const after = text.replace(from, to);
        const again = rereadDocument(document, after);
        assert.deepEqual(asRead(again), asRead(readDocument(after, syntax)));
        const value = (one: ReturnType<typeof readDocument>) => one.value as typeof spec;
        // what lies elsewhere is not only equal but the same
        if (/VARIABLE/.test(from)) assert.equal(value(again ?? document).Labels, value(document).Labels);
        else assert.equal(value(again ?? document).TaskTemplate, value(document).TaskTemplate);
      });
    }
  }

  it('reads all of a document that says in which YAML it is written', () => {
    const text = `%YAML 1.1\n---\na: yes\nb:\n  c: off\n  d: ${'long '.repeat(50)}\n`;
    const file = readFile(text, 'yaml');
    const after = text.replace('off', 'on');
    assert.deepEqual(readFile(after, 'yaml', file).documents[0].document.value, readFile(after, 'yaml').documents[0].document.value);
    assert.equal((readFile(after, 'yaml', file).documents[0].document.value as { b: { c: unknown } }).b.c, true);
  });

  it('takes over whole documents of a file that have only moved', () => {
    const file: SpecFile = readFile('a: 1\n---\nb: 2\n---\nc: 3\n', 'yaml');
    const after = readFile('a: 1\nx: 5\n---\nb: 2\n---\nc: 3\n', 'yaml', file);
    assert.equal(after.documents[2].document, file.documents[2].document);
    assert.equal(after.documents[2].offset, file.documents[2].offset + 5);
  });
});
