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

describe('half a word on the line of the key', () => {
  const cases: Case[] = [
    { on: 'Mode: R|\n', label: 'Replicated', gives: 'Mode:\n  Replicated:\n    Replicas: 1\n' },
    { on: 'UpdateConfig: P|\n', label: 'Parallelism', gives: 'UpdateConfig:\n  Parallelism: 1\n' },
    { on: 'Name: web\nTaskTemplate: C|', label: 'ContainerSpec', gives: 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27' },
    { on: `${CONTAINER}    CapabilityAdd: NET|\n`, label: 'NET_ADMIN', gives: `${CONTAINER}    CapabilityAdd:\n      - NET_ADMIN\n` },
    { on: 'TaskTemplate:\n  Placement:\n    Constraints: node.|\n', label: 'node.role==', gives: 'TaskTemplate:\n  Placement:\n    Constraints:\n      - node.role==manager\n' },
    { on: `${CONTAINER}    Env: LOG|\n`, label: 'LOG_LEVEL=info', gives: `${CONTAINER}    Env:\n      - LOG_LEVEL=info\n` },
    { on: `${CONTAINER}    Healthcheck:\n      Test: CMD|\n`, label: 'CMD curl -f http://localhost/health', gives: `${CONTAINER}    Healthcheck:\n      Test:\n        - CMD\n        - curl\n        - -f\n        - http://localhost/health\n` },
    { on: 'EndpointSpec:\n  Ports: &p Tar|\n', label: 'TargetPort', gives: 'EndpointSpec:\n  Ports: &p \n    - TargetPort: 80\n' },
  ];
  for (const { on, label, gives } of cases) {
    it(`${shown(on)}: ${label}, as with nothing typed`, () => {
      const offered = completeAt(on);
      assert.equal(offered.accept(label), gives);
      const typed = /\S+(?=\|)/.exec(on)?.[0] ?? '';
      const item = offered.items.find((one) => one.label === label);
      assert.ok(item?.filter.startsWith(typed), `an editor matches \`${typed}\` with \`${item?.filter}\``);
    });
  }
  for (const on of ['Mode: R| # why\n', 'Mode: R|\n  Global: {}\n', 'TaskTemplate:\n  Networks: T|\n  - Target: a\n']) it(`${shown(on)}: nothing, since more follows`, () => assert.deepEqual(completeAt(on).labels, []));
});

describe('a colon without a space behind it', () => {
  const cases: Case[] = [
    { on: 'UpdateConfig:\n  Delay:10s|\n', label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000\n' },
    { on: 'UpdateConfig:\n  Parallelism: 1\n  Order:st|\n', label: 'start-first', gives: 'UpdateConfig:\n  Parallelism: 1\n  Order: start-first\n' },
    { on: `${CONTAINER}    Init:t|rue\n`, label: 'false', gives: `${CONTAINER}    Init: false\n` },
    { on: 'Name:w|', label: 'web', gives: 'Name: web' },
  ];
  for (const { on, label, gives } of cases) it(`${shown(on)}: ${label}, and the space`, () => assert.equal(completeAt(on).accept(label), gives));
  for (const on of ['TaskTemplate:\n  ContainerSpec:\n    Image:\n      Registry:5|\n', `${CONTAINER}    Env:\n      - Order:s|\n`, 'UpdateConfig:x|\n']) it(`${shown(on)}: is none`, () => assert.deepEqual(completeAt(on).labels.filter((label) => /first|Parallelism/.test(label)), []));
});

describe('brackets that are not closed yet', () => {
  const cases: (Case & { readonly but?: string })[] = [
    { on: 'Mode: {|', label: 'Replicated', gives: 'Mode: {Replicated: {Replicas: 1}' },
    { on: 'Mode: { |', label: 'Global', gives: 'Mode: { Global: {}' },
    { on: 'Mode: {|\nName: x\n', label: 'Global', gives: 'Mode: {Global: {}\nName: x\n' },
    { on: 'Mode: {\nName: x\n|', label: 'UpdateConfig', gives: 'Mode: {\nName: x\nUpdateConfig:\n  Parallelism: 1\n  Delay: 10000000000\n  FailureAction: rollback\n  Order: start-first', but: 'Name' },
    { on: 'UpdateConfig: {Order: |', label: 'start-first', gives: 'UpdateConfig: {Order: start-first' },
    { on: 'EndpointSpec:\n  Ports:\n    - {TargetPort: 80, |', label: 'PublishedPort', gives: 'EndpointSpec:\n  Ports:\n    - {TargetPort: 80, PublishedPort: 8080', but: 'TargetPort' },
    { on: '{\n  Name: web,\n  |', label: 'Labels', gives: '{\n  Name: web,\n  Labels: {com.example.team: shop}', but: 'Name' },
    { on: '{"Name": "web", |', label: 'Labels', gives: '{"Name": "web", "Labels": {"com.example.team": "shop"}', reading: JSON_READING, but: 'Name' },
    { on: '{"UpdateConfig": {"Order": |', label: 'start-first', gives: '{"UpdateConfig": {"Order": "start-first"', reading: JSON_READING },
  ];
  for (const { on, label, gives, reading, but } of cases) {
    it(`${shown(on)}: ${label}`, () => {
      const offered = completeAt(on, reading);
      assert.equal(offered.accept(label), gives);
      assert.ok(but === undefined || !offered.labels.includes(but), `${but} is there already`);
    });
  }
  const silent: [string, Reading?][] = [['Mode: {Global: # |'], ['{"Name": "web" |', JSON_READING], ['{"Name": "web", // |', JSON_READING], ['{"Name": "web", /* |', JSON_READING]];
  for (const [on, reading] of silent) it(`${shown(on)}: nothing`, () => assert.deepEqual(completeAt(on, reading).labels, []));
});

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
