import * as assert from 'node:assert/strict';
import { Progress } from '../server/src/cli/progress';

const step = (line: string, short = line) => ({ line, short });

describe('progress', () => {
  it('is a line for each change where the output is piped', () => {
    let out = '';
    const progress = new Progress((text) => void (out += text), {});
    progress.set('a', step('a: 1 of 2'));
    progress.set('a', step('a: 1 of 2'));
    progress.say('a.1 failed');
    progress.set('b', step('b: 0 of 1'));
    progress.set('a', step('a: 2 of 2'));
    progress.clear('a');
    assert.equal(out, 'a: 1 of 2\na.1 failed\nb: 0 of 1\na: 2 of 2\n');
  });

  it('is one line that is written over on a terminal, short where there are several', () => {
    const shown: string[] = [];
    let out = '';
    const progress = new Progress((text) => void (out += text), { progress: (text) => void shown.push(text) });
    progress.set('a', step('a: 1 of 2 updated', 'a 1/2'));
    progress.set('b', step('b: 0 of 1 updated', 'b 0/1'));
    progress.say('a.1 failed');
    progress.clear('a');
    progress.clear('b');
    assert.deepEqual(shown, ['a: 1 of 2 updated', 'a 1/2  b 0/1', 'a 1/2  b 0/1', 'b: 0 of 1 updated', '']);
    assert.equal(out, 'a.1 failed\n');
  });

  it('leaves the terminal to one question at a time', async () => {
    const shown: string[] = [];
    const progress = new Progress(() => undefined, { progress: (text) => void shown.push(text) });
    progress.set('a', step('a'));
    const order: string[] = [];
    const question = (name: string) => progress.alone(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      progress.set('a', step(`a during ${name}`));
      order.push(`${name} ends`);
      if (name === 'first') throw new Error('nobody there');
    });
    const [first] = await Promise.allSettled([question('first'), question('second')]);
    assert.equal(first.status, 'rejected');
    assert.deepEqual(order, ['first begins', 'first ends', 'second begins', 'second ends']);
    assert.deepEqual(shown, ['a', '', '']);
  });
});
