import * as assert from 'node:assert/strict';
import type { Syntax } from '../server/src/document/document';
import { COMMAND_WORDS } from '../server/src/facts/commandWords';
import { fieldAt } from '../server/src/facts/lookup';
import { ServiceSpec } from '../server/src/facts/service/serviceSpec';
import { fixAll as fixAtOnce } from '../server/src/features/fixAll';
import { resolveTarget } from '../server/src/features/target';
import { parseExact } from '../server/src/document/exact';
import { isObject, toJson } from '../server/src/document/value';
import { findingsOf, fixAll, underlined } from './support/marked';

/** What is left of a spec with compose words in it when every safe fix is applied: the words beside a name and an image. */
function mended(words: object): object {
  const { Name: _, ...rest } = JSON.parse(fixAll(JSON.stringify({ Name: 'a', image: 'a:1', ...words }), { syntax: 'json' }));
  return rest;
}

const container = (more: object) => ({ TaskTemplate: { ContainerSpec: { Image: 'a:1', ...more } } });

const atOnce = (text: string, syntax: Syntax) => fixAtOnce(text, syntax, { target: (document) => resolveTarget(document, {}) }).text;

describe('options of the docker command become the fields that they set', () => {
  const cases: [string, object, object][] = [
    ['a port', { publish: '8080:80' }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080 }] } }],
    ['a port in its long form', { publish: 'published=8080,target=80,mode=host' }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }] } }],
    ['a mount', { mount: 'type=bind,src=/srv,dst=/data,readonly' }, container({ Mounts: [{ Type: 'bind', Source: '/srv', Target: '/data', ReadOnly: true }] })],
    ['memory', { 'limit-memory': '512m' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Resources: { Limits: { MemoryBytes: 536_870_912 } } } }],
    ['a constraint', { constraint: 'node.role==worker' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Placement: { Constraints: ['node.role==worker'] } } }],
    ['a probe', { 'health-cmd': 'curl -f x' }, container({ Healthcheck: { Test: ['CMD-SHELL', 'curl -f x'] } })],
    ['a pause', { 'update-delay': '10s' }, { ...container({}), UpdateConfig: { Delay: 10_000_000_000 } }],
    ['a capability', { 'cap-add': ['NET_ADMIN'] }, container({ CapabilityAdd: ['NET_ADMIN'] })],
  ];
  for (const [name, words, wanted] of cases) it(name, () => assert.deepEqual(mended(words), wanted));
  for (const [key, value] of [['placement-pref', 'spread=node.labels.zone'], ['no-healthcheck', true], ['container-label', 'a=b'], ['mount', 'type=tmpfs,target=/tmp,tmpfs-size=64m']] as const) {
    it(`but not \`${key}\`, whose value has no counterpart`, () => assert.deepEqual(mended({ [key]: value }), { ...container({}), [key]: value }));
  }
  it('and are called that', () => {
    const [{ message }] = findingsOf('Name: a\npublish: 8080:80\nTaskTemplate: {ContainerSpec: {Image: a:1}}\n').filter(({ rule }) => rule === 'unknown-field');
    assert.equal(message, '`publish` is an option of the docker command, not a field of the service spec, so the engine drops it without a word. In a spec it is `EndpointSpec.Ports`.');
  });
  for (const path of COMMAND_WORDS.values()) it(`${path} is a field`, () => assert.ok(fieldAt(ServiceSpec, path.split('.'))));
});

describe('compose words become what a spec calls them', () => {
  const cases: [string, object, object][] = [
    ['a port in one text', { ports: '8080:80' }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080 }] } }],
    ['a list of ports', { ports: ['80', '53:53/udp'] }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80 }, { TargetPort: 53, PublishedPort: 53, Protocol: 'udp' }] } }],
    ['an environment as a map', { environment: { A: 'b', N: 1 } }, container({ Env: ['A=b', 'N=1'] })],
    ['volumes in short', { volumes: ['data:/a', '/srv:/srv:ro'] }, container({ Mounts: [{ Type: 'volume', Source: 'data', Target: '/a' }, { Type: 'bind', Source: '/srv', Target: '/srv', ReadOnly: true }] })],
    ['a command, which is the arguments of the entry point', { entrypoint: '/run.sh', command: ['a', 'b'] }, container({ Command: ['/run.sh'], Args: ['a', 'b'] })],
    ['a duration', { stop_grace_period: '1m30s' }, container({ StopGracePeriod: 90_000_000_000 })],
    ['memory', { mem_limit: '512m', mem_reservation: '64m' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Resources: { Limits: { MemoryBytes: 536_870_912 }, Reservations: { MemoryBytes: 67_108_864 } } } }],
    ['CPUs as a number', { cpus: 0.5 }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Resources: { Limits: { NanoCPUs: 500_000_000 } } } }],
    ['CPUs as text', { cpus: '2' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Resources: { Limits: { NanoCPUs: 2_000_000_000 } } } }],
    ['hosts', { extra_hosts: ['db:10.0.0.1'] }, container({ Hosts: ['10.0.0.1 db'] })],
    ['a restart policy', { restart: 'on-failure:3' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, RestartPolicy: { Condition: 'on-failure', MaxAttempts: 3 } } }],
    ['a restart policy that is none', { restart: 'no' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, RestartPolicy: { Condition: 'none' } } }],
    ['folders in memory', { tmpfs: ['/run', '/tmp'] }, container({ Mounts: [{ Type: 'tmpfs', Target: '/run' }, { Type: 'tmpfs', Target: '/tmp' }] })],
    ['a security option', { security_opt: ['no-new-privileges:true'] }, container({ Privileges: { NoNewPrivileges: true } })],
    ['the network of the node', { network_mode: 'host' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Networks: [{ Target: 'host' }] } }],
    ['a platform', { platform: 'linux/arm64' }, { TaskTemplate: { ContainerSpec: { Image: 'a:1' }, Placement: { Platforms: [{ OS: 'linux', Architecture: 'arm64' }] } } }],
    ['options of names', { dns_opt: ['ndots:1'] }, container({ DNSConfig: { Options: ['ndots:1'] } })],
    ['how many there are', { scale: 2 }, { ...container({}), Mode: { Replicated: { Replicas: 2 } } }],
  ];
  for (const [name, words, wanted] of cases) it(name, () => assert.deepEqual(mended(words), wanted));

  for (const [key, value] of [['platform', 'linux/arm/v7'], ['restart', 'sometimes'], ['tmpfs', '/run:size=64m'], ['security_opt', ['seccomp=unconfined']], ['network_mode', 'service:db']] as const) {
    it(`but not \`${key}\` with a value that has no counterpart`, () => assert.deepEqual(mended({ [key]: value }), { ...container({}), [key]: value }));
  }

  it('but not over what is there, and says so', () => {
    const text = JSON.stringify({ Name: 'a', tmpfs: '/run', TaskTemplate: { ContainerSpec: { Image: 'a:1', Mounts: [{ Type: 'tmpfs', Target: '/tmp' }] } } });
    const [finding] = findingsOf(text, { syntax: 'json' }).filter(({ rule }) => rule === 'compose-field');
    assert.deepEqual([finding.fixes, finding.hint], [[], 'What is there already stays: put both together by hand.']);
  });

  it('but a block of deployment is told where its parts belong, and stays', () => {
    const text = JSON.stringify({ Name: 'a', image: 'a:1', deploy: { replicas: 3 } });
    const [finding] = findingsOf(text, { syntax: 'json' }).filter(({ message }) => message.startsWith('`deploy`'));
    assert.match(finding.message, /`Mode`.*`UpdateConfig`/);
    const fixed = parseExact(fixAll(text, { syntax: 'json' }));
    assert.ok(isObject(fixed));
    assert.equal(toJson(fixed.deploy), '{"replicas":3}');
  });
});

describe('compose words inside of what a spec has become what it calls them', () => {
  const task = (more: object) => ({ TaskTemplate: { ContainerSpec: { Image: 'a:1' }, ...more } });
  const file = { Name: 'pw', UID: '103', GID: '0', Mode: 288 };
  const cases: [string, object, object][] = [
    ['ports', { EndpointSpec: { Ports: [{ target: 80, published: 8080, protocol: 'tcp', mode: 'host' }] } }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, Protocol: 'tcp', PublishMode: 'host' }] } }],
    ['a port half in the words of a spec', { EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80, Mode: 'host' }] } }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80, PublishMode: 'host' }] } }],
    ['ports in long and in short', { ports: [{ target: 80, published: '8080', mode: 'host' }, '53/udp'] }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }, { TargetPort: 53, Protocol: 'udp' }] } }],
    ['one port in long', { ports: [{ target: 80 }] }, { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80 }] } }],
    ['secrets', container({ Secrets: [{ source: 'db', target: 'pw', uid: 103, mode: '0440' }] }), container({ Secrets: [{ SecretName: 'db', File: file }] })],
    ['secrets by their names', { secrets: ['db', { source: 'key' }] }, container({ Secrets: [{ SecretName: 'db', File: { Name: 'db', UID: '0', GID: '0', Mode: 292 } }, { SecretName: 'key', File: { Name: 'key', UID: '0', GID: '0', Mode: 292 } }] })],
    ['configs', container({ Configs: [{ source: 'c', target: '/etc/c' }] }), container({ Configs: [{ ConfigName: 'c', File: { Name: '/etc/c', UID: '0', GID: '0', Mode: 292 } }] })],
    ['a volume', container({ Mounts: [{ type: 'volume', source: 'data', target: '/d', read_only: true, volume: { nocopy: true } }] }), container({ Mounts: [{ Type: 'volume', Source: 'data', Target: '/d', ReadOnly: true, VolumeOptions: { NoCopy: true } }] })],
    ['a directory', container({ Mounts: [{ type: 'bind', source: '/d', target: '/d', bind: { propagation: 'rslave' } }] }), container({ Mounts: [{ Type: 'bind', Source: '/d', Target: '/d', BindOptions: { Propagation: 'rslave' } }] })],
    ['a tmpfs', { volumes: [{ type: 'tmpfs', target: '/d', tmpfs: { size: '64m', mode: 1023 } }] }, container({ Mounts: [{ Type: 'tmpfs', Target: '/d', TmpfsOptions: { SizeBytes: 67_108_864, Mode: 1023 } }] })],
    ['a mount as containers have it', container({ Mounts: [{ Type: 'bind', Source: '/d', Destination: '/d', Mode: 'ro' }, { Type: 'bind', Src: '/e', Dst: '/e', RW: false }] }), container({ Mounts: [{ Type: 'bind', Source: '/d', Target: '/d', ReadOnly: true }, { Type: 'bind', Source: '/e', Target: '/e', ReadOnly: true }] })],
    ['placement', task({ Placement: { max_replicas_per_node: 2, preferences: [{ spread: 'node.labels.x' }] } }), task({ Placement: { MaxReplicas: 2, Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.x' } }] } })],
    ['resources', task({ Resources: { Limits: { memory: '512M', cpus: '0.5' }, reservations: { cpus: 0.25 } } }), task({ Resources: { Limits: { MemoryBytes: 536_870_912, NanoCPUs: 500_000_000 }, Reservations: { NanoCPUs: 250_000_000 } } })],
    ['a restart policy', { restart_policy: { condition: 'on-failure', max_attempts: 3, delay: '5s' } }, task({ RestartPolicy: { Condition: 'on-failure', MaxAttempts: 3, Delay: 5_000_000_000 } })],
    ['updates', { UpdateConfig: { parallelism: 1, failure_action: 'rollback', max_failure_ratio: 0.1 } }, { ...container({}), UpdateConfig: { Parallelism: 1, FailureAction: 'rollback', MaxFailureRatio: 0.1 } }],
    ['a health check', { healthcheck: { test: ['CMD', 'a'], start_period: '10s' } }, container({ Healthcheck: { Test: ['CMD', 'a'], StartPeriod: 10_000_000_000 } })],
    ['none', container({ healthcheck: { disable: true } }), container({ Healthcheck: { Test: ['NONE'] } })],
    ['networks', task({ Networks: [{ Name: 'front' }, { Network: 'back' }, 'third'] }), task({ Networks: [{ Target: 'front' }, { Target: 'back' }, { Target: 'third' }] })],
  ];
  const fixed = (spec: object) => JSON.parse(fixAll(JSON.stringify({ Name: 'a', ...spec, ...('TaskTemplate' in spec ? {} : { image: 'a:1' }) }), { syntax: 'json' }));
  for (const [name, spec, wanted] of cases) it(name, () => assert.deepEqual(fixed(spec), { Name: 'a', ...wanted }));

  const stays: [string, object][] = [
    ['a check that is not disabled', container({ Healthcheck: { disable: false } })],
    ['billionths of CPUs under that name', task({ Resources: { Limits: { CPUs: 8_000_000_000 } } })],
    ['a number of CPUs that is none', task({ Resources: { Limits: { cpus: 'all' } } })],
    ['a size that is none', { ...container({}), mem_limit: 'lots' }],
    ['a second name of a network', task({ Networks: [{ Target: 'a', Name: 'b' }] })],
    ['a port mode that is none', { ...container({}), EndpointSpec: { Ports: [{ TargetPort: 80, Mode: 'vip' }] } }],
    ['a directory of the compose file', { ...container({}), volumes: [{ type: 'bind', source: './a', target: '/a' }] }],
    ['a word of a service in an object that has nothing to do with it', container({ Healthcheck: { Test: ['NONE'], driver: 'local' } })],
  ];
  for (const [name, spec] of stays) it(`but not ${name}`, () => assert.deepEqual(fixed(spec), { Name: 'a', ...spec }));
});

describe('compose words keep what stands around them', () => {
  const head = 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';
  const cases: [string, string, string][] = [
    ['of an environment', `${head}# above\nenvironment: # behind\n  # database\n  DB: x  # why\n  E: "1" # one\n# next\nLabels: {}\n`, `${head}    # above\n    Env: # behind\n      # database\n      - DB=x # why\n      - E=1 # one\n# next\nLabels: {}\n`],
    ['of ports', `${head}ports:\n  # web\n  - "80:80"  # http\n  - 443 # https\n`, `${head}EndpointSpec:\n  Ports:\n    # web\n    # http\n    - TargetPort: 80\n      PublishedPort: 80\n    - TargetPort: 443 # https\n`],
    ['of a port in long', `${head}ports:\n- target: 80\n  # as it was\n  published: 8080 # http\n`, `${head}EndpointSpec:\n  Ports:\n    # as it was\n    # http\n    - TargetPort: 80\n      PublishedPort: 8080\n`],
    ['of a list in brackets', `${head}ports: ["80:80", # http\n  443] # https\n`, `${head}EndpointSpec:\n  # http\n  Ports: [{TargetPort: 80, PublishedPort: 80}, {TargetPort: 443}] # https\n`],
    ['of a command', `${head}command: sleep # c\n`, `${head}    Args: [sleep] # c\n`],
    ['in JSON', '{\n\t"environment": {\n\t\t"A": "b"\n\t},\n\t"image": "x:1"\n}\n', '{\n\t"TaskTemplate": {\n\t\t"ContainerSpec": {\n\t\t\t"Env": [\n\t\t\t\t"A=b"\n\t\t\t],\n\t\t\t"Image": "x:1"\n\t\t}\n\t}\n}\n'],
  ];
  for (const [name, text, gives] of cases) it(name, () => assert.equal(fixAll(text, { syntax: text.startsWith('{') ? 'json' : 'yaml' }), gives));
});

describe('a compose file in place of a spec', () => {
  const COMPOSE = 'name: shop\nservices:\n  web:\n    image: nginx:1\n    deploy: {replicas: 2}\nnetworks: {front: {}}\nvolumes: {data: }\n';

  it('is one finding, which says what to do', () => {
    const findings = findingsOf(COMPOSE);
    assert.deepEqual(findings.map(({ rule, severity, fixes }) => [rule, severity, fixes.length]), [['compose-file', 'error', 0]]);
    assert.equal(underlined(COMPOSE, findings[0]), 'services');
    assert.match(findings[0].hint ?? '', /`swarmspec convert FILE --to spec`/);
    assert.equal(fixAll(COMPOSE), COMPOSE);
  });

  for (const [name, text] of [
    ['with fields of a spec beside it', 'Name: a\nTaskTemplate: {ContainerSpec: {Image: "a:1"}}\nservices: {web: {image: "a:1"}}\n'],
    ['with no services in it', 'services: {}\n'],
    ['in a fragment', '# swarmspec: as=TaskTemplate.ContainerSpec\nservices: {web: {image: "a:1"}}\n'],
  ]) {
    it(`is not told of \`services\` ${name}`, () => assert.deepEqual(findingsOf(text).filter(({ rule }) => rule === 'compose-file'), []));
  }
});

describe('a word for a field that is given too', () => {
  const at = (path: string, members: object): object => path.split('.').reduceRight<object>((inside, key) => ({ [key]: inside }), members);
  const cases: [string, object][] = [
    ['ContainerSpec', { Env: ['A=1'], environment: ['B=2'] }],
    ['ContainerSpec', { Command: ['a'], entrypoint: ['b'] }],
    ['ContainerSpec', { Mounts: [{ Type: 'volume', Source: 'a', Target: '/a' }], volumes: ['b:/b'] }],
    ['ContainerSpec', { CapabilityAdd: ['NET_ADMIN'], cap_add: ['SYS_TIME'] }],
    ['Resources.Limits', { MemoryBytes: 67_108_864, memory: '65m' }],
    ['Resources.Limits', { memory: '64m', Memory: '65m' }],
    ['ContainerSpec.Healthcheck', { Test: ['CMD', 'a'], disable: true }],
    ['ContainerSpec', { Secrets: [{ source: 'a', Source: 'b' }] }],
  ];
  const spec = (path: string, members: object) => ({ Name: 'api', TaskTemplate: { ContainerSpec: { Image: 'nginx:1.27', ...(path === 'ContainerSpec' ? members : path.startsWith('ContainerSpec.') ? at(path.slice(14), members) : {}) }, ...(path.startsWith('Container') ? {} : at(path, members)) } });
  const written: [string, string][] = [
    ...cases.map(([path, members]): [string, string] => [`${Object.keys(members).join(' and ')} in ${path}`, JSON.stringify(spec(path, members))]),
    ['the updates', JSON.stringify({ ...spec('ContainerSpec', {}), UpdateConfig: { Parallelism: 1 }, update_config: { Parallelism: 2 } })],
    ['the port of a task', JSON.stringify({ ...spec('ContainerSpec', {}), EndpointSpec: { Ports: [{ TargetPort: 80, target: 81 }] } })],
    ['what a merge key brings', 'Name: api\nTaskTemplate:\n  ContainerSpec:\n    <<: {Env: [A=1]}\n    Image: nginx:1.27\n    environment: [B=2]\n'],
    ['what a merge key brings, misspelt', 'Name: api\nTaskTemplate:\n  ContainerSpec:\n    <<: {Env: [A=1]}\n    Image: nginx:1.27\n    Envs: [B=2]\n'],
  ];
  for (const [name, text] of written) {
    it(`is left, and nothing is offered: ${name}`, () => {
      const syntax = text.startsWith('{') ? 'json' : 'yaml';
      for (const fix of findingsOf(text, { syntax }).filter(({ rule }) => rule === 'compose-field').flatMap(({ fixes }) => fixes)) assert.doesNotMatch(fix.title, /^Make it/);
      assert.equal(fixAll(text, { syntax }), text);
      assert.equal(atOnce(text, syntax), text);
    });
  }

  const meeting: [string, object, object][] = [
    ['a slip and a word', { Comand: ['x'], Entrypoint: ['y'] }, { Command: ['x'], Entrypoint: ['y'] }],
    ['a word and another letter case', { environment: ['B=2'], ENV: ['A=1'] }, { environment: ['B=2'], Env: ['A=1'] }],
    ['two words', { working_dir: '/a', WorkingDir: '/b' }, { Dir: '/a', WorkingDir: '/b' }],
  ];
  for (const [name, members, gives] of meeting) {
    it(`is left where another one was first: ${name}`, () => assert.deepEqual(JSON.parse(atOnce(JSON.stringify(spec('ContainerSpec', members)), 'json')), spec('ContainerSpec', gives)));
  }
});
