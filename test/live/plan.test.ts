import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { sendUpdate, updateOf } from '../../server/src/apply/apply';
import { obstacleOf } from '../../server/src/apply/obstacle';
import { type PlanOptions, type PlanOutcome, planUpdate } from '../../server/src/apply/plan';
import { parseExact } from '../../server/src/document/exact';
import { isObject, type SpecObject, type SpecValue, toJson } from '../../server/src/document/value';
import { connect } from '../../server/src/engine/client';
import type { Engine } from '../../server/src/engine/engine';
import type { ApiVersion } from '../../server/src/facts/types';
import { LIVE_RULES } from '../../server/src/rules/all';
import { readWorld, specOf } from '../../server/src/tools/liveExample';
import { mergePatch } from '../../server/src/tools/mergePatch';
import { ROOT } from '../../server/src/tools/root';
import { GENERATION_NAMES, liveSuite, startEngine, type TestEngine } from '../support/engine';
import { folderOf, runIn } from '../support/terminal';

/** Rules whose world takes more than services, networks and the like; each has a test of its own below. */
const APART = ['placement-removed', 'ingress-network-missing', 'still-fails', 'rollout-under-way', 'plugin-needs-experimental'];

/** These sleep, so that there are tasks to look at, and end at once when they are stopped. */
const RUNNING = { TaskTemplate: { ContainerSpec: { Command: ['sleep', '1d'], StopSignal: 'SIGKILL' } } };

for (const generation of GENERATION_NAMES) {
  liveSuite('plan', generation, (started) => {
    let engine: Engine;
    let api: ApiVersion;
    before(() => {
      engine = connect({ kind: 'unix', address: started().host, socketPath: started().socket });
      api = started().api as ApiVersion;
    });
    afterEach(async () => {
      for (const { id } of await engine.services(api)) await started().request('DELETE', `/services/${id}`);
      // engine 20.10 keeps the tasks of a job that is gone; those of other services hold ports and networks until they are gone
      await until(async () => ((await started().request('GET', '/tasks')).json as { JobIteration?: object }[]).every(({ JobIteration }) => JobIteration));
      for (const [list, key] of [['networks', 'Id'], ['secrets', 'ID'], ['configs', 'ID']] as const) {
        const found = (await started().request('GET', `/${list}`)).json as Record<string, any>[];
        for (const one of found) if (/^(app-|local-|db)/.test(one.Name ?? one.Spec.Name)) await until(async () => (await started().request('DELETE', `/${list}/${one[key]}`)).status < 300);
      }
    });

    const create = async (spec: object) => {
      const answer = await engine.create({ body: toJson(parseExact(JSON.stringify(spec)) as SpecValue), api });
      assert.equal(answer.kind, 'ok', JSON.stringify(answer));
    };
    const FILE = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    Command: [sleep, 1d]\n    StopSignal: SIGKILL\n';
    const cli = async (files: Record<string, string>, ...args: string[]) => runIn(folderOf(files), args, { env: { DOCKER_HOST: started().host } });
    const plan = (spec: SpecObject, options: Partial<PlanOptions> = {}) => planUpdate(spec, engine, { api, ...options });

    describe('rules about the live swarm', () => {
      for (const { id, effect, examples } of LIVE_RULES.filter((rule) => !APART.includes(rule.id))) {
        if (id === 'cluster-volume-missing' && generation === '20.10') continue; // its mount type came with API v1.42
        it(`${id} (${effect})`, async function () {
          this.timeout(60_000);
          const world = await make(started(), engine, api, examples.live);
          const options = { service: world.updating, ...(world.api && { api: world.api }) };
          const bad = await plan(world.place(specOf(examples.bad)), options);
          assert.ok(rulesOf(bad).includes(id), `the plan says nothing: ${rulesOf(bad).join(', ')}`);
          const good = await plan(world.place(specOf(examples.good)), options);
          assert.ok(!rulesOf(good).includes(id), 'the plan says it of the good example too');
          if (good.kind === 'planned' && good.plan.changes.length > 0) assert.deepEqual(good.plan.dryRun, { kind: 'passed' });
          if (effect === 'refused') return assertRefused(bad, engine, world.api ?? api);
          if (bad.kind === 'planned') assert.deepEqual(bad.plan.dryRun, { kind: 'passed' });
          if (effect === 'never-runs') await assertNeverRuns(started(), specOf(examples.bad));
        });
      }

      it('still-fails (never-runs)', async () => {
        await create({ Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'registry.invalid/nope:1' }, RestartPolicy: { Condition: 'none' } } });
        await until(async () => (await tasksOf('demo')).some(({ Status }) => /No such image/.test(Status.Err ?? '')));
        const spec = (Image: string) => specOf({ TaskTemplate: { ContainerSpec: { Image, Env: ['A=1'] }, RestartPolicy: { Condition: 'none' } } });
        assert.ok(rulesOf(await plan(spec('registry.invalid/nope:1'))).includes('still-fails'));
        assert.ok(!rulesOf(await plan(spec('busy:1'))).includes('still-fails'));
        await create({ Name: 'mounted', TaskTemplate: { ContainerSpec: { Image: 'busy:1', Mounts: [{ Type: 'bind', Source: '/no/such/dir', Target: '/data' }] }, RestartPolicy: { Condition: 'none' } } });
        await until(async () => (await tasksOf('mounted')).some(({ Status }) => /bind source path does not exist/.test(Status.Err ?? '')));
        const mounted = (Source: string) => specOf({ Name: 'mounted', TaskTemplate: { ContainerSpec: { Env: ['A=1'], Mounts: [{ Type: 'bind', Source, Target: '/data' }] } } });
        assert.ok(rulesOf(await plan(mounted('/no/such/dir'))).includes('still-fails'));
        assert.ok(!rulesOf(await plan(mounted('/tmp'))).includes('still-fails'));
      });

      it('rollout-under-way (advice)', async () => {
        const failing = { UpdateConfig: { Parallelism: 1, Delay: 60_000_000_000, FailureAction: 'pause' }, TaskTemplate: { RestartPolicy: { Condition: 'none' } }, Mode: { Replicated: { Replicas: 2 } } };
        const base = specOf(mergePatch(RUNNING, failing));
        await create(base);
        await running('demo', 2);
        await apply(await plan(mergePatch(base, { TaskTemplate: { ContainerSpec: { Command: ['false'] } } }) as SpecObject));
        await until(async () => (await engine.service('demo', api))?.updateStatus?.State === 'paused', 20_000);
        const next = await plan(mergePatch(base, { Labels: { a: 'b' } }) as SpecObject);
        assert.ok(rulesOf(next).includes('rollout-under-way'));
      });

      it('plugin-needs-experimental (refused)', async () => {
        const spec = specOf({ Name: 'demo2', Mode: { Global: {} }, TaskTemplate: { Runtime: 'plugin', ContainerSpec: null, PluginSpec: { Name: 'p', Remote: 'p:1' } } });
        const outcome = await plan(spec);
        assert.ok(rulesOf(outcome).includes('plugin-needs-experimental'));
        await assertRefused(outcome, engine, api);
      });
    });

    describe('a dry run', () => {
      it('never moves the version index, whatever is asked, and touches no task', async function () {
        this.timeout(120_000);
        await create(mergePatch(specOf({ Labels: { round: '0' } }), RUNNING) as object);
        await create({ ...specOf({ Name: 'job', Mode: { ReplicatedJob: { TotalCompletions: 1 } } }), ...{ TaskTemplate: { ContainerSpec: { Image: 'busy:1', Command: ['true'] } } } });
        await running('demo', 1);
        await until(async () => (await tasksOf('job')).every(({ Status }) => Status.State === 'complete'));
        await apply(await plan(mergePatch(specOf({ Labels: { round: '1' } }), RUNNING) as SpecObject));
        await resting('demo');
        const states = () => Promise.all(['demo', 'job'].map(async (name) => [await engine.service(name, api), (await tasksOf(name)).map(({ ID, Version }) => [ID, Version])]));
        const before = await states();
        const asked: Record<string, number> = {};
        for (let i = 0; i < 300; i++) {
          const [name, patch] = QUESTIONS[i % QUESTIONS.length];
          const live = await engine.service(name, api);
          assert.ok(live);
          const body = toJson(mergePatch(live.spec, patch(i)) as SpecValue);
          const { kind } = await engine.dryRun(live.id, { body, api, ...(i % 7 === 0 && { rollback: 'previous' as const }) });
          asked[kind] = (asked[kind] ?? 0) + 1;
        }
        assert.deepEqual(Object.keys(asked).sort(), ['passed', 'refused']);
        assert.ok(asked.passed > 100 && asked.refused > 50, JSON.stringify(asked));
        assert.deepEqual(await states(), before);
      });

      it('refuses what the update refuses, with the field that it is about, and passes what it takes', async () => {
        await create(specOf({ Labels: { a: 'b' } }));
        const cases: [object, string | undefined][] = [
          [{ Labels: { a: 'c' } }, undefined],
          [{ TaskTemplate: { Networks: [{ Target: 'app-none' }] } }, 'TaskTemplate.Networks.0.Target'],
          [{ TaskTemplate: { Placement: { Constraints: ['node.role=manager'] } } }, 'TaskTemplate.Placement.Constraints'],
          [{ Mode: { Global: {} } }, 'Mode'],
          [{ EndpointSpec: { Mode: 'dnsrr', Ports: [{ TargetPort: 80, PublishedPort: 18_080 }] } }, 'EndpointSpec'],
          [{ TaskTemplate: { Resources: { Limits: { MemoryBytes: 1 } } } }, 'TaskTemplate.Resources'],
        ];
        for (const [patch, at] of cases) {
          const outcome = await plan(specOf(patch));
          assert.ok(outcome.kind === 'planned');
          const { dryRun } = outcome.plan;
          assert.equal(dryRun.kind === 'refused' ? dryRun.at?.join('.') : undefined, at, JSON.stringify(patch));
          assert.equal(dryRun.kind, at ? 'refused' : 'passed');
          assert.equal(obstacleOf(outcome.plan)?.kind, at && 'refused');
          const end = await sendUpdate(updateOf(outcome.plan), engine);
          assert.equal(end.kind, at ? 'refused' : 'applied', JSON.stringify(end));
        }
      });

      it('asks with the options of the request', async () => {
        await create(specOf({}));
        const outcome = await plan(specOf({ Labels: { a: 'b' } }), { registryAuthFrom: 'previous-spec' });
        assert.ok(outcome.kind === 'planned');
        assert.ok(outcome.plan.dryRun.kind === 'refused');
        assert.match(outcome.plan.dryRun.message, /does not have a previous spec/);
      });

      it('cannot see the size, which the managers limit when they store: a rule on the file does', async () => {
        await create(specOf({}));
        await resting('demo');
        const outcome = await plan(specOf({ Labels: { large: 'x'.repeat(2_000_000) } }));
        assert.ok(outcome.kind === 'planned');
        assert.deepEqual(outcome.plan.dryRun, { kind: 'passed' });
        assert.equal((await sendUpdate(updateOf(outcome.plan), engine)).kind, 'refused');
        assert.equal((await cli({ 'a.service.yaml': `${FILE}Labels: { large: ${'x'.repeat(2_000_000)} }\n` }, 'apply', 'a.service.yaml', '--yes')).code, 1);
      });
    });

    describe('on the command line', () => {
      it('tells what restarts, and exits with 1 where there is something to do', async () => {
        await create(mergePatch(specOf({}), RUNNING) as object);
        await running('demo', 1);
        assert.deepEqual(await cli({ 'a.service.yaml': FILE }, 'plan', 'a.service.yaml'), { code: 0, out: 'a.service.yaml: nothing to change, `demo` already is what this spec says.\nPlan: 0 to update, 0 to create, 1 unchanged.\n', err: '' });
        const { code, out } = await cli({ 'a.service.yaml': FILE.replace('1d', '2d'), 'b.service.yaml': `${FILE.replace('demo', 'new')}---\n${FILE}` }, 'plan', '.');
        assert.equal(code, 1);
        assert.match(out, /~ TaskTemplate\.ContainerSpec\.Command\[1\]: "1d" → "2d"\n {2}Tasks: 1 task restarts, because of `TaskTemplate\.ContainerSpec\.Command\[1\]`\.\n {2}Dry run: the engine accepts this update\.\n/);
        assert.match(out, /There is no service `new`/);
        assert.match(out, /\nPlan: 1 to update \(1 task restarts\), 1 to create, 1 unchanged\.\n$/);
      });

      it('shows a text diff, and the differences that it ignores', async () => {
        await create(mergePatch(specOf({}), RUNNING) as object);
        const { out } = await cli({ 'a.service.yaml': `${FILE}Labels: { team: a }\nEndpointSpec: { Mode: vip }\n` }, 'plan', 'a.service.yaml', '--diff', '--show-ignored');
        assert.match(out, /--- live\n\+\+\+ this spec\n@@ .* @@\n[^]*\n\+Labels:\n\+ {2}team: a\n/);
        assert.match(out, /Isolation: the service has "default", the spec nothing; this is what leaving it out means/);
      });

      it('gives a secret by name its id, and hides what is secret', async () => {
        const id = await started().createSecret('db', 'planted-secret');
        await create(mergePatch(specOf({}), RUNNING) as object);
        const file = `${FILE}    Env: [DB_PASSWORD=planted-secret]\n    Secrets: [{ SecretName: db, File: { Name: db, UID: "0", GID: "0", Mode: 292 } }]\n`;
        const { code, out, err } = await cli({ 'a.service.yaml': file }, 'plan', 'a.service.yaml');
        assert.equal(code, 1, out + err);
        assert.match(out, new RegExp(`Names: secret \`db\` is \`${id}\``));
        const diffed = await cli({ 'a.service.yaml': file }, 'plan', 'a.service.yaml', '--diff', '--show-ignored');
        const json = await cli({ 'a.service.yaml': file }, 'plan', 'a.service.yaml', '--json');
        assert.doesNotMatch([out, err, ...Object.values(diffed), ...Object.values(json)].join('\n'), /planted-secret/);
        const misspelt = await cli({ 'a.service.yaml': file.replace('SecretName: db', 'SecretName: dbb') }, 'plan', 'a.service.yaml');
        assert.equal(misspelt.code, 5);
        assert.match(misspelt.out, /There is no secret `dbb` in this swarm[^]*reference-not-found/);
      });

      it('exits with 5 where the engine refuses, and sends nothing then', async () => {
        await create(mergePatch(specOf({}), RUNNING) as object);
        await resting('demo');
        const before = await engine.service('demo', api);
        const file = `${FILE}Mode: { Global: {} }\n`;
        const refused = await cli({ 'a.service.yaml': file }, 'plan', 'a.service.yaml');
        assert.equal(refused.code, 5);
        assert.match(refused.out, /Dry run: the engine refuses this update: .*service mode change is not allowed/);
        assert.match(refused.out, /The service is `Replicated`, the spec says `Global`/);
        assert.equal((await cli({ 'a.service.yaml': file }, 'plan', 'a.service.yaml', '--dry-run', 'none')).code, 5);
        assert.equal((await cli({ 'a.service.yaml': file }, 'apply', 'a.service.yaml', '--yes')).code, 5);
        assert.deepEqual(await engine.service('demo', api), before);
      });

      it('writes JSON of the published shape, whatever the plan says', async () => {
        const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/plan.v1.json'), 'utf8')));
        await started().createNetwork('app-net');
        await create(mergePatch(specOf({ Labels: { 'com.docker.stack.namespace': 'shop' } }), RUNNING) as object);
        await running('demo', 1);
        const files = {
          'a.service.yaml': `${FILE}Labels: { a: b }\nEndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 18080 }] }\n`.replace('TaskTemplate:\n', 'TaskTemplate:\n  Networks: [{ Target: app-net }]\n'),
          'b.service.yaml': `${FILE}Mode: { Global: {} }\n`, 'c.service.yaml': FILE.replace('demo', 'new'), 'd.service.yaml': FILE.replace('Name: demo\n', ''),
          'e.service.yaml': `${FILE}Mode: { Replicated: { Replcas: 1 } }\n`, 'f.service.yaml': `${FILE}Labels: { com.docker.stack.namespace: shop }\n`,
        };
        const { code, out } = await cli(files, 'plan', '.', '--json');
        const output = JSON.parse(out);
        assert.equal(validate(output), true, JSON.stringify(validate.errors));
        assert.equal(code, 5);
        assert.deepEqual(output.specs.map(({ action }: { action: string }) => action), ['update', 'update', 'create', 'none', 'none', 'none']);
        assert.deepEqual(output.summary, { update: 1, create: 1, unchanged: 1, blocked: 3, restart: 1, start: 0, stop: 0 });
        assert.deepEqual(output.specs[1].obstacle.kind, 'refused');
      });

      it('wants a word that it knows', async () => {
        assert.equal((await cli({ 'a.service.yaml': FILE }, 'plan', 'a.service.yaml', '--dry-run', 'maybe')).code, 2);
      });
    });

    const tasksOf = async (name: string) => (await started().request('GET', `/tasks?filters=${encodeURIComponent(JSON.stringify({ service: [name] }))}`)).json as { ID: string; Version: object; Status: { State: string; Err?: string } }[];
    const running = (name: string, count: number) => until(async () => (await tasksOf(name)).filter(({ Status }) => Status.State === 'running').length === count, 20_000);

    async function resting(name: string): Promise<void> {
      for (let last = await engine.service(name, api); ; ) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const now = await engine.service(name, api);
        if (now?.index === last?.index && !/updating/.test(String(now?.updateStatus?.State))) return;
        last = now;
      }
    }

    async function apply(outcome: PlanOutcome): Promise<void> {
      assert.ok(outcome.kind === 'planned', outcome.kind);
      assert.equal((await sendUpdate(updateOf(outcome.plan), engine)).kind, 'applied');
    }
  });
}

for (const generation of GENERATION_NAMES) {
  describe(`what takes the engine ${generation} down`, function () {
    this.timeout(120_000);

    it('placement-removed (crashes-engine)', async function () {
      const started = await startEngine({ generation });
      if (!started) return this.skip();
      try {
        const engine = connect({ kind: 'unix', address: started.host, socketPath: started.socket }, { timeoutMs: 10_000 });
        const api = started.api as ApiVersion;
        const spec = (more: object) => mergePatch(mergePatch(specOf({}), RUNNING), more) as SpecObject;
        await engine.create({ body: toJson(spec({ TaskTemplate: { Placement: { Constraints: ['node.role==manager'] } } })), api });
        await until(async () => (await engine.tasks((await engine.service('demo', api))!.id, api)).some(({ state }) => state === 'running'), 20_000);
        const planned = async (more: object) => {
          const outcome = await planUpdate(spec(more), engine, { api });
          assert.ok(outcome.kind === 'planned');
          return outcome.plan;
        };
        assert.equal(obstacleOf(await planned({ TaskTemplate: { Placement: {} } })), undefined);
        assert.equal(obstacleOf(await planned({ TaskTemplate: { ContainerSpec: { Env: ['A=1'] } } })), undefined);
        const plan = await planned({});
        assert.deepEqual(plan.dryRun, { kind: 'passed' }, 'no dry run can see it');
        assert.deepEqual(obstacleOf(plan)?.problems.map(({ rule }) => rule), ['placement-removed']);
        await engine.update(plan.service.id, { version: plan.index, body: plan.body, api });
        await until(async () => (await engine.ping().catch(() => undefined)) === undefined, 20_000);
      } finally {
        await started.stop();
      }
    });

    it('ingress-network-missing (refused), once the network of the routing mesh is gone', async function () {
      const started = await startEngine({ generation });
      if (!started) return this.skip();
      try {
        const engine = connect({ kind: 'unix', address: started.host, socketPath: started.socket });
        const api = started.api as ApiVersion;
        await engine.create({ body: toJson(specOf({})), api });
        const port = (more: object) => specOf({ EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 18_080, ...more }] } });
        assert.ok(!rulesOf(await planUpdate(port({}), engine, { api })).includes('ingress-network-missing'));
        await until(async () => (await started.request('DELETE', '/networks/ingress')).status < 300, 20_000);
        await until(async () => !(await engine.networks(api)).some(({ ingress }) => ingress), 20_000);
        const outcome = await planUpdate(port({}), engine, { api });
        assert.ok(rulesOf(outcome).includes('ingress-network-missing'));
        await assertRefused(outcome, engine, api);
        assert.ok(!rulesOf(await planUpdate(port({ PublishMode: 'host' }), engine, { api })).includes('ingress-network-missing'));
      } finally {
        await started.stop();
      }
    });
  });
}

/** What dry runs are asked about: taken and refused, large, of a job, of a rollback. */
const QUESTIONS: readonly (readonly [string, (i: number) => object])[] = [
  ['demo', (i) => ({ Labels: { round: String(i) } })],
  ['demo', (i) => ({ TaskTemplate: { ContainerSpec: { Env: [`A=${i}`] } } })],
  ['demo', () => ({})],
  ['demo', () => ({ Mode: { Replicated: null, Global: {} } })],
  ['demo', () => ({ Name: 'other' })],
  ['demo', (i) => ({ Mode: { Replicated: { Replicas: i % 5 } } })],
  ['job', (i) => ({ Labels: { round: String(i) } })],
  ['demo', (i) => ({ Labels: { large: 'x'.repeat(100_000 + i) } })],
  ['demo', () => ({ TaskTemplate: { Networks: [{ Target: 'app-none' }] } })],
  ['job', () => ({ Mode: { ReplicatedJob: null, Replicated: {} } })],
  ['demo', () => ({ TaskTemplate: { ForceUpdate: 5 } })],
];

interface MadeWorld {
  readonly updating?: string;
  readonly api?: ApiVersion;
  /** An example with the ids of this swarm. */
  place(spec: SpecObject): SpecObject;
}

/** Makes what a rule's example meets on a real engine. */
async function make(started: TestEngine, engine: Engine, api: ApiVersion, text: string): Promise<MadeWorld> {
  const { written, updating } = readWorld(text);
  const ids = new Map<string, string>();
  const items = (key: string) => (Array.isArray(written[key]) ? (written[key] as SpecValue[]).filter(isObject) : []);
  for (const { name, scope } of items('networks')) {
    const id = await started.createNetwork(String(name), scope === 'local' ? { Driver: 'bridge' } : {});
    ids.set(`@network:${String(name)}@`, id);
  }
  for (const { name } of items('secrets')) ids.set(`@secret:${String(name)}@`, await started.createSecret(String(name)));
  for (const { name } of items('configs')) ids.set(`@config:${String(name)}@`, await started.createConfig(String(name)));
  const place = (spec: SpecObject) => parseExact([...ids].reduce((body, [mark, id]) => body.replaceAll(mark, id), toJson(spec))) as SpecObject;
  const create = async (spec: SpecObject) => {
    const answer = await engine.create({ body: toJson(place(spec)), api });
    assert.equal(answer.kind, 'ok', JSON.stringify(answer));
  };
  for (const { name, ...spec } of items('services')) await create(specOf(mergePatch(mergePatch(RUNNING, spec), { Name: name })));
  if (isObject(written.service)) {
    const spec = specOf(written.service);
    await create(isObject(written.previous) ? (mergePatch(spec, written.previous) as SpecObject) : spec);
    if (isObject(written.previous)) {
      const outcome = await planUpdate(place(spec), engine, { api });
      assert.ok(outcome.kind === 'planned');
      assert.equal((await sendUpdate(updateOf(outcome.plan), engine)).kind, 'applied');
    }
    await until(async () => (await engine.tasks((await engine.service('demo', api))!.id, api)).length > 0);
  }
  return { updating, ...(typeof written.api === 'string' && { api: written.api as ApiVersion }), place };
}

function rulesOf(outcome: PlanOutcome): string[] {
  const problems = outcome.kind === 'unnamed' ? [] : outcome.kind === 'noSuchService' ? outcome.problems : outcome.plan.problems;
  return problems.map(({ rule }) => rule);
}

async function assertRefused(outcome: PlanOutcome, engine: Engine, api: ApiVersion): Promise<void> {
  if (outcome.kind === 'planned') {
    assert.equal(outcome.plan.dryRun.kind, 'refused');
    assert.equal((await sendUpdate(updateOf(outcome.plan), engine)).kind, 'refused');
  } else {
    assert.ok(outcome.kind === 'noSuchService', outcome.kind);
    assert.match((await engine.create({ body: outcome.body, api })).kind, /^(refused|nameConflict)$/);
  }
}

/** A service of this spec gets no running task: they are rejected, or wait, or there is none at all. */
async function assertNeverRuns(started: TestEngine, bad: SpecObject): Promise<void> {
  const spec = mergePatch(mergePatch(bad, RUNNING), { Name: 'never' }) as SpecObject;
  // whoever holds what it wants has to have it by then, on a busy machine too
  await until(async () => ((await started.request('GET', '/tasks')).json as { Status: { State: string } }[]).every(({ Status }) => !/^(new|assigned|accepted|preparing|ready|starting)$/.test(Status.State)));
  const answer = await started.request('POST', '/services/create', toJson(spec));
  assert.equal(answer.status, 201, answer.text);
  const replicas = Number(((spec.Mode as SpecObject | undefined)?.Replicated as SpecObject | undefined)?.Replicas ?? 1);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const tasks = (await started.request('GET', `/tasks?filters=${encodeURIComponent('{"service":["never"]}')}`)).json as { Status: { State: string } }[];
  assert.ok(tasks.length > 0 && tasks.filter(({ Status }) => Status.State === 'running').length < replicas, tasks.map(({ Status }) => Status.State).join(', '));
}

async function until(isDone: () => Promise<boolean>, limitMs = 15_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; !(await isDone()); ) {
    assert.ok(Date.now() < deadline, `not done within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
