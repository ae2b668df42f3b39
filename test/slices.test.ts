import * as assert from 'node:assert/strict';
import { waitMs } from '../server/src/lsp/checks';
import { Slices } from '../server/src/lsp/slices';

/** Work of so many steps of a millisecond or more. */
function* busy(steps: number, done: string[], name: string): Generator<void, string> {
  for (let i = 0; i < steps; i++) {
    const until = performance.now() + 1;
    while (performance.now() < until);
    done.push(name);
    yield;
  }
  return name;
}

describe('long work in slices', () => {
  const always = () => true;

  it('is done in a turn of its own', async () => {
    const done: string[] = [];
    const result = new Slices().do(busy(1, done, 'a'), always);
    assert.deepEqual(done, []);
    assert.equal(await result, 'a');
    assert.deepEqual(done, ['a']);
  });

  it('is not begun where it is not wanted any more when its turn comes', async () => {
    const done: string[] = [];
    assert.equal(await new Slices().do(busy(1, done, 'a'), () => false), undefined);
    assert.deepEqual(done, []);
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    assert.equal(await new Slices().do(busy(60, [], 'a'), always), 'a');
    clearInterval(timer);
    assert.ok(turns >= 3, `${turns} turns`);
  });

  it('takes turns with other long work, one slice at a time', async () => {
    const slices = new Slices();
    const done: string[] = [];
    const results = await Promise.all(['a', 'b', 'c'].map((name) => slices.do(busy(30, done, name), always)));
    assert.deepEqual(results, ['a', 'b', 'c']);
    assert.ok(done.indexOf('c') < done.lastIndexOf('a'), done.join(''));
  });

  it('ends when nobody wants it any more', async () => {
    const done: string[] = [];
    let wanted = true;
    setTimeout(() => (wanted = false), 5);
    assert.equal(await new Slices().do(busy(2000, done, 'a'), () => wanted), undefined);
    assert.ok(done.length < 2000);
  });

  it('hands on what goes wrong', async () => {
    await assert.rejects(new Slices().do((function* (): Generator<void, void> { throw new Error('no'); })(), always), /no/);
  });
});

describe('the wait before a check', () => {
  it('is short, and shorter the longer a change has waited', () => {
    assert.deepEqual([0, 100, 185, 200, 5000].map(waitMs), [20, 20, 15, 0, 0]);
  });
});
