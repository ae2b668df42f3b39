import * as assert from 'node:assert/strict';
import { LIVE_RULES } from '../server/src/rules/all';
import type { Live } from '../server/src/rules/liveRule';
import { problemsIn, readWorld } from '../server/src/tools/liveExample';

describe('the example of each rule about the live swarm', () => {
  for (const { id, examples } of LIVE_RULES) {
    const found = (example: string) => problemsIn(readWorld(examples.live), example).filter(({ rule }) => rule === id);
    it(`${id}: is found in the bad one and not in the good one`, () => {
      assert.equal(found(examples.bad).length, 1);
      assert.deepEqual(found(examples.good), []);
    });
  }

  it('is silent where the engine lets nobody read its lists', () => {
    const blind: Live = { engineVersion: '28.5.2', experimental: false };
    for (const { id, examples } of LIVE_RULES) {
      if (id === 'plugin-needs-experimental' || id === 'digest-lookup') continue; // these look at the engine alone
      assert.deepEqual(problemsIn({ ...readWorld(examples.live), live: blind }, examples.bad).filter(({ rule }) => rule === id), [], id);
    }
  });
});

describe('rules about the live swarm', () => {
  const cases: { says: string; world: string; spec: string; rule: string; expect: RegExp | undefined }[] = [
    { says: 'a port that the engine has chosen is taken as well', world: 'service: {}\nservices: [{ name: other, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 30000 }] } }]', spec: 'EndpointSpec: { Ports: [{ TargetPort: 1, PublishedPort: 30000 }] }', rule: 'port-in-use', expect: /30000\/tcp is published by service `other`/ },
    { says: 'the same port of another protocol is free', world: 'service: {}\nservices: [{ name: other, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 53, Protocol: udp }] } }]', spec: 'EndpointSpec: { Ports: [{ TargetPort: 53, PublishedPort: 53 }] }', rule: 'port-in-use', expect: undefined },
    { says: 'its own port is not in the way of a service', world: 'service: { EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80 }] } }\nservices: [{ name: demo, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80 }] } }]', spec: 'EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80 }] }', rule: 'port-in-use', expect: undefined },
    { says: 'a misspelt network gets the near miss', world: 'networks: [{ name: backend, scope: swarm }]', spec: 'TaskTemplate: { Networks: [{ Target: backed }] }', rule: 'network-not-found', expect: /Did you mean `backend`/ },
    { says: 'a misspelt secret gets the near miss', world: 'secrets: [{ name: db_password }]', spec: 'TaskTemplate: { ContainerSpec: { Secrets: [{ SecretName: db_pasword, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }] } }', rule: 'reference-not-found', expect: /Did you mean `db_password`/ },
    { says: 'an emptied placement does no harm', world: 'service: { TaskTemplate: { Placement: { Constraints: [node.role==manager] } } }', spec: 'TaskTemplate: { Placement: {} }', rule: 'placement-removed', expect: undefined },
    { says: 'a placement left out together with another change does none either', world: 'service: { TaskTemplate: { Placement: { Constraints: [node.role==manager] } } }', spec: 'TaskTemplate: { ContainerSpec: { Env: [A=1] } }', rule: 'placement-removed', expect: undefined },
    { says: 'a larger ForceUpdate is meant', world: 'service: { TaskTemplate: { ForceUpdate: 3 } }', spec: 'TaskTemplate: { ForceUpdate: 4 }', rule: 'force-update-falls-back', expect: undefined },
    { says: 'ForceUpdate keeps every digit', world: 'service: { TaskTemplate: { ForceUpdate: 18446744073709551615 } }', spec: 'Labels: { a: b }', rule: 'force-update-falls-back', expect: /from 18446744073709551615 to 0/ },
    { says: 'a number of replicas of its own is no trace of scaling', world: 'service: { Mode: { Replicated: { Replicas: 5 } } }\nprevious: { Mode: { Replicated: { Replicas: 3 } } }', spec: 'Mode: { Replicated: { Replicas: 7 } }', rule: 'scaled-since', expect: undefined },
    { says: 'the long form of an image restarts for nothing', world: 'service: {}', spec: 'TaskTemplate: { ContainerSpec: { Image: "docker.io/library/busy:1" } }', rule: 'restart-without-change', expect: /spelled differently/ },
    { says: 'an empty block besides a real change is not told', world: 'service: {}', spec: 'TaskTemplate: { Resources: {}, ContainerSpec: { Env: [A=1] } }', rule: 'restart-without-change', expect: undefined },
    { says: 'a service that leaves its stack is told', world: 'service: { Labels: { com.docker.stack.namespace: shop } }', spec: 'Labels: { a: b }', rule: 'stack-service', expect: /out of the stack `shop`/ },
    { says: 'a global service without a node is told to have no task', world: 'nodes: [{ role: manager }]', spec: 'Mode: { Global: {} }\nTaskTemplate: { Placement: { Constraints: [node.role==worker] } }', rule: 'no-node-matches', expect: /gets no task, without an error/ },
    { says: 'constraints that only together match no node are told as a whole', world: 'nodes: [{ role: manager }, { role: worker, cpus: 2 }]', spec: 'TaskTemplate: { Placement: { Constraints: [node.role==manager, node.role==worker] } }', rule: 'no-node-matches', expect: /all of these constraints/ },
  ];
  for (const { says, world, spec, rule, expect } of cases) {
    it(says, () => {
      const found = problemsIn(readWorld(world), spec).filter((problem) => problem.rule === rule).map(({ message }) => message).join('\n');
      if (expect) assert.match(found, expect);
      else assert.equal(found, '');
    });
  }
});
