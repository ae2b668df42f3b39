import type { Syntax } from './document';
import { type SpecValue, toJson } from './value';

/** A value as a document of its own, every digit kept; without a newline at the end. */
export function writeDocument(value: SpecValue, syntax: Syntax): string {
  if (syntax === 'json') return toJson(value, 2);
  const yaml: typeof import('yaml') = require('yaml');
  return yaml.stringify(value, { lineWidth: 0 }).trimEnd();
}
