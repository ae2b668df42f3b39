import * as assert from 'node:assert/strict';
import { requestMessages, rulesForMessage } from '../server/src/features/explain';
import { coverage } from '../server/src/tools/catalogue';
import { readVerdicts } from './agreement/score';

/** Rows that no example can show (a request, a size, what was sent before), so that a rule only names them. */
const NAMED = ['body-empty', 'body-too-large-grpc', 'body-too-large-raft', 'image-not-pinned-warning', 'image-same-tag-does-not-redeploy'];

describe('the catalogue of what the engine does', () => {
  const rows = coverage();

  it('has a rule that finds the bad example of each row, and nothing in the good one', () => {
    const without = rows.filter(({ rules, elsewhere }) => rules.length === 0 && elsewhere === undefined).map(({ row }) => row.id);
    assert.deepEqual(without.sort(), NAMED);
  });

  it('explains the message of the engine by a rule that finds the bad example', () => {
    const refusals = rows.filter(({ row, rules, elsewhere }) => row.effect === 'rejected' && rules.length > 0 && elsewhere === undefined);
    const unexplained = refusals.filter(({ row, rules }) => !row.engine_message.startsWith('(') && !rulesForMessage(row.engine_message).some(({ id }) => rules.includes(id)));
    assert.deepEqual(unexplained.map(({ row }) => `${row.id}: ${row.engine_message}`), []);
    assert.ok(refusals.length > 80);
  });

  it('explains the messages about requests, which no spec is to blame for', () => {
    const about = rows.filter(({ row, elsewhere }) => elsewhere !== undefined && row.effect === 'rejected' && !row.engine_message.startsWith('('));
    const unexplained = about.filter(({ row }) => requestMessages(row.engine_message).length + rulesForMessage(row.engine_message).length === 0);
    assert.deepEqual(unexplained.map(({ row }) => `${row.id}: ${row.engine_message}`), []);
    assert.ok(about.length >= 10, String(about.length));
  });

  it('explains every refusal on record', () => {
    const messages = new Set(readVerdicts().flatMap(({ message }) => (message === undefined || message.startsWith('no answer') ? [] : [message])));
    assert.deepEqual([...messages].filter((message) => rulesForMessage(message).length === 0), []);
    assert.ok(messages.size > 100);
  });

  it('takes part of a message, in any letter case, for the message', () => {
    assert.deepEqual(requestMessages('Update out of Sequence').map(({ message }) => message), ['update out of sequence']);
    assert.deepEqual(rulesForMessage('illegal base64').map(({ id }) => id), ['not-base64']);
    assert.deepEqual(rulesForMessage('must specify only one service mode').map(({ id }) => id), ['several-modes', 'plugin-with-mode']);
    assert.deepEqual(rulesForMessage('nothing of the kind'), []);
  });

  it('names a rule for the few rows that no example can show', () => {
    for (const { row, named } of rows.filter(({ row }) => NAMED.includes(row.id))) assert.notDeepEqual(named, [], row.id);
  });

  it('holds a live rule for what only the live swarm can tell', () => {
    const live = rows.filter(({ row }) => row.checkable === 'live');
    assert.equal(live.length, 45);
    assert.ok(live.filter(({ rules }) => rules.length > 0).length >= 32, live.filter(({ rules }) => rules.length === 0).map(({ row }) => row.id).join(', '));
  });
});
