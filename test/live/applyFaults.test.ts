import * as assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { updateOf } from '../../server/src/apply/apply';
import { carryOut, carryOutCreation, type LifeCycle, type LifeCycleOptions } from '../../server/src/apply/lifeCycle';
import { planUpdate } from '../../server/src/apply/plan';
import { readSwarm, type Swarm } from '../../server/src/apply/swarm';
import type { SpecObject } from '../../server/src/document/value';
import { connect } from '../../server/src/engine/client';
import { type EngineHost, parseHost } from '../../server/src/engine/host';
import type { ApiVersion } from '../../server/src/facts/types';
import { liveSuite } from '../support/engine';
import { type Fault, FAULTS, type FaultProxy, reachesEngine, startFaultProxy } from '../support/faultProxy';
import { folderOf, runIn } from '../support/terminal';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

const spec = (name: string, label: string): SpecObject => ({ Name: name, Labels: { is: label }, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Env: SECRET_ENV, Labels: SECRET_LABELS } } });
const connectTo = (host: string, timeoutMs = 3_000) => connect(parseHost(host) as EngineHost, { timeoutMs });
const nameOf = (fault: Fault) => `swarmspec-test-${fault.toLowerCase()}`;

liveSuite('an apply behind a faulty connection', '28', (started) => {
  let proxy: FaultProxy;
  let api: ApiVersion;
  let swarm: Swarm;
  /** The next update of a service, by its id, or the next creation, meets this. */
  const faults = new Map<string, Fault>();

  before(async () => {
    proxy = await startFaultProxy(started().socket);
    proxy.set(({ method, url }) => {
      const key = method !== 'POST' ? '' : (/\/services\/(\w+)\/update\?version=[1-9]/.exec(url)?.[1] ?? (/\/services\/create/.test(url) ? 'create' : ''));
      const fault = faults.get(key) ?? 'none';
      faults.delete(key);
      return fault;
    });
    api = started().api as ApiVersion;
    swarm = await readSwarm(connectTo(started().host), api);
  });
  after(() => proxy?.close());

  const live = async (name: string) => (await started().request('GET', `/services/${name}`)).json;
  const options = (): LifeCycleOptions => ({ networks: [], plan: { api, swarm }, mostRebases: 0, conflict: { resolve: async () => undefined, consent: async () => false } });

  async function update(name: string, host: string, during: (id: string) => void | Promise<void>, timeoutMs?: number): Promise<LifeCycle> {
    const made = await started().request('POST', '/services/create', spec(name, 'before'));
    assert.equal(made.status, 201, made.text);
    const engine = connectTo(host, timeoutMs);
    const planned = await planUpdate(spec(name, 'after'), engine, { api, swarm });
    assert.ok(planned.kind === 'planned');
    await during(planned.plan.service.id);
    return carryOut(updateOf(planned.plan), engine, options());
  }

  describe('an update', () => {
    const running = new Map<Fault, Promise<LifeCycle>>();
    before(() => {
      for (const fault of FAULTS) {
        const run = update(nameOf(fault), proxy.host, (id) => void faults.set(id, fault));
        run.catch(() => undefined); // told by its own test
        running.set(fault, run);
      }
    });
    for (const fault of FAULTS) {
      it(`${fault}: is ${reachesEngine(fault) ? 'reported as applied, and stored' : 'reported as not taken, and not stored'}, after one request`, async () => {
        const { outcome } = await running.get(fault)!;
        const { ID, Spec } = await live(nameOf(fault));
        assert.equal(outcome.kind, reachesEngine(fault) ? 'applied' : 'notTaken', JSON.stringify(outcome));
        assert.equal(Spec.Labels.is, reachesEngine(fault) ? 'after' : 'before');
        if (outcome.kind === 'applied') assert.equal(outcome.settled, !['none', 'slow', 'late'].includes(fault));
        assert.equal(proxy.seen.filter(({ method, url }) => method === 'POST' && url.includes(`${ID}/update?version=`) && !url.includes('version=0')).length, 1);
      }).timeout(90_000);
    }
  });

  it('a creation is found out by reading too', async () => {
    const name = 'swarmspec-test-created';
    const engine = connectTo(proxy.host);
    const planned = await planUpdate(spec(name, 'after'), engine, { api, swarm });
    assert.ok(planned.kind === 'noSuchService');
    faults.set('create', 'cutAnswer');
    const { outcome } = await carryOutCreation(planned, engine, api, options());
    assert.ok(outcome.kind === 'applied' && outcome.settled, JSON.stringify(outcome));
    assert.equal((await live(name)).Spec.Labels.is, 'after');
  });

  it('a rollback is found out by reading too, and the person is told', async () => {
    const folder = folderOf({});
    const name = 'swarmspec-test-back';
    await update(name, started().host, () => undefined);
    const { ID } = await live(name);
    faults.set(ID, 'loseAnswer');
    const { code, out, err } = await runIn(folder, ['rollback', name, '--yes', '--timeout', '30s'], { env: { DOCKER_HOST: proxy.host } });
    rmSync(folder, { recursive: true });
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /ended before its answer was complete.* Reading the service to learn what has become of the request/);
    assert.match(out, /goes back to its previous spec\. No answer told so; the service does/);
    assert.equal((await live(name)).Spec.Labels.is, 'before');
  });

  it('is told truly when the daemon was stopped for 20 s', async function () {
    this.timeout(120_000);
    const name = 'swarmspec-test-stopped';
    const begun = Date.now();
    const { outcome } = await update(name, started().host, async () => {
      started().pause();
      setTimeout(() => started().resume(), 20_000);
      await new Promise((resolve) => setTimeout(resolve, 500)); // all of its threads have to notice
    });
    const stored = (await live(name)).Spec.Labels.is === 'after';
    console.log(`      ${outcome.kind} after ${Math.round((Date.now() - begun) / 1000)} s, and ${stored ? 'stored' : 'not stored'}`);
    assert.ok(['applied', 'notTaken'].includes(outcome.kind), JSON.stringify(outcome));
    assert.equal(stored, outcome.kind === 'applied');
    assert.ok(Date.now() - begun >= 19_000);
  });
});
