import * as assert from 'node:assert/strict';
import { SKELETONS } from '../server/src/features/completion/skeletons';
import type { SwarmNames } from '../server/src/features/swarmNames';
import { completeAt, findingsOf, type Reading } from './support/marked';

const JSON_READING: Reading = { syntax: 'json' };
const PLACEMENT = 'TaskTemplate:\n  Placement:\n    Constraints:\n      - ';
const CONTAINER = 'TaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';

const NODE = { state: 'ready', availability: 'active', raw: {} };
const SWARM: SwarmNames = {
  revision: 1,
  networks: [{ id: 'n1', name: 'backend', scope: 'swarm' }, { id: 'n2', name: 'ingress', scope: 'swarm' }, { id: 'n3', name: 'docker0', scope: 'local' }],
  secrets: [{ id: 's1id', name: 'db_password' }, { id: 's2id', name: 'tls_key' }],
  configs: [{ id: 'c1id', name: 'nginx_conf' }],
  volumes: ['app-data'],
  images: ['nginx:1.27', 'shop/api@sha256:1'],
  nodes: [
    { ...NODE, id: 'a', hostname: 'alpha', role: 'manager', labels: { disk: 'ssd' }, engineLabels: {} },
    { ...NODE, id: 'b', hostname: 'beta', role: 'worker', labels: { disk: 'hdd' }, engineLabels: { rack: 'r1' } },
  ],
  services: [],
};

describe('completing numbers as people think of them', () => {
  const cases: { on: string; label: string; gives: string; reading?: Reading }[] = [
    { on: 'UpdateConfig:\n  Delay: 10s|', label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000' },
    { on: 'UpdateConfig:\n  Delay: 1m30s|', label: '1m30s → 90000000000', gives: 'UpdateConfig:\n  Delay: 90000000000' },
    { on: 'UpdateConfig:\n  Delay: 10|', label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000' },
    { on: 'UpdateConfig:\n  Delay: "10s|"\n', label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000\n' },
    { on: "UpdateConfig:\n  Delay: '10s|", label: '10s → 10000000000', gives: 'UpdateConfig:\n  Delay: 10000000000' },
    { on: 'UpdateConfig: {Delay: 500ms|}', label: '500ms → 500000000', gives: 'UpdateConfig: {Delay: 500000000}' },
    { on: '{"UpdateConfig": {"Delay": "10s|"}}', label: '10s → 10000000000', gives: '{"UpdateConfig": {"Delay": 10000000000}}', reading: JSON_READING },
    { on: '{"UpdateConfig": {"Delay": 10s|}}', label: '10s → 10000000000', gives: '{"UpdateConfig": {"Delay": 10000000000}}', reading: JSON_READING },
    { on: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 512MiB|}}}', label: '512MiB → 536870912', gives: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 536870912}}}' },
    { on: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 512m|}}}', label: '512m → 536870912', gives: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 536870912}}}' },
    { on: 'UpdateConfig:\n  Delay: 5 s|', label: '5 s → 5000000000', gives: 'UpdateConfig:\n  Delay: 5000000000' },
    { on: 'UpdateConfig:\n  Delay: 1 minute|', label: '1 minute → 60000000000', gives: 'UpdateConfig:\n  Delay: 60000000000' },
    { on: '{"UpdateConfig": {"Delay": 2d|}}', label: '2d → 172800000000000', gives: '{"UpdateConfig": {"Delay": 172800000000000}}', reading: JSON_READING },
    { on: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 512Mi|}}}', label: '512Mi → 536870912', gives: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 536870912}}}' },
    { on: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 500m|}}}', label: '500m → 500000000', gives: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 500000000}}}' },
    { on: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 1.5|}}}', label: '1.5 → 1500000000', gives: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 1500000000}}}' },
    { on: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 2|}}}', label: '2 → 2000000000', gives: 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 2000000000}}}' },
    { on: `${CONTAINER}    Secrets:\n      - File:\n          Mode: 0444|`, label: '0444 → 292', gives: `${CONTAINER}    Secrets:\n      - File:\n          Mode: 292` },
    { on: `${CONTAINER}    Secrets:\n      - File:\n          Mode: 0o444|`, label: '0444 → 292', gives: `${CONTAINER}    Secrets:\n      - File:\n          Mode: 292` },
  ];
  for (const { on, label, gives, reading } of cases) {
    it(`${on.replaceAll('\n', '⏎')}: ${label}`, () => {
      const offered = completeAt(on, reading);
      assert.equal(offered.accept(label), gives);
      const item = offered.items.find((one) => one.label === label);
      const typed = on.slice(on.lastIndexOf(': ', on.indexOf('|')) + 2, on.indexOf('|'));
      assert.ok(item?.filter.startsWith(typed), `an editor matches \`${typed}\` with \`${item?.filter}\``);
    });
  }
  it('offers none that the engine refuses', () => {
    const { labels } = completeAt('TaskTemplate: {Resources: {Limits: {MemoryBytes: 1|}}}');
    assert.ok(labels.includes('1GiB → 1073741824') && !labels.some((label) => label.startsWith('1MiB')), labels.join());
  });
  const rightAlready = ['UpdateConfig:\n  Delay: 10000000000|', 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 536870912|}}}', `${CONTAINER}    Mounts:\n      - {Type: tmpfs, Target: /t, TmpfsOptions: {SizeBytes: 67108864|}}`, 'TaskTemplate: {Resources: {Limits: {NanoCPUs: 500000000|}}}'];
  for (const on of rightAlready) {
    const typed = /\d+(?=\|)/.exec(on)?.[0] ?? '';
    it(`takes ${typed} for what it says`, () => assert.deepEqual(completeAt(on).items.filter(({ filter }) => filter.startsWith(typed)).map(({ label }) => label), []));
  }
  it('offers none that is too large', () => {
    const { labels } = completeAt('UpdateConfig:\n  Delay: 9999999h|');
    assert.ok(!labels.some((label) => label.startsWith('9999999h')), labels.join());
  });
  for (const [on, number] of [['TaskTemplate: {Resources: {Limits: {NanoCPUs: 2|}}}', '2000000000'], [`${CONTAINER}    Mounts:\n      - {Type: tmpfs, Target: /t, TmpfsOptions: {Mode: 1777|}}`, '1023']]) {
    it(`${on.slice(on.lastIndexOf('{') + 1)}: ${number} once`, () => assert.equal(completeAt(on).labels.filter((label) => label.endsWith(` → ${number}`)).length, 1, completeAt(on).labels.join()));
  }
  it('tells examples in words too', () => assert.ok(completeAt('UpdateConfig:\n  Delay: |').labels.includes('10s → 10000000000')));
});

describe('completing the little languages inside of texts', () => {
  const cases: { on: string; label: string; gives: string; reading?: Reading }[] = [
    { on: `${PLACEMENT}|`, label: 'node.role==', gives: `${PLACEMENT}node.role==manager` },
    { on: `${PLACEMENT}node.ro|`, label: 'node.role==', gives: `${PLACEMENT}node.role==manager` },
    { on: `${PLACEMENT}node.role|`, label: 'node.role!=', gives: `${PLACEMENT}node.role!=manager` },
    { on: `${PLACEMENT}node.role==|`, label: 'worker', gives: `${PLACEMENT}node.role==worker` },
    { on: `${PLACEMENT}node.role == |`, label: 'worker', gives: `${PLACEMENT}node.role == worker` },
    { on: `${PLACEMENT}node.role != man|`, label: 'worker', gives: `${PLACEMENT}node.role != worker` },
    { on: `${PLACEMENT}"node.role==|"\n`, label: 'worker', gives: `${PLACEMENT}"node.role==worker"\n` },
    { on: `${PLACEMENT}|`, label: 'node.labels.NAME==', gives: `${PLACEMENT}node.labels.disk==ssd` },
    { on: `${PLACEMENT}node.labels.zone|`, label: 'node.labels.zone==', gives: `${PLACEMENT}node.labels.zone==ssd` },
    { on: 'TaskTemplate: {Placement: {Constraints: [node.role == |]}}', label: 'manager', gives: 'TaskTemplate: {Placement: {Constraints: [node.role == manager]}}' },
    { on: '{"TaskTemplate": {"Placement": {"Constraints": ["node.|"]}}}', label: 'node.hostname==', gives: '{"TaskTemplate": {"Placement": {"Constraints": ["node.hostname==node-1"]}}}', reading: JSON_READING },
    { on: `${CONTAINER}    CapabilityAdd:\n      - |`, label: 'SYS_TIME', gives: `${CONTAINER}    CapabilityAdd:\n      - SYS_TIME` },
    { on: `${CONTAINER}    CapabilityAdd:\n      - CAP_S|`, label: 'CAP_SYS_TIME', gives: `${CONTAINER}    CapabilityAdd:\n      - CAP_SYS_TIME` },
    { on: `${CONTAINER}    StopSignal: SIGRT|`, label: 'SIGRTMIN+3', gives: `${CONTAINER}    StopSignal: SIGRTMIN+3` },
    { on: `${CONTAINER}    Env:\n      - NAME={{.|`, label: '{{.Service.Name}}', gives: `${CONTAINER}    Env:\n      - NAME={{.Service.Name}}` },
    { on: `${CONTAINER}    Env:\n      - NAME=a-{{.Task.|}}-b\n`, label: '{{.Task.Slot}}', gives: `${CONTAINER}    Env:\n      - NAME=a-{{.Task.Slot}}-b\n` },
    { on: `${CONTAINER}    Hostname: |`, label: '{{.Node.Hostname}}', gives: `${CONTAINER}    Hostname: "{{.Node.Hostname}}"` },
    { on: `${CONTAINER}    Hostname: "{{|}}"\n`, label: '{{.Node.Hostname}}', gives: `${CONTAINER}    Hostname: "{{.Node.Hostname}}"\n` },
    { on: 'TaskTemplate:\n  LogDriver:\n    Name: json-file\n    Options:\n      |', label: 'max-size', gives: 'TaskTemplate:\n  LogDriver:\n    Name: json-file\n    Options:\n      max-size: 10m' },
    { on: 'TaskTemplate:\n  LogDriver:\n    Name: syslog\n    Options:\n      sys|', label: 'syslog-facility', gives: 'TaskTemplate:\n  LogDriver:\n    Name: syslog\n    Options:\n      syslog-facility: daemon' },
    { on: 'TaskTemplate:\n  LogDriver:\n    Name: json-file\n    Options:\n      compress: |', label: 'false', gives: 'TaskTemplate:\n  LogDriver:\n    Name: json-file\n    Options:\n      compress: "false"' },
    { on: `${CONTAINER}    Sysctls:\n      |`, label: 'net.core.somaxconn', gives: `${CONTAINER}    Sysctls:\n      net.core.somaxconn: "1024"` },
    { on: `${CONTAINER}    Ulimits:\n      - Name: |`, label: 'nofile', gives: `${CONTAINER}    Ulimits:\n      - Name: nofile` },
    { on: `${CONTAINER}    Healthcheck:\n      Test: |`, label: 'CMD curl -f http://localhost/health', gives: `${CONTAINER}    Healthcheck:\n      Test:\n        - CMD\n        - curl\n        - -f\n        - http://localhost/health` },
    { on: `${CONTAINER}    Healthcheck:\n      Test:\n        - |`, label: 'CMD-SHELL pg_isready -U postgres || exit 1', gives: `${CONTAINER}    Healthcheck:\n      Test:\n        - CMD-SHELL\n        - pg_isready -U postgres || exit 1` },
    { on: 'TaskTemplate:\n  Placement:\n    Preferences:\n      - Spread:\n          SpreadDescriptor: |', label: 'node.labels.NAME', gives: 'TaskTemplate:\n  Placement:\n    Preferences:\n      - Spread:\n          SpreadDescriptor: node.labels.zone' },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Image: nginx|', label: 'nginx:TAG', gives: 'TaskTemplate:\n  ContainerSpec:\n    Image: nginx:latest' },
    { on: 'x: &m {Type: volume}\nUpdateConfig: &u {Delay: 5}\nRollbackConfig: *|', label: '*u', gives: 'x: &m {Type: volume}\nUpdateConfig: &u {Delay: 5}\nRollbackConfig: *u' },
    { on: 'UpdateConfig: &u {Delay: 5}\nRollbackConfig:\n  <<: *|', label: '*u', gives: 'UpdateConfig: &u {Delay: 5}\nRollbackConfig:\n  <<: *u' },
  ];
  for (const { on, label, gives, reading } of cases) it(`${on.replaceAll('\n', '⏎')}: ${label}`, () => assert.equal(completeAt(on, reading).accept(label), gives));

  const spaced: { on: string; label: string; gives: string; reading?: Reading }[] = [
    { on: `${PLACEMENT}node.role |`, label: 'node.role==', gives: `${PLACEMENT}node.role == manager` },
    { on: `${PLACEMENT}node.role |`, label: 'node.role!=', gives: `${PLACEMENT}node.role != manager` },
    { on: `${PLACEMENT}node.role =|`, label: 'node.role==', gives: `${PLACEMENT}node.role == manager` },
    { on: `${PLACEMENT}node.role=|`, label: 'node.role==', gives: `${PLACEMENT}node.role==manager` },
    { on: `${PLACEMENT}node.role !|`, label: 'node.role!=', gives: `${PLACEMENT}node.role != manager` },
    { on: `${PLACEMENT}node.labels.disk |`, label: 'node.labels.disk==', gives: `${PLACEMENT}node.labels.disk == ssd` },
    { on: `${PLACEMENT}" node.role|"`, label: 'node.role==', gives: `${PLACEMENT}" node.role==manager"` },
    { on: '{"TaskTemplate": {"Placement": {"Constraints": ["node.role |"]}}}', label: 'node.role==', gives: '{"TaskTemplate": {"Placement": {"Constraints": ["node.role == manager"]}}}', reading: JSON_READING },
  ];
  for (const { on, label, gives, reading } of spaced) {
    it(`${on.slice(on.indexOf('node'))}: ${gives.slice(gives.indexOf('node'))}, matched as it is typed`, () => {
      const offered = completeAt(on, reading);
      assert.equal(offered.accept(label), gives);
      const typed = on.slice(offered.items[0].replace.start, on.indexOf('|'));
      const item = offered.items.find((one) => one.label === label);
      assert.ok(item?.filter.startsWith(typed), `an editor matches \`${typed}\` with \`${item?.filter}\``);
    });
  }
  it('offers each capability once', () => {
    const { labels } = completeAt(`${CONTAINER}    CapabilityDrop:\n      - CAP_CHOWN\n      - |`);
    assert.ok(!labels.includes('CHOWN') && labels.includes('KILL'));
  });
  it('puts first what is wanted most', () => {
    assert.equal(completeAt(`${CONTAINER}    CapabilityDrop: |`).labels[0], 'ALL');
    assert.equal(completeAt('TaskTemplate:\n  Resources:\n    Reservations:\n      GenericResources:\n        - |').labels[0], 'DiscreteResourceSpec');
    assert.deepEqual(completeAt(`${CONTAINER}    StopSignal: |`).labels.slice(0, 4), ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP']);
  });
  for (const [number, name] of [['15', 'SIGTERM'], ['9', 'SIGKILL'], ['31', 'SIGSYS'], ['34', 'SIGRTMIN'], ['49', 'SIGRTMIN+15'], ['50', 'SIGRTMAX-14'], ['64', 'SIGRTMAX']]) {
    it(`knows that signal ${number} is ${name}`, () => {
      const offered = completeAt(`${CONTAINER}    StopSignal: ${number}|`);
      assert.deepEqual(offered.items.map(({ label, filter }) => [label, filter]), [[`${number} → ${name}`, number]]);
      assert.equal(offered.accept(`${number} → ${name}`), `${CONTAINER}    StopSignal: ${name}`);
    });
  }
  it('offers options of a mount by its type only', () => {
    const { labels } = completeAt(`${CONTAINER}    Mounts:\n      - Type: tmpfs\n        Target: /t\n        |`);
    assert.ok(labels.includes('TmpfsOptions'), labels.join());
  });
  it('offers no anchor of another type', () => assert.ok(!completeAt('x: &m {Type: volume}\nUpdateConfig: &u {Delay: 5}\nRollbackConfig: *|').labels.includes('*m')));

  const silent: [string, Reading?][] = [
    ['Labels:\n  text: >\n    folded |\nName: x\n'], ['Labels:\n  text: |-\n    li|ne\nName: x\n'.replace('|-', '>-')], ['Name: "two\n  li|nes"\n'], ['# com|ment\nName: x\n'], ['Name: x  # com|ment\n'],
    ['{"Name": "x", // |\n}', JSON_READING], [`${CONTAINER}    Args:\n      - some text |\n`],
  ];
  for (const [on, reading] of silent) it(`${on.replaceAll('\n', '⏎')}: nothing`, () => assert.deepEqual(completeAt(on, reading).labels, []));
});

describe('completing next to what decides about it', () => {
  const driver = (name: string) => `TaskTemplate:\n  LogDriver:\n    Name: ${name}\n    `;
  const options: [string, string][] = [
    ['json-file', 'max-size: 10m\n      max-file: "3"'], ['syslog', 'syslog-address: udp://127.0.0.1:514'], ['gelf', 'gelf-address: udp://127.0.0.1:12201'], ['awslogs', 'awslogs-region: eu-central-1'],
    ['journald', 'tag: "{{.Name}}"'],
  ];
  for (const [name, gives] of options) it(`begins the options of ${name} with one that it knows`, () => assert.equal(completeAt(`${driver(name)}|`).accept('Options'), `${driver(name)}Options:\n      ${gives}`));
  it('writes no option of a driver that nobody knows', () => assert.equal(completeAt(`${driver('loki')}Op|`).accept('Options'), `${driver('loki')}Options: {}`));
  it('offers no options of no log driver', () => {
    assert.ok(!completeAt(`${driver('none')}|`).labels.includes('Options'));
    assert.deepEqual(completeAt(`${driver('none')}Options:\n      |`).labels, []);
  });
  it('looks at the driver in JSON too', () => {
    const on = '{"TaskTemplate": {"LogDriver": {"name": "syslog", |}}}';
    assert.equal(completeAt(on, JSON_READING).accept('Options'), on.replace('|', '"Options": {"syslog-address": "udp://127.0.0.1:514"}'));
  });

  const mount = (type: string) => `${CONTAINER}    Mounts:\n      - Type: ${type}\n        `;
  const members: [string, readonly string[]][] = [
    ['bind', ['Source', 'BindOptions']], ['volume', ['Source', 'VolumeOptions']], ['Tmpfs', ['TmpfsOptions']], ['npipe', ['Source']], ['cluster', ['Source']],
    ['constructor', ['Source', 'BindOptions', 'VolumeOptions', 'TmpfsOptions']],
  ];
  for (const [type, only] of members) {
    it(`offers what a ${type} mount has`, () => assert.deepEqual(completeAt(`${mount(type)}|`).labels.filter((label) => /Source|.Options$/.test(label)), only));
  }
  it('begins a source as the type has it', () => {
    assert.equal(completeAt(`${mount('bind')}S|`).accept('Source'), `${mount('bind')}Source: /srv/data`);
    assert.equal(completeAt(`${mount('volume')}S|`).accept('Source'), `${mount('volume')}Source: data`);
    assert.equal(completeAt(`${mount('bind')}Source: |`).labels[0], '/srv/data');
    assert.ok(!completeAt(`${mount('bind')}Source: |`).labels.includes('app-data'));
    assert.equal(completeAt(`${mount('volume')}Source: |`).labels[0], 'data');
    assert.ok(completeAt(`${mount('volume')}Source: |`).labels.every((label) => !label.startsWith('/')));
    assert.deepEqual(completeAt(`${mount('tmpfs')}Source: |`).labels, []);
  });
});

describe('skeletons', () => {
  for (const { name } of SKELETONS) {
    it(`${name}: is offered in an empty file, and no rule objects to it as it lands`, () => {
      const text = completeAt('|').accept(name);
      const whole = `${text}\n${/^Name:/m.test(text) ? '' : 'Name: demo\n'}${/^TaskTemplate:/m.test(text) ? '' : 'TaskTemplate: {ContainerSpec: {Image: busy:1}}\n'}${/^Mode:/m.test(text) ? '' : 'Mode: {Global: {}}\n'}`;
      // whoever writes the name of a network means it
      assert.deepEqual(findingsOf(whole).filter(({ rule }) => rule !== 'network-by-name').map(({ message }) => message), [], whole);
      const json = completeAt('{|}', JSON_READING).accept(name);
      assert.doesNotThrow(() => JSON.parse(json), json);
    });
  }
  it('come as items of the list that they belong to', () => {
    assert.equal(completeAt('EndpointSpec:\n  Ports:\n    - |').accept('host port'), 'EndpointSpec:\n  Ports:\n    - Protocol: tcp\n      TargetPort: 80\n      PublishedPort: 8080\n      PublishMode: host');
  });
  it('are not offered where their fields are taken', () => assert.ok(!completeAt('UpdateConfig: {Parallelism: 1}\n|').labels.includes('rolling update')));
  it('leave out what the version does not have', () => assert.doesNotMatch(completeAt('|', { api: '1.40' }).accept('resource limits'), /Pids/));
  it('are not offered where the version has nothing of them', () => assert.ok(!completeAt('|', { api: '1.40' }).labels.includes('job')));
});

describe('completing with the names of a swarm', () => {
  const reading: Reading = { swarm: SWARM };
  const json: Reading = { ...JSON_READING, swarm: SWARM };
  const cases: { on: string; label: string; gives: string; reading?: Reading }[] = [
    { on: 'TaskTemplate:\n  Networks:\n    - Target: |', label: 'backend', gives: 'TaskTemplate:\n  Networks:\n    - Target: backend' },
    { on: `${CONTAINER}    Secrets:\n      - |`, label: 'tls_key', gives: `${CONTAINER}    Secrets:\n      - SecretID: s2id\n        SecretName: tls_key\n        File:\n          Name: tls_key\n          UID: "0"\n          GID: "0"\n          Mode: 292` },
    { on: `${CONTAINER}    Secrets: |`, label: 'tls_key', gives: `${CONTAINER}    Secrets:\n      - SecretID: s2id\n        SecretName: tls_key\n        File:\n          Name: tls_key\n          UID: "0"\n          GID: "0"\n          Mode: 292` },
    { on: `${CONTAINER}    Secrets:\n      - SecretID: s1id\n        SecretName: |\n`, label: 'tls_key', gives: `${CONTAINER}    Secrets:\n      - SecretID: s2id\n        SecretName: tls_key\n` },
    { on: `${CONTAINER}    Configs:\n      - ConfigName: nginx_conf\n        ConfigID: |\n`, label: 'nginx_conf', gives: `${CONTAINER}    Configs:\n      - ConfigName: nginx_conf\n        ConfigID: c1id\n` },
    { on: `${CONTAINER}    Mounts:\n      - Type: volume\n        Source: |\n`, label: 'app-data', gives: `${CONTAINER}    Mounts:\n      - Type: volume\n        Source: app-data\n` },
    { on: 'TaskTemplate:\n  ContainerSpec:\n    Image: ng|', label: 'nginx:1.27', gives: 'TaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27' },
    { on: `${PLACEMENT}node.hostname==|`, label: 'beta', gives: `${PLACEMENT}node.hostname==beta` },
    { on: `${PLACEMENT}node.l|`, label: 'node.labels.disk==', gives: `${PLACEMENT}node.labels.disk==hdd` },
    { on: `${PLACEMENT}node.labels.disk==|`, label: 'ssd', gives: `${PLACEMENT}node.labels.disk==ssd` },
    { on: `${PLACEMENT}|`, label: 'engine.labels.rack==', gives: `${PLACEMENT}engine.labels.rack==r1` },
    { on: '{"TaskTemplate": {"Networks": [{"Target": "|"}]}}', label: 'backend', gives: '{"TaskTemplate": {"Networks": [{"Target": "backend"}]}}', reading: json },
  ];
  for (const { on, label, gives, reading: other } of cases) it(`${on.replaceAll('\n', '⏎')}: ${label}`, () => assert.equal(completeAt(on, other ?? reading).accept(label), gives));
  it('offers only networks that a service can be attached to', () => assert.deepEqual(completeAt('TaskTemplate:\n  Networks:\n    - Target: |', reading).labels, ['backend']));
});
