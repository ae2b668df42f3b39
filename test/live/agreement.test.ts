import * as assert from 'node:assert/strict';
import { diff } from '../../server/src/apply/diff';
import { comparable } from '../../server/src/apply/resolve';
import { describeChanges } from '../../server/src/apply/show';
import { readFile } from '../../server/src/document/document';
import { parseExact } from '../../server/src/document/exact';
import { isObject } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import type { ApiVersion } from '../../server/src/facts/types';
import { validate } from '../../server/src/features/validate';
import type { Target } from '../../server/src/target';
import { isHarmless } from '../agreement/mutants';
import { readVerdicts } from '../agreement/score';
import { type Oracle, prepareOracle, verdictOf } from '../agreement/oracle';
import { type Generation, liveSuite } from '../support/engine';
import { ODD_SPECS } from '../support/oddSpecs';

/** Every how many recorded documents one is sent; all kinds are in each sample, and so are those that anything disagreed on. */
const STEP = 3;

const TARGETS: Readonly<Record<Generation, { readonly api: ApiVersion; readonly engine: number }>> = {
  '28': { api: '1.49', engine: 28 },
  '20.10': { api: '1.41', engine: 20 },
};

for (const generation of ['28', '20.10'] as const) {
  liveSuite('agreement', { generation, experimental: true }, (started) => {
    let oracle: Oracle;
    before(async function () {
      this.timeout(60_000);
      oracle = await prepareOracle(started());
    });

    it('answers a sample of the recorded documents as we do', async function () {
      this.timeout(600_000);
      const { api } = TARGETS[generation];
      const target: Target = { kind: SERVICE, apiSource: 'flag', ...TARGETS[generation] };
      const networks = await oracle.networks();
      const sample = readVerdicts().filter((verdict, i) => i % STEP === 0 && isHarmless(verdict.text) && !verdict.env_dependent && !verdict.id.startsWith('foreign-doc:') && !verdict.text.includes('\ufffd'));
      const disagreements: string[] = [];
      for (const { id, text: recorded } of sample) {
        const text = oracle.localise(recorded);
        const findings = validate(readFile(text, 'json'), { target: () => target });
        const errors = findings.filter(({ severity }) => severity === 'error');
        const answer = await oracle.create(text, api);
        if (answer.stored === undefined) {
          if (errors.length === 0) disagreements.push(`${id}: refused (${answer.message}), and we say nothing`);
          continue;
        }
        const posted = parseExact(text.replace(/[}\]\s]+$/, (end) => end));
        const changes = isObject(posted) ? diff(comparable(answer.stored, networks), comparable(posted, networks)).filter(({ path }) => path[0] !== 'Name') : [];
        const silent = changes.length > 0 && !findings.some(({ severity, effect }) => severity === 'error' || severity === 'warning' || effect === 'changed');
        if (silent) disagreements.push(`${id}: stored as something else (${describeChanges(changes).slice(0, 3).join('; ')}), and we say nothing`);
        const refused = errors.filter(({ effect }) => effect === 'refused');
        if (refused.length > 0) disagreements.push(`${id}: accepted, and we say ${refused[0].rule}: ${refused[0].message}`);
        else if (errors.length > 0 && changes.length === 0 && isObject(posted) && !findings.some(({ rule }) => rule === 'duplicate-key')) disagreements.push(`${id}: kept, and we say ${errors[0].rule}: ${errors[0].message}`);
      }
      console.log(`      ${sample.length} documents sent`);
      assert.deepEqual(disagreements, []);
      assert.ok(sample.length >= 300);
    });

    // what a newer decoder does with odd texts is not what this one does
    if (generation === '28') {
      it('answers specs that nobody writes on purpose as we do', async () => {
        const verdicts = [];
        for (const { text, is } of ODD_SPECS) {
          const named = oracle.localise(text);
          const answer = await oracle.create(named, '1.49');
          const { unknown = [], dropped = [], changed = [], duplicate_keys = [], case_folded = [] } = verdictOf(text, { kind: 'odd', intent: 'open' }, named, answer, 28);
          const lost = [unknown, dropped, changed, duplicate_keys, case_folded].some(({ length }) => length > 0);
          verdicts.push({ text, is, engine: answer.stored === undefined ? (/hang up|reset/.test(answer.message ?? '') ? 'crash' : 'refused') : lost ? 'lost' : 'taken', message: answer.message });
        }
        assert.deepEqual(verdicts.filter(({ is, engine }) => is !== engine), []);
      });
    }

    it('answers a dry run of an update as we do, and never stores it', async function () {
      this.timeout(600_000);
      const engine = started();
      const { api } = TARGETS[generation];
      const target: Target = { kind: SERVICE, apiSource: 'flag', ...TARGETS[generation] };
      const disagreements: string[] = [];
      let asked = 0;
      for (const [i, { id, text: recorded, tags, env_dependent }] of readVerdicts().entries()) {
        if (i % 3 !== 1 || env_dependent || tags.kind.startsWith('raw-') || tags.kind === 'foreign-doc') continue;
        const text = oracle.localise(recorded);
        const spec = parseExact(text);
        const mode = isObject(spec) && isObject(spec.Mode) ? Object.keys(spec.Mode)[0] : undefined;
        // a live service of the same name and mode; the network list on the service has update rules of its own
        if (!isObject(spec) || typeof spec.Name !== 'string' || spec.Name === '' || !['Replicated', 'Global'].includes(mode ?? '') || spec.Networks !== undefined || text.includes('"plugin"')) continue;
        const minimal = { Name: spec.Name, TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: mode === 'Global' ? { Global: {} } : { Replicated: { Replicas: 1 } } };
        const created = await engine.request('POST', '/services/create', minimal);
        if (created.status !== 201) continue;
        const { ID } = created.json as { ID: string };
        const before = (await engine.request('GET', `/services/${ID}`)).json.Spec;
        const { message = '' } = await oracle.dryRun(ID, text, api);
        assert.deepEqual((await engine.request('GET', `/services/${ID}`)).json.Spec, before, `${id}: the dry run stored something`);
        await engine.request('DELETE', `/services/${ID}`);
        asked++;
        const passed = message.includes('update out of sequence');
        const refused = validate(readFile(text, 'json'), { target: () => target }).filter(({ effect, severity }) => severity === 'error' && (effect === 'refused' || effect === 'crashes-engine'));
        if (passed && refused.some(({ effect }) => effect === 'refused')) disagreements.push(`${id}: passed, and we say ${refused[0].rule}`);
        if (!passed && !/mode change/.test(message) && refused.length === 0) disagreements.push(`${id}: refused (${message}), and we say nothing`);
      }
      console.log(`      ${asked} dry runs`);
      assert.deepEqual(disagreements, []);
      assert.ok(asked >= 300);
    });
  });
}
