import { type FSWatcher, watch } from 'node:fs';
import type { Terminal } from './command';

/** A save is often several changes: written, renamed, its time set. */
const DEBOUNCE_MS = 100;

/**
 * Does a job, and again whenever something changes in the folders that it has read, until a person stops it. `job` tells each
 * folder that it reads; whatever it throws is its own business.
 */
export async function watchFolders(job: (onFolder: (path: string) => void) => void | Promise<void>, { interruption }: Terminal): Promise<void> {
  const stop = interruption?.();
  const watchers = new Map<string, FSWatcher>();
  let wake = () => {};
  let changed = false;
  const onChange = () => {
    changed = true;
    wake();
  };
  try {
    while (!stop?.aborted) {
      changed = false;
      const read = new Set<string>();
      await job((folder) => {
        read.add(folder);
        // watched before its files are read, so that no change falls between
        if (!watchers.has(folder)) watchIn(folder, watchers, onChange);
      });
      for (const [folder, watcher] of watchers) {
        if (read.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      while (!changed && !stop?.aborted) await pause(undefined, stop, (resolve) => (wake = resolve));
      await pause(DEBOUNCE_MS, stop);
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}

function watchIn(folder: string, watchers: Map<string, FSWatcher>, onChange: () => void): void {
  try {
    const watcher = watch(folder, { persistent: true }, onChange);
    // the folder is gone: the change in its parent says so too
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(folder);
    });
    watchers.set(folder, watcher);
  } catch {
    // gone in the meantime
  }
}

/** Until so much time has passed, someone wakes us, or a person wants to stop. */
function pause(ms: number | undefined, stop: AbortSignal | undefined, onWake?: (wake: () => void) => void): Promise<void> {
  if (stop?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', end);
      resolve();
    };
    // without a limit this timer only keeps the process alive
    const timer = setTimeout(end, ms ?? 2 ** 30);
    stop?.addEventListener('abort', end);
    onWake?.(end);
  });
}
