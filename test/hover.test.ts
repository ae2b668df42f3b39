import * as assert from 'node:assert/strict';
import { SERVICE } from '../server/src/facts/kinds';
import { allFields } from '../server/src/facts/lookup';
import { hoverAt, hoveredAt, type Reading } from './support/marked';
import { nodeOf, syntaxIn, write, WRITINGS } from './support/writings';

describe('hover', () => {
  const cases: { on: string; says: RegExp; reading?: Reading }[] = [
    { on: 'Netw|orks: []', says: /deprecated since .*v1\.44/i },
    { on: 'Netw|orks: []', says: /^(?![^]*deprecated since)/i, reading: { api: '1.43' } },
    { on: 'UpdateConfig: {De|lay: 5}', says: /nanoseconds/ },
    { on: 'UpdateConfig: {Delay: 1000000000|0}', says: /`10000000000` → 10 s/ },
    { on: 'UpdateConfig:\n  FailureAction: roll|back', says: /`rollback`: / },
    { on: '{"UpdateConfig": {"Del|ay": 5}}', says: /nanoseconds/, reading: { syntax: 'json' } },
    { on: '{"TaskTemplate": {"Resources": {"Limits": {"MemoryBytes": 53687|0912}}}}', says: /→ 512 MiB/, reading: { syntax: 'json' } },
    { on: 'Labels: {com.exam|ple: x}', says: /^\*\*Labels\*\*/ },
    { on: 'TaskTemplate: {ContainerSpec: {Env: [A|=b]}}', says: /^\*\*Env\[\]\*\*/ },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - Ty|pe: bind', says: /^\*\*Type\*\*/ },
    { on: 'tasktemplate: {containerspec: {IM|AGE: x}}', says: /Image of the container/ },
    { on: '[{"Spec": {"Na|me": "x"}}]', says: /^\*\*Name\*\*/, reading: { syntax: 'json' } },
    { on: 'x: &x {Delay: 5}\nUpdateConfig: *|x', says: /^\*\*UpdateConfig\*\*/ },
    { on: 'TaskTemplate: {ContainerSpec: {OomScore|Adj: 5}}', says: /Needs API v1\.46/, reading: { api: '1.45' } },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Consis|tency: x}]}}', says: /throws it away/ },
    { on: 'Mode:\n  Replicated:\n    Replicas: |0\n', says: /`0` → / },
    { on: 'Nonse|nse: 5', says: /^nothing$/ },
    { on: 'Name: x\n|\nMode: {}', says: /^nothing$/ },
    { on: '# com|ment\nName: x', says: /^nothing$/ },
    { on: '|', says: /^nothing$/ },
    { on: 'a: [}|', says: /^nothing$/ },
  ];
  for (const { on, says, reading } of cases) it(`${on.replaceAll('\n', '⏎')}${reading?.api ? ` at v${reading.api}` : ''}`, () => assert.match(hoverAt(on, reading), says));

  it('is about the key or value under the cursor', () => {
    assert.equal(hoveredAt('UpdateConfig: {De|lay: 5}'), 'Delay');
    assert.equal(hoveredAt('UpdateConfig: {Delay: 5|}'), '5');
    assert.equal(hoveredAt('{"Na|me": "x"}', { syntax: 'json' }), '"Name"');
  });

  it('does not repeat environment values or labels', () => {
    assert.doesNotMatch(hoverAt('TaskTemplate: {ContainerSpec: {Env: [TOKEN=hun|ter2]}}'), /hunter2/);
    assert.doesNotMatch(hoverAt('Labels: {token: hun|ter2}'), /hunter2/);
  });

  for (const writing of WRITINGS) {
    it(`knows every field (${writing})`, () => {
      for (const { path, field, name } of allFields(SERVICE.root)) {
        if (name === '[]' || name === '*') continue;
        const value = path.split('.').reduceRight<unknown>((inside, step) => ({ [step.replace(/(\[\])+$/, '')]: step.endsWith('[]') ? [inside] : inside }), 'PLACE');
        const text = write(nodeOf(value as never), writing);
        const at = text.lastIndexOf(name, text.indexOf('PLACE'));
        const said = hoverAt(`${text.slice(0, at + 1)}|${text.slice(at + 1)}`, { syntax: syntaxIn(writing), api: '1.55' });
        assert.ok(said.includes(field.doc), `${path} in ${writing}: ${said}\n${text}`);
      }
    });
  }
});
