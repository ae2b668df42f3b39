import * as assert from 'node:assert/strict';
import { diff } from '../../server/src/apply/diff';
import { comparable } from '../../server/src/apply/resolve';
import { describeChanges } from '../../server/src/apply/show';
import { readFile } from '../../server/src/document/document';
import { parseExact } from '../../server/src/document/exact';
import { isObject, type SpecObject } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import type { ApiVersion } from '../../server/src/facts/types';
import { validate } from '../../server/src/features/validate';
import type { Target } from '../../server/src/target';
import { readVerdicts, type Verdict } from '../agreement/score';
import { type Generation, liveSuite, type TestEngine } from '../support/engine';

/** Ids that stand in the recorded documents, by the name of the object. */
const IDS = {
  secrets: { db_password: '4wit47grejm88c9qiwns78m9h', api_token: '8quejd1c26ggda2flhndlzmnz', tls_cert: '9j22fs9u4bz9wvn20e3wms076', tls_key: 'j4ls0wcg40pck0v5iz38rlzmb' },
  configs: { gmsa_credspec: 'umqqekgeebqr97whoysrl0m3e', prometheus_yml: 'x6oofmvdzov06ragmpr364ure', nginx_conf: '62uiizdap79h6gis4fwnwobu7', app_conf: '8yyapk3gonofnys75xr0j3609' },
  networks: { frontend: 'rgvmsz2bvrhyvrsgu42fqcebk', backend: '53m6wxgfg7su6ss5g5zz3lao6', monitoring: '5nm767ytcpqph6nzxkdibyj32' },
} as const;

/** Every how many recorded documents one is sent; all kinds are in each sample, and so are those that anything disagreed on. */
const STEP = 3;

const TARGETS: Readonly<Record<Generation, { readonly api: ApiVersion; readonly engine: number }>> = {
  '28': { api: '1.49', engine: 28 },
  '20.10': { api: '1.41', engine: 20 },
};

/** Replaces replica counts that would make the manager create many tasks; such documents are not sent. */
function isHarmless({ text }: Verdict): boolean {
  return [...text.matchAll(/"(?:Replicas|MaxConcurrent|TotalCompletions)"\s*:\s*(\d+)/gi)].every(([, count]) => Number(count) <= 250);
}

for (const generation of ['28', '20.10'] as const) {
  liveSuite('agreement', { generation, experimental: true }, (started) => {
    const replacements = new Map<string, string>();

    before(async function () {
      this.timeout(60_000);
      const engine = started();
      await engine.drain(true);
      for (const [name, id] of Object.entries(IDS.secrets)) replacements.set(id, await engine.createSecret(name));
      for (const [name, id] of Object.entries(IDS.configs)) replacements.set(id, await engine.createConfig(name));
      for (const [name, id] of Object.entries(IDS.networks)) replacements.set(id, await engine.createNetwork(name));
    });

    it('answers a sample of the recorded documents as we do', async function () {
      this.timeout(600_000);
      const engine = started();
      const { api } = TARGETS[generation];
      const target: Target = { kind: SERVICE, apiSource: 'flag', ...TARGETS[generation] };
      const networks = (await engine.request('GET', '/networks')).json.map(({ Id, Name, Scope }: { Id: string; Name: string; Scope: string }) => ({ id: Id, name: Name, scope: Scope }));
      const sample = readVerdicts().filter((verdict, i) => i % STEP === 0 && isHarmless(verdict) && !verdict.env_dependent && !verdict.id.startsWith('foreign-doc:') && !verdict.text.includes('\ufffd'));
      const disagreements: string[] = [];
      for (const { id, text: recorded } of sample) {
        let text = recorded;
        for (const [from, to] of replacements) text = text.replaceAll(from, to);
        const findings = validate(readFile(text, 'json'), { target: () => target });
        const errors = findings.filter(({ severity }) => severity === 'error');
        const answer = await post(engine, api, text);
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

    it('answers a dry run of an update as we do, and never stores it', async function () {
      this.timeout(600_000);
      const engine = started();
      const { api } = TARGETS[generation];
      const target: Target = { kind: SERVICE, apiSource: 'flag', ...TARGETS[generation] };
      const disagreements: string[] = [];
      let asked = 0;
      for (const [i, { id, text: recorded, tags, env_dependent }] of readVerdicts().entries()) {
        if (i % 3 !== 1 || env_dependent || tags.kind.startsWith('raw-') || tags.kind === 'foreign-doc') continue;
        let text = recorded;
        for (const [from, to] of replacements) text = text.replaceAll(from, to);
        const spec = parseExact(text);
        const mode = isObject(spec) && isObject(spec.Mode) ? Object.keys(spec.Mode)[0] : undefined;
        // a live service of the same name and mode; the network list on the service has update rules of its own
        if (!isObject(spec) || typeof spec.Name !== 'string' || spec.Name === '' || !['Replicated', 'Global'].includes(mode ?? '') || spec.Networks !== undefined || text.includes('"plugin"')) continue;
        const minimal = { Name: spec.Name, TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: mode === 'Global' ? { Global: {} } : { Replicated: { Replicas: 1 } } };
        const created = await engine.request('POST', '/services/create', minimal);
        if (created.status !== 201) continue;
        const { ID } = created.json as { ID: string };
        const before = (await engine.request('GET', `/services/${ID}`)).json.Spec;
        const answer = await engine.request('POST', `/v${api}/services/${ID}/update?version=0`, text).catch((error: Error) => ({ status: 0, json: { message: error.message } }));
        assert.deepEqual((await engine.request('GET', `/services/${ID}`)).json.Spec, before, `${id}: the dry run stored something`);
        await engine.request('DELETE', `/services/${ID}`);
        assert.notEqual(answer.status, 200, `${id}: version 0 was taken`);
        asked++;
        const message = String(answer.json?.message ?? answer.status);
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

/** Creates a service of this text, reads back what was stored, and removes it again. */
async function post(engine: TestEngine, api: string, text: string): Promise<{ readonly stored?: SpecObject; readonly message?: string }> {
  let answer: Awaited<ReturnType<TestEngine['request']>>;
  try {
    answer = await engine.request('POST', `/v${api}/services/create`, text);
  } catch (error) {
    return { message: (error as Error).message }; // the request handler panicked and cut the connection
  }
  if (answer.status !== 201) return { message: answer.json?.message ?? String(answer.status) };
  const { ID } = answer.json as { ID: string };
  const stored = parseExact((await engine.request('GET', `/v${api}/services/${ID}`)).text) as { Spec: SpecObject };
  await engine.request('DELETE', `/services/${ID}`);
  return { stored: stored.Spec };
}
