import * as assert from 'node:assert/strict';
import { followRollout } from '../server/src/apply/rollout';
import { judge, type Judgement, type Memory, type Sent, type Snapshot } from '../server/src/apply/rolloutView';
import { describeRollout } from '../server/src/apply/rolloutText';
import { type SpecObject, toJson } from '../server/src/document/value';
import type { Engine, LiveNode, LiveService, LiveTask } from '../server/src/engine/engine';
import { EngineError } from '../server/src/engine/error';

const BASE: SpecObject = { Name: 'web', Mode: { Replicated: { Replicas: 2 } }, TaskTemplate: { ContainerSpec: { Image: 'a:1' } } };
const OURS: SpecObject = { ...BASE, TaskTemplate: { ContainerSpec: { Image: 'a:2' } } };
const THEIRS: SpecObject = { ...BASE, TaskTemplate: { ContainerSpec: { Image: 'a:3' } } };
const BEGAN = '2026-01-01T00:00:10.000Z';
const NODES: LiveNode[] = [{ id: 'n1', hostname: 'one', state: 'ready', availability: 'active', role: 'manager', labels: {}, engineLabels: {}, raw: {} }];

const isSame = (one: SpecObject, other: SpecObject) => toJson(one) === toJson(other);
const SENT: Sent = { goal: 'update', base: { spec: BASE, updatedAt: BEGAN }, isOurs: (spec) => isSame(spec, OURS), isOurTask: (task) => isSame(task, OURS.TaskTemplate as SpecObject) };

function service(spec: SpecObject, previousSpec?: SpecObject, state?: string, more: SpecObject = {}): LiveService {
  return { id: 's', name: 'web', index: '1', spec, previousSpec, ...(state && { updateStatus: { State: state, Message: `it is ${state}` } }), raw: { UpdatedAt: '2026-01-01T00:00:20.000Z', ...more } };
}

/** A task of a spec. It was made after the update, unless said. */
function task(id: string, spec: SpecObject, state: string, more: Partial<LiveTask> & { readonly old?: true; readonly iteration?: number } = {}): LiveTask {
  const { old, iteration, ...rest } = more;
  const time = old ? '2026-01-01T00:00:05.000Z' : '2026-01-01T00:00:21.000Z';
  const raw: SpecObject = { Spec: spec.TaskTemplate, CreatedAt: time, Status: { Timestamp: time }, ...(iteration !== undefined && { JobIteration: { Index: iteration } }) };
  return { id, slot: Number(id.replace(/\D/g, '')), nodeId: 'n1', desiredState: 'running', state, raw, ...rest };
}

function snapshot(live: LiveService | undefined, tasks: LiveTask[], at = 0): Snapshot {
  const fresh = tasks.filter(({ raw }) => live && isSame(raw.Spec as SpecObject, live.spec.TaskTemplate as SpecObject));
  return { at, service: live, tasks, upToDate: fresh, nodes: NODES };
}

/** Judges snapshots one after the other; the last judgement counts. */
function after(snapshots: Snapshot[], sent = SENT): Judgement {
  let memory: Memory = {};
  let last: Judgement | undefined;
  for (const one of snapshots) {
    last = judge(one, sent, memory);
    memory = last.memory;
  }
  assert.ok(last);
  return last;
}

const endOf = (snapshots: Snapshot[], sent = SENT) => after(snapshots, sent).end?.kind ?? 'going';
const running = [task('1', OURS, 'running'), task('2', OURS, 'running')];
const kept = running.map((one) => ({ ...one, raw: { ...one.raw, CreatedAt: '2026-01-01T00:00:05.000Z' } }));

describe('the judgement of a rollout', () => {
  const cases: readonly (readonly [string, Snapshot[], string, Sent?])[] = [
    ['goes on while old tasks run', [snapshot(service(OURS, BASE), [task('1', BASE, 'running', { old: true }), task('2', BASE, 'running', { old: true })])], 'going'],
    ['goes on while the engine updates, whatever runs', [snapshot(service(OURS, BASE, 'updating'), running)], 'going'],
    ['is over when the engine says so and the tasks run', [snapshot(service(OURS, BASE, 'completed'), running)], 'converged'],
    ['goes on when the engine says so and a task is missing', [snapshot(service(OURS, BASE, 'completed'), [running[0]])], 'going'],
    ['is over at once where no task had to change', [snapshot(service(OURS, BASE), kept)], 'converged'],
    ['waits for new tasks to stay up where the engine does not', [snapshot(service(OURS, BASE), running), snapshot(service(OURS, BASE), running, 4_999)], 'going'],
    ['is over when new tasks have stayed up', [snapshot(service(OURS, BASE), running), snapshot(service(OURS, BASE), running, 5_000)], 'converged'],
    ['waits anew when a task has been replaced', [snapshot(service(OURS, BASE), running), snapshot(service(OURS, BASE), [running[0], task('22', OURS, 'running', { slot: 2 })], 5_000)], 'going'],
    ['does not believe an end over failing tasks', [snapshot(service(OURS, BASE, 'completed'), [...running, task('3', OURS, 'failed', { slot: 2, desiredState: 'shutdown' })])], 'going'],
    ['is paused when the engine says so', [snapshot(service(OURS, BASE, 'paused'), [])], 'paused'],
    ['goes on while the engine goes back', [snapshot(service(OURS, BASE, 'updating'), []), snapshot(service(BASE, undefined, 'rollback_started'), [])], 'going'],
    ['is rolled back when the engine has gone back', [snapshot(service(OURS, BASE, 'updating'), []), snapshot(service(BASE, undefined, 'rollback_completed'), [])], 'rolledBack'],
    ['is rolled back, however fast that was', [snapshot(service(BASE, undefined, 'rollback_completed'), [])], 'rolledBack'],
    ['is paused when going back is', [snapshot(service(BASE, undefined, 'rollback_paused'), [])], 'paused'],
    ['is superseded by a spec of others', [snapshot(service(OURS, BASE, 'updating'), []), snapshot(service(THEIRS, OURS), running)], 'superseded'],
    ['is superseded by the old spec when others have set it', [snapshot(service(OURS, BASE, 'updating'), []), snapshot(service(BASE, OURS), [])], 'superseded'],
    ['is superseded before it was ever seen', [snapshot(service(THEIRS, OURS), running)], 'superseded'],
    ['knows ours although the engine has stored it otherwise', [snapshot(service({ ...OURS, Labels: { more: 'x' } }, BASE, 'completed'), running)], 'converged'],
    ['ends with the service', [snapshot(undefined, [])], 'removed'],
    ['is over with no tasks where none are wanted', [snapshot(service({ ...OURS, Mode: { Replicated: { Replicas: 0 } } }, BASE), [])], 'converged'],
    ['goes on until surplus tasks are gone', [snapshot(service({ ...OURS, Mode: { Replicated: { Replicas: 1 } } }, BASE), kept)], 'going'],
    ['is stuck when tasks are missing and none is under way', [snapshot(service(OURS, BASE), [task('1', OURS, 'failed')]), snapshot(service(OURS, BASE), [task('1', OURS, 'failed')], 15_000)], 'stuck'],
    ['is not stuck while a task waits for its place', [snapshot(service(OURS, BASE), [task('1', OURS, 'pending')]), snapshot(service(OURS, BASE), [task('1', OURS, 'pending')], 60_000)], 'going'],
    ['a rollback that was asked for is over when it is completed', [snapshot(service(BASE, OURS, 'rollback_completed'), [task('1', BASE, 'running'), task('2', BASE, 'running')])], 'converged', { goal: 'rollback', base: { spec: OURS, updatedAt: BEGAN }, isOurs: (spec) => isSame(spec, BASE), isOurTask: () => true }],
    ['a rollback that was asked for can be paused', [snapshot(service(BASE, OURS, 'rollback_paused'), [])], 'paused', { goal: 'rollback', base: { spec: OURS, updatedAt: BEGAN }, isOurs: (spec) => isSame(spec, BASE), isOurTask: () => true }],
  ];
  for (const [title, snapshots, expected, sent] of cases) it(title, () => assert.equal(endOf(snapshots, sent), expected));

  it('tells who went back', () => {
    const byHand = after([snapshot(service(OURS, BASE, 'updating'), []), snapshot(service(BASE, OURS, 'rollback_completed'), [])]).end;
    assert.ok(byHand?.kind === 'rolledBack' && byHand.byHand);
    const alone = after([snapshot(service(BASE, undefined, 'rollback_completed'), [])]).end;
    assert.ok(alone?.kind === 'rolledBack' && !alone.byHand);
  });

  it('counts each place once, and no task on a node that is down', () => {
    const down: LiveNode = { ...NODES[0], id: 'n2', state: 'down' };
    const tasks = [task('1', OURS, 'running'), task('11', OURS, 'starting', { slot: 1 }), task('2', OURS, 'running', { nodeId: 'n2' }), task('3', BASE, 'running', { old: true })];
    const { view } = judge({ ...snapshot(service(OURS, BASE, 'updating'), tasks), nodes: [...NODES, down] }, SENT, {});
    assert.deepEqual({ ...view, message: '' }, { state: 'updating', message: '', wanted: 2, updated: 1, running: 1, old: 1, waiting: [] });
  });

  it('tells failures of the new spec only, with the reason of the engine', () => {
    const tasks = [
      task('1', OURS, 'failed', { error: 'task: non-zero exit (1)' }), task('2', OURS, 'rejected', { error: 'no such image' }), task('3', OURS, 'complete'),
      task('4', OURS, 'failed', { old: true, error: 'long ago' }), task('5', BASE, 'failed', { error: 'of the old spec' }), task('6', OURS, 'shutdown'), task('7', OURS, 'running'),
    ];
    const { ended } = after([snapshot(service(OURS, BASE, 'updating'), tasks)]);
    assert.deepEqual(ended.map(({ slot, node, reason }) => [slot, node, reason]), [[1, 'one', 'task: non-zero exit (1)'], [2, 'one', 'no such image'], [3, 'one', 'its process ended with exit code 0']]);
  });

  describe('of a job', () => {
    const job: SpecObject = { ...OURS, Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } } };
    const sent: Sent = { ...SENT, goal: 'create', base: undefined, isOurs: () => true };
    const live = service(job, undefined, undefined, { JobStatus: { JobIteration: { Index: 7 } } });
    it('is over when enough tasks are complete', () => {
      assert.equal(endOf([snapshot(live, [task('1', job, 'complete', { iteration: 7 }), task('2', job, 'running', { iteration: 7 })])], sent), 'going');
      assert.equal(endOf([snapshot(live, [task('1', job, 'complete', { iteration: 7 }), task('2', job, 'complete', { iteration: 7 })])], sent), 'converged');
    });
    it('does not count the tasks of a run before', () => assert.equal(endOf([snapshot(live, [task('1', job, 'complete', { iteration: 6 }), task('2', job, 'complete', { iteration: 7 })])], sent), 'going'));
  });
});

describe('following a rollout', () => {
  /** An engine that shows one moment after the other, and the last for ever; an error is thrown. */
  function engineOf(moments: (Snapshot | EngineError)[]): Engine {
    let now = -1;
    const at = () => moments[Math.min(now, moments.length - 1)] as Snapshot;
    return {
      address: 'test',
      service: async () => {
        now++;
        const moment = moments[Math.min(now, moments.length - 1)];
        if (moment instanceof EngineError) throw moment;
        return moment.service;
      },
      tasks: async (_id: string, _api: string, only?: string) => (only ? at().upToDate : at().tasks),
      nodes: async () => NODES,
    } as unknown as Engine;
  }

  async function follow(moments: (Snapshot | EngineError)[], timeoutMs = 2_000, signal?: AbortSignal) {
    const events = followRollout(engineOf(moments), 's', '1.51', SENT, { timeoutMs, pollMs: 5, signal });
    const seen: string[] = [];
    for (;;) {
      const next = await events.next();
      if (next.done) return { seen, result: next.value };
      seen.push(next.value.kind);
    }
  }

  const going = snapshot(service(OURS, BASE, 'updating'), [task('1', OURS, 'failed', { error: 'bang' })]);

  it('tells each thing once', async () => {
    const { seen, result } = await follow([going, going, going, snapshot(service(OURS, BASE, 'paused'), [task('1', OURS, 'failed', { error: 'bang' })])]);
    assert.deepEqual(seen, ['taskEnded', 'progress', 'progress']);
    assert.equal(result.end.kind, 'paused');
    assert.match(describeRollout(result, 'web'), /has paused the update of `web`: it is paused\..*web\.1 on one failed: bang.*swarmspec rollback web/);
  });

  it('gets over an engine that is out of sight for a while', async () => {
    const { seen, result } = await follow([going, new EngineError('timeout', 'no answer'), new EngineError('timeout', 'no answer'), snapshot(service(OURS, BASE, 'completed'), [...running])]);
    assert.deepEqual([seen.filter((kind) => kind === 'outOfSight').length, result.end.kind], [1, 'converged']);
  });

  it('ends in time, with what is known', async () => {
    const started = Date.now();
    const { result } = await follow([going], 100);
    assert.equal(result.end.kind, 'timedOut');
    assert.match(describeRollout(result, 'web'), /has not converged/);
    assert.equal((await follow([new EngineError('timeout', 'no answer')], 100)).result.end.kind, 'outOfSight');
    assert.ok(Date.now() - started < 1_500);
  });

  it('ends at once when it is cancelled', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const started = Date.now();
    assert.equal((await follow([going], 60_000, abort.signal)).result.end.kind, 'cancelled');
    assert.ok(Date.now() - started < 1_000);
  });
});
