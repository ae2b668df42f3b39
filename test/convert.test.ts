import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, readFile, type Syntax } from '../server/src/document/document';
import { toJson } from '../server/src/document/value';
import { scalarText, writeDocument } from '../server/src/document/write';
import { SERVICE } from '../server/src/facts/kinds';
import { composeToSpecs } from '../server/src/features/compose/toSpec';
import { specToCompose } from '../server/src/features/compose/fromSpec';
import { withDefaults } from '../server/src/features/compose/words';
import { type Conversion, convert, type ConvertOptions } from '../server/src/features/convert';
import { sameValue } from '../server/src/features/format/kept';
import { splitWords } from '../server/src/grammar/shellWords';
import { normalise } from '../server/src/schema/normalise';
import { ROOT } from '../server/src/tools/root';
import { jsonCorpus } from './support/corpus';
import { type Client, startClient } from './support/client';
import { run } from './support/terminal';

const converted = (text: string, syntax: Syntax, to: Conversion, options: ConvertOptions = {}) => {
  const made = convert(readFile(text, syntax), to, options);
  assert.ok(made.kind === 'converted', made.kind === 'refused' ? made.reason : '');
  return made;
};
const refusal = (text: string, syntax: Syntax, to: Conversion) => {
  const made = convert(readFile(text, syntax), to);
  return made.kind === 'refused' ? made.reason : 'converted';
};

describe('writing YAML', () => {
  it('keeps every recorded value to the last digit', () => {
    for (const { id, text } of jsonCorpus()) {
      const { value } = readDocument(text, 'json');
      if (value === undefined) continue;
      const written = readDocument(writeDocument(value, 'yaml'), 'yaml');
      assert.deepEqual(written.problems, [], id);
      assert.ok(sameValue(written.value, value), id);
    }
  });
  it('has quotes only where a text would be something else', () => {
    for (const plain of ['web', 'nginx:1.25', '/var/lib/x', '-f', '--flag', 'a b', 'A=b', 'node.role == manager', 'größe', '$HOME']) assert.equal(scalarText(plain), plain);
    for (const quoted of ['', 'yes', 'No', 'on', 'y', 'null', '~', '1', '0444', '1e3', '.5', '10:30', '2024-01-01', 'a: b', 'a #b', '- a', '{a', '[a', '*a', '&a', '!a', '%a', '@a', '`a', ' a', 'a ', 'a:', '|', '>', '"', "'", '\t', '0x1F', '.inf', '---', '...', '?', '#', '\u0085', '\u2028', '\ufeff']) {
      assert.notEqual(scalarText(quoted), quoted);
      assert.equal(readDocument(`a: ${scalarText(quoted)}\n`, 'yaml').problems.length, 0, quoted);
      assert.deepEqual(readDocument(`a: ${scalarText(quoted)}\n`, 'yaml').value, { a: quoted }, quoted);
    }
  });
  it('writes texts of several lines as such', () => assert.equal(writeDocument({ a: 'x\n\n  y\n', b: ['p\nq'], c: ' x\ny' }, 'yaml'), 'a: |\n  x\n\n    y\nb:\n  - |-\n    p\n    q\nc: " x\\ny"'));
});

describe('converting JSON to YAML and back', () => {
  it('keeps comments that JSON with comments has', () => {
    const { text, losses } = converted('{\n  // top\n  "a": [1, "x"], // behind\n  /* two\n   * lines */\n  "b": {}\n  // tail\n}', 'json', 'yaml');
    assert.equal(text, '# top\na: # behind\n  - 1\n  - x\n# two\n# lines\nb: {}\n# tail\n');
    assert.deepEqual(losses, []);
  });
  it('says which comments and aliases JSON cannot hold', () => {
    const { text, losses } = converted('# one\na: &x [1]\nb: *x # two\n', 'yaml', 'json');
    assert.deepEqual(JSON.parse(text), { a: [1], b: [1] });
    assert.deepEqual(losses.map(({ at, reason }) => `${at} ${reason.slice(0, 12)}`), ['line 1 JSON has no ', 'line 3 JSON has no ', 'line 3 JSON has no ']);
  });
  it('keeps digits', () => {
    assert.equal(converted('{"a": 18446744073709551615, "b": 1e3, "c": 1.0}', 'json', 'yaml').text, 'a: 18446744073709551615\nb: 1e3\nc: 1.0\n');
    assert.equal(converted('a: 18446744073709551615\nb: 1e3\n', 'yaml', 'json').text, '{\n  "a": 18446744073709551615,\n  "b": 1e3\n}\n');
  });
  it('keeps the values of every recorded spec, there and back', function () {
    this.timeout(60_000);
    for (const { id, text } of jsonCorpus().filter((_, i) => i % 4 === 0)) {
      const before = readDocument(text, 'json');
      if (before.value === undefined || before.problems.length > 0) continue;
      const yaml = converted(text, 'json', 'yaml').text;
      assert.ok(sameValue(readDocument(yaml, 'yaml').value, before.value), id);
      assert.ok(sameValue(readDocument(converted(yaml, 'yaml', 'json').text, 'json').value, before.value), id);
    }
  });
  it('does not do what makes no sense', () => {
    assert.match(refusal('a: 1\n', 'yaml', 'yaml'), /YAML already/);
    assert.match(refusal('{}', 'json', 'json'), /JSON already/);
    assert.match(refusal('a: 1\n---\nb: 1\n', 'yaml', 'json'), /2 documents/);
    assert.match(refusal('a: [\n', 'yaml', 'json'), /^Line \d cannot be read/);
    assert.match(refusal('# x\n', 'yaml', 'json'), /nothing/);
    assert.match(refusal('services: { a: { image: b } }\n', 'yaml', 'compose'), /compose file already/);
    assert.match(refusal('', 'json', 'yaml'), /cannot be read|nothing/);
  });
});

describe('a spec of a compose service', () => {
  const service = (yaml: string, options: ConvertOptions = {}) => {
    const text = `services:\n  web:\n    image: busy:1\n    networks: [n]\n${yaml.split('\n').map((line) => `    ${line}\n`).join('')}`;
    const document = readDocument(text, 'yaml');
    assert.deepEqual(document.problems, []);
    const [{ spec, losses }] = composeToSpecs(document.value as never, options);
    return { spec: spec as any, container: (spec as any).TaskTemplate.ContainerSpec, losses: losses.map(({ at, reason }) => `${at}: ${reason}`) };
  };
  const cases: { name: string; yaml: string; gives: (made: ReturnType<typeof service>) => unknown; is: unknown }[] = [
    { name: 'durations exactly', yaml: 'stop_grace_period: 1m30s500ms', gives: ({ container }) => container.StopGracePeriod, is: 90_500_000_000 },
    { name: 'sizes exactly', yaml: 'deploy: { resources: { limits: { memory: 1.5g, cpus: 0.123456789 } } }', gives: ({ spec }) => spec.TaskTemplate.Resources.Limits, is: { NanoCPUs: 123_456_789, MemoryBytes: 1_610_612_736 } },
    { name: 'a command as a shell cuts it', yaml: 'command: sh -c "echo \'a b\' $$HOME"', gives: ({ container }) => container.Args, is: ['sh', '-c', "echo 'a b' $HOME"] },
    { name: 'variables of a map and of a list', yaml: 'environment: { B: 2, A: "x y", C: }', gives: ({ container }) => container.Env, is: ['A=x y', 'B=2', 'C'] },
    { name: 'a range of ports', yaml: 'ports: ["8080-8081:80-81/udp"]', gives: ({ spec }) => spec.EndpointSpec.Ports.map(({ PublishedPort, TargetPort, Protocol }: any) => `${PublishedPort}:${TargetPort}/${Protocol}`), is: ['8080:80/udp', '8081:81/udp'] },
    { name: 'several published ports for one', yaml: 'ports: ["8080-8081:80"]', gives: ({ spec }) => spec.EndpointSpec.Ports.map(({ PublishedPort, TargetPort }: any) => `${PublishedPort}:${TargetPort}`), is: ['8080:80', '8081:80'] },
    { name: 'a file mode of YAML 1.1', yaml: 'secrets: [{ source: s, mode: 0440 }]', gives: ({ container }) => container.Secrets[0].File.Mode, is: 0o440 },
    { name: 'a relative path beside the file', yaml: 'volumes: ["../conf:/conf:ro"]', gives: ({ container }) => container.Mounts, is: [{ Type: 'bind', Source: '/srv/conf', Target: '/conf', ReadOnly: true }] },
    { name: 'the default of a variable', yaml: 'hostname: "${H:-box}-${X-1}"', gives: ({ container }) => container.Hostname, is: 'box-1' },
    { name: 'one at a time for an update that says nothing', yaml: 'deploy: { update_config: {} }', gives: ({ spec }) => spec.UpdateConfig, is: { Parallelism: 1 } },
    { name: 'a check that is off', yaml: 'healthcheck: { disable: true }', gives: ({ container }) => container.Healthcheck, is: { Test: ['NONE'] } },
    { name: 'limits of the newer form', yaml: 'mem_limit: 1g\ncpus: 2\npids_limit: 5', gives: ({ spec }) => spec.TaskTemplate.Resources.Limits, is: { NanoCPUs: 2_000_000_000, MemoryBytes: 1_073_741_824, Pids: 5 } },
  ];
  for (const { name, yaml, gives, is } of cases) it(`has ${name}`, () => assert.deepEqual(gives(service(yaml, { folder: '/srv/app' })), is));

  it('tells each thing that it cannot carry over, and why', () => {
    const keys = ['build: .', 'depends_on: [db]', 'profiles: [x]', 'extends: { service: x }', 'privileged: true', 'devices: [/dev/x]', 'env_file: .env', 'container_name: x', 'network_mode: host', 'nonsense: 1'];
    const { losses } = service(keys.join('\n'));
    assert.deepEqual(losses.map((loss) => loss.split(':')[0]), keys.map((key) => `services.web.${key.split(':')[0]}`));
    for (const loss of losses) assert.match(loss, /: [A-Z].*\.$/);
    assert.deepEqual(service('x-mine: 1').losses, []);
  });
  for (const [yaml, says] of [['ports: ["127.0.0.1:80:80"]', /every address of a node/], ['volumes: ["./a:/b"]', /relative to the compose file/], ['volumes: ["~/a:/b"]', /home directory/], ['hostname: $HOST', /`HOST` is not replaced/], ['secrets: [tok]', /docker secret inspect/], ['stop_grace_period: soon', /`soon` is no duration/], ['deploy: { replicas: 1.5 }', /no whole number/], ['deploy: { update_config: { max_failure_ratio: few } }', /no number/], ['deploy: { mode: sometimes }', /no mode/], ['command: "sh -c \'x"', /never closed/], ['init: maybe', /neither `true` nor `false`/]] as const) {
    it(`says what is wrong with ${yaml}`, () => assert.ok(service(yaml).losses.some((loss) => says.test(loss)), service(yaml).losses.join('\n')));
  }

  it('survives anything under `services`', () => {
    const shapes = [null, 1, 'x', [], {}, [1], { a: null }, { source: [] }];
    for (const key of ['environment', 'ports', 'volumes', 'secrets', 'networks', 'deploy', 'healthcheck', 'ulimits', 'labels', 'extra_hosts', 'logging', 'command', 'tmpfs', 'credential_spec', 'sysctls']) {
      for (const shape of shapes) composeToSpecs({ services: { a: { [key]: shape } } } as never);
      for (const shape of shapes) composeToSpecs({ services: { a: { deploy: { [key]: shape, resources: shape, placement: shape, update_config: shape, mode: shape } } }, volumes: shape, networks: shape } as never);
    }
  });
});

describe('a compose file of a spec', () => {
  const compose = (spec: object) => {
    const { file, losses } = specToCompose(normalise(readDocument(JSON.stringify(spec), 'json').value as never, SERVICE.root));
    return { file: file as any, service: Object.values((file as any).services)[0] as any, losses: losses.map(({ at }) => at) };
  };
  it('doubles dollar signs, which begin variables there', () => assert.deepEqual(compose({ Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'x', Args: ['$A', '$$'] } } }).service.command, ['$$A', '$$$$']));
  it('writes durations, sizes and CPUs exactly', () => {
    const { service } = compose({ Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'x', StopGracePeriod: 90_000_000_001 }, Resources: { Limits: { NanoCPUs: 123_456_789, MemoryBytes: 536_870_912 }, Reservations: { NanoCPUs: 10_000_000_000, MemoryBytes: 1001 } } } });
    assert.equal(service.stop_grace_period, '1m30s1ns');
    assert.deepEqual(service.deploy.resources, { limits: { cpus: '0.123456789', memory: '512M' }, reservations: { cpus: '10', memory: '1001B' } });
  });
  it('tells what it has no word for', () => {
    const { losses } = compose({ Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'x', Privileges: { AppArmor: { Mode: 'disabled' } }, Env: ['A'] }, ForceUpdate: 3, Placement: { Platforms: [{ OS: 'linux' }] } }, EndpointSpec: { Ports: [{ Name: 'x', TargetPort: 1 }] } });
    assert.deepEqual(losses.sort(), ['EndpointSpec.Ports[0].Name', 'TaskTemplate.ContainerSpec.Env', 'TaskTemplate.ContainerSpec.Privileges.AppArmor', 'TaskTemplate.ForceUpdate', 'TaskTemplate.Placement.Platforms']);
  });

  it('leaves out what is no whole number where the engine takes nothing else, and tells it', () => {
    const { service, losses } = compose({ Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'x', StopGracePeriod: 1.5 }, Resources: { Limits: { MemoryBytes: 8.5, NanoCPUs: 0.5 } } }, UpdateConfig: { Parallelism: 1, MaxFailureRatio: 0.25 } });
    assert.deepEqual(losses.sort(), ['TaskTemplate.ContainerSpec.StopGracePeriod', 'TaskTemplate.Resources.Limits.MemoryBytes', 'TaskTemplate.Resources.Limits.NanoCPUs']);
    assert.equal(service.stop_grace_period, undefined);
    assert.equal(service.deploy.update_config.max_failure_ratio, 0.25);
  });
  it('survives anything in the place of any value', () => {
    const shapes = [8.5, -1, 1e300, 'x', true, null, {}, []];
    let conversions = 0;
    for (const { text } of jsonCorpus().filter((_, i) => i % 12 === 0)) {
      const spec = JSON.parse(text);
      if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) continue;
      const replaceIn = (object: Record<string, unknown>): void => {
        for (const [key, value] of Object.entries(object)) {
          for (const shape of shapes) {
            object[key] = shape;
            specToCompose(normalise(spec, SERVICE.root));
            conversions++;
          }
          object[key] = value;
          if (typeof value === 'object' && value !== null) replaceIn(value as Record<string, unknown>);
        }
      };
      replaceIn(spec);
    }
    assert.ok(conversions > 10_000, String(conversions));
  });
  it('gives the same spec again, for what is not told as lost', function () {
    this.timeout(60_000);
    const folder = join(ROOT, '../shared/corpus/real-world');
    if (!existsSync(folder)) this.skip();
    let whole = 0;
    for (const name of readdirSync(folder)) {
      const { value } = readDocument(readFileSync(join(folder, name), 'utf8'), name.endsWith('.json') ? 'json' : 'yaml');
      const specs = (Array.isArray(value) ? value : [value]) as any[];
      for (const given of specs) {
        const spec = normalise(given?.Spec ?? given, SERVICE.root);
        const { file, losses } = specToCompose(spec);
        if (losses.length > 0 || spec.Name === undefined) continue;
        const ids = new Map<string, string>();
        for (const [list, id, label] of [['Secrets', 'SecretID', 'SecretName'], ['Configs', 'ConfigID', 'ConfigName']]) for (const one of (spec as any).TaskTemplate?.ContainerSpec?.[list] ?? []) ids.set(one[label], one[id]);
        const text = writeDocument(file, 'yaml');
        const [again] = composeToSpecs(readDocument(text, 'yaml').value as never, { idOf: (_, key) => ids.get(key) });
        assert.equal(shown(again.spec), shown(spec), name);
        whole++;
      }
    }
    assert.ok(whole >= 10, `${whole} specs came through whole`);
  });
});

/** A spec with all that means nothing taken out: empty blocks, the order of what the docker CLI sorts. */
function shown(spec: any): string {
  const clean = (value: any, key = ''): any => {
    if (Array.isArray(value)) {
      const items = value.map((item) => clean(item));
      return ['Env', 'Ports', 'Networks', 'Secrets', 'Configs', 'Ulimits', 'CapabilityAdd', 'CapabilityDrop'].includes(key) ? items.map((item) => JSON.stringify(item)).sort() : items;
    }
    if (typeof value !== 'object' || value === null || 'text' in value) return value;
    const members = Object.keys(value).sort().map((name) => [name, clean(value[name], name)]).filter(([name, member]) => name === 'Global' || name === 'GlobalJob' || typeof member !== 'object' || member === null || Object.keys(member).length > 0);
    return Object.fromEntries(members.map(([name, member]) => [name, name.startsWith('Capability') ? member.map((item: string) => item.replace('CAP_', '')) : member]));
  };
  return toJson(clean(normalise(spec, SERVICE.root)), 1);
}

describe('words of a shell', () => {
  it('are cut at white space, with quotes and backslashes', () => assert.deepEqual(splitWords(`a  "b c" 'd "e' f\\ g "" h"i"`), ['a', 'b c', 'd "e', 'f g', '', 'hi']));
  it('are none where a quote is open', () => assert.equal(splitWords('a "b'), undefined));
  it('have variables', () => assert.deepEqual(withDefaults('$$A ${B:-c} $D ${E}'), { text: '$A c $D ${E}', left: ['D', 'E'], replaced: ['B'] }));
});

describe('swarmspec convert', () => {
  const COMPOSE = 'services:\n  web:\n    image: busy:1\n    build: .\n    networks: [n]\n  db:\n    image: db:1\n    networks: [n]\n';
  it('prints what it made, and tells on the error stream what was lost', async () => {
    const { code, out, err } = await run('convert c.yaml --to spec --service web', { files: { 'c.yaml': COMPOSE } });
    assert.deepEqual([code, err.split(':')[0]], [0, 'services.web.build']);
    assert.match(out, /^Name: web\nTaskTemplate:\n/);
    assert.equal((await run('convert c.yaml --to spec --strict', { files: { 'c.yaml': COMPOSE } })).code, 1);
    assert.equal((await run('convert c.yaml --to spec --service db --strict', { files: { 'c.yaml': COMPOSE } })).code, 0);
  });
  it('gives every service a document', async () => assert.match((await run('convert c.yaml --to spec', { files: { 'c.yaml': COMPOSE } })).out, /^Name: web\n[^]*\n---\nName: db\n/));
  it('reads the standard input', async () => assert.equal((await run('convert - --to yaml', { stdin: '{"a": 1}' })).out, 'a: 1\n'));
  it('makes a clean spec of inspect output', async () => assert.equal((await run('convert - --to spec', { stdin: '[{"ID": "x", "Version": {"Index": 5}, "Spec": {"Name": "a", "Labels": {}, "TaskTemplate": {"ContainerSpec": {"Image": "b"}}, "Mode": {"Replicated": {"Replicas": 1}}}}]' })).out, 'Name: a\nTaskTemplate:\n  ContainerSpec:\n    Image: b\nMode:\n  Replicated:\n    Replicas: 1\n'));
  for (const [args, says] of [['convert', /no file/], ['convert a.yaml', /`--to` is missing/], ['convert a.yaml --to xml', /no form/], ['convert a.yaml b.yaml --to json', /one file/], ['convert a.yaml --to json --stack x', /`--stack`/]] as const) {
    it(`tells how it is used: ${args}`, async () => {
      const { code, err } = await run(args, { files: { 'a.yaml': 'a: 1\n', 'b.yaml': '' } });
      assert.equal(code, 2);
      assert.match(err, says);
    });
  }
  it('ends with 3 where it cannot', async () => {
    assert.equal((await run('convert none.yaml --to json')).code, 3);
    assert.match((await run('convert a.yaml --to spec --service x', { files: { 'a.yaml': COMPOSE } })).err, /no service `x`/);
  });
});

describe('converting in an editor', () => {
  let client: Client;
  afterEach(() => client.stop());
  const CREATES = { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } };
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

  it('makes a file beside the one at hand, and tells what was lost', async () => {
    client = await startClient({ capabilities: CREATES, settings: { contactEngine: false } });
    const edits: any[] = [];
    client.connection.onRequest('workspace/applyEdit', ({ edit }: any) => {
      edits.push(edit.documentChanges);
      return { applied: true };
    });
    const uri = 'file:///deploy/web.service.yaml';
    await client.open(uri, '# c\nName: a\n');
    const actions = await client.request('textDocument/codeAction', { textDocument: { uri }, range: everywhere, context: { diagnostics: [], only: ['refactor.convert'] } });
    assert.deepEqual(actions.map(({ title }: any) => title), ['Convert to JSON (JSON has no comments)', 'Convert to a compose file']);
    const answer = await client.request('workspace/executeCommand', { command: actions[0].command.command, arguments: actions[0].command.arguments });
    assert.equal(answer.created, 'file:///deploy/web.service.json');
    assert.deepEqual(edits[0][0], { kind: 'create', uri: 'file:///deploy/web.service.json', options: { overwrite: false, ignoreIfExists: false } });
    assert.equal(edits[0][1].edits[0].newText, '{\n  "Name": "a"\n}\n');
    assert.match(client.shown[0].message, /^Not all was carried over \(1\):\nline 1: JSON has no comments/);

    const compose = 'file:///deploy/docker-compose.yml';
    await client.open(compose, 'services:\n  web:\n    image: busy:1\n    volumes: ["./x:/x"]\n');
    const [action] = await client.request('textDocument/codeAction', { textDocument: { uri: compose }, range: everywhere, context: { diagnostics: [] } });
    const made = await client.request('workspace/executeCommand', { command: action.command.command, arguments: action.command.arguments });
    assert.equal(made.created, 'file:///deploy/docker-compose.service.yaml');
    assert.match(made.text, /Source: \/deploy\/x/);

    const misnamed = 'file:///deploy/app.service.yaml';
    await client.open(misnamed, 'services:\n  web:\n    image: busy:1\n');
    const [only, ...more] = await client.request('textDocument/codeAction', { textDocument: { uri: misnamed }, range: everywhere, context: { diagnostics: [], only: ['refactor.convert'] } });
    assert.deepEqual([only.title, more], ['Convert its services to service specs', []]);
    const specs = await client.request('workspace/executeCommand', { command: only.command.command, arguments: only.command.arguments });
    assert.equal(specs.created, 'file:///deploy/app.specs.service.yaml');
  });

  it('answers the text to clients that make files themselves', async () => {
    client = await startClient({ settings: { contactEngine: false } });
    const uri = 'file:///a/compose.yaml';
    await client.open(uri, 'services:\n  web:\n    image: busy:1\n    build: .\n');
    const { text, languageId, losses } = await client.request('workspace/executeCommand', { command: 'swarmspec.convert', arguments: [uri, { to: 'spec' }] });
    assert.match(text, /^Name: web/);
    assert.deepEqual([languageId, losses[0].at], ['yaml', 'services.web.networks']);
    for (const args of [[uri], [uri, 5], [uri, { to: 'xml' }], [uri, { to: 'yaml' }]]) assert.equal((await client.request('workspace/executeCommand', { command: 'swarmspec.convert', arguments: args })).kind, 'refused');
    assert.equal(await client.request('textDocument/codeAction', { textDocument: { uri }, range: everywhere, context: { diagnostics: [] } }), null);
  });
});
