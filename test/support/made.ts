import * as fc from 'fast-check';
import type { SpecValue } from '../../server/src/document/value';
import type { Field, Type } from '../../server/src/facts/types';

/** Values that the facts alone call right for a field; undefined members are left out. */
function valueOf({ type, words, range, storedBits }: Field): fc.Arbitrary<SpecValue> {
  if (words) return fc.constantFrom(...Object.keys(words.words).filter((word) => words.words[word].refused === undefined));
  switch (type.kind) {
    case 'struct':
      return structOf(type);
    case 'map':
      return fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), fc.string({ maxLength: 6 })) as fc.Arbitrary<SpecValue>;
    case 'list':
      return fc.array(valueOf(type.item), { maxLength: 2 }) as fc.Arbitrary<SpecValue>;
    case 'scalar': {
      const min = BigInt(range?.min ?? (type.name.startsWith('u') ? 0 : -(2n ** 63n)));
      const max = type.name === 'uint32' ? 2n ** 32n - 1n : BigInt(range?.max ?? (storedBits ? 2n ** 31n - 1n : type.name === 'uint64' ? 2n ** 64n - 1n : 2n ** 63n - 1n));
      switch (type.name) {
        case 'bool':
          return fc.boolean();
        case 'string':
        case 'ip-address':
          return fc.string({ maxLength: 6, minLength: 1 });
        case 'bytes':
          return fc.constant('e30=');
        case 'float32':
          return fc.constantFrom(0, 0.5, 1);
        default:
          return fc.bigInt({ min, max }).map((value) => (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value));
      }
    }
  }
}

/** Objects of a struct that the facts call right. */
export function structOf(type: Extract<Type, { kind: 'struct' }>): fc.Arbitrary<SpecValue> {
  const members = Object.entries(type.fields).filter(([, field]) => !field.neverStored && !field.deprecated && !(field.erasedBelow && field.since > '1.49'));
  const required = members.filter(([, field]) => field.required).map(([key]) => key);
  return fc.record(Object.fromEntries(members.map(([key, field]) => [key, valueOf(field)])), { requiredKeys: required }) as fc.Arbitrary<SpecValue>;
}
