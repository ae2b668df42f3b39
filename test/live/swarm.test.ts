import * as assert from 'node:assert/strict';
import { connect } from '../../server/src/engine/client';
import type { EngineAnswer } from '../../server/src/engine/engine';
import { type EngineHost, parseHost } from '../../server/src/engine/host';
import { swarmSuite, type TestManager } from '../support/swarm';

const NAME = 'swarmspec-test-three';

swarmSuite('engine client', '28', (swarm) => {
  const engineOf = ({ host }: TestManager) => connect(parseHost(host) as EngineHost);
  const body = (label: string) => JSON.stringify({ Name: NAME, Labels: { [label]: 'x' }, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1000'] } } });

  it('finds one swarm at all three managers', async () => {
    const { api, managers } = swarm();
    const answers = await Promise.all(managers.map((manager) => engineOf(manager).swarm(api)));
    assert.deepEqual(answers.map(({ managers: count, nodes }) => [count, nodes]), [[3, 3], [3, 3], [3, 3]]);
    assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
    assert.equal(new Set(answers.map(({ nodeId }) => nodeId)).size, 3);
  });

  it('gets an answer through another manager after the leader is killed, and it comes back', async () => {
    const { api, managers } = swarm();
    const leader = await swarm().leader();
    const other = engineOf(managers.find((manager) => manager !== leader)!);
    assert.equal((await other.create({ body: body('a'), api })).kind, 'ok');
    const { id, index } = (await other.service(NAME, api))!;
    await leader.kill();
    const answer = await other.update(id, { body: body('b'), version: index, api });
    const live = await untilRead(() => other.service(NAME, api));
    // Whatever was said must be what is stored: taken, or not, or openly unknown.
    const isStored = (live!.spec.Labels as object | undefined) !== undefined && 'b' in (live!.spec.Labels as object);
    assert.ok(answer.kind === 'unknownEnding' || isStored === (answer.kind === 'ok'), `${kindOf(answer)}, stored: ${isStored}`);
    await leader.restart();
    const again = await untilRead(() => engineOf(leader).service(NAME, api));
    assert.deepEqual(again!.spec, live!.spec);
  });

  it('does not take a manager without majority for one that refuses', async () => {
    const { api, managers } = swarm();
    const leader = await swarm().leader();
    const cutOff = managers.filter((manager) => manager !== leader);
    for (const manager of cutOff) manager.unplug();
    try {
      const answer = await engineOf(leader).create({ body: body('c').replace(NAME, `${NAME}-2`), api });
      assert.equal(answer.kind, 'unknownEnding', JSON.stringify(answer));
      await assert.rejects(engineOf(leader).swarm(api), /undecided|could not finish|not an active swarm manager/i);
    } finally {
      for (const manager of cutOff) manager.plugIn();
    }
    await untilRead(() => engineOf(managers[0]).service(NAME, api));
  });

  function kindOf(answer: EngineAnswer): string {
    return answer.kind === 'unknownEnding' ? `${answer.kind}: ${answer.cause.trouble}` : answer.kind;
  }

  /** Reads until the managers agree again, for a minute. */
  async function untilRead<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        const found = await read();
        if (found) return found;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      if (Date.now() > deadline) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
});
