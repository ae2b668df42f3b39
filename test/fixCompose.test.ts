import * as assert from 'node:assert/strict';
import { parseExact } from '../server/src/document/exact';
import { isObject, toJson } from '../server/src/document/value';
import { findingsOf, fixAll, underlined } from './support/marked';

/** What is left of a spec with compose words in it when every safe fix is applied: the words beside a name and an image. */
function mended(words: object): object {
  const { Name: _, ...rest } = JSON.parse(fixAll(JSON.stringify({ Name: 'a', image: 'a:1', ...words }), { syntax: 'json' }));
  return rest;
}

const container = (more: object) => ({ TaskTemplate: { ContainerSpec: { Image: 'a:1', ...more } } });

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
  ];
  for (const [name, words, wanted] of cases) it(name, () => assert.deepEqual(mended(words), wanted));

  it('but a block of deployment is told where its parts belong, and stays', () => {
    const text = JSON.stringify({ Name: 'a', image: 'a:1', deploy: { replicas: 3 } });
    const [finding] = findingsOf(text, { syntax: 'json' }).filter(({ message }) => message.startsWith('`deploy`'));
    assert.match(finding.message, /`Mode`.*`UpdateConfig`/);
    const fixed = parseExact(fixAll(text, { syntax: 'json' }));
    assert.ok(isObject(fixed));
    assert.equal(toJson(fixed.deploy), '{"replicas":3}');
  });
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
