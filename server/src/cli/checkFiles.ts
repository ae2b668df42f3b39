import type { Checker, CheckJob } from './check';
import type { FileReport } from './report';

/** From so many files on, threads are worth their start. */
const MANY = 300;

/**
 * The reports of files, in the order of their paths. Where they are many, all processors check them; this thread alone where
 * `script`, the program's file, is not given.
 */
export function* checkFiles(paths: Generator<string>, checker: Checker, { script, job, cwd }: { script?: string; job: CheckJob; cwd: string }): Generator<FileReport> {
  const { first, rest } = takeFirst(paths, script === undefined ? 0 : MANY);
  if (script !== undefined && first.length === MANY) {
    const { checkTogether, countHelpers }: typeof import('./threads') = require('./threads');
    const count = countHelpers();
    if (count > 0) return yield* checkTogether(rest, checker, { script, count, job, cwd });
  }
  for (const path of rest) yield* checker.check(path);
}

/** The first paths, looked at before their turn, and all of them in their turn; so is what goes wrong with finding them. */
function takeFirst(paths: Generator<string>, count: number): { first: readonly string[]; rest: Generator<string> } {
  const first: string[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for (let next; first.length < count && !(next = paths.next()).done; ) first.push(next.value);
  } catch (error) {
    failure = { error };
  }
  function* inTurn(): Generator<string> {
    yield* first;
    if (failure) throw failure.error;
    yield* paths;
  }
  return { first, rest: inTurn() };
}
