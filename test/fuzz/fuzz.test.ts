import { corpusTexts, KINDS } from './kinds';
import { Random } from './random';
import { survive, surviveEditor } from './survive';

/** `npm run fuzz` goes on for longer, from another seed each time. */
const ROUNDS = Number(process.env.SWARMSPEC_FUZZ_ROUNDS ?? 1500);
const SEED = Number(process.env.SWARMSPEC_FUZZ_SEED ?? 20_240_601);

describe(`any text (seed ${SEED})`, function () {
  this.timeout(60_000 + ROUNDS * 200);
  let texts: ReturnType<typeof corpusTexts>;
  before(() => {
    texts = corpusTexts();
  });

  for (const [kind, make] of Object.entries(KINDS)) {
    for (const syntax of ['json', 'yaml'] as const) {
      it(`${kind}, as ${syntax}`, () => {
        const random = new Random(SEED + kind.length);
        for (let round = 0; round < ROUNDS; round++) {
          const text = make(random, texts[syntax]);
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
