import { corpus } from '../support/corpus';
import { mutated, randomBytes, randomPieces } from './inputs';
import { Random } from './random';
import { survive, surviveEditor } from './survive';
import { writeDocument } from '../../server/src/document/write';
import { readDocument } from '../../server/src/document/document';

/** `npm run fuzz` goes on for longer, from another seed each time. */
const ROUNDS = Number(process.env.SWARMSPEC_FUZZ_ROUNDS ?? 1500);
const SEED = Number(process.env.SWARMSPEC_FUZZ_SEED ?? 20_240_601);

describe(`any text (seed ${SEED})`, function () {
  this.timeout(60_000 + ROUNDS * 200);
  const texts = { json: [] as string[], yaml: [] as string[] };

  before(() => {
    for (const { text } of corpus()) {
      if (text.length > 20_000) continue;
      texts.json.push(text);
      const { value } = readDocument(text, 'json');
      if (value !== undefined && value !== null && texts.yaml.length < 400) texts.yaml.push(writeDocument(value, 'yaml'));
    }
  });

  const kinds = {
    'random bytes': (random: Random) => randomBytes(random),
    'pieces of specs in any order': (random: Random) => randomPieces(random),
    'recorded documents with slips': (random: Random, syntax: 'json' | 'yaml') => mutated(random, texts[syntax]),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    for (const syntax of ['json', 'yaml'] as const) {
      it(`${kind}, as ${syntax}`, () => {
        const random = new Random(SEED + kind.length);
        for (let round = 0; round < ROUNDS; round++) {
          const text = make(random, syntax);
          try {
            survive(text, syntax);
            if (round % 5 === 0) surviveEditor(text, syntax, random.below(text.length + 1));
          } catch (error) {
            throw new Error(`round ${round}, text ${JSON.stringify(text)}`, { cause: error });
          }
        }
      });
    }
  }
});
