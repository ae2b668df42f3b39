import * as assert from 'node:assert/strict';
import { readDocument, type SpecDocument } from '../server/src/document/document';
import { SERVICE } from '../server/src/facts/kinds';
import { type OutlineItem, services, symbols as symbolsIn } from '../server/src/features/symbols';
import { jsonCorpus } from './support/corpus';
import { syntaxIn, write, WRITINGS } from './support/writings';

const SPEC = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1', Env: ['TOKEN=hunter2', 'B'], Mounts: [{ Type: 'bind', Target: '/a' }, {}] } }, Mode: { Replicated: { Replicas: 3 } }, Labels: {} };

const ROOTS = { kind: SERVICE };
const symbols = (document: SpecDocument) => symbolsIn(document, ROOTS);

const outline = (items: readonly OutlineItem[], indent = ''): string => items.map(({ name, detail, kind, children }) => `${indent}${name} ${kind}${detail === undefined || detail === '' ? '' : ` ${detail}`}\n${outline(children, `${indent}  `)}`).join('');

describe('the outline', () => {
  for (const writing of WRITINGS) {
    it(`has the keys, and the items by what they are called (${writing})`, () => {
      const text = write(readDocument(JSON.stringify(SPEC), 'json').root!, writing);
      assert.equal(
        outline(symbols(readDocument(text, syntaxIn(writing)))),
        `Name text web
TaskTemplate object
  ContainerSpec object
    Image text nginx:1
    Env list
      env TOKEN variable
      env B variable
    Mounts list
      mount bind → /a mount
        Type text bind
        Target text /a
      [1] mount
Mode object 3 replicas
  Replicated object
    Replicas number 3
Labels object
`,
      );
    });
  }

  it('does not show the value of an environment variable', () => assert.doesNotMatch(outline(symbols(readDocument(JSON.stringify(SPEC), 'json'))), /hunter2/));
  it('has a name for everything, as editors insist', () => assert.equal(outline(symbols(readDocument('{"": 1, "a": [""]}', 'json'))), '"" number 1\na list\n  [0] text\n'));
  it('names an alias and shows what it stands for by its kind', () => assert.equal(outline(symbols(readDocument('a: &x {b: 1}\nc: *x\n', 'yaml'))), 'a object\n  b number 1\nc object *x\n'));
  it('is empty for nothing', () => assert.deepEqual(symbols(readDocument('# x\n', 'yaml')), []));
  it('has what could be read of broken text', () => assert.equal(outline(symbols(readDocument('{"a": {"b": 1, "c"', 'json'))), 'a object\n  b number 1\n  c nothing\n'));

  it('has every item inside of its parent, and its name inside of itself', () => {
    const visit = (items: readonly OutlineItem[], within: { start: number; end: number }, id: string): void => {
      for (const { name, span, nameSpan, children } of items) {
        assert.ok(name !== '' && span.start >= within.start && span.end <= within.end, `${id}: ${name}`);
        assert.ok(nameSpan.start >= span.start && nameSpan.end <= span.end && nameSpan.start <= nameSpan.end, `${id}: ${name}`);
        visit(children, span, id);
      }
    };
    for (const { id, text } of jsonCorpus().slice(0, 400)) {
      const { root } = readDocument(text, 'json');
      for (const writing of WRITINGS) {
        const written = root ? write(root, writing) : '';
        visit(symbols(readDocument(written, syntaxIn(writing))), { start: 0, end: written.length }, `${id} in ${writing}`);
      }
    }
  });
});

describe('what the outline says of', () => {
  const say = (spec: object) => outline(symbols(readDocument(JSON.stringify(spec), 'json'))).split('\n').map((line) => line.trim());
  const container = (members: object) => ({ TaskTemplate: { ContainerSpec: members } });
  const cases: { what: string; spec: object; says: string }[] = [
    { what: 'a published port', spec: { EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080 }] } }, says: 'port 8080→80/tcp port' },
    { what: 'a port that the swarm chooses', spec: { EndpointSpec: { Ports: [{ TargetPort: 53, Protocol: 'udp' }] } }, says: 'port 53/udp port' },
    { what: 'a port of the node', spec: { EndpointSpec: { Ports: [{ Name: 'dns', TargetPort: 53, PublishedPort: 53, Protocol: 'udp', PublishMode: 'host' }] } }, says: 'port 53→53/udp port dns, host' },
    { what: 'a volume', spec: container({ Mounts: [{ Type: 'volume', Source: 'data', Target: '/var/lib' }] }), says: 'mount volume data → /var/lib mount' },
    { what: 'a mount in memory', spec: container({ Mounts: [{ Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 67108864 } }] }), says: 'mount tmpfs → /tmp mount 64 MiB' },
    { what: 'a mount nobody can write to', spec: container({ Mounts: [{ Type: 'bind', Source: '/srv', Target: '/srv', ReadOnly: true }] }), says: 'mount bind /srv → /srv mount read-only' },
    { what: 'a secret', spec: container({ Secrets: [{ SecretID: 'x', SecretName: 'db_password', File: { Name: 'x' } }] }), says: 'secret db_password → /run/secrets/x secret' },
    { what: 'a config', spec: container({ Configs: [{ ConfigID: 'x', ConfigName: 'app', File: { Name: '/etc/app.conf' } }] }), says: 'config app → /etc/app.conf config' },
    { what: 'a network', spec: { TaskTemplate: { Networks: [{ Target: 'front', Aliases: ['web', 'www'] }] } }, says: 'network front network as web, www' },
    { what: 'an environment variable, and not its value', spec: container({ Env: ['TOKEN=hunter2'] }), says: 'env TOKEN variable' },
    { what: 'a constraint', spec: { TaskTemplate: { Placement: { Constraints: ['node.role == manager'] } } }, says: 'constraint node.role == manager constraint' },
    { what: 'a spread', spec: { TaskTemplate: { Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }] } } }, says: 'spread over node.labels.zone constraint' },
    { what: 'a platform', spec: { TaskTemplate: { Placement: { Platforms: [{ Architecture: 'amd64', OS: 'linux' }] } } }, says: 'platform linux/amd64 constraint' },
    { what: 'a health check', spec: container({ Healthcheck: { Test: ['CMD', 'true'], Interval: 10_000_000_000 } }), says: 'Healthcheck check every 10 s' },
    { what: 'a health check that is off', spec: container({ Healthcheck: { Test: ['NONE'] } }), says: 'Healthcheck check off' },
    { what: 'limits', spec: { TaskTemplate: { Resources: { Limits: { NanoCPUs: 500_000_000, MemoryBytes: 536_870_912, Pids: 100 } } } }, says: 'Limits resources 0.5 CPU, 512 MiB, 100 processes' },
    { what: 'generic resources', spec: { TaskTemplate: { Resources: { Reservations: { GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }] } } } }, says: '2 × gpu resources' },
    { what: 'an update', spec: { UpdateConfig: { Parallelism: 2, Delay: 10_000_000_000, Order: 'start-first' } }, says: 'UpdateConfig object 2 at a time, 10 s apart, start-first' },
    { what: 'an update without a number', spec: { UpdateConfig: {} }, says: 'UpdateConfig object all at once' },
    { what: 'restarts', spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure', MaxAttempts: 1 } } }, says: 'RestartPolicy object on-failure, 1 attempt' },
    { what: 'a job', spec: { Mode: { ReplicatedJob: { TotalCompletions: 5 } } }, says: 'Mode object job, 5 completions' },
    { what: 'an ulimit', spec: container({ Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }] }), says: 'ulimit nofile resources 1024:2048' },
    { what: 'a number with a unit', spec: container({ StopGracePeriod: 90_000_000_000 }), says: 'StopGracePeriod number 1 m 30 s' },
    { what: 'a file mode', spec: container({ Secrets: [{ SecretName: 'a', File: { Mode: 292 } }] }), says: 'Mode number 0444 (r--r--r--)' },
    { what: 'a label', spec: { Labels: { tier: 'front' } }, says: 'tier label front' },
    { what: 'a label that looks secret, and not its value', spec: { Labels: { 'db.password': 'hunter2' } }, says: 'db.password label' },
    { what: 'keys in another letter case', spec: { endpointspec: { ports: [{ targetport: 80 }] } }, says: 'port 80/tcp port' },
  ];
  for (const { what, spec, says } of cases) it(what, () => assert.ok(say(spec).includes(says), `${says} is not in\n${say(spec).join('\n')}`));

  it('nothing of the values that it must not show', () => assert.doesNotMatch(say({ ...container({ Env: ['A=hunter2'] }), Labels: { password: 'hunter2' } }).join('\n'), /hunter2/));

  it('inspect output and lists of specs', () => {
    assert.match(outline(symbols(readDocument('[{"ID": "x", "Spec": {"Name": "web", "EndpointSpec": {"Ports": [{"TargetPort": 80}]}}}]', 'json'))), /^web object\n {2}ID .*\n {2}Spec object\n[^]*port 80\/tcp port/);
    assert.match(outline(symbols(readDocument('[{"Name": "a", "TaskTemplate": {}}, {"Name": "b", "TaskTemplate": {}}]', 'json'))), /^service a object\n[^]*\nservice b object\n/);
  });

  it('a fragment, as the part that it is', () => {
    const document = readDocument('Mounts:\n- Target: /a\n', 'yaml');
    assert.match(outline(symbolsIn(document, { ...ROOTS, as: ['TaskTemplate', 'ContainerSpec'] })), /mount bind → \/a mount/);
    assert.match(outline(symbols(document)), /\[0\] object/);
  });

  it('one document of several', () => assert.match(outline(symbolsIn(readDocument('---\nName: web\nMode: {Global: {}}\n', 'yaml'), ROOTS, true)), /^service web service\n {2}Name text web\n {2}Mode object global\n/));
  it('the services of a document', () => {
    assert.deepEqual(services(readDocument('[{"Name": "a", "TaskTemplate": {}}, {"TaskTemplate": {}}]', 'json'), ROOTS).map(({ name }) => name), ['a']);
    assert.deepEqual(services(readDocument('- &x\n  Name: a\n- *x\n', 'yaml'), ROOTS).map(({ name }) => name), ['a', 'a']);
  });
});
