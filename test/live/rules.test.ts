import * as assert from 'node:assert/strict';
import { diff } from '../../server/src/apply/diff';
import { comparable } from '../../server/src/apply/resolve';
import { describeChanges } from '../../server/src/apply/show';
import { parseExact } from '../../server/src/document/exact';
import { readDocument, readFile } from '../../server/src/document/document';
import { specsIn } from '../../server/src/document/shape';
import { isObject, type SpecObject, toJson } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import { type RuleDoc, ruleDocs } from '../../server/src/features/explain';
import { toPointer } from '../../server/src/path';
import type { Target } from '../../server/src/target';
import { mergePatch } from '../../server/src/tools/mergePatch';
import { type Oracle, prepareOracle, verdictOf } from '../agreement/oracle';
import { score } from '../agreement/score';
import { liveSuite, type TestEngine } from '../support/engine';

/** The engine is asked at the version that the example targets; what an engine that is not this one does is not asked. */
const API = '1.49';

liveSuite('rules against the engine', { generation: '28', experimental: true }, (started) => {
  const networks: { id: string; name: string; scope: string }[] = [];
  before(async () => {
    await started().drain(true);
    for (const name of ['frontend', 'backend', 'front', 'back']) networks.push({ name, id: await started().createNetwork(name), scope: 'swarm' });
  });

  for (const rule of ruleDocs().filter(({ live }) => live === undefined)) {
    if (rule.source === 'swarmspec' || rule.source.startsWith('YAML')) continue; // about the file, which the engine never sees
    const { api, engine } = readDocument(rule.bad, rule.whole ?? 'yaml').modeline;
    if (engine !== undefined && engine !== '28') continue;

    it(`${rule.id} (${rule.effect})`, async () => {
      const bad = await post(started(), bodyOf(rule, rule.bad), api ?? API);
      const goodApi = readDocument(rule.good, rule.whole ?? 'yaml').modeline.api ?? API;
      const good = await post(started(), bodyOf(rule, rule.good), goodApi);
      assert.ok(good.stored || isAboutTheSwarm(good.message), `the good example is refused: ${good.message}`);
      const changes = bad.stored && bad.posted ? describeChanges(diff(comparable(bad.stored, networks), comparable(bad.posted, networks))) : [];
      switch (rule.effect) {
        case 'refused':
          assert.ok(!bad.stored && !isAboutTheSwarm(bad.message), `the bad example is not refused: ${bad.message ?? 'stored'}`);
          break;
        case 'lost':
          assert.ok(bad.stored || isAboutTheSwarm(bad.message), `the bad example is refused: ${bad.message}`);
          // a milder severity is for what is stored as it is, and only then has no effect
          if (rule.severity === 'error') assert.notDeepEqual(changes, [], 'nothing of the bad example is lost');
          break;
        case 'crashes-engine':
          // either the request itself is cut, or it is accepted and a task takes the engine down, which a drained node has none of
          assert.ok(bad.stored || bad.cut, `the bad example is refused: ${bad.message}`);
          break;
        case 'changed':
        case 'never-runs':
        case 'deprecated':
        case 'advice':
          assert.ok(bad.stored || isAboutTheSwarm(bad.message), `the bad example is refused: ${bad.message}`);
      }
    });
  }
});

/** The oldest engine: what it does otherwise is what the facts say of it, and nothing else. */
const OLDEST: Target = { kind: SERVICE, apiSource: 'flag', api: '1.41', engine: 20 };

liveSuite('rules against the engine', { generation: '20.10', experimental: true }, (started) => {
  let oracle: Oracle;
  before(async function () {
    this.timeout(60_000);
    oracle = await prepareOracle(started());
  });

  for (const rule of ruleDocs()) {
    if (rule.source === 'swarmspec' || rule.source.startsWith('YAML')) continue;
    it(`${rule.id}: both examples are seen for what it makes of them`, async () => {
      for (const [name, example] of [['bad', rule.bad], ['good', rule.good]] as const) {
        const { text } = bodyOf(rule, example);
        const verdict = verdictOf(name, { kind: rule.id, intent: 'open' }, text, await oracle.create(text, OLDEST.api), OLDEST.engine);
        const { miss, detail, findings } = score(verdict, OLDEST);
        // what takes the engine down when a task starts is stored first, and a drained node starts none
        if (miss === 'error on an accepted spec' && findings.every(({ severity, effect }) => severity !== 'error' || effect === 'crashes-engine')) continue;
        assert.equal(miss, undefined, `the ${name} example: ${miss} ${detail ?? ''}; engine: ${verdict.message ?? 'stored'}; we: ${findings.map(({ rule: id, path }) => `${id} ${toPointer(path)}`).join(', ')}\n${text}`);
      }
    });
  }
});

/** The body as it would be sent: JSON examples as they are, YAML ones as the JSON that they say. */
function bodyOf({ whole, id }: RuleDoc, example: string): { readonly text: string; readonly posted?: SpecObject } {
  if (whole === 'json') return { text: example, posted: parseExact(example) as SpecObject | undefined };
  const [{ document }] = readFile(example, 'yaml').documents;
  const value = specsIn(document)[0]?.value;
  assert.ok(isObject(value), `${id}: the example is no object`);
  // a duplicate key is gone from the value; as text it is sent twice
  if (whole === 'yaml') return { text: id === 'duplicate-key' ? toJson(value).replace('{', '{"Name":"demo",') : toJson(value), posted: value };
  const merged = mergeExact(value);
  return { text: toJson(merged), posted: merged };
}

function mergeExact(patch: SpecObject): SpecObject {
  return mergePatch({ Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } } }, patch) as SpecObject;
}

/** A refusal because of what is not in this swarm: everything about the text was fine. */
function isAboutTheSwarm(message: string | undefined): boolean {
  return /(secret|secrets|config|configs|network) \S*.*not found|(secret|config)s? not found/.test(message ?? '');
}

async function post(engine: TestEngine, { text, posted }: ReturnType<typeof bodyOf>, api: string) {
  assert.doesNotMatch(text, /"(Replicas|MaxConcurrent|TotalCompletions)":\d{4,18}\b/, 'so many tasks would take the engine down');
  let answer: Awaited<ReturnType<TestEngine['request']>>;
  try {
    answer = await engine.request('POST', `/v${api}/services/create`, text);
  } catch (error) {
    return { cut: true, message: (error as Error).message };
  }
  if (answer.status !== 201) return { message: String(answer.json?.message ?? answer.status) };
  const { ID } = answer.json as { ID: string };
  const { Spec } = parseExact((await engine.request('GET', `/services/${ID}`)).text) as { Spec: SpecObject };
  await engine.request('DELETE', `/services/${ID}`);
  return { stored: Spec, posted };
}
