/** The result of work that pauses, for callers who need no pauses. */
export function finished<R>(work: Generator<void, R>): R {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
