import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type SpecObject, toJson } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import { fieldAt } from '../../server/src/facts/lookup';
import { toPointer } from '../../server/src/path';
import type { Target } from '../../server/src/target';
import { isHarmless } from '../agreement/mutants';
import { type Oracle, prepareOracle, verdictOf } from '../agreement/oracle';
import { type Scored, score } from '../agreement/score';
import { SLIPS } from '../agreement/slips';
import { fromText, sites } from '../agreement/tree';
import { type Generation, liveSuite } from '../support/engine';
import { specOf } from '../support/specs';

const TARGETS: Readonly<Record<Generation, Target>> = {
  '28': { kind: SERVICE, apiSource: 'flag', api: '1.49', engine: 28 },
  '20.10': { kind: SERVICE, apiSource: 'flag', api: '1.41', engine: 20 },
};
const SEED = 20_260;
const SPECS = 200;

for (const generation of ['28', '20.10'] as const) {
  liveSuite('specs made from the facts', { generation, experimental: true }, (started) => {
    const target = TARGETS[generation];
    let oracle: Oracle;
    let specs: readonly SpecObject[];
    before(async function () {
      this.timeout(60_000);
      oracle = await prepareOracle(started());
      specs = fc.sample(specOf(target, oracle.swarm), { seed: SEED, numRuns: SPECS });
    });

    const tell = ({ verdict: { id, message, text }, miss, detail = '' }: Scored) => `${id}: ${miss} ${detail}; engine: ${message ?? 'stored'}\n${text.slice(0, 1500)}`;

    it('are accepted and kept', async function () {
      this.timeout(300_000);
      const wrong: string[] = [];
      for (const [i, spec] of specs.entries()) {
        const text = toJson(spec);
        const verdict = verdictOf(`spec ${i}`, { kind: 'generated', intent: 'open' }, text, await oracle.create(text, target.api), target.engine);
        const scored = score(verdict, target);
        if (scored.miss) wrong.push(tell(scored));
        else if (verdict.verdict === 'reject' || scored.findings.some(({ severity }) => severity === 'error')) wrong.push(`${tell(scored)} not sound`);
      }
      assert.deepEqual(wrong, []);
    });

    it('pass the checks of an update', async function () {
      this.timeout(300_000);
      const live = new Map<string, string>();
      for (const mode of ['Replicated', 'Global', 'ReplicatedJob', 'GlobalJob']) {
        const body = { Name: mode.toLowerCase(), TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: { [mode]: {} } };
        const { status, json, text } = await started().request('POST', `/v${target.api}/services/create`, body);
        assert.equal(status, 201, text);
        live.set(mode, json.ID);
      }
      const wrong: string[] = [];
      for (const spec of specs) {
        const mode = Object.keys((spec.Mode as SpecObject | undefined) ?? {})[0] ?? 'Replicated';
        const text = toJson({ ...spec, Name: mode.toLowerCase() });
        const { message } = await oracle.dryRun(live.get(mode) ?? '', text, target.api);
        if (!message?.includes('update out of sequence')) wrong.push(`${message}\n${text.slice(0, 1500)}`);
      }
      for (const id of live.values()) await started().request('DELETE', `/services/${id}`);
      assert.deepEqual(wrong, []);
    });

    it('are seen for what the engine makes of them, with a slip', async function () {
      this.timeout(600_000);
      const wrong: string[] = [];
      const count = { sent: 0, refused: 0, kept: 0 };
      const random = fc.sample(fc.tuple(fc.nat(), fc.nat()), { seed: SEED, numRuns: SPECS * 3 });
      for (const [i, [where, which]] of random.entries()) {
        const tree = fromText(toJson(specs[i % SPECS]));
        const places = [...sites(tree)];
        const site = places[where % places.length];
        // the first kind from there on that applies at this place
        const mutant = [...SLIPS.slice(which % SLIPS.length), ...SLIPS].map(({ kind, make }) => ({ kind, made: make(tree, site, fieldAt(SERVICE.root, site.path)) })).find(({ made }) => made && isHarmless(made.text));
        if (!mutant?.made) continue;
        const { text, path } = mutant.made;
        const verdict = verdictOf(`${mutant.kind} at ${toPointer(path)}`, { kind: mutant.kind, intent: 'open', path: toPointer(path) }, text, await oracle.create(text, target.api), target.engine);
        const scored = score(verdict, target);
        count.sent++;
        if (verdict.verdict === 'reject') count.refused++;
        else if (!scored.findings.some(({ severity }) => severity === 'error')) count.kept++;
        if (scored.miss) wrong.push(tell(scored));
      }
      console.log(`      ${count.sent} sent, ${count.refused} refused, ${count.kept} kept`);
      assert.deepEqual(wrong, []);
      assert.ok(count.sent > SPECS * 2 && count.refused > 50 && count.kept > 50);
    });
  });
}
