import * as assert from 'node:assert/strict';
import { completeAt, type Reading } from './support/marked';

const JSON_READING: Reading = { syntax: 'json' };
const CONTAINER = 'TaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';

interface Case {
  readonly on: string;
  readonly label: string;
  readonly gives: string;
  readonly reading?: Reading;
}

const shown = (text: string) => text.replaceAll('\n', '⏎');

describe('what stands behind the cursor', () => {
  const cases: Case[] = [
    { on: `${CONTAINER}    Env:\n      - HOST={{|}}\n`, label: '{{.Node.Hostname}}', gives: `${CONTAINER}    Env:\n      - HOST={{.Node.Hostname}}\n` },
    { on: `${CONTAINER}    Hostname: |web\n`, label: '{{.Service.Name}}', gives: `${CONTAINER}    Hostname: "{{.Service.Name}}web"\n` },
    { on: 'UpdateConfig:\n  Delay: |20s\n', label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000\n' },
    { on: '{"UpdateConfig": {"Delay": |5}}', label: '10s → 10000000000', gives: '{"UpdateConfig": {"Delay": 10000000000}}', reading: JSON_READING },
    { on: 'UpdateConfig: {Ord|er: x}\n', label: 'Order', gives: 'UpdateConfig: {Order: x}\n' },
  ];
  for (const { on, label, gives, reading } of cases) it(`${shown(on)}: ${label} leaves no rest of it`, () => assert.equal(completeAt(on, reading).accept(label), gives));

  const silent: [string, Reading?][] = [
    [`${CONTAINER}    Env: |[A=b, C=d]\n`], [`${CONTAINER}    Healthcheck: |{Test: [CMD, a]}\n`], [`${CONTAINER}    Mounts:\n      - |{Type: tmpfs}\n`], ['TaskTemplate: {ContainerSpec: {Env: |[A=b]}}\n'],
    ['{"TaskTemplate": {"ContainerSpec": {"Env": |["A=b"]}}}', JSON_READING], ['{"TaskTemplate": {"ContainerSpec": {"Env":|  ["A=b"]}}}', JSON_READING], ['{"UpdateConfig": {"Delay": |  5}}', JSON_READING],
    ['{"UpdateConfig": |\n{"Delay": 5}}', JSON_READING],
  ];
  for (const [on, reading] of silent) it(`${shown(on)}: there is a value already`, () => assert.deepEqual(completeAt(on, reading).labels, []));

  it('may be the next key or item, which is kept', () => {
    assert.equal(completeAt('{"UpdateConfig": {"Delay": |\n"Order": "stop-first"}}', JSON_READING).accept('10s → 10000000000'), '{"UpdateConfig": {"Delay": 10000000000,\n"Order": "stop-first"}}');
    assert.equal(completeAt('TaskTemplate: {Networks: [|{Target: a}]}').accept('Target'), 'TaskTemplate: {Networks: [{Target: backend}, {Target: a}]}');
  });
});
