import * as assert from 'node:assert/strict';
import { type Plan, planUpdate, toBody } from '../../server/src/apply/plan';
import { sendUpdate, updateOf } from '../../server/src/apply/apply';
import { isWanted, type RestartForecast } from '../../server/src/apply/restart';
import { readSwarm } from '../../server/src/apply/swarm';
import { parseExact } from '../../server/src/document/exact';
import type { SpecObject } from '../../server/src/document/value';
import { connect } from '../../server/src/engine/client';
import type { LiveTask } from '../../server/src/engine/engine';
import type { ApiVersion } from '../../server/src/facts/types';
import { mergePatch } from '../../server/src/tools/mergePatch';
import { GENERATION_NAMES, liveSuite, type TestEngine } from '../support/engine';

/** One edit of a running service, as merge patches (RFC 7396): `live` over a sleeping task, `ours` over that. */
interface Edit {
  readonly title: string;
  readonly live?: object;
  readonly ours: object;
  /** What has to come of it, so that the manager and the forecast cannot be wrong together unseen. */
  readonly tasks: string;
  /** An update between creating and planning, which is not waited out. */
  readonly first?: object;
}

const SLEEPER = { Labels: { team: 'a' }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1d'], StopGracePeriod: 1_000_000 } }, Mode: { Replicated: { Replicas: 1 } } };
const task = (template: object, replicas?: number) => ({ TaskTemplate: template, ...(replicas !== undefined && { Mode: { Replicated: { Replicas: replicas } } }) });
const container = (spec: object, replicas?: number) => task({ ContainerSpec: spec }, replicas);
const placed = (...Constraints: string[]) => task({ Placement: { Constraints } });
const endpoint = (EndpointSpec: object | null) => ({ EndpointSpec });
const host = (...ports: number[]) => endpoint({ Ports: ports.map((port) => ({ TargetPort: port, PublishedPort: port, PublishMode: 'host' })) });
const GLOBAL = { Mode: { Replicated: null, Global: {} } };
const JOB = { Mode: { Replicated: null, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } };
const GLOBAL_JOB = { Mode: { Replicated: null, GlobalJob: {} } };
const LABEL = { Labels: { team: 'b' } };
const ENDED = task({ ContainerSpec: { Command: ['true'] }, RestartPolicy: { Condition: 'none' } });
// the delay lets the first new task fail before the second old one is replaced
const BROKEN = { UpdateConfig: { Parallelism: 1, Delay: 60_000_000_000, FailureAction: 'pause', Monitor: 100_000_000, MaxFailureRatio: 0 }, ...task({ RestartPolicy: { Condition: 'none' } }, 2) };

const RESTARTS = 'restart 1';
const NOTHING = 'keep 1';

const EDITS: readonly Edit[] = [
  // what no task looks at
  { title: 'a label of the service', ours: LABEL, tasks: NOTHING },
  { title: 'a label less', ours: { Labels: null }, tasks: NOTHING },
  { title: 'UpdateConfig', ours: { UpdateConfig: { Parallelism: 2 } }, tasks: NOTHING },
  { title: 'RollbackConfig', ours: { RollbackConfig: { Parallelism: 2 } }, tasks: NOTHING },
  // the container
  { title: 'a variable', ours: container({ Env: ['A=1'] }), tasks: RESTARTS },
  { title: 'the value of a variable', live: container({ Env: ['A=1'] }), ours: container({ Env: ['A=2'] }), tasks: RESTARTS },
  { title: 'the order of variables', live: container({ Env: ['A=1', 'B=2'] }), ours: container({ Env: ['B=2', 'A=1'] }), tasks: RESTARTS },
  { title: 'a label of the container', ours: container({ Labels: { a: 'b' } }), tasks: RESTARTS },
  { title: 'the command', ours: container({ Command: ['sleep', '2d'] }), tasks: RESTARTS },
  { title: 'the working directory', ours: container({ Dir: '/bin' }), tasks: RESTARTS },
  { title: 'a mount', ours: container({ Mounts: [{ Type: 'tmpfs', Target: '/scratch' }] }), tasks: RESTARTS },
  { title: 'the same image in its long form', ours: container({ Image: 'docker.io/library/busy:1' }), tasks: RESTARTS },
  { title: 'a sysctl', ours: container({ Sysctls: { 'net.ipv4.ip_forward': '1' } }), tasks: RESTARTS },
  { title: 'a capability', ours: container({ CapabilityAdd: ['CAP_NET_ADMIN'] }), tasks: RESTARTS },
  // the same in other words
  { title: 'Resources {}', ours: task({ Resources: {} }), tasks: RESTARTS },
  { title: 'Resources {} less', live: task({ Resources: {} }), ours: task({ Resources: null }), tasks: RESTARTS },
  { title: 'Limits {} in Resources', live: task({ Resources: {} }), ours: task({ Resources: { Limits: {} } }), tasks: RESTARTS },
  { title: 'RestartPolicy {}', ours: task({ RestartPolicy: {} }), tasks: RESTARTS },
  { title: 'Condition any in a RestartPolicy', live: task({ RestartPolicy: {} }), ours: { ...task({ RestartPolicy: { Condition: 'any' } }), ...LABEL }, tasks: NOTHING },
  { title: 'LogDriver {}', ours: task({ LogDriver: {} }), tasks: RESTARTS },
  { title: 'DNSConfig {}', ours: container({ DNSConfig: {} }), tasks: RESTARTS },
  { title: 'Healthcheck {}', ours: container({ Healthcheck: {} }), tasks: RESTARTS },
  { title: 'Privileges {}', ours: container({ Privileges: {} }), tasks: RESTARTS },
  { title: 'Init false', ours: container({ Init: false }), tasks: RESTARTS },
  { title: 'StopGracePeriod 0', live: container({ StopGracePeriod: null, StopSignal: 'SIGKILL' }), ours: container({ StopGracePeriod: 0 }), tasks: RESTARTS },
  { title: 'the default StopGracePeriod', live: container({ StopGracePeriod: null, StopSignal: 'SIGKILL' }), ours: container({ StopGracePeriod: 10_000_000_000 }), tasks: RESTARTS },
  { title: 'TTY false', ours: { ...container({ TTY: false }), ...LABEL }, tasks: NOTHING },
  { title: 'Isolation default', ours: { ...container({ Isolation: 'default' }), ...LABEL }, tasks: NOTHING },
  { title: 'Runtime container', ours: { ...task({ Runtime: 'container' }), ...LABEL }, tasks: NOTHING },
  { title: 'empty lists and maps', ours: { ...container({ Env: [], Mounts: [], Secrets: [], Configs: [], Args: [], Labels: {} }), ...LABEL }, tasks: NOTHING },
  { title: 'nulls', ours: { ...container({ Env: null }), ...LABEL }, tasks: NOTHING },
  // the endpoint
  { title: 'EndpointSpec {}', ours: endpoint({}), tasks: RESTARTS },
  { title: 'EndpointSpec Mode vip', ours: endpoint({ Mode: 'vip' }), tasks: RESTARTS },
  { title: 'Mode vip in an EndpointSpec', live: endpoint({}), ours: { ...endpoint({ Mode: 'vip' }), ...LABEL }, tasks: NOTHING },
  { title: 'EndpointSpec less', live: endpoint({ Mode: 'vip' }), ours: endpoint(null), tasks: RESTARTS },
  { title: 'EndpointSpec Mode dnsrr', ours: endpoint({ Mode: 'dnsrr' }), tasks: RESTARTS },
  { title: 'a port', ours: host(21001), tasks: RESTARTS },
  { title: 'another published port', live: host(21002), ours: host(21003), tasks: RESTARTS },
  { title: 'the order of ports', live: host(21004, 21005), ours: host(21005, 21004), tasks: RESTARTS },
  { title: 'the default protocol of a port', live: host(21006), ours: { ...endpoint({ Ports: [{ TargetPort: 21006, PublishedPort: 21006, PublishMode: 'host', Protocol: 'TCP' }] }), ...LABEL }, tasks: NOTHING },
  { title: 'a port in the routing mesh', ours: endpoint({ Ports: [{ TargetPort: 80, PublishedPort: 21007 }] }), tasks: RESTARTS },
  // forced
  { title: 'ForceUpdate', ours: task({ ForceUpdate: 1 }), tasks: RESTARTS },
  { title: 'ForceUpdate falling back', live: task({ ForceUpdate: 3 }), ours: task({ ForceUpdate: null }), tasks: RESTARTS },
  { title: 'ForceUpdate as it was', live: task({ ForceUpdate: 3 }), ours: LABEL, tasks: NOTHING },
  // placement
  { title: 'Placement {}', ours: task({ Placement: {} }), tasks: NOTHING },
  { title: 'a constraint that the node satisfies', ours: placed('node.role==manager'), tasks: NOTHING },
  { title: 'a constraint on a label that the node has not', ours: placed('node.labels.zone!=a'), tasks: NOTHING },
  { title: 'a constraint on the platform', ours: placed('node.platform.os==Linux', 'node.ip==127.0.0.0/8'), tasks: NOTHING },
  { title: 'a constraint that the node does not satisfy', ours: placed('node.labels.zone==a'), tasks: RESTARTS },
  { title: 'a constraint on an address elsewhere', ours: placed('node.ip!=127.0.0.1'), tasks: RESTARTS },
  { title: 'a constraint less', live: placed('node.role==manager'), ours: task({ Placement: { Constraints: null } }), tasks: NOTHING },
  { title: 'MaxReplicas', ours: task({ Placement: { MaxReplicas: 3 } }), tasks: NOTHING },
  { title: 'Preferences', ours: task({ Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }] } }), tasks: NOTHING },
  { title: 'Platforms', ours: task({ Placement: { Platforms: [{ OS: 'linux' }] } }), tasks: NOTHING },
  { title: 'a port together with a satisfied constraint', ours: { ...placed('node.role==manager'), ...host(21008) }, tasks: NOTHING },
  { title: 'a variable together with a satisfied constraint', ours: task({ Placement: { Constraints: ['node.role==manager'] }, ContainerSpec: { Env: ['A=1'] } }), tasks: RESTARTS },
  { title: 'a label while the task is pending', live: placed('node.labels.zone==a'), ours: LABEL, tasks: NOTHING },
  { title: 'another constraint while the task is pending', live: placed('node.labels.zone==a'), ours: placed('node.labels.zone==b'), tasks: RESTARTS },
  // how many
  { title: 'more replicas', ours: container({}, 3), tasks: 'start 2, keep 1' },
  { title: 'fewer replicas', live: container({}, 3), ours: container({}, 1), tasks: 'stop 2, keep 1' },
  { title: 'no replicas', ours: container({}, 0), tasks: 'stop 1' },
  { title: 'a variable of no replicas', live: container({}, 0), ours: container({ Env: ['A=1'] }), tasks: 'none' },
  { title: 'more replicas and a variable', live: container({}, 2), ours: container({ Env: ['A=1'] }, 3), tasks: 'restart 2, start 1' },
  { title: 'fewer replicas and a variable', live: container({}, 3), ours: container({ Env: ['A=1'] }, 2), tasks: 'restart 2, stop 1' },
  { title: 'the mode left out, which means one replica', live: container({}, 2), ours: { Mode: null }, tasks: 'stop 1, keep 1' },
  // networks, secrets, configs
  { title: 'a network', ours: task({ Networks: [{ Target: 'restart-one' }] }), tasks: RESTARTS },
  { title: 'a network by name, which is stored by id', live: task({ Networks: [{ Target: 'restart-one' }] }), ours: { ...task({ Networks: [{ Target: 'restart-one' }] }), ...LABEL }, tasks: NOTHING },
  { title: 'the network of the host by name', live: task({ Networks: [{ Target: 'host' }] }), ours: { ...task({ Networks: [{ Target: 'host' }] }), ...LABEL }, tasks: NOTHING },
  { title: 'an alias', live: task({ Networks: [{ Target: 'restart-one' }] }), ours: task({ Networks: [{ Target: 'restart-one', Aliases: ['db'] }] }), tasks: RESTARTS },
  { title: 'the order of networks', live: task({ Networks: [{ Target: 'restart-one' }, { Target: 'restart-two' }] }), ours: task({ Networks: [{ Target: 'restart-two' }, { Target: 'restart-one' }] }), tasks: RESTARTS },
  { title: 'networks of the service moved to its tasks', live: { Networks: [{ Target: 'restart-one' }] }, ours: { Networks: null, ...task({ Networks: [{ Target: 'restart-one' }] }) }, tasks: RESTARTS },
  { title: 'a secret by name', ours: container({ Secrets: [{ SecretName: 'restart-secret', File: { Name: 's', UID: '0', GID: '0', Mode: 292 } }] }), tasks: RESTARTS },
  { title: 'a config by name', ours: container({ Configs: [{ ConfigName: 'restart-config', File: { Name: '/c', UID: '0', GID: '0', Mode: 292 } }] }), tasks: RESTARTS },
  // global services
  { title: 'a label of a global service', live: GLOBAL, ours: LABEL, tasks: NOTHING },
  { title: 'a variable of a global service', live: GLOBAL, ours: container({ Env: ['A=1'] }), tasks: RESTARTS },
  { title: 'a constraint that ends a global service', live: GLOBAL, ours: placed('node.labels.zone==a'), tasks: 'stop 1' },
  { title: 'a satisfied constraint on a global service', live: GLOBAL, ours: placed('node.role==manager'), tasks: NOTHING },
  { title: 'a constraint less, which starts a global service', live: { ...GLOBAL, ...placed('node.labels.zone==a') }, ours: task({ Placement: { Constraints: null } }), tasks: 'start 1' },
  // jobs
  { title: 'a label of a job', live: JOB, ours: LABEL, tasks: 'start 1, stop 1, job' },
  { title: 'a variable of a job', live: JOB, ours: container({ Env: ['A=1'] }), tasks: 'start 1, stop 1, job' },
  { title: 'a label of a job that is done', live: { ...JOB, ...container({ Command: ['true'] }) }, ours: LABEL, tasks: 'start 1, job' },
  { title: 'a label of a global job', live: GLOBAL_JOB, ours: LABEL, tasks: 'start 1, stop 1, job' },
  // tasks that have ended
  { title: 'a label while the task has ended for good', live: ENDED, ours: LABEL, tasks: 'none' },
  { title: 'a variable while the task has ended for good', live: ENDED, ours: container({ Env: ['A=1'] }), tasks: 'start 1' },
  { title: 'more replicas while the task has ended for good', live: ENDED, ours: { Mode: { Replicated: { Replicas: 2 } } }, tasks: 'start 1' },
  // a rollout that was left in the middle
  { title: 'a label after a rollout that paused', live: BROKEN, first: container({ Command: ['false'] }), ours: LABEL, tasks: RESTARTS },
];

for (const generation of GENERATION_NAMES) {
  liveSuite('which tasks restart', generation, (started) => {
    const planned = new Map<Edit, Plan>();
    const tasksBefore = new Map<Edit, readonly LiveTask[]>();
    const tasksAfter = new Map<Edit, readonly LiveTask[]>();

    // one preparation for all edits, so that their services start and settle side by side
    before(async function () {
      this.timeout(300_000);
      const engine = connect({ kind: 'unix', address: started().host, socketPath: started().socket });
      const api = started().api as ApiVersion;
      await Promise.all([started().createNetwork('restart-one'), started().createNetwork('restart-two'), started().createSecret('restart-secret'), started().createConfig('restart-config')]);
      await Promise.all(EDITS.map(async (edit, i) => {
        const answer = await engine.create({ body: toBody(specOf(i, edit.live ?? {})), api });
        assert.equal(answer.kind, 'ok', `${edit.title}: ${JSON.stringify(answer)}`);
      }));
      await settled(started());
      for (const [i, edit] of EDITS.entries()) {
        if (!edit.first) continue;
        const outcome = await planUpdate(specOf(i, edit.live ?? {}, edit.first), engine, { api });
        assert.ok(outcome.kind === 'planned');
        assert.equal((await sendUpdate(updateOf(outcome.plan), engine)).kind, 'applied');
      }
      await settled(started());
      const swarm = await readSwarm(engine, api);
      await Promise.all(EDITS.map(async (edit, i) => {
        const spec = specOf(i, edit.live ?? {}, edit.first ?? {}, edit.ours);
        const outcome = await planUpdate(spec, engine, { api, swarm });
        assert.ok(outcome.kind === 'planned', `${edit.title} is ${outcome.kind}`);
        assert.deepEqual(outcome.plan.dryRun, { kind: 'passed' }, edit.title);
        planned.set(edit, outcome.plan);
        tasksBefore.set(edit, await engine.tasks(outcome.plan.service.id, api));
        const end = await sendUpdate(updateOf(outcome.plan), engine);
        assert.equal(end.kind, 'applied', `${edit.title}: ${JSON.stringify(end)}`);
      }));
      await settled(started());
      for (const edit of EDITS) tasksAfter.set(edit, await engine.tasks(planned.get(edit)!.service.id, api));
    });

    for (const edit of EDITS) {
      it(edit.title, () => {
        const { restart } = planned.get(edit)!;
        assert.ok(restart);
        const happened = whatHappened(tasksBefore.get(edit)!, tasksAfter.get(edit)!, restart.job);
        assert.equal(inWords(happened), edit.tasks, 'what the engine did');
        assert.equal(inWords(restart), edit.tasks, 'what the plan said');
        assert.equal(restart.reasons.length > 0, restart.restart > 0 || (restart.start > 0 && /ended for good$/.test(edit.title) && !/replicas/.test(edit.title)), 'a restart has a reason');
      });
    }
  });
}

function specOf(i: number, ...patches: object[]): SpecObject {
  const spec = patches.reduce<unknown>((value, patch) => mergePatch(value, patch), { Name: `restart-${i}`, ...SLEEPER });
  return parseExact(JSON.stringify(spec)) as SpecObject;
}

/** Waits until no task of any service has moved for a while. */
async function settled(started: TestEngine): Promise<void> {
  const look = async () => {
    const tasks = (await started.request('GET', '/tasks')).json as { ID: string; DesiredState: string; Status: { State: string } }[];
    const busy = tasks.some(({ DesiredState, Status }) => /running|ready|complete/.test(DesiredState) && /^(new|assigned|accepted|preparing|ready|starting)$/.test(Status.State));
    return { text: tasks.map(({ ID, DesiredState, Status }) => `${ID} ${Status.State} ${DesiredState}`).sort().join('\n'), busy };
  };
  for (let last = await look(), calm = 0; calm < 6; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await look();
    calm = now.text === last.text && !now.busy ? calm + 1 : 0;
    last = now;
  }
}

type Counts = Pick<RestartForecast, 'restart' | 'start' | 'stop' | 'keep' | 'job'>;

function whatHappened(before: readonly LiveTask[], after: readonly LiveTask[], job: boolean): Counts {
  const old = before.filter(isWanted);
  const kept = old.filter(({ id }) => after.some((one) => one.id === id && isWanted(one)));
  const gone = old.filter((one) => !kept.includes(one));
  const fresh = after.filter(({ id }) => !before.some((one) => one.id === id));
  const place = ({ slot, nodeId }: LiveTask) => slot ?? nodeId;
  // the slots of a job are counted anew with every run
  const restart = job ? 0 : gone.filter((one) => fresh.some((other) => place(other) === place(one))).length;
  return { restart, start: fresh.length - restart, stop: gone.length - restart, keep: kept.length, job };
}

function inWords({ restart, start, stop, keep, job }: Counts): string {
  const parts = Object.entries({ restart, start, stop, keep }).filter(([, count]) => count > 0).map(([what, count]) => `${what} ${count}`);
  return [...parts, ...(job ? ['job'] : [])].join(', ') || 'none';
}
