import { parseJson } from './json';
import type { SpecValue } from './value';

/** JSON from a machine, such as an answer of the engine, with every digit of its integers. Undefined if it is no JSON. */
export function parseExact(text: string): SpecValue | undefined {
  const { value, problems } = parseJson(text);
  return problems.some(({ rule }) => rule !== 'duplicate-key') ? undefined : value;
}
