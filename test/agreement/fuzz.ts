import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toPointer } from '../../server/src/path';
import { startEngine } from '../support/engine';
import { mutants, type NamedMutant } from './mutants';
import { type Oracle, prepareOracle, verdictOf } from './oracle';
import { type Scored, score, trapsOf } from './score';

/** Posts documents with a slip to a real engine, holds what it did against what we say, and lists the disagreements. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      each: { type: 'string', default: '1' }, share: { type: 'string', default: '1' }, kinds: { type: 'string', default: '' }, out: { type: 'string', default: 'out/disagreements.txt' },
    },
  });
  const kinds = new RegExp(values.kinds);
  const engine = await startEngine({ generation: '28', experimental: true });
  if (!engine) throw new Error('There is no engine 28 here. Run `test/support/engines.sh` as root.');
  writeFileSync(values.out, '');
  const missed = new Map<string, number>();
  const count = { sent: 0, refused: 0, placed: 0, lost: 0 };
  try {
    const oracle = await prepareOracle(engine);
    for (const mutant of mutants({ each: Number(values.each), share: Number(values.share), kinds: (kind) => kinds.test(kind) })) {
      const scored = await ask(mutant, oracle);
      const { verdict, miss, placed } = scored;
      count.sent++;
      if (verdict.verdict === 'accept') count.lost += trapsOf(verdict).length > 0 ? 1 : 0;
      else if (!verdict.env_dependent) {
        count.refused++;
        if (placed !== false) count.placed++;
      }
      if (miss) missed.set(mutant.kind, (missed.get(mutant.kind) ?? 0) + 1);
      if (miss || placed === false) appendFileSync(values.out, describe(scored));
    }
  } finally {
    await engine.stop();
  }
  for (const [kind, times] of missed) console.log(`${kind}: ${times}`);
  console.log(`${count.sent} sent, ${count.refused} refused (an error at the place of ${count.placed}), ${count.lost} not kept; ${[...missed.values()].reduce((a, b) => a + b, 0)} disagreements, in ${values.out}`);
}

async function ask({ id, kind, text: made, path }: NamedMutant, oracle: Oracle): Promise<Scored> {
  const text = oracle.localise(made);
  return score(verdictOf(id, { kind, intent: 'open', path: path && toPointer(path) }, text, await oracle.create(text, '1.49')));
}

function describe({ verdict: { id, tags, text, message }, miss, detail = '', findings }: Scored): string {
  const said = findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ rule, path }) => `${rule} ${toPointer(path)}`);
  return `${miss ?? 'not at its place'} | ${id} | at ${tags.path ?? 'the text'} | ${detail} | engine: ${message ?? 'stored'} | we: ${said.join(', ').slice(0, 300)}\n    ${text.slice(0, 1500)}\n`;
}

void main();
