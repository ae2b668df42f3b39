import { meantByBare } from '../facts/bareNumbers';
import type { Field } from '../facts/types';
import type { Fix } from '../finding';
import type { Path } from '../path';

/** What to write in place of a number that makes no sense in the unit of its field, for a finding about it; nothing where that cannot be told. */
export function insteadOfBare(number: number | bigint, field: Field, at: Path): { readonly hint?: string; readonly fix?: Fix } {
  const meant = meantByBare(number, field);
  return meant === undefined ? {} : { hint: `For ${meant.words} write \`${meant.value}\`.`, fix: { title: `Write \`${meant.value}\` (${meant.words})`, safe: meant.safe, edits: [{ kind: 'set', at, value: meant.value }] } };
}
