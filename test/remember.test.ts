import * as assert from 'node:assert/strict';
import { perText, picking, repeating } from '../server/src/remember';
import { pick, seeded } from './support/mutate';

describe('what is remembered of lists', () => {
  it('is what a fresh look gives, whatever list came before', () => {
    const random = seeded(3);
    const lengths = perText((text) => text.length);
    const long = picking((text) => text.length > 1);
    const twice = repeating();
    let list: (string | null)[] = [];
    for (let i = 0; i < 2000; i++) {
      const at = Math.floor(random() * (list.length + 1));
      const fresh = Array.from({ length: Math.floor(random() * 3) }, () => pick(['a', 'bb', 'ccc', 'd', '', null], random));
      list = random() < 0.02 ? fresh : [...list.slice(0, at), ...fresh, ...list.slice(at + Math.floor(random() * 4))];
      assert.deepEqual(lengths(list), list.map((text) => text?.length));
      assert.deepEqual(long(list), [...list.entries()].filter(([, text]) => text !== null && text.length > 1));
      const names = list.map((text) => text ?? undefined);
      assert.equal(twice(names), names.some((name, k) => name !== undefined && names.indexOf(name) !== k));
    }
  });
});
