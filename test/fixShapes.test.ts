import * as assert from 'node:assert/strict';
import { toJson } from '../server/src/document/value';
import { resolveTarget } from '../server/src/features/target';
import { fixAll as fixAtOnceIn } from '../server/src/features/fixAll';
import { findingsOf, fixAll, fixOf, read } from './support/marked';

const fixAtOnce = (text: string) => fixAtOnceIn(text, 'yaml', { target: (document) => resolveTarget(document, {}) }).text;

/** What is written in a part of a spec, and what all safe fixes make of it; `as it is` where none may be made. */
type Case = readonly [written: string, made: unknown];
const AS_IT_IS = Symbol('as it is');

/** All safe fixes at once, twice, and nothing wrong with what they make. */
function checkCases(part: (written: string) => string, cases: readonly Case[]): void {
  for (const [written, made] of cases) {
    it(written, () => {
      const text = part(written);
      const fixed = fixAll(text);
      if (made === AS_IT_IS) return assert.equal(fixed, text);
      const wanted = read(part(JSON.stringify(made))).documents[0].document.value;
      assert.equal(toJson(read(fixed).documents[0].document.value ?? null, 1), toJson(wanted ?? null, 1));
      assert.deepEqual(findingsOf(fixed).filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message), []);
      assert.equal(fixAll(fixed), fixed);
    });
  }
}

const inContainer = (key: string) => (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n    ${key}: ${written}\n`;

describe('one text where a list is wanted', () => {
  describe('of a health check is a command', () =>
    checkCases((written) => inContainer('Healthcheck')(`{Test: ${written}}`), [
      ['curl localhost', ['CMD-SHELL', 'curl localhost']],
      ['"curl -f localhost || exit 1"', ['CMD-SHELL', 'curl -f localhost || exit 1']],
      ['CMD curl localhost', ['CMD', 'curl', 'localhost']],
      [`CMD curl -H 'A b' localhost`, ['CMD', 'curl', '-H', 'A b', 'localhost']],
      ['CMD-SHELL curl localhost', ['CMD-SHELL', 'curl localhost']],
      ['none', ['NONE']],
      ['CMD', AS_IT_IS],
      ['"CMD,curl,localhost"', AS_IT_IS],
      ['CMD curl "', AS_IT_IS],
      [`'["CMD", "true"]'`, AS_IT_IS],
    ]));
  for (const key of ['Command', 'Args']) {
    describe(`of ${key} is its words`, () =>
      checkCases(inContainer(key), [
        ['npm', ['npm']],
        ['npm start', ['npm', 'start']],
        [`"sh -c 'a b'"`, ['sh', '-c', 'a b']],
        ["C:\\app\\run.exe", ['C:\\app\\run.exe']],
        ["C:\\app\\run.exe -v", AS_IT_IS],
        ['npm start && true', AS_IT_IS],
        ['echo $HOME', AS_IT_IS],
        [`"'npm start'"`, AS_IT_IS],
        ['"npm,start"', AS_IT_IS],
        ['""', AS_IT_IS],
      ]));
  }
  describe('of others is one entry, if it can be no more', () => {
    checkCases(inContainer('CapabilityAdd'), [['NET_ADMIN', ['NET_ADMIN']], ['"NET_ADMIN, SYS_TIME"', AS_IT_IS]]);
    checkCases(inContainer('Env'), [['{A: 1, B: null}', AS_IT_IS], ['{A: ~}', AS_IT_IS], ['[{E: null}]', AS_IT_IS], ['{A: }', AS_IT_IS], ['{A: "null"}', ['A=null']]]);
    checkCases(inContainer('environment'), [['{A: 1, B: null}', AS_IT_IS], ['{A: ~}', AS_IT_IS], ['[{E: null}]', AS_IT_IS], ['[B]', AS_IT_IS], ['[A=b, B]', AS_IT_IS]]);
    checkCases(inContainer('Labels'), [['[{A: null}]', AS_IT_IS]]);
    checkCases(inContainer('Env'), [['A=b c', ['A=b c']], ['a b', AS_IT_IS]]);
    checkCases(inContainer('Hosts'), [['10.0.0.1 db', ['10.0.0.1 db']], ['db:10.0.0.1', ['10.0.0.1 db']], ['a b c', AS_IT_IS]]);
    checkCases(inContainer('Groups'), [['""', AS_IT_IS]]);
  });
});

describe('a health check whose first word is no form', () => {
  const cases: [string, string][] = [
    ['["CMD curl localhost"]', '[CMD, curl, localhost]'],
    ['["CMD curl", -f, localhost]', '[CMD, curl, -f, localhost]'],
    ['["CMD-SHELL curl x"]', '[CMD-SHELL, "curl x"]'],
    ['["CMD_SHELL curl x"]', '[CMD-SHELL, "curl x"]'],
    ['["curl x"]', '[CMD-SHELL, "curl x"]'],
    ['[curl, x]', '[CMD, curl, x]'],
    ['[cmd, curl, x]', '[CMD, curl, x]'],
    ['[none]', '[NONE]'],
  ];
  const text = (test: string) => inContainer('Healthcheck')(`{Test: ${test}}`);
  for (const [test, made] of cases) {
    it(`${test} becomes ${made}`, () => {
      const fixed = fixOf(text(test), 'health-test-kind');
      assert.equal(fixed, text(made));
      assert.deepEqual(findingsOf(fixed).filter(({ rule }) => /^health-test|^command-line/.test(rule)), []);
    });
  }
});

describe('what containers call otherwise gets the name that it has in services', () => {
  const inTask = (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n${written}`;
  const cases: [string, string][] = [
    ['  LogDriver: {Type: json-file, Config: {max-size: 10m}}\n', '  LogDriver: {Name: json-file, Options: {max-size: 10m}}\n'],
    ['  RestartPolicy: {Condition: any, MaximumRetryCount: 3}\n', '  RestartPolicy: {Condition: any, MaxAttempts: 3}\n'],
  ];
  for (const [written, made] of cases) it(written.trim(), () => assert.equal(fixAll(inTask(written)), inTask(made)));
  it('but not a key that is nothing', () => assert.deepEqual(findingsOf(inTask('  LogDriver: {"": x}\nMode: {Global: {}}\n')).flatMap(({ fixes }) => fixes.map(({ title }) => title)), ['Remove ``']));
  it('nor an object where the name is', () => assert.deepEqual(findingsOf(inTask('  Driver: {Name: local}\nMode: {Global: {}}\n')).flatMap(({ fixes }) => fixes), []));
});

describe('a value of another shape under the right key', () => {
  describe('in the container', () => {
    checkCases(inContainer('Env'), [
      ['{A: b, N: 1.0, T: true}', ['A=b', 'N=1.0', 'T=true']],
      ['[{A: b}, C=d]', ['A=b', 'C=d']],
      ['[{A: b, C: d}]', AS_IT_IS],
      ['{A: {b: c}}', AS_IT_IS],
    ]);
    checkCases(inContainer('Hosts'), [['{db: 10.0.0.1}', ['10.0.0.1 db']]]);
    checkCases(inContainer('Labels'), [
      ['[a=b, c=d=e]', { a: 'b', c: 'd=e' }],
      ['[{a: b}, {c: 1}]', { a: 'b', c: '1' }],
      ['[{a: b, c: d}]', AS_IT_IS],
      ['[a=b, a=c]', AS_IT_IS],
      ['[a]', AS_IT_IS],
    ]);
    checkCases(inContainer('Sysctls'), [['[net.core.somaxconn=1024]', { 'net.core.somaxconn': '1024' }]]);
    checkCases(inContainer('Ulimits'), [
      ['{nofile: 65536}', [{ Name: 'nofile', Soft: 65536, Hard: 65536 }]],
      ['{nofile: {soft: 1024, hard: 2048}}', [{ Name: 'nofile', Soft: 1024, Hard: 2048 }]],
      ['{nofile: many}', AS_IT_IS],
    ]);
    checkCases(inContainer('Mounts'), [
      ['[data:/data, "/srv:/srv:ro"]', [{ Type: 'volume', Source: 'data', Target: '/data' }, { Type: 'bind', Source: '/srv', Target: '/srv', ReadOnly: true }]],
      ['data:/data', [{ Type: 'volume', Source: 'data', Target: '/data' }]],
      ['[./x:/x]', AS_IT_IS],
      ['["type=bind,source=/srv,dst=/srv,readonly", "src=data,target=/data"]', [{ Type: 'bind', Source: '/srv', Target: '/srv', ReadOnly: true }, { Type: 'volume', Source: 'data', Target: '/data' }]],
      ['["type=tmpfs,target=/t,tmpfs-size=64m"]', AS_IT_IS],
      ['["type=bind,source=./srv,target=/srv"]', AS_IT_IS],
      ['[type=volume,target=/data]', AS_IT_IS],
    ]);
    checkCases(inContainer('Configs'), [['[source=nginx_conf,target=/etc/x]', AS_IT_IS]]);
    it('of a config, all but its ID', () => assert.match(fixAll(inContainer('Configs')('["source=nginx_conf,target=/etc/x,mode=0440"]')), /Configs: \[\{ConfigName: nginx_conf, File: \{Name: \/etc\/x, UID: "0", GID: "0", Mode: 288\}\}\]/));
  });

  describe('in the task', () => {
    const inTask = (key: string) => (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  ${key}: ${written}\n`;
    checkCases(inTask('Networks'), [
      ['[backend]', [{ Target: 'backend' }]],
      ['backend', [{ Target: 'backend' }]],
      ['{backend: , front: {aliases: [a]}}', [{ Target: 'backend' }, { Target: 'front', Aliases: ['a'] }]],
      ['{backend: {ipv4_address: 10.0.0.1}}', AS_IT_IS],
    ]);
    checkCases(inTask('RestartPolicy'), [
      ['always', { Condition: 'any' }],
      ['on-failure:3', { Condition: 'on-failure', MaxAttempts: 3 }],
      ['sometimes', AS_IT_IS],
    ]);
    checkCases(inTask('LogDriver'), [['local', { Name: 'local' }]]);
  });

  describe('of the service', () => {
    const inService = (key: string) => (written: string) => `Name: w\n${key}: ${written}\nTaskTemplate: {ContainerSpec: {Image: x:1}}\n`;
    checkCases(inService('Mode'), [['global', { Global: {} }], ['global-job', { GlobalJob: {} }], ['replicated', AS_IT_IS], ['many', AS_IT_IS]]);
    checkCases((written) => inService('EndpointSpec')(`{Ports: ${written}}`), [
      ['["8080:80", "53:53/udp"]', [{ TargetPort: 80, PublishedPort: 8080 }, { TargetPort: 53, PublishedPort: 53, Protocol: 'udp' }]],
      ['8080:80', [{ TargetPort: 80, PublishedPort: 8080 }]],
      ['["127.0.0.1:80:80"]', AS_IT_IS],
      ['["published=8080,target=80,protocol=udp,mode=host"]', [{ TargetPort: 80, PublishedPort: 8080, Protocol: 'udp', PublishMode: 'host' }]],
      ['["published=8080,protocol=tcp"]', AS_IT_IS],
    ]);
    it('is offered where it is not certain', () => {
      assert.equal(fixOf(inService('Mode')('replicated'), 'wrong-type'), inService('Mode')('{Replicated: {Replicas: 1}}'));
    });
  });

  it('keeps the layout and the comments', () => {
    const text = `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env:
      # why
      A: b # c
      C: d # e
    Labels:
    - a=b
    - c=d
`;
    assert.equal(fixAll(text), `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env:
      # why
      - A=b # c
      - C=d # e
    Labels:
      a: b
      c: d
`);
  });
});

it('a text that stands for another value has its quotes in the message', () => {
  const [{ message }] = findingsOf('Name: w\nMode: {Global: {}}\nTaskTemplate: {ContainerSpec: {Image: x:1, Configs: [c]}}\n');
  assert.match(message, /UID: "0", GID: "0", Mode: 292/);
});

describe('the kind of a service', () => {
  const SPEC = 'Name: w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\n';
  for (const [written, made] of [
    ['Mode: replicated\nReplicas: 3\n', 'Mode: {Replicated: {Replicas: 3}}\n'],
    ['Mode: {Global: true}\n', 'Mode: {Global: {}}\n'],
    ['Mode: {Global: []}\n', 'Mode: {Global: {}}\n'],
    ['Mode: {GlobalJob: ""}\n', 'Mode: {GlobalJob: {}}\n'],
    ['Mode: {Global: false}\n', 'Mode: {Global: false}\n'],
  ]) {
    it(JSON.stringify(written), () => assert.equal(fixAll(SPEC + written), SPEC + made));
  }
});

describe('what containers have under another name', () => {
  it('is what a compose file has too', () => assert.equal(fixAll(inContainer('Volumes')('["data:/data"]')), 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n    Mounts: [{Type: volume, Source: data, Target: /data}]\n'));
  it('is told where it cannot be made', () => {
    const [finding] = findingsOf(inContainer('Volumes')('{/data: {}}')).filter(({ rule }) => rule === 'compose-field');
    assert.match(finding.message, /`TaskTemplate.ContainerSpec.Mounts`/);
    assert.deepEqual(finding.fixes, []);
  });
});

describe('a mode with nothing in it', () => {
  it('is for a person to fill', () => {
    for (const mode of ['{}', '{Global: }', '{ReplicatedJob: null}']) {
      const text = `Name: web\nTaskTemplate: {ContainerSpec: {Image: "x:1"}}\nMode: ${mode}\n`;
      assert.equal(fixAtOnce(text), text);
      assert.ok(findingsOf(text).some(({ rule }) => rule === 'replicas-missing'), mode);
    }
  });
});

describe('a colon without a space behind it', () => {
  it('gets one', () => {
    const text = 'Name:web\nMode: {}\nTaskTemplate:\n  RestartPolicy:\n    Condition:none\n    Delay: 5000000000\n  ContainerSpec:\n    Image:x:1\n    User:root\nLabels: {}';
    assert.equal(fixAtOnce(text), 'Name: web\nMode: {}\nTaskTemplate:\n  RestartPolicy:\n    Condition: none\n    Delay: 5000000000\n  ContainerSpec:\n    {Image: x:1, User: root}\nLabels: {}');
    const titles = findingsOf(text).flatMap(({ fixes }) => fixes.map(({ title }) => title));
    assert.deepEqual(titles.filter((title) => title.startsWith('Remove')), []);
  });
  it('gets one where the key is the only one', () =>
    assert.equal(fixAll('Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image:x:1\n'), 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    {Image: x:1}\n'));
  it('may be part of an address', () => assert.deepEqual(findingsOf('Name: w\nhttp://a\nMode: {}\n').filter(({ rule }) => rule === 'yaml-syntax').flatMap(({ fixes }) => fixes), []));
});

describe('a colon that is missing', () => {
  const cases: [string, string, string][] = [
    ['behind the key of an object', 'Name: w\nTaskTemplate\n  ContainerSpec: {Image: x:1}\n', 'Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n'],
    ['behind the key of a list', 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n    Env\n      - A=b\n', 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n    Env:\n      - A=b\n'],
    ['in front of a value', 'Name w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\n', 'Name: w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\n'],
  ];
  for (const [where, text, gives] of cases) {
    it(where, () => {
      assert.equal(fixAtOnce(text), gives);
      assert.deepEqual(findingsOf(text).flatMap(({ fixes }) => fixes.map(({ title }) => title)).filter((title) => title.startsWith('Remove')), []);
    });
  }
  it('is none in a text of two lines', () => assert.deepEqual(findingsOf('Name: w\nfor people\nMode: {}\n').filter(({ rule }) => rule === 'yaml-syntax').flatMap(({ fixes }) => fixes), []));
});

describe('comments in JSON', () => {
  it('go with their lines, and leave no spaces behind', () =>
    assert.equal(
      fixAll('{\n  // one\n  "Name": "w", // two\n  /* three\n     four */\n  "TaskTemplate": {"ContainerSpec": {"Image": "x:1" /* five */ /* six */}}\n}\n', { syntax: 'json' }),
      '{\n  "Name": "w",\n  "TaskTemplate": {"ContainerSpec": {"Image": "x:1"}}\n}\n',
    ));
});

describe('a number in the words of a person becomes one', () => {
  const inCheck = (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1, Healthcheck: {Test: [CMD, a], Interval: ${written}, Timeout: 1000000}}\n`;
  describe('of nanoseconds', () =>
    checkCases(inCheck, [
      ['5 s', 5e9], ['10sec', 1e10], ['1d', 86_400e9], ['5m 10s', 310e9], ['1 minute', 60e9], ['"1.5 hours"', 5400e9], ['30S', 30e9], ['1500 µs', 1_500_000],
      // what is to be said of such a number makes it no other
      ['2d', 172_800e9], ['10µs', AS_IT_IS], ['5 M', AS_IT_IS], ['10s 5m', AS_IT_IS], ['5 s or so', AS_IT_IS], ['five', AS_IT_IS], ['1e3', AS_IT_IS],
    ]));
  const inLimits = (key: string) => (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  Resources: {Limits: {${key}: ${written}}}\n`;
  describe('of bytes', () => checkCases(inLimits('MemoryBytes'), [['512Mi', 536_870_912], ['1.5Gi', 1_610_612_736], ['512m', 536_870_912], ['512 MB', 536_870_912], ['512 apples', AS_IT_IS]]));
  describe('of billionths of a CPU', () => {
    checkCases(inLimits('NanoCPUs'), [['500m', 500_000_000], ['"0.5 CPU"', 500_000_000], ['2 cores', 2_000_000_000], ['500M', AS_IT_IS], ['50%', AS_IT_IS]]);
    checkCases(inLimits('Pids'), [['"-1"', AS_IT_IS], ['"100"', 100]]);
    it('50% if a person says so', () => assert.equal(fixOf(inLimits('NanoCPUs')('50%'), 'wrong-type'), inLimits('NanoCPUs')('500000000')));
  });
  describe('of a ratio', () =>
    checkCases((written) => `Name: w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\nUpdateConfig: {Parallelism: 1, MaxFailureRatio: ${written}, FailureAction: pause}\n`, [['10%', 0.1], ['33.3%', 0.333], ['"0.25"', 0.25], ['150%', AS_IT_IS], ['"15"', AS_IT_IS]]));
});

describe('what is made of a file with the line ends of Windows', () => {
  const blocks = [
    'Env:\n  A: 1 # c\n  B: 2\n', 'Env:\n  A: |\n    x\n    y\n  B: 1\n', 'Labels:\n  - a=b\n  # c\n  - c=d\n', 'Ulimits:\n  nofile: 5\n  core: {soft: 1, hard: 2}\n', 'Sysctls:\n  - a.b=1\n',
    'volumes:\n  - a:/a\n  - b:/b\n', 'Secrets:\n  - a\n  - b\n', 'Command: |-\n  npm start\n', 'StopGracePeriod: >-\n  10s\n', 'Mounts:\n  - Type: tmpfs\n    Target: /a\n    Source: b\n', 'Resources:\n  Limits:\n    # c\n    Pids: 5\n',
  ];
  for (const block of blocks) {
    it(`has them all: ${JSON.stringify(block)}`, () => {
      const text = `Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n${block.replaceAll(/^/gm, '    ').trimEnd()}\n    TTY: true\n`;
      const windows = text.replaceAll('\n', '\r\n');
      assert.equal(fixAtOnce(windows), fixAtOnce(text).replaceAll('\n', '\r\n'));
      assert.notEqual(fixAtOnce(text), text);
    });
  }
});

describe('what is made of a text in a block', () => {
  const head = 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';
  const cases: [string, string][] = [
    [`${head}    Command: |-\n      npm start\n\n    TTY: true\n`, `${head}    Command: [npm, start]\n\n    TTY: true\n`],
    [`${head}    Command: |- # why\n      npm start\n`, `${head}    # why\n    Command: [npm, start]\n`],
    [`${head}    StopGracePeriod: >-\n      10s\n    TTY: true\n`, `${head}    StopGracePeriod: 10000000000\n    TTY: true\n`],
  ];
  for (const [text, gives] of cases) it(JSON.stringify(text.slice(head.length)), () => assert.equal(fixAtOnce(text), gives));
});
