import * as assert from 'node:assert/strict';
import { locate } from '../server/src/document/document';
import { ServiceSpec } from '../server/src/facts/service/serviceSpec';
import { completeAt, read, type Reading } from './support/marked';

const JSON_READING: Reading = { syntax: 'json' };
const MEMBERS: Readonly<Record<string, RegExp>> = {
  spec: /^(Name|Labels|TaskTemplate|Mode)$/, container: /^(Image|Env|Command|Mounts)$/, replicated: /^Replicas$/, mount: /^(Type|Source|Target)$/, update: /^(Delay|FailureAction|Order)$/,
};

interface Place {
  readonly on: string;
  /** Whose fields are offered, and where they end up. */
  readonly of: keyof typeof MEMBERS;
  readonly at: readonly (string | number)[];
  readonly reading?: Reading;
  /** Keys that are there already. */
  readonly but?: readonly string[];
}

const C = ['TaskTemplate', 'ContainerSpec'];

describe('completing a key', () => {
  const places: Place[] = [
    { on: '|', of: 'spec', at: [] },
    { on: '# c\n|', of: 'spec', at: [] },
    { on: '---\n|', of: 'spec', at: [] },
    { on: 'Name: a\n|', of: 'spec', at: [], but: ['Name'] },
    { on: 'Name: a\n|\nMode: {}\n', of: 'spec', at: [], but: ['Name', 'Mode'] },
    { on: '|\nName: a\n', of: 'spec', at: [], but: ['Name'] },
    { on: 'name: a\n|', of: 'spec', at: [], but: ['Name'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    |', of: 'container', at: C },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Image: x\n    |', of: 'container', at: C, but: ['Image'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    |\n    Image: x\n', of: 'container', at: C, but: ['Image'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Image: x\n|', of: 'spec', at: [], but: ['TaskTemplate'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Im|', of: 'container', at: C },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Im|\n    Env: []\n', of: 'container', at: C, but: ['Env'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - |', of: 'mount', at: [...C, 'Mounts', 0] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - Type: bind\n        |', of: 'mount', at: [...C, 'Mounts', 0], but: ['Type'] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n    - Type: bind\n    - |\n', of: 'mount', at: [...C, 'Mounts', 1] },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - Ta|\n        Type: bind\n', of: 'mount', at: [...C, 'Mounts', 0], but: ['Type'] },
    { on: 'UpdateConfig: {|}', of: 'update', at: ['UpdateConfig'] },
    { on: 'UpdateConfig: {Delay: 5, |}', of: 'update', at: ['UpdateConfig'], but: ['Delay'] },
    { on: 'UpdateConfig: {De|}', of: 'update', at: ['UpdateConfig'] },
    { on: '{Name: a, |}', of: 'spec', at: [], but: ['Name'] },
    { on: 'Mode:\n  Replicated:\n    "|"\n', of: 'replicated', at: ['Mode', 'Replicated'] },
    { on: 'Mode: {Replicated: {|}}\nName: a\n', of: 'replicated', at: ['Mode', 'Replicated'] },
    { on: 'Name: a\n---\nMode:\n  Replicated:\n    |', of: 'replicated', at: ['Mode', 'Replicated'] },
    { on: 'Name: a\n|\n...\n', of: 'spec', at: [], but: ['Name'] },
    { on: '- Name: a\n  |', of: 'spec', at: [0], but: ['Name'] },
    { on: '{|}', of: 'spec', at: [], reading: JSON_READING },
    { on: '{\n  |\n}', of: 'spec', at: [], reading: JSON_READING },
    { on: '{\n  "|"\n}', of: 'spec', at: [], reading: JSON_READING },
    { on: '{"Name": "a", |}', of: 'spec', at: [], reading: JSON_READING, but: ['Name'] },
    { on: '{"Name": "a", "|"}', of: 'spec', at: [], reading: JSON_READING, but: ['Name'] },
    { on: '{|"Name": "a"}', of: 'spec', at: [], reading: JSON_READING, but: ['Name'] },
    { on: '{\n  |\n  "Name": "a"\n}', of: 'spec', at: [], reading: JSON_READING, but: ['Name'] },
    { on: '{"TaskTemplate": {"ContainerSpec": {"Im|"}}}', of: 'container', at: C, reading: JSON_READING },
    { on: '{"TaskTemplate": {"ContainerSpec": {"Mounts": [{|}]}}}', of: 'mount', at: [...C, 'Mounts', 0], reading: JSON_READING },
    { on: '[{"Spec": {"Name": "a", "TaskTemplate": {"ContainerSpec": {|}}}}]', of: 'container', at: [0, 'Spec', ...C], reading: JSON_READING },
  ];
  for (const { on, of, at, reading, but = [] } of places) {
    it(`${on.replaceAll('\n', '⏎')}: the fields of ${at.join('.') || 'the spec'}${but.length > 0 ? `, without ${but.join(', ')}` : ''}`, () => {
      const offered = completeAt(on, reading);
      assert.ok(offered.labels.some((label) => MEMBERS[of].test(label)), `there is ${offered.labels.join(', ') || 'nothing'}`);
      for (const key of but) assert.ok(!offered.labels.includes(key), `${key} is there already`);
      for (const { label, kind } of offered.items) {
        if (kind !== 'field') continue;
        const text = offered.accept(label);
        const file = read(text, reading);
        const { document } = file.documents[file.documents.length - 1];
        assert.deepEqual(document.problems.map(({ message }) => message), [], `${label}:\n${text}`);
        assert.ok(locate(document, [...at, label])?.entry?.key === label, `${label} is not at ${at.join('.')}:\n${text}`);
      }
    });
  }

  const words: [string, string, readonly string[]][] = [
    ['|', 'TaskTemplate', ['image']], ['|', 'Mode', ['replicas', 'scale']], ['|', 'EndpointSpec', ['ports', 'publish']], ['|', 'resource limits', ['memory', 'cpus', 'limit-memory']], ['|', 'volume mount', ['volumes']],
    ['TaskTemplate:\n  ContainerSpec:\n    Image: a:1\n    |', 'Env', ['environment']], ['TaskTemplate:\n  ContainerSpec:\n    Image: a:1\n    |', 'Command', ['entrypoint']],
    ['TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - |', 'Target', ['Destination', 'Dst']], ['TaskTemplate:\n  |', 'LogDriver', ['logging', 'log-opt']], ['|', 'whole service', []],
  ];
  for (const [on, label, others] of words) {
    it(`${on.replaceAll('\n', '⏎')}: ${label} is found as ${[label, ...others].join(', ')}`, () => {
      const [first, ...found] = completeAt(on).items.find((item) => item.label === label)!.filter.slice(label.length).split(' ');
      assert.equal(first, '');
      for (const word of others) assert.ok(found.includes(word), found.join());
      assert.ok(others.length > 0 || found.length === 0, found.join());
    });
  }

  it('begins anew behind the end of a document', () => {
    for (const end of ['...\n', '... # end\n', '...\n# c\n']) assert.ok(completeAt(`Name: a\nMode:\n  Replicated:\n    Replicas: 1\n${end}|`).labels.includes('Name'), end);
    assert.deepEqual(completeAt('Name: a\nTaskTemplate:\n  ContainerSpec:\n...\n    |').labels.filter((label) => label === 'Image'), []);
  });
  it('puts what is required and usual first and deprecated last', () => {
    const { labels, items } = completeAt('|');
    assert.equal(labels.at(-1), 'Networks');
    assert.equal(items.at(-1)?.deprecated, true);
    assert.ok(labels.indexOf('TaskTemplate') < labels.indexOf('RollbackConfig'));
  });
  it('offers all that is deprecated only later as any other', () => assert.equal(completeAt('|', { api: '1.43' }).items.some(({ deprecated }) => deprecated), false));
  it('does not offer what the version drops', () => {
    const at = 'TaskTemplate:\n  ContainerSpec:\n    |';
    assert.ok(completeAt(at, { api: '1.46' }).labels.includes('OomScoreAdj'));
    assert.ok(!completeAt(at, { api: '1.45' }).labels.includes('OomScoreAdj'));
  });
  it('does not offer what is never stored', () => assert.ok(!completeAt('TaskTemplate: {ContainerSpec: {Mounts: [{|}]}}').labels.includes('Consistency')));
  it('writes the name only where a colon follows', () => assert.equal(completeAt('Na|: a\n').accept('Name'), 'Name: a\n'));
  it('replaces the word under the cursor', () => assert.equal(completeAt('Mode:\n  Replicated:\n    Repl|cas: 3\n').accept('Replicas'), 'Mode:\n  Replicated:\n    Replicas: 3\n'));
  it('begins an object with what it cannot be without', () => assert.equal(completeAt('TaskTemplate:\n  |').accept('ContainerSpec'), 'TaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27'));
  it('writes what an object cannot be without next to its first field', () => assert.equal(completeAt('TaskTemplate:\n  ContainerSpec:\n    |').accept('Init'), 'TaskTemplate:\n  ContainerSpec:\n    Init: true\n    Image: nginx:1.27'));
  it('begins a list with a dash', () => assert.equal(completeAt('TaskTemplate:\n  |').accept('Networks'), 'TaskTemplate:\n  Networks:\n    - Target: backend'));
  it('explains each item as hover does', () => assert.match(completeAt('|').items.find(({ label }) => label === 'Name')?.documentation() ?? '', /DNS name/));
  it('offers everything but what is there, in the whole spec', () => {
    const labels = completeAt('|').items.filter(({ kind }) => kind === 'field').map(({ label }) => label);
    assert.deepEqual(labels.toSorted(), Object.keys(ServiceSpec.fields).filter((key) => !ServiceSpec.fields[key].neverStored).toSorted());
  });
});

describe('completing a comment that speaks to us', () => {
  const cases: { on: string; label: string; gives: string }[] = [
    { on: '# swarmspec: |\nName: x\n', label: 'api=', gives: '# swarmspec: api=1.49\nName: x\n' },
    { on: '# swarmspec:|', label: 'engine=', gives: '# swarmspec: engine=28' },
    { on: '---\n# c\n# swarmspec: api=1.44 e|', label: 'engine=', gives: '---\n# c\n# swarmspec: api=1.44 engine=28' },
    { on: '# swarmspec: api=|', label: 'api=1.55', gives: '# swarmspec: api=1.55' },
    { on: '# swarmspec: api=1.|49 as=partial\n', label: 'api=1.44', gives: '# swarmspec: api=1.44 as=partial\n' },
    { on: '# swarmspec: engine=2|', label: 'engine=29', gives: '# swarmspec: engine=29' },
    { on: '# swarmspec: as=TaskTemplate.|', label: 'as=TaskTemplate.ContainerSpec.Mounts[]', gives: '# swarmspec: as=TaskTemplate.ContainerSpec.Mounts[]' },
    { on: 'Name: x # swarmspec-ignore |', label: 'unknown-field', gives: 'Name: x # swarmspec-ignore unknown-field' },
    { on: 'Name: x\n# swarmspec-ignore-document unknown-field, dup|licate -- why\n', label: 'duplicate-key', gives: 'Name: x\n# swarmspec-ignore-document unknown-field, duplicate-key -- why\n' },
    { on: '# sw|\nName: x\n', label: 'swarmspec:', gives: '# swarmspec: api=1.49\nName: x\n' },
    { on: 'Name: x # swarmspec-ig|', label: 'swarmspec-ignore', gives: 'Name: x # swarmspec-ignore ' },
    { on: 'Name: x\n  # s|\n', label: 'swarmspec-ignore-document', gives: 'Name: x\n  # swarmspec-ignore-document \n' },
  ];
  for (const { on, label, gives } of cases) {
    it(`${on.replaceAll('\n', '⏎')}: ${label}`, () => {
      const offered = completeAt(on);
      assert.equal(offered.accept(label), gives);
      assert.deepEqual(read(gives).documents[0].document.modeline.unknown, []);
    });
  }
  it('offers a modeline at the top only', () => assert.deepEqual(completeAt('Name: x\n# sw|').labels, ['swarmspec-ignore', 'swarmspec-ignore-document']));
  it('offers each once', () => {
    assert.deepEqual(completeAt('# swarmspec: api=1.44 |').labels, ['engine=', 'as=']);
    assert.ok(!completeAt('# swarmspec-ignore unknown-field |').labels.includes('unknown-field'));
  });
  for (const on of ['# |', 'Name: x\n# swarmspec: |', '# so|', 'Labels:\n  a: >\n    # sw|\n', '# swarmspec-ignore unknown-field -- since |', '# swarmspec: x=|', 'Labels:\n  a: >\n    # swarmspec-ignore |\n']) {
    it(`${on.replaceAll('\n', '⏎')}: nothing`, () => assert.deepEqual(completeAt(on).labels, []));
  }
});

describe('completing a value', () => {
  const cases: { on: string; label: string; gives: string; reading?: Reading }[] = [
    { on: 'UpdateConfig:\n  FailureAction: |', label: 'rollback', gives: 'UpdateConfig:\n  FailureAction: rollback' },
    { on: 'UpdateConfig:\n  FailureAction: ro|', label: 'rollback', gives: 'UpdateConfig:\n  FailureAction: rollback' },
    { on: 'UpdateConfig:\n  FailureAction:|', label: 'rollback', gives: 'UpdateConfig:\n  FailureAction: rollback' },
    { on: 'UpdateConfig:\n  FailureAction: "|"\n', label: 'rollback', gives: 'UpdateConfig:\n  FailureAction: "rollback"\n' },
    { on: "UpdateConfig:\n  FailureAction: 'pa|'\n", label: 'rollback', gives: "UpdateConfig:\n  FailureAction: 'rollback'\n" },
    { on: 'UpdateConfig: {FailureAction: |}', label: 'pause', gives: 'UpdateConfig: {FailureAction: pause}' },
    { on: 'UpdateConfig: {FailureAction: pau|se}', label: 'continue', gives: 'UpdateConfig: {FailureAction: continue}' },
    { on: '{"UpdateConfig": {"FailureAction": |}}', label: 'pause', gives: '{"UpdateConfig": {"FailureAction": "pause"}}', reading: JSON_READING },
    { on: '{"UpdateConfig": {"FailureAction": "|"}}', label: 'pause', gives: '{"UpdateConfig": {"FailureAction": "pause"}}', reading: JSON_READING },
    { on: '{"UpdateConfig": {"FailureAction":|}}', label: 'pause', gives: '{"UpdateConfig": {"FailureAction": "pause"}}', reading: JSON_READING },
    { on: 'TaskTemplate: {ContainerSpec: {Init: |}}', label: 'true', gives: 'TaskTemplate: {ContainerSpec: {Init: true}}' },
    { on: '{"TaskTemplate": {"ContainerSpec": {"Init": t|}}}', label: 'true', gives: '{"TaskTemplate": {"ContainerSpec": {"Init": true}}}', reading: JSON_READING },
  ];
  for (const { on, label, gives, reading } of cases) it(`${on.replaceAll('\n', '⏎')}: ${label}`, () => assert.equal(completeAt(on, reading).accept(label), gives));

  it('offers no word that the engine refuses', () => {
    const { labels } = completeAt('TaskTemplate: {ContainerSpec: {Mounts: [{Type: |}]}}');
    assert.ok(labels.includes('bind'));
    assert.ok(!labels.includes('image'), labels.join());
  });
  it('says what a number means', () => assert.ok(completeAt('UpdateConfig:\n  Delay: |').items.some(({ detail }) => /\d+ ?s/.test(detail ?? ''))));

  const silent: [string, Reading?][] = [['# com|ment'], ['Name: a # |'], ['Labels: {a|: b}'], ['Labels:\n  |'], ['Nonsense:\n  |'], ['{"Name": "a" |}', JSON_READING], ['{"Name": "a"} |', JSON_READING]];
  for (const [on, reading] of silent) it(`${on.replaceAll('\n', '⏎')}: nothing`, () => assert.deepEqual(completeAt(on, reading).labels, []));

  it('never throws, wherever the cursor is in whatever is left of a document', () => {
    const yaml = 'Name: a\nTaskTemplate:\n  ContainerSpec: {Image: "x", Env: [A=b]}\n  Networks:\n    - Target: \'n\' # c\n';
    for (let end = 0; end <= yaml.length; end++) completeAt(`${yaml.slice(0, end)}|`);
    for (let at = 0; at <= yaml.length; at++) completeAt(`${yaml.slice(0, at)}|${yaml.slice(at)}`);
    const json = '{"Name": "a", "TaskTemplate": {"ContainerSpec": {"Env": ["A=b"], "Init": true}}, }';
    for (let end = 0; end <= json.length; end++) completeAt(`${json.slice(0, end)}|`, JSON_READING);
    for (let at = 0; at <= json.length; at++) completeAt(`${json.slice(0, at)}|${json.slice(at)}`, JSON_READING);
  });
});
