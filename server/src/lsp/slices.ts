/** How long work goes on before the server looks whether there is something else to do: a part of a frame of 16 ms, since answers have to be written too. */
const SLICE_MS = 4;

/**
 * Long work in short slices, so that what somebody types or asks meanwhile is not kept waiting. However much work there is,
 * one slice is done at a time, and everything that has come in is looked at before the next.
 */
export class Slices {
  private readonly waiting: (() => void)[] = [];

  /**
   * Does work, which yields where it may be interrupted, in turns of its own: the reading of what asks for it has taken one.
   * Undefined where it is not wanted any more, which is asked before each turn.
   */
  async do<R>(work: Generator<void, R>, isWanted: () => boolean): Promise<R | undefined> {
    await this.turn();
    if (!isWanted()) return undefined;
    let since = performance.now();
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (performance.now() - since < SLICE_MS) continue;
      await this.turn();
      if (!isWanted()) return undefined;
      since = performance.now();
    }
  }

  /** Waits until it is this work's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) later(() => this.next());
    });
  }

  private next(): void {
    this.waiting.shift()?.();
    if (this.waiting.length > 0) later(() => this.next());
  }
}

/** After what has come in meanwhile. Browsers have no `setImmediate`. */
const later: (act: () => void) => void = typeof setImmediate === 'function' ? setImmediate : (act) => setTimeout(act, 0);
