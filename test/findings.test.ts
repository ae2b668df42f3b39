import * as assert from 'node:assert/strict';
import { locate } from '../server/src/document/document';
import type { SpecValue } from '../server/src/document/value';
import { ruleDocs } from '../server/src/features/explain';
import { isAboutWhatIsSent } from '../server/src/features/validate';
import { resolveTarget, type Surroundings } from '../server/src/features/target';
import type { Finding } from '../server/src/finding';
import { type Path, toPointer } from '../server/src/path';
import { jsonCorpus } from './support/corpus';
import { check, findingsOf, fixAll, fixOf, read, type Reading, underlined } from './support/marked';
import { specWith } from './support/specWith';
import { mergePatch, syntaxIn, valueOf, type Writing, write, writeValue, WRITINGS } from './support/writings';

const SMALLEST = { Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } } };

/** The first word that a finding underlines: the same in every writing, whatever the quotes and braces. */
function underlinedWord(text: string, finding: Finding): string {
  return /[\w$.*/@:^][\w$.*/@:^-]*/.exec(underlined(text, finding).replaceAll(/["'{}[\]]/g, ''))?.[0].replace(/:$/, '') ?? '';
}

/** What stands under a rule of the facts: the whole of it, without quotes. Written by hand. */
const UNDERLINED: Readonly<Record<string, string>> = {
  'unknown-field': 'Replcas', 'misplaced-field': 'Env', 'wrong-case': 'mode', 'wrong-type': '10s', 'integer-form': '1e9', 'octal-number': '0700', 'number-range': '512',
  'number-cut': '4294967297', 'unknown-value': 'always', 'value-case': 'TCP', 'missing-field': 'Image', 'never-stored': 'Consistency', 'deprecated-field': 'Networks',
  'not-base64': '{', 'needs-newer-api': 'CapabilityAdd', 'not-an-address': '1.1.1.1:53', 'duplicate-key': 'Name', 'text-encoding': '\\ud800', 'yaml-syntax': '-', 'inspect-output': 'Spec', 'compose-file': 'services',
  'schema-reference': '$schema', 'unknown-modeline': 'version=1.44', 'api-not-spoken': 'api=1.52', 'trailing-text': '{}', 'json-syntax': ',',
};

describe('the example of each rule', () => {
  for (const { id, bad, good, whole } of ruleDocs().filter(({ live }) => live === undefined)) {
    const found = (text: string, reading: Reading) => findingsOf(text, reading).filter(({ rule }) => rule === id);
    if (whole) {
      it(`${id}: is found in the bad one and not in the good one (${whole})`, () => {
        const [finding, ...more] = found(bad, { syntax: whole });
        assert.ok(finding, 'the bad example has no such finding');
        assert.deepEqual(more, []);
        assert.ok(finding.span.start < finding.span.end && finding.span.end <= bad.length);
        if (UNDERLINED[id]) assert.equal(underlined(bad, finding).replaceAll(/^["']|["']$/g, ''), UNDERLINED[id]);
        assert.deepEqual(found(good, { syntax: whole }), []);
      });
      continue;
    }
    it(`${id}: is found in the bad one, at the same place in every writing, and not in the good one`, () => {
      const places = WRITINGS.map((writing) => {
        // JSON has no octal numbers at all, and says so
        if (id === 'octal-number' && syntaxIn(writing) === 'json') return undefined;
        const reading = { syntax: syntaxIn(writing) };
        const text = example(bad, writing);
        const findings = found(text, reading);
        assert.ok(findings.length > 0, `nothing is found in ${writing}:\n${text}`);
        assert.deepEqual(found(example(good, writing), reading), [], `${writing}:\n${example(good, writing)}`);
        for (const finding of findings) {
          assert.ok(finding.span.start < finding.span.end && finding.span.end <= text.length, `${writing}: ${finding.span.start} to ${finding.span.end}`);
          assertAtPath(text, finding, reading);
          if (UNDERLINED[id]) assert.equal(underlined(text, finding).replaceAll(/^["']|["']$/g, ''), UNDERLINED[id]);
        }
        return findings.map((finding) => ({ pointer: toPointer(finding.path), word: underlinedWord(text, finding) }));
      }).filter((places) => places !== undefined);
      for (const place of places) assert.deepEqual(place.map(({ pointer }) => pointer), places[0].map(({ pointer }) => pointer));
      // of an object over several lines, only the brace is underlined
      const words = new Set(places.map((place) => place.map(({ word }) => word)).filter((all) => !all.includes('')).map((all) => all.join(' ')));
      assert.ok(words.size <= 1, [...words].join(' | '));
    });
  }

  it('has an expected stretch for no rule that is gone', () => {
    const ids = new Set(ruleDocs().map(({ id }) => id));
    assert.deepEqual(Object.keys(UNDERLINED).filter((id) => !ids.has(id)), []);
  });
});

/** An example over the smallest valid spec; numbers keep the form in which the example has them. */
function example(yaml: string, writing: Writing): string {
  return writeValue(mergePatch(SMALLEST, valueOf(yaml, 'yaml') as SpecValue), writing);
}

/** The stretch lies on the key or value that the path names, or on its nearest ancestor that is there. */
function assertAtPath(text: string, { span, path, rule }: Finding, reading: Reading): void {
  const { document } = read(text, reading).documents[0];
  let at: Path = path;
  while (at.length > 0 && !locate(document, at)) at = at.slice(0, -1);
  const found = locate(document, at);
  const start = found?.entry?.keyStart ?? found?.node?.start ?? 0;
  const end = Math.max(found?.node?.end ?? 0, found?.entry?.keyEnd ?? 0, start + 1);
  assert.ok(span.start >= start && span.end <= end, `${rule} underlines ${span.start} to ${span.end}, and ${toPointer(path)} stands at ${start} to ${end}`);
}

describe('wrong-type', () => {
  check('turns a time as text into nanoseconds', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    StopGracePeriod: 1m30s
#                    ^^^^^ wrong-type: \`StopGracePeriod\` is text (\`"1m30s"\`), and the engine counts nanoseconds. Write \`90000000000\`.
`);
  check('is found for a single value where a list is wanted', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Command: sleep 5
#            ^^^^^^^ wrong-type: \`Command\` is text
`);
  check('is found for a number where text is wanted, without showing the value of a label', `
Labels: { version: 2 }
#                  ^ wrong-type: \`version\` is a number, and the engine takes a string here.
`);
  check('underlines the key of an object or list', `
Mode: [Global]
^^^^ wrong-type: \`Mode\` is a list
`);
  check('is not said of null, which equals leaving out', `
Mode: null
UpdateConfig:
TaskTemplate:
  ContainerSpec: { Image: busy:1, Hostname: null, Env: null }
`);
  check.json('is found for the whole document', `
["x"]
 ^^^ wrong-type: A service spec is an object
`);
});

describe('a value that the engine refuses', () => {
  const CONTAINER = 'TaskTemplate: { ContainerSpec: { Image: "busy:1" }';
  check('is not taken for left out: a condition', `
${CONTAINER}, RestartPolicy: { Condition: unless-stopped } }
#                                                                               ^^^^^^^^^^^^^^ unknown-value
`);
  check('is not taken for left out: counts of a job', `
Mode: { ReplicatedJob: { MaxConcurrent: all } }
#                                       ^^^ wrong-type
`);
  const said = (text: string) => findingsOf(text).map(({ rule }) => rule).filter((rule) => rule !== 'floating-image-tag' && rule !== 'replicas-missing');
  const cases = [
    `Name: a\n${CONTAINER}, RestartPolicy: { Condition: "no" } }`, `Name: a\n${CONTAINER} }\nMode: { ReplicatedJob: { MaxConcurrent: all, TotalCompletions: 3 } }`,
    `Name: a\n${CONTAINER} }\nEndpointSpec: { Ports: [{ TargetPort: http, PublishedPort: 80 }] }`, `Name: a\n${CONTAINER} }\nEndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: http }] }`,
    'Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1", Ulimits: [{ Name: nofile, Hard: lots, Soft: 1 }] } }', 'Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1", Mounts: [{ Type: nfs, Target: /a }] } }',
  ];
  for (const text of cases) it(`is all there is to say: ${text.split('\n').pop()}`, () => assert.equal(said(text).length, 1, said(text).join()));
  it('keeps the fix of its own', () => {
    const fixes = findingsOf(`Name: a\nMode: { Global: {} }\n${CONTAINER}, RestartPolicy: { Condition: On-Failure } }`).flatMap((finding) => finding.fixes.map(({ title }) => title));
    assert.deepEqual(fixes, ['Write `on-failure`']);
  });
  it('is not written again beside a misspelt key', () => {
    for (const text of [`Name: a\n${CONTAINER}, RestartPolicy: { Conditon: none } }`, `Name: a\n${CONTAINER} }\nMode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletion: 3 } }`]) assert.deepEqual(said(text), ['unknown-field'], text);
  });
  for (const text of [
    'Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1", Mounts: [{ Type: image, Source: "alpine:3", Target: /a, VolumeOptions: { NoCopy: true }, TmpfsOptions: { Mode: 448 } }] } }',
    `Name: a\n${CONTAINER}, RestartPolicy: { Condition: never, MaxAttempts: 3, Delay: 5000000000, Window: 5000000000 } }`,
    `Name: a\n${CONTAINER} }\nUpdateConfig: { Parallelism: 1, MaxFailureRatio: 1, FailureAction: resume }`,
    'Name: a\nTaskTemplate: { Runtime: plugn, PluginSpec: { name: p, remote: "p:1" } }',
    `Name: a\n${CONTAINER} }\nEndpointSpec: { Mode: dnsrr, Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: 5 }] }`,
    `Name: a\n${CONTAINER} }\nEndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080 }, { TargetPort: 80, PublishedPort: 8080, Protocol: 5 }] }`,
  ]) {
    it(`decides nothing about what stands beside it: ${text.split('\n').pop()}`, () => assert.equal(said(text).length, 1, said(text).join()));
  }
  for (const [text, missing] of [
    ['UpdateConfig: { Delay: "10000000000" }', 'parallelism-missing'], [`${CONTAINER}, RestartPolicy: { MaxAttempts: "3" } }`, 'restart-condition-missing'],
    ['TaskTemplate: { ContainerSpec: { Image: "busy:1", Mounts: [{ Source: /srv, Target: /a, ReadOnly: "true" }] } }', 'mount-type-missing'],
    ['EndpointSpec: { Ports: [{ PublishedPort: "80" }] }', 'port-without-target'],
  ]) {
    it(`hides nothing that is missing beside it, so that mending it brings nothing new: ${text}`, () => {
      const whole = text.startsWith('TaskTemplate') ? `Name: a\n${text}\n` : `Name: a\n${CONTAINER} }\n${text}\n`;
      assert.deepEqual(said(whole).sort(), [missing, 'wrong-type']);
      assert.deepEqual(said(fixOf(whole, 'wrong-type')), [missing]);
    });
  }
  it('hides no fault of a value whose key has another letter case', () => assert.ok(said('NAME: a\nTASKTEMPLATE: { CONTAINERSPEC: { IMAGE: "NGINX:1.27" } }').includes('bad-image')));
  it('hides no fault of the object around it', () => assert.ok(said('Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1" } }\nEndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, Protocol: quic }, { TargetPort: 81, PublishedPort: 8080, Protocol: quic }] }').includes('duplicate-published-port')));
});

describe('numbers', () => {
  check('a whole number with an exponent or a fraction is refused', `
Mode:
  Replicated: { Replicas: 1e1 }
#                         ^^^ integer-form: \`Replicas\` is written \`1e1\`
TaskTemplate:
  ForceUpdate: 1.0
#              ^^^ integer-form
  RestartPolicy: { Condition: any, MaxAttempts: -0 }
#                                               ^^ integer-form
  ContainerSpec: { Image: busy:1, StopGracePeriod: -0 }
`);
  check('every digit up to the limit of the Go type is fine', `
TaskTemplate:
  ForceUpdate: 18446744073709551615
  ContainerSpec: { Image: busy:1 }
`);
  check('one more is not', `
TaskTemplate:
  ForceUpdate: 18446744073709551616
#              ^^^^^^^^^^^^^^^^^^^^ number-range: \`ForceUpdate\` is 18446744073709551616
  ContainerSpec: { Image: busy:1 }
`);
  check('memory below the minimum is most likely in megabytes', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Resources: { Limits: { MemoryBytes: 512 } }
#                                     ^^^ number-range: \`MemoryBytes\` is 512 (512 B), and the engine takes
`);
  check('a fraction is fine where one belongs', `
UpdateConfig: { Parallelism: 1, MaxFailureRatio: 0.25 }
`);
  check('octal in YAML 1.2 is written 0o', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Mounts:
      - { Type: tmpfs, Target: /a, TmpfsOptions: { Mode: 0o1777 } }
      - { Type: tmpfs, Target: /b, TmpfsOptions: { Mode: 01777 } }
#                                                        ^^^^^ octal-number: \`01777\` is not octal in YAML 1.2: it is sent as 1777.
`);
});

describe('words', () => {
  check('an unknown word that is refused is an error with the near miss', `
UpdateConfig: { Parallelism: 1, FailureAction: rollbck }
#                                              ^^^^^^^ unknown-value: \`rollbck\` is not a value of \`FailureAction\`, and the engine refuses it. Did you mean \`rollback\`?
`);
  check('a word in the wrong letter case is refused where the engine looks at it', `
UpdateConfig: { Parallelism: 1, FailureAction: Rollback }
#                                              ^^^^^^^^ unknown-value
`);
  check('a word that silently becomes another is said to', `
EndpointSpec:
  Ports:
    - { TargetPort: 80, PublishMode: hots }
#                                    ^^^^ unknown-value: \`hots\` is not a value of \`PublishMode\`, and the engine silently makes \`ingress\` of it. Did you mean \`host\`?
`);
  check('a word of compose files and containers is told in the word that says the same', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  RestartPolicy: { Condition: unless-stopped }
#                             ^^^^^^^^^^^^^^ unknown-value: \`unless-stopped\` is not a value of \`Condition\`, and the engine refuses it. Did you mean \`any\`?
`);
  check('quotes are not part of the word', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  RestartPolicy: { Condition: "always" }
#                             ^^^^^^^^ unknown-value
`);
});

describe('a refusal that comes of something nobody meant', () => {
  check('is told at the word that the engine reads as another', `
EndpointSpec:
  Ports:
    - { TargetPort: 53, PublishedPort: 53, Protocol: icmp }
#                                                    ^^^^ unknown-value
#                                                    ^^^^ duplicate-published-port: \`53/tcp\` is published by \`Ports[0]\` and by \`Ports[1]\`
    - { TargetPort: 53, PublishedPort: 53, Protocol: tcp }
`);
  check('also where it is the mode of a port', `
EndpointSpec:
  Mode: dnsrr
  Ports:
    - { TargetPort: 53, PublishedPort: 53, PublishMode: swarm }
#                                                       ^^^^^ unknown-value
#                                                       ^^^^^ ingress-port-with-dnsrr
`);
  check('is told at the port that does not say its protocol', `
EndpointSpec:
  Ports:
    - { TargetPort: 53, PublishedPort: 53 }
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ duplicate-published-port
    - { TargetPort: 53, PublishedPort: 53, Protocol: tcp }
`);
  it('is told at the text that is too long', () => {
    const places = (spec: object) => findingsOf(JSON.stringify(spec), { syntax: 'json' }).filter(({ rule }) => rule === 'spec-too-large').map(({ path }) => toPointer(path));
    const long = (length: number) => 'x'.repeat(length);
    const TaskTemplate = { ContainerSpec: { Image: 'busy:1', Env: ['A=1', `B=${long(1_600_000)}`] } };
    assert.deepEqual(places({ TaskTemplate }), ['/TaskTemplate/ContainerSpec/Env/1']);
    assert.deepEqual(places({ ...SMALLEST, Labels: { a: long(800_000), b: long(800_000) } }), ['/Labels']);
  });
});

describe('API versions', () => {
  check('a field that is erased below its version is lost', `
# swarmspec: api=1.45
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    OomScoreAdj: 100
#   ^^^^^^^^^^^ needs-newer-api: \`OomScoreAdj\` needs API v1.46; this file targets v1.45, where the engine drops it without a word.
`);
  check('it is fine from its version on', `
# swarmspec: api=1.46
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    OomScoreAdj: 100
`);
  check('networks of the service are deprecated since 1.44', `
Networks: [{ Target: frontend }]
^^^^^^^^ deprecated-field: \`Networks\` on the service is deprecated since API v1.44. Use \`TaskTemplate.Networks\`.
`);
  check('and not before', `
# swarmspec: api=1.43
Networks: [{ Target: frontend }]
`);
  check('engine 29 throws them away', `
# swarmspec: engine=29
Networks: [{ Target: frontend }]
^^^^^^^^ deprecated-field: \`Networks\` on the service is thrown away by engine 29
`);
  check('only engine 29 speaks the newest versions', `
# swarmspec: api=1.52
Networks: [{ Target: frontend }]
^^^^^^^^ deprecated-field: \`Networks\` on the service is thrown away by engine 29
`);
  check('a field of containers is never stored', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Mounts:
      - Type: bind
        Source: /a
        Target: /a
        Consistency: cached
#       ^^^^^^^^^^^ never-stored: The engine accepts \`Consistency\` and throws it away at every API version.
`);
  check('a modeline that says something else is told', `
# swarmspec: version=1.44 api=1.49
#            ^^^^^^^^^^^^ unknown-modeline
Mode: {}
`);
  check('so are values that name nothing, each at its place', `
# swarmspec: api=1.99 engine=new as=Nowhere
#            ^^^^^^^^ unknown-modeline: \`1.99\` is no API version that is known; v1.49 is taken.
#                     ^^^^^^^^^^ unknown-modeline: \`new\` is no release of the engine.
#                                ^^^^^^^^^^ unknown-modeline: \`Nowhere\` is no part of a spec.
Mode: {}
`);
  it('and nothing is mended where nobody knows which part of a spec this is', () => {
    const text = '# swarmspec: as=Containerspec\nImage: a:1\n';
    assert.match(findingsOf(text)[0].message, /Did you mean `TaskTemplate\.ContainerSpec`/);
    assert.equal(fixAll(text), text);
  });
  check('an engine refuses versions that are newer than itself', `
# swarmspec: api=1.52 engine=28.5
#            ^^^^^^^^ api-not-spoken: Engine 28 speaks API v1.51 at most, and refuses every request for v1.52.
Mode: {}
`);
  check('engine 29 refuses old ones', `
# swarmspec: engine=29 api=1.39
#                      ^^^^^^^^ api-not-spoken: Engine 29 speaks no API version below v1.40, and refuses every request for v1.39.
Mode: {}
`);
});

describe('a message that counts something', () => {
  check('says one of it as one: a restart', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  RestartPolicy: { Condition: any, MaxAttempts: 1, Delay: 10000000000, Window: 5000000000 }
#                                                                              ^^^^^^^^^^ attempts-never-reached: \`Window\` is 5 s, and 1 restart with a \`Delay\` of 10 s takes 10 s:
`);
  check('says one of it as one: a probe', `
TaskTemplate:
  ContainerSpec: { Image: busy:1, Healthcheck: { Test: [CMD, a], Interval: 30000000000, Retries: 1 } }
UpdateConfig: { Parallelism: 1, Monitor: 10000000000, FailureAction: rollback }
#                                        ^^^^^^^^^^^ monitor-too-short: \`Monitor\` is 10 s, and the health check takes 30 s to fail (1 bad probe, one every 30 s)
`);
  check('says one of it as one: a byte', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  LogDriver: { Name: json-file, Options: { max-size: "1" } }
#                                                    ^^^ tiny-size: \`max-size\` is \`1\`, which is 1 byte:
`);
  check('says one of it as one: a replica', `
Mode: { Replicated: { Replicas: 1 } }
TaskTemplate: { ContainerSpec: { Image: busy:1 }, Placement: { MaxReplicas: 1 } }
UpdateConfig: { Parallelism: 2, Order: start-first }
#                            ^ parallelism-above-replicas: \`Parallelism\` is 2, and there is 1 replica: all of them
#                                      ^^^^^^^^^^^ start-first-with-max-replicas: The old task still counts towards \`MaxReplicas\` of 1 when the new one starts first: with fewer than 2 eligible nodes for 1 replica the update hangs.
`);
  it('is not needed where one node is enough', () => {
    const found = findingsOf('Name: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate: { ContainerSpec: { Image: busy:1 }, Placement: { MaxReplicas: 3 } }\nUpdateConfig: { Parallelism: 1, Order: start-first }\n');
    assert.deepEqual(found.map(({ rule }) => rule), []);
  });
});

describe('monitor-too-short', () => {
  const text = (health: string, update: string) => findingsOf(`Name: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate: { ContainerSpec: { Image: "busy:1", Healthcheck: { ${health} } } }\nUpdateConfig: { Parallelism: 1, ${update} }\n`).map(({ rule, severity }) => `${severity} ${rule}`);
  for (const [health, update, found] of [
    ['Test: [CMD, a]', 'FailureAction: rollback', true], ['Test: [CMD, a]', 'FailureAction: pause', true], ['Test: [CMD, a]', 'Monitor: 60000000000', true], ['Interval: 10000000000', 'FailureAction: rollback', true],
    ['Test: [CMD, a], Interval: 1000000000', 'FailureAction: rollback', false], ['Test: [CMD, a]', 'FailureAction: rollback, Monitor: 90000000000', false],
    ['Test: [CMD, a]', 'FailureAction: continue', false], ['Test: [CMD, a]', 'Order: stop-first', false], ['Retries: 5', 'FailureAction: rollback', false], ['Test: [NONE]', 'FailureAction: rollback', false],
  ] as const) {
    it(`counts with the defaults of what is left out: { ${health} }, { ${update} }`, () => assert.deepEqual(text(health, update), found ? ['information monitor-too-short'] : []));
  }
  it('takes a `Monitor` of 0 for the default', () => assert.deepEqual(text('Test: [CMD, a]', 'Monitor: 0'), ['information monitor-too-short']));
  it('is silent where every task may fail', () => assert.deepEqual(text('Test: [CMD, a]', 'Monitor: 10000000000, FailureAction: rollback, MaxFailureRatio: 1'), ['information failure-action-never']));

  const says = (health: string, update: string) => findingsOf(`Name: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate: { ContainerSpec: { Image: "busy:1", Healthcheck: { Test: [CMD, a], ${health} } } }\nUpdateConfig: { Parallelism: 1, FailureAction: pause, ${update} }\n`)[0];
  it('says whether a default is written or left out', () => {
    assert.match(says('Interval: 0', 'Monitor: 0').message, /^`Monitor` is 5 s, the default, .* one every 30 s, the default\)/);
    assert.match(says('Retries: 2', 'Order: stop-first').message, /^`Monitor` is 5 s when left out, .* one every 30 s when `Interval` is left out\)/);
  });
  it('asks for a number that is enough', () => assert.match(says('Interval: 10000000000', 'Monitor: 10000000000').hint ?? '', /^Write a `Monitor` of at least 30 s, `30000000000`/));
});

describe('floating-image-tag', () => {
  const said = (tag: string) => findingsOf(`Name: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate: { ContainerSpec: { Image: "busy${tag}" } }\n`).map(({ rule, severity }) => `${severity} ${rule}`);
  for (const tag of ['', ':latest', ':latest-alpine', ':latest-alpine3.20', ':edge', ':main', ':master', ':nightly', ':stable', ':stable-alpine', ':dev']) {
    it(`is said of \`busy${tag}\``, () => assert.deepEqual(said(tag), ['information floating-image-tag']));
  }
  for (const tag of [':1', ':1.27-alpine', ':main-4f2a1c', ':nightly-20260801', ':dev1', ':later', `:latest@sha256:${'a'.repeat(64)}`]) it(`is not said of \`busy${tag}\``, () => assert.deepEqual(said(tag), []));
});

describe('a 1 where a unit was forgotten', () => {
  for (const [place, rule] of [
    ['TaskTemplate.RestartPolicy.Delay', 'tiny-duration'], ['TaskTemplate.RestartPolicy.Window', 'tiny-duration'], ['UpdateConfig.Delay', 'tiny-duration'], ['UpdateConfig.Monitor', 'tiny-duration'],
    ['TaskTemplate.ContainerSpec.StopGracePeriod', 'stop-grace-period'], ['TaskTemplate.ContainerSpec.Mounts.0.TmpfsOptions.SizeBytes', 'tiny-size'],
  ]) {
    it(`is no warning, since people also write it for the smallest there is: ${place}`, () => {
      const said = (written: string) => findingsOf(specWith(place, written)).map((finding) => `${finding.severity} ${finding.rule}`);
      assert.deepEqual([said('1'), said('2'), said('0')], [[`information ${rule}`], [`warning ${rule}`], []]);
    });
  }
});

describe('replicas-missing', () => {
  const found = (text: string) => findingsOf(text).filter(({ rule }) => rule === 'replicas-missing').map(({ severity, message }) => `${severity}: ${message}`);
  const SPEC = 'Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1" } }\n';
  it('is said of a spec without a mode, which an update scales to one', () => {
    assert.deepEqual(found(SPEC), ['information: `Mode` is missing: a new service gets 1 replica, and an update scales the service to 1, however many it has.']);
    assert.deepEqual(found(fixOf(SPEC, 'replicas-missing')), []);
    assert.deepEqual(read(fixOf(SPEC, 'replicas-missing')).documents[0].document.value, { Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: { Replicated: { Replicas: 1 } } });
    assert.equal(fixAll(SPEC), SPEC);
  });
  for (const [name, text] of [
    ['a fragment', '# swarmspec: as=partial\nTaskTemplate: { ContainerSpec: { Image: "busy:1" } }\n'],
    ['a plugin, which is global by itself', 'Name: a\nTaskTemplate: { Runtime: plugin, PluginSpec: { name: p, remote: "p:1" } }\n'],
    ['a mode that is refused', `${SPEC}Mode: global\n`],
    ['a key that may be meant for it', `${SPEC}Mod: { Global: {} }\n`],
    ['one that stands elsewhere', 'Name: a\nTaskTemplate: { ContainerSpec: { Image: "busy:1" }, Mode: { Global: {} } }\n'],
    ['what has nothing to run', 'Name: a\n'],
    ['any mode', `${SPEC}Mode: { Global: {} }\n`],
    ['a kind that is refused', `${SPEC}Mode: { Global: true }\n`],
    ['a plugin with a mode that says nothing', 'Name: a\nMode: {}\nTaskTemplate: { Runtime: plugin, PluginSpec: { name: p, remote: "p:1" } }\n'],
  ]) {
    it(`is not said of ${name}`, () => assert.deepEqual(found(text), []));
  }
  it('is not hidden by what is wrong with other fields', () => assert.equal(found('name: 5\nTaskTemplate: { ContainerSpec: { Image: "busy:1" } }\nlabels: 5\n').length, 1));
});

describe('a value that is refused', () => {
  const found = (text: string) => findingsOf(text).map(({ rule }) => rule);
  const spec = (container: string, rest = '') => `Name: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate:\n  ContainerSpec: { Image: "busy:1", ${container} }\n${rest}`;
  const UPDATE = 'UpdateConfig: { Parallelism: 1, FailureAction: rollback }\n';
  for (const [name, text, rule] of [
    ['a `Monitor`', spec('Healthcheck: { Test: [CMD, a] }', 'UpdateConfig: { Parallelism: 1, FailureAction: rollback, Monitor: 1m }\n'), 'wrong-type'],
    ['an `Interval`', spec('Healthcheck: { Test: [CMD, a], Interval: 10s }', UPDATE), 'wrong-type'],
    ['`Retries`', spec('Healthcheck: { Test: [CMD, a], Retries: "1" }', UPDATE), 'wrong-type'],
    ['a `Delay`', spec('User: "1"', '  RestartPolicy: { Condition: any, Delay: 1s, MaxAttempts: 5, Window: 20000000000 }\n'), 'wrong-type'],
    ['a `Delay` of a fragment', '# swarmspec: as=TaskTemplate.RestartPolicy\n{ Condition: any, Delay: 1s, MaxAttempts: 5, Window: 20000000000 }\n', 'wrong-type'],
    ['`MaxAttempts`', spec('User: "1"', '  RestartPolicy: { Condition: any, MaxAttempts: "5", Window: 20000000000 }\n'), 'wrong-type'],
    ['a seccomp profile', spec('Privileges: { Seccomp: { Mode: custom, Profile: e30 } }'), 'not-base64'],
    ['a limit', spec('Ulimits: [{ Name: nofile, Soft: 100, Hard: "200" }]'), 'wrong-type'],
  ] as const) {
    it(`is not taken for one that is left out: ${name}`, () => assert.deepEqual(found(text), [rule]));
  }
});

describe('swap space', () => {
  const said = (modeline: string, resources: string) => findingsOf(`# swarmspec: ${modeline}\nName: a\nMode: { Replicated: { Replicas: 2 } }\nTaskTemplate: { ContainerSpec: { Image: "busy:1" }, Resources: ${resources} }\n`).map(({ rule, severity }) => `${severity} ${rule}`);
  const LIMIT = 'Limits: { MemoryBytes: 67108864 }';
  for (const [modeline, resources, found] of [
    ['api=1.52', '{ SwapBytes: 100000 }', ['error swap-without-memory-limit']], ['api=1.55', '{ SwapBytes: -1, Limits: { Pids: 100 } }', ['error swap-without-memory-limit']], ['api=1.55', '{ SwapBytes: -1, Limits: { MemoryBytes: 1e9 } }', ['error integer-form']], ['api=1.52', `{ SwapBytes: 0, ${LIMIT} }`, []],
    ['api=1.52', `{ SwapBytes: -1, ${LIMIT} }`, []], ['api=1.52', `{ SwapBytes: -2, ${LIMIT} }`, ['information swap-out-of-range']], ['api=1.52', '{ MemorySwappiness: -1 }', []],
    ['api=1.52', '{ MemorySwappiness: -2 }', ['information swap-out-of-range']], ['api=1.52', '{ MemorySwappiness: 101 }', ['information swap-out-of-range']], ['api=1.51', '{ SwapBytes: 100000 }', ['error needs-newer-api']],
  ] as const) {
    it(`${modeline}: ${resources}`, () => assert.deepEqual(said(modeline, resources), found));
  }
});

describe('empty items', () => {
  check('take the engine down where it does not look', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Secrets:
      - null
#       ^^^^ null-item: An empty item in \`Secrets\` makes the engine's request handler panic
`);
  check('become empty text in labels', `
Labels:
  team:
# ^^^^ null-item: \`team\` in \`Labels\` has no value
`);
});

describe('documents that are as they should be', () => {
  const silent: [string, string][] = [
    ['a small one', 'Mode: { Replicated: { Replicas: 0 } }\n'],
    ['a job', 'Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 } }\nTaskTemplate: { ContainerSpec: { Image: busy:1 }, RestartPolicy: { Condition: none } }\n'],
    ['a published port', 'EndpointSpec: { Mode: vip, Ports: [{ Protocol: tcp, TargetPort: 80, PublishedPort: 8080, PublishMode: ingress }] }\n'],
    ['a port on the host with dnsrr', 'EndpointSpec: { Mode: dnsrr, Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }] }\n'],
    ['placement', 'TaskTemplate: { ContainerSpec: { Image: busy:1 }, Placement: { Constraints: [node.role==manager, "node.labels.zone != a"], Preferences: [{ Spread: { SpreadDescriptor: node.labels.zone } }], MaxReplicas: 2 } }\n'],
    ['environment and files', 'TaskTemplate: { ContainerSpec: { Image: "busy:1", Env: [A=b, "C={{.Node.Hostname}}"], Secrets: [{ SecretID: x1, SecretName: s, File: { Name: s, UID: "0", GID: "0", Mode: 292 } }] } }\n'],
    ['empty lists and objects', 'Labels: {}\nNetworks: []\nEndpointSpec: {}\nTaskTemplate: { ContainerSpec: { Image: busy:1, Env: [], Healthcheck: {} }, Networks: [] }\n'],
    ['an empty enum', 'TaskTemplate: { ContainerSpec: { Image: busy:1, Isolation: "" }, RestartPolicy: { Condition: "" } }\n'],
    ['merge keys', 'TaskTemplate: { ContainerSpec: { Image: busy:1 }, Resources: { Limits: &l { NanoCPUs: 1000000000 }, Reservations: { <<: *l, MemoryBytes: 67108864 } } }\n'],
  ];
  for (const [name, text] of silent) check(name, text);

  it('says of nothing at all only that', () => assert.deepEqual(['', '\n', '# only a comment\n', '---\n', '---\n# a\n---\n'].flatMap((text) => findingsOf(text).map(({ rule }) => rule)), Array(5).fill('nothing-to-check')));
});

describe('a spec inside of something else', () => {
  const SPEC = '{"Name": "a", "TaskTemplate": {"ContainerSpec": {"Image": "b", "Hostnam": "x"}}}';
  const pointers = (text: string) => findingsOf(text, { syntax: 'json' }).filter(({ rule }) => rule === 'unknown-field').map(({ path }) => toPointer(path));
  const AT = '/TaskTemplate/ContainerSpec/Hostnam';
  for (const [name, text, wanted] of [
    ['nothing', SPEC, [AT]],
    ['the output of inspect', `[{"ID": "x", "Version": {"Index": 5}, "CreatedAt": "", "Spec": ${SPEC}}]`, [`/0/Spec${AT}`]],
    ['one object of it', `{"ID": "x", "Spec": ${SPEC}, "Endpoint": {}}`, [`/Spec${AT}`]],
    ['a list of specs', `[${SPEC}, ${SPEC}]`, [`/0${AT}`, `/1${AT}`]],
    ['a list of both', `[${SPEC}, {"Spec": ${SPEC}}]`, [`/0${AT}`, `/1/Spec${AT}`]],
  ] as [string, string, string[]][]) {
    it(`has pointers that go through it: ${name}`, () => assert.deepEqual(pointers(text), wanted));
  }

  it('is told that the output of inspect is no spec', () => {
    const text = `[{"ID": "x", "Spec": ${SPEC}}]`;
    const finding = findingsOf(text, { syntax: 'json' }).find(({ rule }) => rule === 'inspect-output');
    assert.equal(finding && underlined(text, finding), '"Spec"');
    assert.equal(finding?.severity, 'error');
  });

  for (const [name, text, rules] of [
    ['a list of one spec', `[${SPEC}]`, ['list-of-specs 1 fix']],
    ['a list of several specs', `[${SPEC}, ${SPEC}]`, ['list-of-specs 0 fixes']],
    ['a list of both', `[${SPEC}, {"Spec": ${SPEC}}]`, ['list-of-specs 0 fixes', 'inspect-output 0 fixes']],
    ['one object of inspect output', `{"Spec": ${SPEC}}`, ['inspect-output 1 fix']],
    ['a list of inspect output', `[{"Spec": ${SPEC}}]`, ['inspect-output 1 fix']],
    ['a spec with a `Spec` of its own', SPEC.replace('{', '{"Spec": {"TaskTemplate": {}}, ').replace('TaskTemplate": {"Con', 'tasktemplate": {"Con'), []],
  ] as [string, string, string[]][]) {
    it(`is told apart from what the engine takes: ${name}`, () => {
      const found = findingsOf(text, { syntax: 'json' }).filter((finding) => !isAboutWhatIsSent(finding));
      assert.deepEqual(found.map(({ rule, severity, fixes }) => (severity === 'error' ? `${rule} ${fixes.length} fix${fixes.length === 1 ? '' : 'es'}` : severity)), rules);
    });
  }

  it('has fixes that go through it', () => {
    const finding = findingsOf(`[${SPEC}]`, { syntax: 'json' }).find(({ rule }) => rule === 'unknown-field');
    assert.deepEqual(finding?.fixes[0].edits, [{ kind: 'rename', at: [0, 'TaskTemplate', 'ContainerSpec', 'Hostnam'], to: 'Hostname' }]);
  });

  it('is checked in each document of a file, at its place', () => {
    const text = `Name: a\nTaskTemplate: {ContainerSpec: {Image: x}}\n---\nName: b\nTaskTemplate: {ContainerSpec: {Image: x, Hostnam: y}}\n`;
    const found = findingsOf(text).filter(({ rule }) => rule === 'unknown-field');
    assert.deepEqual(found.map((finding) => [finding.document, underlined(text, finding)]), [[1, 'Hostnam']]);
  });
});

describe('the API version a document is checked against', () => {
  const target = (text: string, surroundings: Surroundings, syntax: Reading['syntax'] = 'yaml') => {
    const { api, apiSource, engine } = resolveTarget(read(text, { syntax }).documents[0].document, surroundings);
    return `${api} ${apiSource}${engine === undefined ? '' : ` ${engine}`}`;
  };
  const ALL: Surroundings = { api: '1.45', apiFrom: 'flag', engineApi: '1.51', engine: '28.5.2' };
  const cases: { name: string; text: string; given: Surroundings; is: string; syntax?: Reading['syntax'] }[] = [
    { name: 'is that of the modeline first', text: '# swarmspec: api=1.44\na: 1', given: ALL, is: '1.44 modeline 28' },
    { name: 'is that of the modeline with a v', text: '# swarmspec: api=v1.44', given: ALL, is: '1.44 modeline 28' },
    { name: 'is that of the `$schema` of a JSON file', text: '{"$schema": "https://swarmspec.github.io/schemas/service-spec.v1.43.json"}', syntax: 'json', given: ALL, is: '1.43 modeline 28' },
    { name: 'is that of the schema of the YAML language server', text: '# yaml-language-server: $schema=./service-spec.v1.42.json\na: 1', given: ALL, is: '1.42 modeline 28' },
    { name: 'is that of the flag then', text: 'a: 1', given: ALL, is: '1.45 flag 28' },
    { name: 'is that of the setting then', text: 'a: 1', given: { ...ALL, apiFrom: 'setting' }, is: '1.45 setting 28' },
    { name: 'is that of the engine then', text: 'a: 1', given: { engineApi: '1.51', engine: '28.5.2' }, is: '1.51 engine 28' },
    { name: 'is the newest that is known of a newer engine', text: 'a: 1', given: { engineApi: '1.99', engine: '31.0.0' }, is: '1.55 engine 31' },
    { name: 'is the newest of an engine that does not speak 1.49', text: '# swarmspec: engine=20\n', given: {}, is: '1.41 default 20' },
    { name: 'tells the engine where only one generation speaks it', text: '# swarmspec: api=1.53\n', given: {}, is: '1.53 modeline 29' },
    { name: 'is 1.49 in the end', text: 'a: 1', given: {}, is: '1.49 default' },
    { name: 'is not one that does not exist', text: '# swarmspec: api=2.0\na: 1', given: { api: '9.9' }, is: '1.49 default' },
    { name: 'is not that of a modeline further down', text: 'a: 1\n# swarmspec: api=1.44\n', given: {}, is: '1.49 default' },
    { name: 'is told from the engine generation of a modeline', text: '# swarmspec: engine=29\n', given: ALL, is: '1.45 flag 29' },
    { name: 'is that of a `$schema` without a version: whatever else says so', text: '{"$schema": "service-spec.json"}', syntax: 'json', given: ALL, is: '1.45 flag 28' },
  ];
  for (const { name, text, given, is, syntax } of cases) it(name, () => assert.equal(target(text, given, syntax), is));

  it('is that of each document for itself', () => {
    const text = '# swarmspec: api=1.40\nName: a\nTaskTemplate: {ContainerSpec: {Image: x, CapabilityAdd: [A]}}\n---\nName: b\nTaskTemplate: {ContainerSpec: {Image: x, CapabilityAdd: [A]}}\n';
    assert.deepEqual(findingsOf(text).filter(({ rule }) => rule === 'needs-newer-api').map(({ document }) => document), [0]);
  });
});

describe('severity', () => {
  const TEXT = 'Name: demo\nTaskTemplate: {ContainerSpec: {Image: x}}\nNetworks: [{Target: a}]\n';
  const severities = (severity: Reading['severity']) => findingsOf(TEXT, { severity }).filter(({ rule }) => rule === 'deprecated-field').map((finding) => finding.severity);
  it('is that of the rule', () => assert.deepEqual(severities({}), ['information']));
  it('is changed by a setting', () => assert.deepEqual(severities({ 'deprecated-field': 'hint' }), ['hint']));
  it('is off by a setting', () => assert.deepEqual(severities({ 'deprecated-field': 'off' }), []));
});

describe('the recorded specs', () => {
  /** Rules that look at the text and not at the value. */
  const OF_THE_TEXT = new Set(['json-syntax', 'yaml-syntax', 'trailing-text']);
  const said = (text: string, writing: Writing) =>
    findingsOf(text, { syntax: syntaxIn(writing) })
      .filter(({ rule }) => !OF_THE_TEXT.has(rule))
      .map(({ rule, path }) => `${rule} ${toPointer(path)}`)
      .sort();

  for (const writing of WRITINGS) {
    it(`have the same findings in ${writing}`, () => {
      let compared = 0;
      for (const { id, text } of jsonCorpus()) {
        const { root } = read(text, { syntax: 'json' }).documents[0].document;
        if (!root) continue;
        compared++;
        assert.deepEqual(said(write(root, writing), writing), said(text, 'JSON'), `${id}\n${write(root, writing)}`);
      }
      assert.ok(compared > 1500, `only ${compared} were compared`);
    });
  }

  it('have findings whose stretch lies in the text', () => {
    for (const { id, text } of jsonCorpus()) {
      for (const finding of findingsOf(text, { syntax: 'json' })) {
        assert.ok(finding.span.start >= 0 && finding.span.start < finding.span.end && finding.span.end <= text.length, `${id}: ${finding.rule} ${JSON.stringify(finding.span)}`);
        assert.ok(/[.?]$|`$/.test(finding.message), `${finding.rule}: ${finding.message}`);
      }
    }
  });
});
