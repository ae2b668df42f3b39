import * as assert from 'node:assert/strict';
import { toPointer } from '../../server/src/path';
import { isHarmless, mutants } from '../agreement/mutants';
import { type Oracle, prepareOracle, verdictOf } from '../agreement/oracle';
import { readVerdicts, score } from '../agreement/score';
import { liveSuite } from '../support/engine';
import { MORE_PRECISE } from '../support/fixes';
import { fixAll } from '../support/marked';

liveSuite('safe fixes', { generation: '28', experimental: true }, (started) => {
  let oracle: Oracle;
  before(async function () {
    this.timeout(60_000);
    oracle = await prepareOracle(started());
  });

  /** Recorded documents and ones with a slip, that something is wrong with. */
  function* documents(): Generator<{ readonly id: string; readonly text: string }> {
    for (const [i, { id, text, env_dependent }] of readVerdicts().entries()) if (i % 3 === 2 && !env_dependent) yield { id, text };
    yield* mutants({ each: 1, share: 30 });
  }

  it('lead to what the engine takes and keeps, and say so truthfully', async function () {
    this.timeout(900_000);
    const wrong: string[] = [];
    const count = { fixed: 0, sound: 0 };
    for (const { id, text: made } of documents()) {
      const text = oracle.localise(made);
      const looked: string[] = [];
      // what stood under a key that nobody knew is looked at for the first time
      const fixed = fixAll(text, { syntax: 'json' }, (edit) => {
        if (edit.kind === 'rename') looked.push(toPointer([...edit.at.slice(0, -1), edit.to]));
        else if (edit.kind === 'move') looked.push(toPointer(edit.to));
      });
      if (fixed === text || !isHarmless(fixed)) continue;
      count.fixed++;
      const verdict = verdictOf(id, { kind: 'fixed', intent: 'open' }, fixed, await oracle.create(fixed, '1.49'));
      const { miss, detail, findings } = score(verdict);
      if (miss) wrong.push(`${id}: ${miss} ${detail ?? ''}; engine: ${verdict.message ?? 'stored'}\n${text.slice(0, 1200)}\n→ ${fixed.slice(0, 1200)}`);
      else if (!findings.some(({ severity }) => severity === 'error')) count.sound++;
      const before = score({ ...verdict, text }).findings;
      const fresh = findings.filter(({ severity, rule, path }) => severity === 'error' && !MORE_PRECISE.has(rule) && !before.some((finding) => finding.rule === rule) && !looked.some((place) => `${toPointer(path)}/`.startsWith(`${place}/`)));
      if (fresh.length > 0) wrong.push(`${id}: a fix brings ${fresh.map(({ rule, path }) => `${rule} ${toPointer(path)}`).join(', ')}\n${text.slice(0, 1200)}\n→ ${fixed.slice(0, 1200)}`);
    }
    console.log(`      ${count.fixed} mended, ${count.sound} of them sound now`);
    assert.deepEqual(wrong, []);
    assert.ok(count.fixed > 300 && count.sound > 250);
  });
});
