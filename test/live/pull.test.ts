import * as assert from 'node:assert/strict';
import { planUpdate } from '../../server/src/apply/plan';
import { cleanSpec, remark } from '../../server/src/apply/pull';
import { describeChanges } from '../../server/src/apply/show';
import { readSwarm } from '../../server/src/apply/swarm';
import { readFile } from '../../server/src/document/document';
import { isObject } from '../../server/src/document/value';
import { writeDocument } from '../../server/src/document/write';
import { connect } from '../../server/src/engine/client';
import { type EngineHost, parseHost } from '../../server/src/engine/host';
import type { ApiVersion } from '../../server/src/facts/types';
import { isHarmless } from '../agreement/mutants';
import { prepareOracle } from '../agreement/oracle';
import { readVerdicts } from '../agreement/score';
import { GENERATION_NAMES, liveSuite } from '../support/engine';

/** Every how many recorded documents one is tried. */
const STEP = 12;

for (const generation of GENERATION_NAMES) {
  liveSuite('pull', { generation, experimental: true }, (started) => {
    it('gives a spec that plans as nothing to change, for a sample of recorded documents', async function () {
      this.timeout(180_000);
      const oracle = await prepareOracle(started());
      const engine = connect(parseHost(started().host) as EngineHost);
      const api = started().api as ApiVersion;
      const swarm = await readSwarm(engine, api);
      const sample = readVerdicts().filter(({ text, verdict }, i) => i % STEP === 0 && verdict === 'accept' && isHarmless(text) && !text.includes('\ufffd'));
      let pulled = 0;
      const wrong: string[] = [];
      for (const { id, text } of sample) {
        const made = await started().request('POST', '/services/create', oracle.localise(text));
        if (made.status !== 201) continue; // an older engine, which refuses it
        const live = await engine.service(made.json.ID, api);
        assert.ok(live);
        const [{ document }] = readFile(writeDocument(cleanSpec(live.spec, swarm.networks), 'yaml', remark), 'yaml').documents;
        assert.ok(isObject(document.value));
        const outcome = await planUpdate(document.value, engine, { api, swarm });
        if (outcome.kind !== 'unchanged') wrong.push(`${id}: ${outcome.kind === 'planned' ? describeChanges(outcome.plan.changes).join('; ') : outcome.kind}`);
        await started().request('DELETE', `/services/${made.json.ID}`);
        pulled++;
      }
      console.log(`      ${pulled} services pulled`);
      assert.deepEqual(wrong, []);
      assert.ok(pulled >= 50, `${pulled} services`);
    });
  });
}
