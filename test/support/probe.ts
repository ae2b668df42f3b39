/**
 * Loaded before the server, as a module of its own: answers a signal with the size of the heap after a collection and with what
 * keeps the event loop busy, so that a test can see whether either grows. Needs `--expose-gc`.
 */
export const PROBE = `process.on('SIGUSR2', () => {
  globalThis.gc();
  globalThis.gc();
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  process.stderr.write('probe ' + JSON.stringify({ heap: process.memoryUsage().heapUsed, handles }) + '\\n');
});`;

export interface Probed {
  /** Bytes of the heap after a collection. */
  readonly heap: number;
  /** How many there are of what keeps the process alive, by kind, such as `PipeWrap`, `TCPSocketWrap`, `Timeout`. */
  readonly handles: Readonly<Record<string, number>>;
}

/** What the probe has said in this piece of the error stream; undefined where it has not yet. */
export function readProbe(stderr: string): Probed | undefined {
  const said = /^probe (.*)\n/m.exec(stderr)?.[1];
  return said === undefined ? undefined : (JSON.parse(said) as Probed);
}
