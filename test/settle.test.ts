import * as assert from 'node:assert/strict';
import { sendUpdate, type Update } from '../server/src/apply/apply';
import { type Asked, settle, weigh } from '../server/src/apply/settle';
import { type SpecObject, toJson } from '../server/src/document/value';
import type { Engine, EngineAnswer, LiveService } from '../server/src/engine/engine';
import { EngineError } from '../server/src/engine/error';
import { SERVICE } from '../server/src/facts/kinds';
import { normalise } from '../server/src/schema/normalise';

const labelled = (label: string): SpecObject => ({ Name: 'web', Labels: { is: label }, TaskTemplate: { ContainerSpec: { Image: 'a:1' } } });
const [A, B, OURS, THEIRS] = ['a', 'b', 'ours', 'theirs'].map(labelled);
const live = (index: string, spec: SpecObject, previousSpec?: SpecObject, updateStatus?: SpecObject): LiveService => ({ id: 's', name: 'web', index, spec, previousSpec, updateStatus, raw: {} });

/** The service was B with A before it, at index 5. */
const ASKED: Asked = { serviceId: 's', api: '1.51', goal: 'update', index: '5', base: { spec: B, previousSpec: A, updateStatus: { State: 'completed', StartedAt: 't0' } }, isOurs: (spec) => toJson(spec) === toJson(OURS) };
const BACK: Asked = { ...ASKED, goal: 'rollback', isOurs: (spec) => toJson(spec) === toJson(A) };

describe('what one reading says of a request without an answer', () => {
  const cases: readonly (readonly [string, LiveService | undefined, string, Asked?])[] = [
    ['nothing yet while the index is the same', live('5', B, A), 'asBefore'],
    ['that it was taken when the service is ours', live('9', OURS, B), 'taken'],
    ['that it was taken and replaced when ours came before', live('9', THEIRS, OURS), 'taken'],
    ['that somebody else was first', live('9', THEIRS, B), 'overtaken'],
    ['that it came too late when only the index has moved', live('9', B, A, { State: 'completed', StartedAt: 't0' }), 'overtaken'],
    ['nothing certain when the service was rolled back since', live('9', B, A, { State: 'rollback_completed', StartedAt: 't1' }), 'unknown'],
    ['nothing certain when the engine has rolled something back', live('9', B, undefined, { State: 'rollback_completed', StartedAt: 't1' }), 'unknown'],
    ['nothing certain after two updates of others', live('9', labelled('x'), THEIRS), 'unknown'],
    ['nothing certain of a service that is gone', undefined, 'unknown'],
    ['that a rollback was taken', live('9', A, B), 'taken', BACK],
    ['that somebody else was before a rollback', live('9', THEIRS, B), 'overtaken', BACK],
    ['that a creation was taken', live('1', OURS), 'taken', { ...ASKED, goal: 'create' }],
    ['that somebody else has created it', live('1', THEIRS), 'overtaken', { ...ASKED, goal: 'create' }],
    ['nothing yet while nothing is created', undefined, 'asBefore', { ...ASKED, goal: 'create' }],
  ];
  for (const [title, service, expected, asked = ASKED] of cases) {
    it(title, () => {
      const verdict = weigh(service, asked);
      assert.equal(verdict === 'asBefore' ? verdict : verdict.kind, expected);
    });
  }
});

describe('settling a request without an answer', () => {
  const LIMITS = { steadyMs: 60, deadlineMs: 600, pollMs: 5 };
  const engineOf = (readings: (LiveService | EngineError)[]) => {
    let next = 0;
    return {
      address: 'test',
      service: async () => {
        const reading = readings[Math.min(next++, readings.length - 1)];
        if (reading instanceof EngineError) throw reading;
        return reading;
      },
    } as unknown as Engine;
  };
  const lost = new EngineError('undecided', 'no leader');

  it('waits for what is on its way', async () => assert.equal((await settle(engineOf([lost, live('5', B, A), live('9', OURS, B)]), ASKED, LIMITS)).kind, 'taken'));

  it('is certain only after nothing has moved for long enough', async () => {
    const started = Date.now();
    assert.equal((await settle(engineOf([live('5', B, A)]), ASKED, LIMITS)).kind, 'notTaken');
    assert.ok(Date.now() - started >= 60);
  });

  it('begins to wait anew when the managers cannot be asked', async () => {
    const readings = Array.from({ length: 400 }, (_, i) => (i % 4 === 3 ? lost : live('5', B, A)));
    const { kind, ...rest } = await settle(engineOf(readings), ASKED, LIMITS);
    assert.equal(kind, 'unknown', JSON.stringify(rest));
  });

  it('says that nobody knows when nobody answers', async () => {
    const settled = await settle(engineOf([lost]), ASKED, LIMITS);
    assert.ok(settled.kind === 'unknown' && settled.why === 'no leader');
  });
});

describe('an update that is called out of sequence', () => {
  const update: Update = { goal: 'update', service: { id: 's', name: 'web' }, index: '5', api: '1.51', body: toJson(OURS), live: B, previous: A, ours: normalise(OURS, SERVICE.root) };
  const engineOf = (service: LiveService, answer: EngineAnswer = { kind: 'outOfSequence', message: 'update out of sequence' }) => ({ address: 'test', update: async () => answer, service: async () => service }) as unknown as Engine;

  it('was taken all the same when the service is ours on top of what was planned against', async () => {
    const outcome = await sendUpdate(update, engineOf(live('9', OURS, B)));
    assert.ok(outcome.kind === 'applied' && outcome.settled);
  });
  it('was not when somebody else was first', async () => assert.equal((await sendUpdate(update, engineOf(live('9', THEIRS, B)))).kind, 'outOfSequence'));
  it('was not when the service is as before', async () => assert.equal((await sendUpdate(update, engineOf(live('5', B, A)))).kind, 'outOfSequence'));
});
