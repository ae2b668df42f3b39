import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { diff } from '../server/src/apply/diff';
import { dryRun, describeDryRun } from '../server/src/apply/dryRun';
import { obstacleOf } from '../server/src/apply/obstacle';
import { type Plan, type PlanOptions, type PlanOutcome, planUpdate } from '../server/src/apply/plan';
import type { RestartForecast } from '../server/src/apply/restart';
import { isSecret, maskText } from '../server/src/apply/secrecy';
import { changeTree } from '../server/src/apply/show';
import { describeRestarts } from '../server/src/apply/showPlan';
import { planTexts } from '../server/src/apply/showTexts';
import { readSwarm } from '../server/src/apply/swarm';
import { planJson, summaryOf } from '../server/src/cli/planJson';
import type { PlannedInput } from '../server/src/cli/planning';
import { obstacleResult, planText } from '../server/src/cli/planText';
import { readDocument } from '../server/src/document/document';
import { isObject, type SpecObject, toJson } from '../server/src/document/value';
import type { DryRunAnswer, Engine, LiveService, LiveTask } from '../server/src/engine/engine';
import { EngineError } from '../server/src/engine/error';
import { unifiedDiff } from '../server/src/features/unifiedDiff';
import { type PlacementNode, satisfies } from '../server/src/grammar/placement';
import { mergePatch } from '../server/src/tools/mergePatch';
import { ROOT } from '../server/src/tools/root';

const LIVE = `
Name: web
Labels: {}
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
    Env: [MODE=prod, DB_PASSWORD=hunter2]
    StopGracePeriod: 10000000000
    Isolation: default
  Networks: [{ Target: net-id }]
  ForceUpdate: 0
  Runtime: container
Mode: { Replicated: { Replicas: 2 } }
`;

function yaml(text: string): SpecObject {
  const { value } = readDocument(text, 'yaml');
  assert.ok(isObject(value));
  return value;
}

const OURS = LIVE.replace('net-id', 'frontend').replace('    Isolation: default\n', '').replace('Labels: {}\n', '');

/** An engine with one service of two running tasks. */
function engineOf(live: string, more: Partial<Engine> = {}): Engine {
  const spec = yaml(live);
  const service: LiveService = { id: 'service-id', name: String(spec.Name), index: '7', spec, raw: {} };
  const tasks = [1, 2].map((slot): LiveTask => ({ id: `task-${slot}`, slot, nodeId: 'node-1', desiredState: 'running', state: 'running', raw: { Spec: spec.TaskTemplate as SpecObject } }));
  const refuse = async () => assert.fail('nothing may be sent');
  return {
    address: 'unix:///fake.sock',
    ping: async () => ({ apiVersion: '1.51', engineVersion: '28.5.2', swarm: 'manager', experimental: false }),
    swarm: async () => ({ id: 'swarm-id', nodeId: 'node-1', managers: 1, nodes: 1 }),
    service: async (name) => (name === service.name || name === service.id ? service : undefined),
    services: async () => [service],
    update: refuse, create: refuse,
    dryRun: async () => ({ kind: 'passed' }),
    tasks: async () => tasks,
    nodes: async () => [{ id: 'node-1', state: 'ready', availability: 'active', role: 'manager', labels: {}, engineLabels: {}, raw: {} }],
    networks: async () => [{ id: 'net-id', name: 'frontend', scope: 'swarm' }],
    secrets: async () => [{ id: 'secret-id', name: 'db' }],
    configs: async () => [{ id: 'config-id', name: 'app' }],
    volumes: async () => [], images: async () => [],
    ...more,
  };
}

async function planned(ours: string | SpecObject, more: Partial<Engine> = {}, options: Partial<PlanOptions> = {}): Promise<Plan> {
  const outcome = await outcomeOf(ours, more, options);
  assert.ok(outcome.kind === 'planned', outcome.kind);
  return outcome.plan;
}

function outcomeOf(ours: string | SpecObject, more: Partial<Engine> = {}, options: Partial<PlanOptions> = {}): Promise<PlanOutcome> {
  return planUpdate(typeof ours === 'string' ? yaml(ours) : ours, engineOf(LIVE, more), { api: '1.51', ...options });
}

const patched = (patch: string): SpecObject => mergePatch(yaml(OURS), yaml(patch)) as SpecObject;
const tree = ({ base, ours, names }: Plan) => changeTree(base, ours, names).map(({ depth, mark, text }) => `${'  '.repeat(depth)}${mark} ${text}`);

describe('a plan', () => {
  it('finds nothing to change in another writing, and lists what it has ignored', async () => {
    const outcome = await outcomeOf(OURS.replace('Mode: {', 'mode: {').replace('StopGracePeriod', 'stopgraceperiod'));
    assert.ok(outcome.kind === 'unchanged');
    const ignored = outcome.plan.ignored.map(({ path, why }) => `${path.join('.')}: ${why}`).sort();
    assert.deepEqual(ignored, [
      'Labels: an empty one is not stored',
      'Mode: the letter case of a key does not count',
      'TaskTemplate.ContainerSpec.Isolation: this is what leaving it out means',
      'TaskTemplate.ContainerSpec.StopGracePeriod: the letter case of a key does not count',
      'TaskTemplate.Networks.0.Target: the name of the network stands for this id',
    ]);
    assert.deepEqual(outcome.plan.dryRun, { kind: 'none', why: 'nothing to send' });
  });

  it('has no difference between the two specs that is neither a change nor ignored', async () => {
    const { ignored, changes, live, body } = await planned(patched('Labels: { a: b }\nEndpointSpec: { Mode: vip }\nUpdateConfig: { FailureAction: pause, Parallelism: 1 }'));
    const places = (one: SpecObject, other: SpecObject) => diff(one, other).map(({ path }) => path.join('.'));
    const told = [...changes, ...ignored].map(({ path }) => path.join('.'));
    for (const place of places(live, yaml(body))) assert.ok(told.some((one) => one === place || one.startsWith(`${place}.`) || place.startsWith(`${one}.`)), `${place} is not told: ${told.join(', ')}`);
  });

  it('sends what is shown: names resolved, every digit kept, in the order of the document', async () => {
    const spec = patched('TaskTemplate: { ForceUpdate: 18446744073709551615, ContainerSpec: { Secrets: [{ SecretName: db, File: { Name: a } }], Configs: [{ ConfigName: app, ConfigID: "", File: { Name: b } }] } }');
    const { body, resolved, problems } = await planned(spec);
    assert.match(body, /^\{"Name":"web","TaskTemplate":\{"ContainerSpec":/);
    assert.match(body, /"ForceUpdate":18446744073709551615/);
    assert.match(body, /"SecretName":"db","File":\{"Name":"a"\},"SecretID":"secret-id"/);
    assert.match(body, /"ConfigName":"app","ConfigID":"config-id"/);
    assert.match(body, /"Networks":\[\{"Target":"net-id"\}\]/);
    assert.deepEqual(resolved.map(({ path, what, name, id }) => [path.join('.'), what, name, id]), [
      ['TaskTemplate.Networks.0.Target', 'network', 'frontend', 'net-id'],
      ['TaskTemplate.ContainerSpec.Secrets.0.SecretID', 'secret', 'db', 'secret-id'],
      ['TaskTemplate.ContainerSpec.Configs.0.ConfigID', 'config', 'app', 'config-id'],
    ]);
    assert.deepEqual(problems, []);
  });

  it('says which name means nothing, and what may be meant', async () => {
    const plan = await planned(patched('TaskTemplate: { Networks: [{ Target: frontnd }] }'), { dryRun: async () => ({ kind: 'refused', status: 500, message: 'network frontnd not found' }) });
    assert.match(plan.problems.map(({ message }) => message).join(), /no network `frontnd`.*Did you mean `frontend`/);
    assert.deepEqual(plan.dryRun, { kind: 'refused', status: 500, message: 'network frontnd not found', at: ['TaskTemplate', 'Networks', 0, 'Target'] });
    assert.equal(obstacleOf(plan)?.kind, 'refused');
  });

  it('is about the service that is named apart from the spec, and tells that none is renamed', async () => {
    const plan = await planned(patched('Name: shop'), {}, { service: 'web' });
    assert.deepEqual([plan.service.name, plan.problems.map(({ rule }) => rule)], ['web', ['service-renamed']]);
  });

  it('tells what creating would send where there is no such service', async () => {
    const outcome = await outcomeOf(patched('Name: WEB'));
    assert.ok(outcome.kind === 'noSuchService');
    assert.deepEqual(outcome.problems.map(({ rule }) => rule), ['name-taken']);
  });

  it('goes on without the lists that the engine refuses to tell', async () => {
    const refused = async () => { throw new EngineError('refused', 'a proxy says no', 403); };
    const plan = await planned(patched('Labels: { a: b }'), { secrets: refused, configs: refused, services: refused, nodes: refused, tasks: refused, swarm: refused });
    assert.deepEqual([plan.changes.length, plan.swarmId, plan.restart], [1, undefined, undefined]);
    assert.match(describeRestarts(plan.restart), /Nobody knows/);
  });

  it('takes nothing else for a refusal to tell', async () => {
    await assert.rejects(outcomeOf(OURS, { secrets: async () => { throw new EngineError('cut', 'gone'); } }), /gone/);
  });

  it('plans for what the engine keeps at the API version', async () => {
    const spec = patched('TaskTemplate: { ContainerSpec: { CapabilityAdd: [CAP_NET_ADMIN] } }');
    assert.equal((await outcomeOf(spec, {}, { api: '1.40' })).kind, 'unchanged');
    assert.equal((await outcomeOf(spec, {}, { api: '1.41' })).kind, 'planned');
  });

  it('takes the severity of its rules from the settings', async () => {
    const ours = patched('TaskTemplate: { Resources: {} }');
    assert.deepEqual((await planned(ours)).problems.map(({ rule }) => rule), ['restart-without-change']);
    assert.deepEqual((await planned(ours, {}, { severity: { 'restart-without-change': 'off' } })).problems, []);
    assert.equal((await planned(ours, {}, { severity: { 'restart-without-change': 'error' } })).problems[0].severity, 'error');
  });
});

describe('the tree of a plan', () => {
  const cases: { says: string; ours: string; shows: string[] }[] = [
    { says: 'a single change on one line', ours: 'Mode: { Replicated: { Replicas: 3 } }', shows: ['~ Mode.Replicated.Replicas: 2 → 3'] },
    { says: 'numbers read aloud', ours: 'TaskTemplate: { ContainerSpec: { StopGracePeriod: 30000000000 } }', shows: ['~ TaskTemplate.ContainerSpec.StopGracePeriod: 10000000000 (10 s) → 30000000000 (30 s)'] },
    { says: 'what is new, with all that is in it', ours: 'TaskTemplate: { Resources: { Limits: { MemoryBytes: 536870912, NanoCPUs: 500000000 } } }', shows: ['+ TaskTemplate.Resources.Limits', '  + NanoCPUs: 500000000 (0.5 CPU)', '  + MemoryBytes: 536870912 (512 MiB)'] },
    { says: 'an empty block', ours: 'TaskTemplate: { Resources: {} }', shows: ['+ TaskTemplate.Resources: {}'] },
    { says: 'variables by name, never by value', ours: 'TaskTemplate: { ContainerSpec: { Env: [MODE=test, DB_PASSWORD=hunter3, NEW=1] } }', shows: ['~ TaskTemplate.ContainerSpec.Env', '  ~ [MODE]: MODE=… (changed, but not shown)', '  ~ [DB_PASSWORD]: DB_PASSWORD=… (changed, but not shown)', '  + [NEW]: NEW=…'] },
    { says: 'another order', ours: 'TaskTemplate: { ContainerSpec: { Env: [DB_PASSWORD=hunter2, MODE=prod] } }', shows: ['~ TaskTemplate.ContainerSpec.Env: the same in another order: [DB_PASSWORD=…, MODE=…]'] },
    { says: 'networks by name', ours: 'TaskTemplate: { Networks: [] }', shows: ['- TaskTemplate.Networks[frontend].Target: "net-id" (frontend)'] },
    { says: 'a list of words on one line', ours: 'TaskTemplate: { ContainerSpec: { Args: [--token, hunter4, "--api-key=hunter5", serve] } }', shows: ['+ TaskTemplate.ContainerSpec.Args: ["--token", (hidden), "--api-key=…", "serve"]'] },
    { says: 'several places', ours: 'Labels: { team: a }\nTaskTemplate: { ContainerSpec: { Image: "nginx:1.29", User: "1000" } }', shows: ['+ Labels.team: "a"', '~ TaskTemplate.ContainerSpec', '  ~ Image: "nginx:1.27" → "nginx:1.29"', '  + User: "1000"'] },
    { says: 'the name of a secret, which is none', ours: 'TaskTemplate: { ContainerSpec: { Secrets: [{ SecretName: db, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }] } }', shows: ['+ TaskTemplate.ContainerSpec.Secrets[db]', '  + File', '    + Name: "a"', '    + UID: "0"', '    + GID: "0"', '    + Mode: 292 (0444 (r--r--r--))', '  + SecretID: "secret-id"', '  + SecretName: "db"'] },
  ];
  for (const { says, ours, shows } of cases) it(`shows ${says}`, async () => assert.deepEqual(tree(await planned(patched(ours))), shows));

  it('says what becomes of the tasks, and what the engine says', async () => {
    const text = planText(await planned(patched('TaskTemplate: { ContainerSpec: { Image: "nginx:1.29" } }')));
    assert.match(text, /^`web` at unix:\/\/\/fake\.sock \(engine 28\.5\.2, API v1\.51, version index 7\) would change:\n {2}~ TaskTemplate\.ContainerSpec\.Image: "nginx:1\.27" → "nginx:1\.29"\n/);
    assert.match(text, /Tasks: 2 tasks restart, because of `TaskTemplate\.ContainerSpec\.Image`\.\n/);
    assert.match(text, /Names: network `frontend` is `net-id`\.\n/);
    assert.match(text, /Dry run: the engine accepts this update\.\n/);
    assert.match(planText(await planned(patched('Labels: { a: b }'))), /Tasks: No task restarts\.\n/);
    assert.match(planText(await planned(patched('TaskTemplate: { Resources: {} }'))), /2 tasks restart, only because `TaskTemplate\.Resources` is written in another way, which means the same\./);
  });
});

const changedLines = (left: string, right: string) => unifiedDiff(left, right, 'x').split('\n').slice(2).filter((line) => /^[-+]/.test(line));

describe('a plan for programs', () => {
  it('has the published shape, and hides what the text hides', async () => {
    const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/plan.v1.json'), 'utf8')));
    const about = { path: 'web.service.yaml', spec: {}, api: '1.51', syntax: 'yaml' } as const;
    const swarm = await readSwarm(engineOf(LIVE), '1.51');
    const refused: DryRunAnswer = { kind: 'refused', status: 501, message: 'service mode change is not allowed' };
    const inputs: PlannedInput[] = [
      { ...about, outcome: await outcomeOf(patched('TaskTemplate: { ContainerSpec: { Env: [MODE=prod, DB_PASSWORD=hunter3] }, Resources: {} }\nEndpointSpec: { Mode: vip }')) },
      { ...about, outcome: await outcomeOf(patched('Mode: { Replicated: null, Global: {} }'), { dryRun: async () => refused }) },
      { ...about, outcome: await outcomeOf(patched('Labels: { a: b }'), {}, { dryRun: 'none', registryAuthFrom: 'previous-spec' }) },
      { ...about, outcome: await outcomeOf(patched('Name: WEB')) },
      { ...about, outcome: await outcomeOf(OURS) },
      { ...about, outcome: { kind: 'unnamed' } },
      { ...about, outcome: { kind: 'unnamed' }, blocked: '2 errors' },
    ];
    const text = planJson(inputs, engineOf(LIVE), swarm, 5);
    assert.equal(validate(JSON.parse(text)), true, JSON.stringify(validate.errors));
    assert.doesNotMatch(text, /hunter|prod/);
    const { specs, summary } = JSON.parse(text);
    assert.deepEqual(summary, { update: 2, create: 0, unchanged: 1, blocked: 4, restart: 2, start: 0, stop: 0 });
    assert.deepEqual(specs.map(({ action }: { action: string }) => action), ['update', 'update', 'update', 'create', 'none', 'none', 'none']);
    assert.deepEqual([specs[1].obstacle, specs[1].dryRun.at], [{ kind: 'refused', message: refused.message, path: '/Mode' }, '/Mode']);
    assert.equal(summaryOf(inputs).text, 'Plan: 2 to update (2 tasks restart), 0 to create, 1 unchanged, 4 that cannot be applied.');
  });
});

describe('what stands in the way of an apply', () => {
  const problem = (effect: 'refused' | 'never-runs') => ({ rule: 'name-taken', effect, severity: 'error', at: ['Name'], message: 'It is there.' }) as const;
  for (const [effect, exit] of [['refused', 5], ['never-runs', 1]] as const) {
    it(`ends with ${exit} where it is ${effect}, as the plan does`, () => {
      assert.equal(obstacleResult({ kind: 'blocked', message: '', problems: [problem(effect)] }, { service: 'web', subject: 'the update' }).exit, exit);
    });
  }
});

describe('what becomes of the tasks, in words', () => {
  const none = { restart: 0, start: 0, stop: 0, keep: 0, job: false, reasons: [] };
  const at = ['TaskTemplate', 'Placement'];
  const cases: [RestartForecast, string][] = [
    [{ ...none, keep: 2 }, 'No task restarts.'],
    [none, 'No task runs, and none starts.'],
    [{ ...none, start: 2, keep: 1 }, 'No task restarts. 2 tasks start.'],
    [{ ...none, stop: 1 }, 'No task restarts. 1 task stops.'],
    [{ ...none, restart: 1, reasons: [{ at, kind: 'evicted', tasks: 1 }] }, '1 task restarts, because its node does not satisfy the new constraints.'],
    [{ ...none, restart: 1, keep: 1, reasons: [{ at, kind: 'outdated', tasks: 1 }] }, '1 task restarts, because an earlier update has left it behind.'],
    [{ ...none, start: 1, reasons: [{ at: ['TaskTemplate', 'ContainerSpec', 'Env'], kind: 'changed', tasks: 1 }] }, '1 task starts, because of `TaskTemplate.ContainerSpec.Env`.'],
    [{ ...none, start: 3, stop: 1, job: true }, 'The job runs again from the beginning: 3 tasks start, and 1 task that runs now is stopped.'],
  ];
  for (const [forecast, text] of cases) it(text, () => assert.equal(describeRestarts(forecast), text));
});

describe('the nodes that take a task', () => {
  const node: PlacementNode = {
    id: 'n1', hostname: 'Alpha', state: 'ready', availability: 'active', role: 'manager', labels: { zone: 'A', empty: '' }, engineLabels: { disk: 'ssd' }, os: 'linux', architecture: 'x86_64', raw: { Status: { Addr: '10.0.3.4' } },
  };
  const cases: [string, boolean][] = [
    ['node.role==manager', true], ['node.role==MANAGER', true], ['node.role!=manager', false], ['NODE.ROLE==manager', true], ['node.hostname==alpha', true], ['node.id==n1', true], ['node.id==n2', false],
    ['node.labels.zone==a', true], ['node.labels.Zone==a', false], ['node.labels.none!=a', true], ['node.labels.empty==a', false], ['engine.labels.disk==SSD', true], ['engine.labels.disk!=ssd', false],
    ['node.platform.os==Linux', true], ['node.platform.arch==aarch64', false], ['node.ip==10.0.3.4', true], ['node.ip==10.0.0.0/16', true], ['node.ip!=10.0.0.0/16', false], ['node.ip==10.1.0.0/16', false],
    ['node.ip==10.0.0.0/99', false], ['node.ip!=nonsense', false], ['node.zone!=a', false], ['node.labels.!=a', false], ['no operator', false],
  ];
  for (const [constraint, fits] of cases) it(`${constraint}: ${fits}`, () => assert.equal(satisfies(node, [constraint]), fits));
  it('satisfy all constraints', () => assert.equal(satisfies(node, ['node.role==manager', 'node.labels.zone==b']), false));
});

describe('the texts of a plan', () => {
  it('differ only where the plan has a change, in the order and spelling of the document', async () => {
    const spec = yaml(`mode: { replicated: { Replicas: 3 } }\n${OURS.replace(/Mode: .*\n/, '').replace('hunter2', 'hunter3')}UpdateConfig: { Parallelism: 1 }\n`);
    const plan = await planned(spec);
    const { left, right } = planTexts(plan, 'yaml');
    assert.deepEqual(changedLines(left, right), [
      '-    Replicas: 2', '+    Replicas: 3',
      '-      - DB_PASSWORD=(hidden)', '+      - DB_PASSWORD=(hidden but changed)',
      '+UpdateConfig:', '+  Parallelism: 1',
    ]);
    assert.match(right, /^mode:\n {2}replicated:\n/);
    assert.doesNotMatch(left + right, /hunter|prod/);
    const json = planTexts(plan, 'json');
    assert.doesNotThrow(() => [JSON.parse(json.left), JSON.parse(json.right)]);
  });

  it('hold what the document leaves out, and leave out what the service does not have', async () => {
    const { left, right } = planTexts(await planned(patched('TaskTemplate: { Networks: null, ContainerSpec: { User: "1" } }')), 'yaml');
    const shown = changedLines(left, right);
    assert.deepEqual(shown, ['+    User: "1"', '-  Networks:', '-    - Target: net-id']);
  });

  it('are equal where nothing changes', async () => {
    const outcome = await outcomeOf(OURS);
    assert.ok(outcome.kind === 'unchanged');
    const { left, right } = planTexts(outcome.plan, 'yaml');
    assert.equal(left, right);
  });
});

describe('what must not be seen', () => {
  const shown: [string, (string | number)[], string | undefined, string][] = [
    ['MODE=prod', ['TaskTemplate', 'ContainerSpec', 'Env', 0], undefined, 'MODE=…'],
    ['MODE', ['TaskTemplate', 'ContainerSpec', 'Env', 0], undefined, 'MODE'],
    ['hunter2', ['TaskTemplate', 'ContainerSpec', 'Args', 1], '--db-password', '…'],
    ['--verbose', ['TaskTemplate', 'ContainerSpec', 'Args', 1], '--no-auth', '--verbose'],
    ['--password=hunter2', ['TaskTemplate', 'ContainerSpec', 'Args', 0], undefined, '--password=…'],
    ['mysql -u me --password=hunter2 && PGPASSWORD=hunter3 psql', ['TaskTemplate', 'ContainerSpec', 'Command', 2], '-c', 'mysql -u me --password=… && PGPASSWORD=… psql'],
    ['postgres://me:hunter2@db/app', ['Labels', 'url'], undefined, '…'],
    ['hunter2', ['Labels', 'com.example.token'], undefined, '…'],
    ['db_password', ['TaskTemplate', 'ContainerSpec', 'Secrets', 0, 'SecretName'], undefined, 'db_password'],
    ['nginx:1.27', ['TaskTemplate', 'ContainerSpec', 'Image'], undefined, 'nginx:1.27'],
  ];
  for (const [text, path, before, expected] of shown) {
    it(`${text} at ${path.join('.')}`, () => {
      assert.equal(maskText(text, path, before, '…'), expected);
      assert.equal(isSecret(text, path, before), expected !== text);
    });
  }
});

describe('a dry run', () => {
  const REQUEST = { body: toJson({ Name: 'web' }), api: '1.51' };
  const answering = (address: string, answer: DryRunAnswer, calls: string[] = []) => ({ ...engineOf(LIVE), address, dryRun: async (id: string) => (calls.push(id), answer) });

  it('has passed when the engine finds fault with the version index alone', async () => {
    assert.deepEqual(await dryRun(answering('unix:///a', { kind: 'passed' }), 'id', REQUEST), { kind: 'passed' });
  });

  it('says loudly what must be impossible, blocks the plan, and is never asked of that engine again', async () => {
    const calls: string[] = [];
    const engine = answering('unix:///broken', { kind: 'accepted', warnings: [] }, calls);
    const plan = await planned(patched('Labels: { a: b }'), { address: engine.address, dryRun: engine.dryRun });
    assert.deepEqual(plan.dryRun, { kind: 'stored' });
    assert.match(describeDryRun(plan.dryRun), /^DRY RUN STORED/);
    assert.equal(obstacleOf(plan)?.kind, 'dryRunStored');
    assert.match(planText(plan), /DRY RUN STORED/);
    const again = await planned(patched('Labels: { a: c }'), { address: engine.address, dryRun: engine.dryRun });
    assert.deepEqual([again.dryRun, calls.length], [{ kind: 'none', why: 'not trusted any more' }, 1]);
    assert.match(planText(again), /not trusted any more/);
    assert.deepEqual(await dryRun(answering('unix:///other', { kind: 'passed' }), 'id', REQUEST), { kind: 'passed' });
  });

  it('is no obstacle when nobody answers, and none is asked when that is switched off', async () => {
    const cause = new EngineError('cut', 'The connection ended.');
    const plan = await planned(patched('Labels: { a: b }'), { dryRun: async () => ({ kind: 'noAnswer', cause }) });
    assert.deepEqual([plan.dryRun, obstacleOf(plan)], [{ kind: 'failed', why: 'The connection ended.' }, undefined]);
    const silent = await planned(patched('Labels: { a: b }'), { dryRun: async () => assert.fail('it is switched off') }, { dryRun: 'none' });
    assert.deepEqual(silent.dryRun, { kind: 'none', why: 'switched off' });
  });

  it('is the judge of a rule that expects a refusal, but not of one that expects the engine to go down', async () => {
    const renamed = await planned(patched('Name: shop'), {}, { service: 'web' });
    assert.equal(obstacleOf(renamed), undefined);
    assert.equal(obstacleOf({ ...renamed, dryRun: { kind: 'none', why: 'switched off' } })?.kind, 'blocked');
    const live = LIVE.replace('  ForceUpdate: 0\n', '  Placement: { Constraints: [node.role==manager] }\n');
    const crash = await planUpdate(yaml(OURS.replace('  ForceUpdate: 0\n', '')), engineOf(live), { api: '1.51' });
    assert.ok(crash.kind === 'planned');
    assert.deepEqual(crash.plan.dryRun, { kind: 'passed' });
    assert.deepEqual(obstacleOf(crash.plan)?.problems.map(({ rule }) => rule), ['placement-removed']);
  });
});
