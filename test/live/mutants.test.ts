import * as assert from 'node:assert/strict';
import { toPointer } from '../../server/src/path';
import { mutants } from '../agreement/mutants';
import { type Oracle, prepareOracle, verdictOf } from '../agreement/oracle';
import { score } from '../agreement/score';
import { liveSuite } from '../support/engine';

/** One in so many of all slips is made here, the same in every run; `npm run slips` makes them all. */
const SHARE = 40;

liveSuite('documents with a slip', { generation: '28', experimental: true }, (started) => {
  let oracle: Oracle;
  before(async function () {
    this.timeout(60_000);
    oracle = await prepareOracle(started());
  });

  it('are seen for what the engine makes of them', async function () {
    this.timeout(600_000);
    const disagreements: string[] = [];
    const count = { sent: 0, refused: 0, lost: 0 };
    for (const { id, kind, text: made, path } of mutants({ each: 1, share: SHARE })) {
      const text = oracle.localise(made);
      const verdict = verdictOf(id, { kind, intent: 'open', path: path && toPointer(path) }, text, await oracle.create(text, '1.49'));
      const { miss, detail } = score(verdict);
      count.sent++;
      if (verdict.verdict === 'reject') count.refused++;
      else if (verdict.unknown?.length || verdict.dropped?.length || verdict.changed?.length) count.lost++;
      if (miss) disagreements.push(`${id}: ${miss} ${detail ?? ''}; engine: ${verdict.message ?? 'stored'}\n${text.slice(0, 1000)}`);
    }
    console.log(`      ${count.sent} sent, ${count.refused} refused, ${count.lost} not kept`);
    assert.deepEqual(disagreements, []);
    assert.ok(count.sent >= 500 && count.refused >= 150 && count.lost >= 150);
  });
});
