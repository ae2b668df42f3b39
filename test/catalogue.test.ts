import * as assert from 'node:assert/strict';
import { coverage } from '../server/src/tools/catalogue';

/** Rows that no document alone can show (a request, a size, the live service), so that a rule only names them. */
const NAMED = ['body-empty', 'body-too-large-grpc', 'body-too-large-raft', 'image-same-tag-does-not-redeploy', 'mode-missing-on-update-scales-to-one'];

describe('the catalogue of what the engine does', () => {
  const rows = coverage().filter(({ row }) => row.checkable !== 'live');

  it('has a rule that finds the bad example of each row, and nothing in the good one', () => {
    const without = rows.filter(({ rules, elsewhere }) => rules.length === 0 && elsewhere === undefined).map(({ row }) => row.id);
    assert.deepEqual(without.sort(), NAMED);
  });

  it('names a rule for the few rows that no document can show', () => {
    for (const { row, named } of rows.filter(({ row }) => NAMED.includes(row.id))) assert.notDeepEqual(named, [], row.id);
  });
});
