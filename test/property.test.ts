import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readFile, type Syntax } from '../server/src/document/document';
import { applyTextEdits } from '../server/src/document/textEdit';
import { toJson, type SpecValue } from '../server/src/document/value';
import { allFields } from '../server/src/facts/lookup';
import { SERVICE } from '../server/src/facts/kinds';
import { fileEdits } from '../server/src/features/codeActions';
import { toPointer } from '../server/src/path';
import { validate } from '../server/src/features/validate';
import type { Finding } from '../server/src/finding';
import { specOf, structOf } from './support/specs';

const TARGET = { kind: SERVICE, api: '1.49', apiSource: 'default' } as const;
const check = (text: string, syntax: Syntax): Finding[] => validate(readFile(text, syntax), { target: () => TARGET });

/** Rules of the facts; the grammars of strings and the relations between fields are other rules' business. */
const OF_FACTS = new Set(['unknown-field', 'misplaced-field', 'compose-field', 'wrong-case', 'wrong-type', 'integer-form', 'number-range', 'unknown-value', 'missing-field', 'null-item', 'never-stored', 'needs-newer-api', 'json-syntax', 'internal-error']);

describe('properties', () => {
  it('finds nothing wrong by the facts with what is made from the facts', () => {
    fc.assert(
      fc.property(structOf(SERVICE.root, TARGET), (spec) => {
        const found = check(toJson(spec), 'json').filter(({ rule }) => OF_FACTS.has(rule));
        assert.deepEqual(found.map(({ rule, message }) => `${rule}: ${message}`), []);
      }),
      { numRuns: 300 },
    );
  });

  it('finds no error in a spec of such fields that agree with each other', () => {
    const swarm = { secrets: { a: 'a1', b: 'b1' }, configs: { a: 'a1', b: 'b1' }, networks: ['frontend', 'backend'] };
    fc.assert(
      fc.property(specOf(TARGET, swarm), (spec) => {
        const found = check(toJson(spec), 'json').filter(({ severity }) => severity === 'error');
        assert.deepEqual(found.map(({ rule, path, message }) => `${rule} ${toPointer(path)}: ${message}`), []);
      }),
      { numRuns: 300 },
    );
  });

  it('finds each field that is renamed to something unknown', () => {
    const paths = allFields(SERVICE.root).filter(({ path }) => !/[[*]/.test(path) && !path.startsWith('Networks') && !path.includes('PluginSpec') && !path.includes('NetworkAttachmentSpec'));
    for (const { path, field } of paths) {
      if (field.neverStored || field.erasedBelow === '1.52') continue;
      const keys = path.split('.');
      const [key] = keys.splice(-1);
      const wrong = `zz${key}qq`;
      const spec = keys.reduceRight<SpecValue>((inside, step) => ({ [step]: inside }), { [wrong]: null });
      assert.ok(check(toJson(spec), 'json').some(({ rule, message }) => rule === 'unknown-field' && message.includes(wrong)), path);
    }
  });

  it('never throws, on any text', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ':', ',', '"', "'", '- ', '\n', '  ', '\t', 'Name', 'TaskTemplate', 'Image', '1e9', '0x', '&a', '*a', '<<: ', '|', '>', '#', '---\n', '...\n', '!t ', '\u0000', '\ud800', '\ufeff', '__proto__', 'constructor', '{{', '}}');
    const text = fc.oneof(fc.string({ maxLength: 80 }), fc.array(pieces, { maxLength: 40 }).map((list) => list.join('')));
    fc.assert(
      fc.property(text, fc.constantFrom<Syntax>('json', 'yaml'), (source, syntax) => {
        for (const { span, rule } of check(source, syntax)) {
          assert.notEqual(rule, 'internal-error');
          assert.ok(span.start >= 0 && span.end >= span.start && span.end <= Math.max(source.length, 1), `${rule} at ${span.start}-${span.end} of ${source.length}`);
        }
      }),
      { numRuns: 3000 },
    );
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('fixes to fewer findings, and to none that is worse', () => {
    const slips = ['Replcas', 'replicas', 'image', 'Env', 'ports', 'Mounts', 'environment', 'Condition', 'networks', 'Networks', 'HealthCheck', 'memorybytes'];
    const slip = fc.record({ key: fc.constantFrom(...slips), value: fc.constantFrom<SpecValue>('10s', 3, true, ['a'], { A: 'b' }, '512m', 0.5, null), at: fc.constantFrom('', 'TaskTemplate', 'TaskTemplate.ContainerSpec', 'Mode.Replicated', 'TaskTemplate.Resources.Limits', 'TaskTemplate.RestartPolicy') });
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (list) => {
        const spec: Record<string, SpecValue> = { Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'a:1' } } };
        for (const { key, value, at } of list) {
          let inside = spec as Record<string, SpecValue>;
          for (const step of at === '' ? [] : at.split('.')) inside = (inside[step] ??= {}) as Record<string, SpecValue>;
          if (!(key in inside)) inside[key] = value;
        }
        const text = toJson(spec, 2);
        const file = readFile(text, 'json');
        const before = check(text, 'json');
        for (const finding of before) {
          const fix = finding.fixes.find(({ safe }) => safe);
          const edits = fix && fileEdits(file, finding, fix.edits);
          if (!edits) continue;
          const fixed = applyTextEdits(text, edits);
          const after = check(fixed, 'json');
          assert.ok(!after.some(({ rule }) => rule === 'json-syntax'), `${fix.title}\n${text}\n→\n${fixed}`);
          const count = (list: readonly Finding[]) => list.filter(({ rule, message }) => rule === finding.rule && message === finding.message).length;
          assert.ok(count(after) < count(before), `${fix.title} mends nothing\n${text}\n→\n${fixed}`);
        }
      }),
      { numRuns: 400 },
    );
  });
});
