import * as assert from 'node:assert/strict';
import { perText, picking, repeating } from '../server/src/remember';
import { pick, seeded } from './support/mutate';

describe('what is remembered of lists', () => {
  it('is what a fresh look gives, whatever list came before', () => {
    const random = seeded(3);
    const lengths = perText((text) => text.length);
    const long = picking((text) => text.length > 1);
    const twice = repeating();
    // from 64 items on
    const some = (count: number) => Array.from({ length: count }, () => pick(['a', 'bb', 'ccc', 'd', '', null], random));
    let list: (string | null)[] = some(100);
    let large = 0;
    for (let i = 0; i < 2000; i++) {
      const at = Math.floor(random() * (list.length + 1));
      list = random() < 0.02 ? some(random() * 150) : [...list.slice(0, at), ...some(random() * 3), ...list.slice(at + Math.floor(random() * 3))];
      if (list.length >= 64) large++;
      assert.deepEqual(lengths(list), list.map((text) => text?.length));
      assert.deepEqual(long(list), [...list.entries()].filter(([, text]) => text !== null && text.length > 1));
      const names = list.map((text) => text ?? undefined);
      assert.equal(twice(names), names.some((name, k) => name !== undefined && names.indexOf(name) !== k));
    }
    assert.ok(large > 500 && large < 1900, `${large} large lists`);
  });
});
