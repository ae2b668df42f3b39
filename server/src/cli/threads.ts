import { availableParallelism } from 'node:os';
import { isMainThread, MessageChannel, type MessagePort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads';
import { Checker, type CheckJob, isConfig } from './check';
import { THREAD } from './command';
import type { FileReport } from './report';

/** So many files are told at once: enough that telling costs little, few enough that all threads end together. */
const BATCH = 32;
/** Batches that a thread has in hand, so that it never waits for the next. */
const IN_HAND = 3;
/** Batches that wait for an earlier one, at most: memory does not grow with the number of files. */
const MOST_WAITING = 128;
/** More threads than this do not help: one thread finds the files and prints. */
const MOST_THREADS = 7;
/** A thread that takes longer for a batch is not waited for. */
const PATIENCE_MS = 2000;

/** Where a thread gets its work and says what it found. */
interface Place {
  readonly job: CheckJob;
  readonly cwd: string;
  readonly port: MessagePort;
  /** One number, which changes with each answer of any thread. */
  readonly answered: Int32Array;
}

interface Batch {
  readonly paths: readonly string[];
  /** Undefined where something went wrong; left out until it is checked. */
  reports?: readonly FileReport[] | undefined;
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** What it has in hand, oldest first. */
  readonly batches: Batch[];
}

/** How many threads could help this one. */
export function countHelpers(): number {
  return Math.min(availableParallelism() - 1, MOST_THREADS);
}

/**
 * Checks files in this thread and `count` others and answers in the order of the paths, as this thread alone would. Nothing
 * depends on the others: what one cannot do, or not soon, is done here, and so what goes wrong is told in its turn.
 * `script` is the program's file.
 */
export function* checkTogether(paths: Iterator<string>, checker: Checker, { script, count, job, cwd }: { script: string; count: number; job: CheckJob; cwd: string }): Generator<FileReport> {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const threads = Array.from({ length: count }, () => startThread(script, { job, cwd, answered }));
  const source = new Source(paths);
  const waiting: Batch[] = [];
  const next = (): Batch | undefined => {
    const batch = waiting.length < MOST_WAITING ? { paths: source.take(BATCH) } : undefined;
    if (!batch || batch.paths.length === 0) return undefined;
    waiting.push(batch);
    return batch;
  };
  const configs = new Set<string>();
  const isNew = (report: FileReport) => !isConfig(report) || (!configs.has(report.path) && configs.add(report.path) !== undefined);
  try {
    for (;;) {
      const before = Atomics.load(answered, 0);
      for (const thread of threads) {
        receive(thread);
        while (thread.batches.length < IN_HAND) {
          const batch = next();
          if (!batch) break;
          thread.batches.push(batch);
          thread.port.postMessage(batch.paths);
        }
      }
      for (let oldest = waiting[0]; oldest && 'reports' in oldest; oldest = waiting[0]) {
        for (const report of oldest.reports ?? checkEach(oldest.paths, checker)) if (isNew(report)) yield report;
        waiting.shift();
      }
      const own = next();
      if (own) own.reports = tryBatch(own.paths, checker);
      else if (waiting.length === 0) return source.end();
      else if (Atomics.wait(answered, 0, before, PATIENCE_MS) === 'timed-out') waiting[0].reports = undefined;
    }
  } finally {
    for (const { worker } of threads) void worker.terminate();
  }
}

/** Where the paths come from. What goes wrong with finding them is told behind what was found before. */
class Source {
  private failure?: { readonly error: unknown };

  constructor(private readonly paths: Iterator<string>) {}

  take(count: number): string[] {
    const taken: string[] = [];
    try {
      while (taken.length < count && !this.failure) {
        const { value, done } = this.paths.next();
        if (done) break;
        taken.push(value);
      }
    } catch (error) {
      this.failure = { error };
    }
    return taken;
  }

  end(): void {
    if (this.failure) throw this.failure.error;
  }
}

function startThread(script: string, place: Omit<Place, 'port'>): Thread {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(script, { argv: [THREAD], workerData: { ...place, port: port2 } satisfies Place, transferList: [port2] });
  // it only helps: one that cannot start or ends early leaves its work to this thread
  worker.on('error', () => {}).unref();
  port1.unref();
  return { worker, port: port1, batches: [] };
}

/** Takes what a thread has said. It answers in the order in which it was asked. */
function receive({ port, batches }: Thread): void {
  for (let answer = receiveMessageOnPort(port); answer; answer = receiveMessageOnPort(port)) {
    const batch = batches.shift();
    if (batch && !('reports' in batch)) batch.reports = answer.message;
  }
}

function* checkEach(paths: readonly string[], checker: Checker): Generator<FileReport> {
  // each batch tells of the config files that it meets: which batch is the first to do so is known later
  checker.startAnew();
  for (const path of paths) yield* checker.check(path);
}

/** Undefined where something goes wrong; it will again when its turn comes, and is told then. */
function tryBatch(paths: readonly string[], checker: Checker): FileReport[] | undefined {
  try {
    return [...checkEach(paths, checker)];
  } catch {
    return undefined;
  }
}

/** What a thread does: checks what it is told to. False in the thread that the program begins with. */
export function workInThread(): boolean {
  if (isMainThread) return false;
  const { job, cwd, port, answered } = workerData as Place;
  const checker = new Checker(job, { cwd, stdin: () => '', err: () => {} });
  port.on('message', (paths: readonly string[]) => {
    // texts are not sent where there is nothing to say of them
    port.postMessage(tryBatch(paths, checker)?.map((report) => (report.findings.length > 0 ? report : { ...report, text: '' })));
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
  return true;
}
