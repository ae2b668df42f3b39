import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Syntax } from '../../server/src/document/document';
import { corpusTexts, KINDS } from './kinds';
import { Random } from './random';
import { survive, surviveEditor } from './survive';

/** CPU that one question about a text may take: this much, and this much more for each of its characters. */
const BUDGET_MS = 250;
const BUDGET_MS_EACH = 0.1;

/** After so long without an end, a question is taken for one without any. The machine may be busy with others. */
const HANG_MS = 120_000;

interface Round {
  readonly round: number;
  readonly kind: string;
  readonly syntax: Syntax;
  readonly text: string;
  readonly offset: number;
}

interface Failure {
  readonly text: string;
  readonly error: string;
}

interface Given {
  readonly seconds: number;
  readonly seed: number;
}

/** What the worker says: that it begins with a text, that one has failed, or that the time is over. */
type Said = { readonly begun: Round } | { readonly failed: Failure } | { readonly rounds: number };

/** Runs all kinds in turn, one text after the other, and stops at the first that fails. */
function work({ seconds, seed }: Given, say: (said: Said) => void): void {
  const texts = corpusTexts();
  const random = new Random(seed);
  const end = Date.now() + seconds * 1000;
  let round = 0;
  while (Date.now() < end) {
    for (const [kind, make] of Object.entries(KINDS)) {
      for (const syntax of ['json', 'yaml'] as const) {
        const text = make(random, texts[syntax]);
        const offset = random.below(text.length + 1);
        say({ begun: { round, kind, syntax, text, offset } });
        const error = fault(text, syntax, offset);
        if (error !== undefined) {
          say({ failed: shrink(text, syntax, offset, error) });
          return;
        }
        round++;
      }
    }
  }
  say({ rounds: round });
}

/** What goes wrong with a text, in a line; undefined when nothing does. */
function fault(text: string, syntax: Syntax, offset: number): string | undefined {
  let asked = 'validate';
  try {
    withinBudget(text, 'validate', () => survive(text, syntax));
    surviveEditor(text, syntax, Math.min(offset, text.length), (feature, run) => {
      asked = feature;
      withinBudget(text, feature, run);
    });
    return undefined;
  } catch (error) {
    const { stack = '' } = error as Error;
    return `${asked}: ${(error as Error).message}\n${stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6).join('\n')}`;
  }
}

function withinBudget(text: string, feature: string, run: () => void): void {
  const budget = BUDGET_MS + text.length * BUDGET_MS_EACH;
  // a collection of garbage or a compilation can fall upon any one run, hardly upon three
  let least = Infinity;
  for (let left = 3; left > 0; left--) {
    const before = process.cpuUsage();
    const start = performance.now();
    run();
    const { user, system } = process.cpuUsage(before);
    // CPU of the process counts the threads of the collector too, so the clock is a bound of its own
    least = Math.min(least, (user + system) / 1000, performance.now() - start);
    if (least <= budget) return;
  }
  throw new Error(`${feature} took ${least.toFixed(0)} ms for ${text.length} characters, and the budget is ${budget.toFixed(0)} ms`);
}

/** Takes pieces out of a text, large ones first, for as long as the same thing goes wrong. */
function shrink(given: string, syntax: Syntax, offset: number, first: string): Failure {
  const kindOf = (error: string) => error.split('\n')[0].replace(/\d+/g, '#').slice(0, 60);
  const until = Date.now() + 60_000;
  let text = given;
  let error = first;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < text.length && Date.now() < until; ) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      const now = fault(shorter, syntax, offset);
      if (now !== undefined && kindOf(now) === kindOf(first)) {
        text = shorter;
        error = now;
      } else at += size;
    }
  }
  return { text, error };
}

/** The worker does the work; this thread sees when it no longer comes back, and how much was done. */
function main(): void {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } } });
  const given: Given = { seconds: Number(values.seconds), seed: Number(values.seed) };
  console.log(`seed ${given.seed}, ${given.seconds} s`);
  const worker = new Worker(__filename, { workerData: given });
  let last: Round | undefined;
  let since = Date.now();
  const fail = (about: string, text: string) => {
    console.error(`seed ${given.seed}, round ${last?.round}, ${last?.kind} as ${last?.syntax}, cursor at ${last?.offset}: ${about}\ntext: ${JSON.stringify(text)}`);
    process.exit(1);
  };
  const timer = setInterval(() => {
    if (Date.now() - since > HANG_MS) fail('no end', last?.text ?? '');
  }, 1000);
  worker.on('message', (said: Said) => {
    since = Date.now();
    if ('begun' in said) last = said.begun;
    else if ('failed' in said) fail(said.failed.error, said.failed.text);
    else {
      clearInterval(timer);
      console.log(`${said.rounds} texts, each asked everything that there is to ask: no failure`);
    }
  });
  worker.on('error', (error) => fail(`the worker ended: ${error.stack}`, last?.text ?? ''));
}

if (isMainThread) main();
else work(workerData as Given, (said) => parentPort?.postMessage(said));
