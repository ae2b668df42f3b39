import * as assert from 'node:assert/strict';
import { readConfig } from '../server/src/config/config';
import { configTarget } from '../server/src/config/fields';
import { complete } from '../server/src/features/complete';
import { hover } from '../server/src/features/hover';
import { ruleDocs } from '../server/src/features/explain';
import { accepted } from './support/marked';

function at(marked: string, syntax: 'json' | 'yaml' = 'yaml') {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const [{ document }] = readConfig(text, syntax).file.documents;
  return { text, offset, document };
}

function labelsAt(marked: string, syntax: 'json' | 'yaml' = 'yaml'): string[] {
  const { document, offset } = at(marked, syntax);
  return complete(document, offset, configTarget()).items.map(({ label }) => label);
}

describe('a config file in an editor', () => {
  it('offers its settings', () => {
    for (const label of ['api', 'engine', 'severity', 'files', 'fragments', 'protection']) assert.ok(labelsAt('|').includes(label), label);
    assert.ok(!labelsAt('api: "1.49"\n|').includes('api'));
    assert.ok(!labelsAt('|').includes('TaskTemplate'));
  });

  it('offers every rule, and the severities', () => {
    const labels = labelsAt('severity:\n  |');
    for (const { id } of ruleDocs()) assert.ok(labels.includes(id), id);
    assert.deepEqual(labelsAt('severity:\n  unknown-field: |').slice(0, 5).sort(), ['error', 'hint', 'information', 'off', 'warning']);
    assert.ok(labelsAt('{"severity": {"unknown-field": "|"}}', 'json').includes('off'));
  });

  it('offers versions, parts of a spec and protections', () => {
    assert.ok(labelsAt('api: |').includes('1.49'));
    assert.ok(labelsAt('fragments:\n  - files: a.yaml\n    as: |').includes('TaskTemplate.Networks'));
    assert.deepEqual(labelsAt('protection:\n  prod: |').sort(), ['confirm', 'forbidden', 'free', 'type-name']);
  });

  it('writes a version as text', () => {
    const { text, document, offset } = at('api: |');
    const item = complete(document, offset, configTarget()).items.find(({ label }) => label === '1.49');
    assert.ok(item);
    assert.equal(readConfig(accepted(text, 0, item), 'yaml').config.api, '1.49');
  });

  it('says what a setting is, and of which severity', () => {
    const says = (marked: string) => {
      const { document, offset } = at(marked);
      return hover(document, offset, configTarget())?.markdown ?? '';
    };
    assert.match(says('sever|ity: {}'), /^\*\*severity\*\*[^]*`off` silences one/);
    assert.match(says('severity: { unknown-fi|eld: off }'), /Every key is a field that the engine knows|field/);
    assert.match(says('severity: { unknown-field: o|ff }'), /The rule is silent/);
    assert.doesNotMatch(says('sever|ity: {}'), /Since API/);
  });
});
