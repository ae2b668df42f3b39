import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanSpec, remark } from '../server/src/apply/pull';
import { comparable } from '../server/src/apply/resolve';
import { readFile } from '../server/src/document/document';
import { parseExact } from '../server/src/document/exact';
import { isObject, type SpecObject, toJson } from '../server/src/document/value';
import { writeDocument } from '../server/src/document/write';
import { ROOT } from '../server/src/tools/root';

/** Every how many recorded specs one is tried. */
const STEP = 4;

const NETWORKS = [{ id: 'id1', name: 'front', scope: 'swarm' }, { id: 'id2', name: 'twice', scope: 'swarm' }, { id: 'id3', name: 'twice', scope: 'swarm' }, { id: 'id4', name: 'front', scope: 'local' }];

describe('a pulled spec', () => {
  it('says the same as each recorded stored spec, in both syntaxes and with comments', function () {
    this.timeout(120_000);
    let count = 0;
    const lines = readFileSync(join(ROOT, 'test/data/engine-verdicts.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"stored":'));
    for (const line of lines.filter((_, i) => i % STEP === 0)) {
      const { id, stored } = parseExact(line) as SpecObject;
      if (!isObject(stored)) continue;
      const expected = toJson(comparable(stored, NETWORKS));
      const clean = cleanSpec(stored, NETWORKS);
      for (const [syntax, comments] of [['yaml', remark], ['yaml', undefined], ['json', undefined]] as const) {
        const [{ document }] = readFile(writeDocument(clean, syntax, comments), syntax).documents;
        assert.equal(toJson(comparable(document.value as SpecObject, NETWORKS)), expected, `${String(id)} as ${syntax}`);
      }
      count++;
    }
    assert.ok(count > 300, `${count} specs`);
  });

  it('has names for networks, where these say which', () => {
    const live: SpecObject = { Name: 'a', TaskTemplate: { Networks: [{ Target: 'id1', Aliases: ['b'] }, { Target: 'id2' }, { Target: 'gone' }] } };
    assert.deepEqual((cleanSpec(live, NETWORKS).TaskTemplate as SpecObject).Networks, [{ Target: 'front', Aliases: ['b'] }, { Target: 'id2' }, { Target: 'gone' }]);
  });

  it('says no more than it must', () => {
    const live: SpecObject = {
      Name: 'a', Labels: {}, TaskTemplate: { ContainerSpec: { Image: 'a:1', Isolation: 'default' }, ForceUpdate: 0, Runtime: 'container' }, Mode: { Replicated: { Replicas: 2 } },
      EndpointSpec: { Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }] },
    };
    assert.deepEqual(cleanSpec(live, []), { Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'a:1' } }, Mode: { Replicated: { Replicas: 2 } }, EndpointSpec: { Ports: [{ TargetPort: 80 }] } });
  });

  it('tells beside numbers what they mean, when asked', () => {
    const live: SpecObject = { Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'a:1', StopGracePeriod: 10_000_000_000 }, Resources: { Limits: { MemoryBytes: 536_870_912, NanoCPUs: 500_000_000 } } } };
    const text = writeDocument(cleanSpec(live, []), 'yaml', remark);
    assert.match(text, /StopGracePeriod: 10000000000 # 10 s\n/);
    assert.match(text, /MemoryBytes: 536870912 # 512 MiB\n/);
    assert.match(text, /NanoCPUs: 500000000 # 0\.5 CPU\n/);
  });
});
