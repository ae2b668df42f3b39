import * as assert from 'node:assert/strict';
import { parse } from 'yaml';
import { toPointer } from '../server/src/path';
import { completeAt, findingsOf, fixAll, hoverAt, type Reading } from './support/marked';

interface Fragment {
  readonly name: string;
  readonly as: string;
  readonly text: string;
  /** Errors and warnings, as `rule pointer`. */
  readonly has?: readonly string[];
}

/** Blocks of Dokploy, fragments of CapRover, and what is wrong with them. */
const FRAGMENTS: readonly Fragment[] = [
  { name: 'a partial spec', as: 'partial', text: 'TaskTemplate:\n  Placement:\n    Constraints: [node.role==manager]\n' },
  { name: 'a partial spec without what belongs to one', as: 'partial', text: 'TaskTemplate:\n  ContainerSpec:\n    Hostnam: web\n  Networks: [{ Aliases: [web] }]\n', has: ['unknown-field /TaskTemplate/ContainerSpec/Hostnam', 'missing-field /TaskTemplate/Networks/0'] },
  { name: 'a container', as: 'TaskTemplate.ContainerSpec', text: 'Image: nginx:1.27\nStopGracePeriod: 10s\n', has: ['wrong-type /StopGracePeriod'] },
  { name: 'a health check', as: 'TaskTemplate.ContainerSpec.Healthcheck', text: 'Test: [CMD, curl, localhost]\nInterval: 10\n', has: ['number-range /Interval'] },
  { name: 'a restart policy', as: 'TaskTemplate.RestartPolicy', text: 'Condition: on-failre\nMaxAttempts: 3\n', has: ['unknown-value /Condition'] },
  { name: 'a placement', as: 'TaskTemplate.Placement', text: 'Constraints: [node.role=manager]\n', has: ['bad-constraint /Constraints/0'] },
  { name: 'an update configuration', as: 'UpdateConfig', text: 'Parallelism: 1\nDelay: 10000000000\nOrder: start-first\n' },
  { name: 'a rollback configuration', as: 'RollbackConfig', text: 'Parallelism: 1\nFailureActon: pause\n', has: ['unknown-field /FailureActon'] },
  { name: 'a mode', as: 'Mode', text: 'Replicated: { Replicas: 2 }\nGlobal: {}\n', has: ['several-modes /Global'] },
  { name: 'labels', as: 'Labels', text: 'traefik.enable: true\nteam: web\n', has: ['wrong-type /traefik.enable'] },
  { name: 'labels in the letter case of another tool', as: 'labels', text: 'team: 5\n', has: ['wrong-type /team'] },
  { name: 'labels as a list', as: 'Labels', text: '- team=web\n', has: ['wrong-type '] },
  { name: 'networks', as: 'TaskTemplate.Networks', text: '- Target: front\n- Target: back\n  Alias: [web]\n', has: ['unknown-field /1/Alias'] },
  { name: 'a network without its target', as: 'TaskTemplate.Networks', text: '- Target: front\n- Aliases: [web]\n', has: ['missing-field /1'] },
  { name: 'networks that are no list', as: 'TaskTemplate.Networks', text: 'Target: front\n', has: ['wrong-type '] },
  { name: 'an endpoint', as: 'EndpointSpec', text: 'Mode: dnsrr\nPorts: [{ TargetPort: 80, PublishMode: ingress }]\n', has: ['ingress-port-with-dnsrr /Ports/0'] },
  { name: 'ports, which are held against each other', as: 'EndpointSpec.Ports', text: '- { TargetPort: 80, PublishedPort: 8080 }\n- { TargetPort: 81, PublishedPort: 8080 }\n', has: ['duplicate-published-port /1'] },
  { name: 'an item of a list', as: 'TaskTemplate.Networks[]', text: 'Aliases: [web]\n', has: ['missing-field '] },
  { name: 'a list in place of an item', as: 'TaskTemplate.Networks[]', text: '- Target: front\n', has: ['wrong-type '] },
  { name: 'variables', as: 'TaskTemplate.ContainerSpec.Env', text: '- A=1\n- B={{.Nope}}\n', has: ['bad-template /1'] },
  { name: 'text in place of an object', as: 'EndpointSpec', text: 'dnsrr\n', has: ['wrong-type '] },
  { name: 'nothing in place of a list', as: 'EndpointSpec.Ports', text: 'null\n' },
];

function loud(text: string, reading: Reading): string[] {
  return findingsOf(text, reading).filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ rule, path }) => `${rule} ${toPointer(path)}`);
}

describe('a fragment', () => {
  for (const { name, as, text, has = [] } of FRAGMENTS) {
    it(`is checked as what it is: ${name}`, () => assert.deepEqual(loud(text, { as }), has));
    it(`is checked as what it is: ${name} (JSON)`, () => assert.deepEqual(loud(JSON.stringify(parse(text)), { as, syntax: 'json' }), has));
    it(`is checked as what it is: ${name} (by a modeline)`, () => assert.deepEqual(loud(`# swarmspec: as=${as}\n${text}`, {}), has));
  }

  const fixes: [string, string, string][] = [
    ['Labels', '- team=web\n', 'team: web\n'],
    ['TaskTemplate.Networks', '{ Target: front }\n', '[{Target: front}]\n'],
    ['EndpointSpec.Ports', '- "8080:80"\n', '- {TargetPort: 80, PublishedPort: 8080}\n'],
  ];
  for (const [as, text, gives] of fixes) it(`is mended as what it is (${as})`, () => assert.equal(fixAll(text, { as }), gives));

  const hovers: [string, string, RegExp][] = [
    ['TaskTemplate.Networks', '- Tar|get: front\n', /^\*\*Target\*\*/],
    ['EndpointSpec.Ports', '[{"Published|Port": 80}]', /^\*\*PublishedPort\*\*/],
    ['Labels', 'team|: web\n', /^\*\*Labels\*\*/],
    ['TaskTemplate.ContainerSpec', 'Ima|ge: a\n', /^\*\*Image\*\*/],
  ];
  for (const [as, marked, says] of hovers) it(`is explained as what it is (${as})`, () => assert.match(hoverAt(marked, { as }), says));

  const completions: [string, string, string][] = [
    ['TaskTemplate.Networks', '- |', 'Target'],
    ['TaskTemplate.Networks', '- Target: front\n  |', 'Aliases'],
    ['EndpointSpec.Ports', '[{"TargetPort": 80, |}]', 'PublishedPort'],
    ['TaskTemplate.Placement.Constraints', '- |', 'node.role=='],
    ['UpdateConfig', 'Order: |', 'start-first'],
  ];
  for (const [as, marked, label] of completions) {
    it(`is completed as what it is (${as}: ${JSON.stringify(marked)})`, () => {
      const { labels } = completeAt(marked, { as, syntax: marked.startsWith('[') ? 'json' : 'yaml' });
      assert.ok(labels.some((one) => one.startsWith(label)), labels.join(', '));
    });
  }
});
