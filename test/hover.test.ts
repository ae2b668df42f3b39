import * as assert from 'node:assert/strict';
import { SERVICE } from '../server/src/facts/kinds';
import { allFields } from '../server/src/facts/lookup';
import { ALL_CAPABILITIES, capabilityInWords } from '../server/src/facts/service/capabilities';
import { SIGNALS, signalInWords } from '../server/src/facts/signals';
import type { SwarmNames } from '../server/src/features/swarmNames';
import { hoverAt, hoveredAt, type Reading } from './support/marked';
import { nodeOf, syntaxIn, write, WRITINGS } from './support/writings';

describe('what is said of words of the kernel', () => {
  it('is something for every capability and every signal that the engine knows', () => {
    for (const name of [...ALL_CAPABILITIES, 'ALL']) assert.ok(capabilityInWords(name), name);
    for (const name of SIGNALS) assert.ok(signalInWords(name), name);
    for (const text of ['', 'NOPE', 'toString', '0', '99']) assert.deepEqual([capabilityInWords(text), signalInWords(text)], [undefined, undefined], text);
  });
});

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
    { on: 'TaskTemplate: {ContainerSpec: {CapabilityAdd: [net_ad|min]}}', says: /`net_admin`: Changes interfaces/ },
    { on: 'TaskTemplate: {ContainerSpec: {CapabilityDrop: [CAP_NET_R|AW]}}', says: /raw sockets.*Containers have it unless it is dropped/ },
    { on: 'TaskTemplate: {ContainerSpec: {CapabilityDrop: [A|LL]}}', says: /Every capability/ },
    { on: 'TaskTemplate: {ContainerSpec: {StopSignal: SIGQU|IT}}', says: /`SIGQUIT`: As Ctrl\+\\ does/ },
    { on: 'TaskTemplate: {ContainerSpec: {StopSignal: "1|5"}}', says: /`15`: Asks the process to end/ },
    { on: 'TaskTemplate: {ContainerSpec: {StopSignal: io|t}}', says: /`iot`: The process gives up/ },
    { on: 'Nonse|nse: 5', says: /^nothing$/ },
    { on: 'Name: x\n|\nMode: {}', says: /^nothing$/ },
    { on: '# com|ment\nName: x', says: /^nothing$/ },
    { on: '|', says: /^nothing$/ },
    { on: 'a: [}|', says: /^nothing$/ },
  ];
  for (const { on, says, reading } of cases) it(`${on.replaceAll('\n', '⏎')}${reading?.api ? ` at v${reading.api}` : ''}`, () => assert.match(hoverAt(on, reading), says));

  const meant: { on: string; says: RegExp | string; reading?: Reading }[] = [
    { on: 'TaskTemplate: {Placement: {Constraints: [node.labels.di|sk!=ssd]}}', says: /Only nodes whose label `disk` is not `ssd`.*without the label matches too/ },
    { on: 'TaskTemplate: {Placement: {Constraints: ["node.role == man|ager"]}}', says: /Only nodes whose role is `manager`/ },
    { on: 'TaskTemplate: {Placement: {Constraints: [node.ip==10.0.0.0|/8]}}', says: /address is in the network `10\.0\.0\.0\/8`/ },
    { on: 'TaskTemplate: {Placement: {Constraints: [node.zo|ne==a]}}', says: /no key that the engine knows/ },
    { on: 'TaskTemplate: {ContainerSpec: {Image: ngi|nx}}', says: /registry `docker\.io` \(the default\), repository `library\/nginx`\. Without a tag it is `:latest`/ },
    { on: 'TaskTemplate: {ContainerSpec: {Image: "reg.example.com:5000/shop/api|:2.3"}}', says: /registry `reg\.example\.com:5000`, repository `shop\/api`, tag `2\.3`\. Whatever the registry has/ },
    { on: `TaskTemplate: {ContainerSpec: {Image: "a:1@sha256:${'0'.repeat(64)}|"}}`, says: /digest `sha256:000000000000…`\. Every task runs exactly this image/ },
    { on: 'TaskTemplate: {ContainerSpec: {Image: Up|per}}', says: /^(?![^]*registry `)/ },
    { on: 'TaskTemplate: {ContainerSpec: {Secrets: [{SecretNa|me: pw, SecretID: x, File: {Name: pw, UID: "0", GID: "0", Mode: 292}}]}}', says: /The secret `pw` becomes the file `\/run\/secrets\/pw`, mode 0444 \(r--r--r--\), owner 0:0/ },
    { on: 'TaskTemplate: {ContainerSpec: {Image: ngi|nx}}', says: /whatever the registry has under the tag when a task starts/ },
    { on: 'TaskTemplate: {ContainerSpec: {Secrets: [{SecretName: c, File: {Na|me: c, Mode: 0444}}]}}', says: /The secret `c` becomes the file `\/run\/secrets\/c`\./ },
    { on: 'TaskTemplate: {ContainerSpec: {Configs: [{ConfigName: c, File: {Na|me: /etc/c}}]}}', says: /The config `c` becomes the file `\/etc\/c`, readable by root only/ },
    { on: 'EndpointSpec: {Ports: [{TargetPort: 8|0, PublishedPort: 8080}]}', says: /Port 8080 on every node of the swarm leads to port 80\/tcp of a task/ },
    { on: 'EndpointSpec: {Ports: [{Target|Port: 53, Protocol: udp, PublishMode: host}]}', says: /A free port on each node that runs a task leads to port 53\/udp/ },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Type: vol|ume, Source: data, Target: /d, ReadOnly: true}]}}', says: /The volume `data` of the node that runs the task is at `\/d`, read-only/ },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Type: tmpfs, Tar|get: /t, TmpfsOptions: {SizeBytes: 1048576}}]}}', says: /A file system in memory is at `\/t`, 1 MiB at most/ },
    { on: 'TaskTemplate: {ContainerSpec: {Healthcheck: {Te|st: [CMD-SHELL, curl x]}}}', says: /the shell of the image runs `curl x`/ },
    { on: 'TaskTemplate: {ContainerSpec: {Healthcheck: {Test: [NO|NE]}}}', says: /turns the health check of the image off/ },
    { on: 'TaskTemplate: {ContainerSpec: {Hostname: "a-{{.Task.Sl|ot}}"}}', says: /`\.Task\.Slot` is the number of the replica/ },
    { on: 'TaskTemplate: {ContainerSpec: {Env: ["PW=hunter2-{{.Node.ID|}}"]}}', says: /^(?![^]*hunter2)[^]*`\.Node\.ID` is the ID of the node/ },
    { on: 'TaskTemplate: {RestartPolicy: {Condition: on-fail|ure}}', says: /`on-failure`: Replace a task only when/ },
    { on: 'TaskTemplate: {ContainerSpec: {Sysctls: {net.core.soma|xconn: "1024"}}}', says: /^\*\*Sysctls\*\*[^\n]*\n\n`net\.core\.somaxconn`: Longest queue of connections/ },
    { on: 'TaskTemplate: {LogDriver: {Name: json-file, Options: {max-size: 1|0m}}}', says: /`max-size`: Size at which a file is rotated/ },
    { on: 'TaskTemplate: {logdriver: {name: gelf, options: {gelf-addr|ess: x}}}', says: /`gelf-address`: Where the messages go/ },
    { on: 'TaskTemplate: {LogDriver: {Options: {mo|de: non-blocking}}}', says: /`mode`: `blocking`, or `non-blocking`/ },
    { on: 'TaskTemplate: {LogDriver: {Name: gelf, Options: {max-s|ize: 10m}}}', says: /^(?![^]*file is rotated)/ },
  ];
  for (const { on, says, reading } of meant) it(`${on}: in words`, () => assert.match(hoverAt(on, reading), says as RegExp));

  describe('with the running service at hand', () => {
    const swarm: SwarmNames = {
      revision: 1,
      networks: [{ id: 'n1', name: 'backend', scope: 'swarm' }],
      services: [{
        id: 'x', name: 'web',
        spec: {
          Name: 'web', Labels: { a: 'secret-label' }, Mode: { Replicated: { Replicas: 3 } }, UpdateConfig: { Parallelism: 1, Delay: 5_000_000_000 },
          TaskTemplate: { ContainerSpec: { Image: 'nginx:1.26@sha256:' + '0'.repeat(64), Env: ['A=hunter2'] }, Networks: [{ Target: 'n1' }] },
        },
      }],
    };
    const cases: { on: string; live: RegExp | undefined }[] = [
      { on: 'Name: web\nMode: {Replicated: {Repli|cas: 2}}\n', live: /`3` in the running service/ },
      { on: 'Name: web\nMode: {Replicated: {Repli|cas: 3}}\n', live: undefined },
      { on: 'Name: other\nMode: {Replicated: {Repli|cas: 2}}\n', live: undefined },
      { on: 'Name: web\nUpdateConfig: {Parallelism: 1, De|lay: 6000000000}\n', live: /`5000000000` \(5 s\)/ },
      { on: 'Name: web\nTaskTemplate: {ContainerSpec: {Ima|ge: "nginx:1.26"}}\n', live: undefined },
      { on: 'Name: web\nTaskTemplate: {ContainerSpec: {Ima|ge: "nginx:1.27"}}\n', live: /nginx:1\.26/ },
      { on: 'Name: web\nTaskTemplate: {ContainerSpec: {En|v: [A=b]}}\n', live: /something else/ },
      { on: 'Name: web\nLabels: {a: o|ther}\n', live: /something else/ },
      { on: 'Name: web\nTaskTemplate: {Networks: [{Tar|get: backend}]}\n', live: undefined },
      { on: 'Name: web\nEndpointSpec: {Mo|de: dnsrr}\n', live: /left out/ },
    ];
    for (const { on, live } of cases) {
      it(on.replaceAll('\n', '⏎'), () => {
        const said = hoverAt(on, { swarm });
        assert.doesNotMatch(said, /hunter2|secret-label/);
        if (live) assert.match(/\*\*Live:\*\* .*/.exec(said)?.[0] ?? said, live);
        else assert.doesNotMatch(said, /Live:/);
      });
    }
  });

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
