import * as assert from 'node:assert/strict';
import { describeOutcome, updateOf } from '../../server/src/apply/apply';
import { carryOut, type LifeCycle, type LifeCycleOptions } from '../../server/src/apply/lifeCycle';
import { planUpdate } from '../../server/src/apply/plan';
import { readSwarm, type Swarm } from '../../server/src/apply/swarm';
import { isObject, type SpecObject } from '../../server/src/document/value';
import { connect } from '../../server/src/engine/client';
import type { Engine } from '../../server/src/engine/engine';
import { EngineError } from '../../server/src/engine/error';
import { type EngineHost, parseHost } from '../../server/src/engine/host';
import type { ApiVersion } from '../../server/src/facts/types';
import { swarmSuite } from '../support/swarm';
import { SECRET_ENV, SECRET_LABELS, wholeRun } from '../support/wholeRun';

const SERVICES = 18;
/** Updates go on for this long after the leader was killed: longer than the election. */
const AFTER_MS = 35_000;

swarmSuite('the leader is killed in the middle of updates', '28', (swarm) => {
  it('and each report is true', async function () {
    this.timeout(300_000);
    const { managers } = swarm();
    const { request } = managers[0];
    const api = swarm().api as ApiVersion;
    const names = Array.from({ length: SERVICES }, (_, i) => `swarmspec-test-${i}`);
    for (const name of names) {
      const answer = await request('POST', '/services/create', { Name: name, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Env: SECRET_ENV, Labels: SECRET_LABELS } } });
      assert.equal(answer.status, 201, answer.text);
    }
    const engines = managers.map(({ host }) => connect(parseHost(host) as EngineHost, { timeoutMs: 15_000 }));
    const known = await readSwarm(engines[0], api);
    const leader = await swarm().leader();

    const reports: Report[] = [];
    let unread = 0;
    let killedAt = 0;
    const isOver = () => killedAt > 0 && Date.now() - killedAt > AFTER_MS;
    // each service has one applier, which asks one manager after the other; what was reported of it is all that happened to it
    const appliers = Promise.all(names.map(async (name, i) => {
      for (let round = 0; !isOver(); round++) {
        const engine = engines[(i + round) % engines.length];
        const report = await addLabel(name, `r${round}`, engine, api, known);
        if (report) {
          reports.push(report);
          continue;
        }
        unread++; // nothing was sent: this manager cannot be read
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }));
    appliers.catch(() => {}); // awaited below, after the leader is back
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await leader.kill();
    killedAt = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    await leader.restart();
    await appliers;

    const survivor = managers.find((manager) => manager !== leader)!;
    const stored = new Map<string, string[]>();
    for (const name of names) stored.set(name, Object.keys((await survivor.request('GET', `/services/${name}`)).json.Spec.Labels));
    const count = (kind: Report['said']) => reports.filter(({ said }) => said === kind).length;
    const wrong = reports.filter(({ name, label, said }) => said !== 'unknown' && stored.get(name)!.includes(label) !== (said === 'applied'));
    const kinds = new Map<string, number>();
    for (const { name, life } of reports) {
      const { outcome } = life;
      if (outcome.kind !== 'unchanged') wholeRun.saw(`the report on ${name}`, describeOutcome(outcome, name));
      const kind = outcome.kind === 'applied' && outcome.settled ? 'applied, found out by reading' : outcome.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const told = reports.filter(({ said }) => said === 'applied').length;
    const there = [...stored.values()].reduce((sum, labels) => sum + labels.length, 0);
    console.log(`      ${reports.length} updates of ${SERVICES} services, ${wrong.length} of them reported wrongly: ${[...kinds].map(([kind, number]) => `${number} ${kind}`).join('; ')}`);
    assert.deepEqual(wrong, []);
    assert.ok(there - told <= count('unknown') && there >= told, `${there} labels there, ${told} reported as applied`);
    assert.equal(count('unknown'), 0, JSON.stringify(reports.filter(({ said }) => said === 'unknown')));
    assert.ok(told > SERVICES, 'updates went on');
    assert.ok(unread > 0 || reports.some(({ said, settled, life }) => said !== 'applied' || settled || life.rebases > 0), 'the kill was felt');
  });
});

interface Report {
  readonly name: string;
  readonly label: string;
  readonly said: 'applied' | 'notApplied' | 'unknown';
  readonly settled: boolean;
  readonly life: LifeCycle;
}

/** Adds a label to what is there and says what was reported; undefined where nothing could be planned. */
async function addLabel(name: string, label: string, engine: Engine, api: ApiVersion, swarm: Swarm): Promise<Report | undefined> {
  const options = { api, swarm, dryRun: 'none' } as const;
  try {
    const live = await engine.service(name, api);
    assert.ok(live, `${name} is there, and the manager at ${engine.address} says that it is not`);
    const labels = isObject(live.spec.Labels) ? live.spec.Labels : {};
    const wanted: SpecObject = { ...live.spec, Labels: { ...labels, [label]: 'yes' } };
    const outcome = await planUpdate(wanted, engine, options);
    assert.ok(outcome.kind === 'planned', `${name} cannot be planned at ${engine.address}: ${outcome.kind}`);
    const life = await carryOut(updateOf(outcome.plan), engine, { networks: [], plan: options, mostRebases: 0, conflict: NONE });
    return { name, label, said: saidBy(life), settled: life.outcome.kind === 'applied' && life.outcome.settled, life };
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

const NONE: LifeCycleOptions['conflict'] = { resolve: async () => undefined, consent: async () => false };

function saidBy({ outcome }: LifeCycle): Report['said'] {
  if (outcome.kind === 'applied') return 'applied';
  return outcome.kind === 'unknown' ? 'unknown' : 'notApplied';
}
