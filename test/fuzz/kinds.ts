import { readDocument, type Syntax } from '../../server/src/document/document';
import { writeDocument } from '../../server/src/document/write';
import { corpus } from '../support/corpus';
import { mutated, randomBytes, randomPieces } from './inputs';
import type { Random } from './random';

/** The ways to make a text; the recorded texts are what some of them start from. */
export const KINDS: Readonly<Record<string, (random: Random, texts: readonly string[]) => string>> = {
  'random bytes': (random) => randomBytes(random),
  'pieces of specs in any order': (random) => randomPieces(random),
  'recorded documents with slips': (random, texts) => mutated(random, texts),
};

/** The recorded documents that are not too long to be read many times. */
export function corpusTexts(): Readonly<Record<Syntax, readonly string[]>> {
  const texts = { json: [] as string[], yaml: [] as string[] };
  for (const { text } of corpus()) {
    if (text.length > 20_000) continue;
    texts.json.push(text);
    const { value } = readDocument(text, 'json');
    if (value !== undefined && value !== null && texts.yaml.length < 400) texts.yaml.push(writeDocument(value, 'yaml'));
  }
  return texts;
}
