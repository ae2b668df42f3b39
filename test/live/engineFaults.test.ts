import * as assert from 'node:assert/strict';
import { connect, type ConnectOptions } from '../../server/src/engine/client';
import type { Engine, EngineAnswer } from '../../server/src/engine/engine';
import { EngineError } from '../../server/src/engine/error';
import { type EngineHost, parseHost } from '../../server/src/engine/host';
import { liveSuite } from '../support/engine';
import { type Fault, FAULTS, type FaultProxy, reachesEngine, startFaultProxy } from '../support/faultProxy';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

const NAME = 'swarmspec-test-faults';

/** How an update ends when this happens to its request, and how a read does. */
const ENDINGS: Readonly<Record<Fault, { update: string; read: string }>> = {
  none: { update: 'ok', read: 'read' },
  slow: { update: 'ok', read: 'read' },
  late: { update: 'ok', read: 'read' },
  cutBefore: { update: 'unknownEnding: cut', read: 'cut' },
  neverAnswer: { update: 'unknownEnding: timeout', read: 'timeout' },
  html: { update: 'unknownEnding: notAnEngine', read: 'notAnEngine' },
  serverError: { update: 'unknownEnding: notAnEngine', read: 'notAnEngine' },
  badGateway: { update: 'unknownEnding: notAnEngine', read: 'notAnEngine' },
  garbage: { update: 'unknownEnding: notAnEngine', read: 'notAnEngine' },
  cutRequest: { update: 'unknownEnding: cut', read: 'cut' },
  loseAnswer: { update: 'unknownEnding: cut', read: 'cut' },
  holdAnswer: { update: 'unknownEnding: timeout', read: 'timeout' },
  cutAnswer: { update: 'unknownEnding: cut', read: 'cut' },
  halfAnswer: { update: 'unknownEnding: notAnEngine', read: 'notAnEngine' },
  reset: { update: 'unknownEnding: cut', read: 'cut' },
};

for (const kind of ['unix', 'tcp'] as const) {
  liveSuite(`engine client behind a faulty ${kind} connection`, '28', (started) => {
    let proxy: FaultProxy;
    let straight: Engine;
    before(async () => {
      proxy = await startFaultProxy(started().socket, kind);
      straight = connectTo(started().host);
      await straight.create({ body: spec(0), api: started().api });
    });
    after(() => proxy?.close());
    afterEach(() => proxy.set('none'));

    for (const fault of FAULTS) {
      const expected = ENDINGS[fault];
      it(`${fault}: an update is ${expected.update}, ${reachesEngine(fault) ? 'and stored' : 'and not stored'}`, async () => {
        const { api } = started();
        const { id, index } = (await straight.service(NAME, api))!;
        proxy.next(fault, /^POST .*\/update\?/);
        const [begun, seenBefore] = [Date.now(), proxy.seen.length];
        const answer = await connectTo(proxy.host, { timeoutMs: 2000 }).update(id, { body: spec(Number(index)), version: index, api });
        assert.ok(Date.now() - begun < 10_000, 'it takes too long');
        assert.equal(ending(answer), expected.update);
        // The engine may still be at it when the connection ends.
        const isStored = await eventually(async () => (await straight.service(NAME, api))!.index !== index, reachesEngine(fault));
        assert.equal(isStored, reachesEngine(fault));
        assert.equal(proxy.seen.length - seenBefore, 1, 'an update is sent once');
      });

      it(`${fault}: a read is ${expected.read}`, async () => {
        const { api } = started();
        proxy.set(fault);
        const engine = connectTo(proxy.host, { timeoutMs: 2000, deadlineMs: 30_000 });
        if (expected.read === 'read') assert.equal((await engine.networks(api)).some(({ name }) => name === 'ingress'), true);
        else await assert.rejects(engine.networks(api), (error) => error instanceof EngineError && error.trouble === expected.read);
      });
    }

    it('half an answer of a dry run is no pass', async () => {
      const { api } = started();
      for (const fault of ['cutAnswer', 'halfAnswer', 'html', 'loseAnswer', 'reset'] as const) {
        proxy.set(fault);
        const answer = await connectTo(proxy.host, { timeoutMs: 2000 }).dryRun(NAME, { body: spec(1), api });
        assert.equal(answer.kind, 'noAnswer', fault);
      }
    });
  });
}

liveSuite('engine client and a daemon that is stopped', '28', (started) => {
  it('gets the answer when it goes on within the time, and the update was sent once', async () => {
    const { api } = started();
    const engine = connectTo(started().host);
    await engine.create({ body: spec(0), api });
    const { id, index } = (await engine.service(NAME, api))!;
    started().pause();
    const resumed = new Promise((resolve) => setTimeout(resolve, 20_000)).then(() => started().resume());
    const begun = Date.now();
    const answer = await engine.update(id, { body: spec(7), version: index, api });
    await resumed;
    assert.ok(Date.now() - begun >= 19_000);
    // one that was away for so long may have to be elected again first, and then it says that it cannot tell
    const ended = ending(answer);
    assert.ok(ended === 'ok' || ended === 'unknownEnding: undecided', ended);
    let stored: number | undefined;
    for (let tries = 0; stored === undefined && tries < 50; tries++) {
      const service = await engine.service(NAME, api).catch(() => undefined);
      if (service) stored = (service.spec.TaskTemplate as { ForceUpdate?: number }).ForceUpdate ?? 0;
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.ok(stored === 7 || (ended !== 'ok' && stored === 0), `${ended}, and ${stored} is stored`);
  }).timeout(60_000);

  it('says so in time when it does not, and tells that the ending is open', async () => {
    const { api } = started();
    const engine = connectTo(started().host, { timeoutMs: 3000 });
    const { id, index } = (await engine.service(NAME, api))!;
    started().pause();
    try {
      const begun = Date.now();
      const answer = await engine.update(id, { body: spec(8), version: index, api });
      assert.equal(ending(answer), 'unknownEnding: timeout');
      await assert.rejects(engine.ping(), /did not answer within 3 s/);
      assert.ok(Date.now() - begun < 10_000);
    } finally {
      started().resume();
    }
    // What the kernel had taken for it is not lost: it reads on where it stopped, and finds that nobody waits any more.
    const stored = ((await engine.service(NAME, api))!.spec.TaskTemplate as { ForceUpdate: number }).ForceUpdate;
    assert.ok(stored === 7 || stored === 8);
  });
});

function connectTo(host: string, options?: ConnectOptions): Engine {
  return connect(parseHost(host) as EngineHost, options);
}

function spec(forceUpdate: number): string {
  return JSON.stringify({ Name: NAME, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ForceUpdate: forceUpdate, ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1000'], Env: SECRET_ENV, Labels: SECRET_LABELS } } });
}

function ending(answer: EngineAnswer): string {
  return answer.kind === 'unknownEnding' ? `${answer.kind}: ${answer.cause.trouble}` : answer.kind;
}

/** Waits up to 3 s for `wanted`; for what should stay false, half a second. */
async function eventually(holds: () => Promise<boolean>, wanted: boolean): Promise<boolean> {
  const deadline = Date.now() + (wanted ? 3000 : 500);
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
