import type { Session } from './session';

/** Changes that come this close together are checked once. */
const DEBOUNCE_MS = 20;
/** However fast somebody types, what is typed is checked after this long. */
const LONGEST_MS = 200;

/** How long to wait for more changes, when the first one that is not checked yet came `sinceMs` ago. */
export function waitMs(sinceMs: number): number {
  return Math.max(0, Math.min(DEBOUNCE_MS, LONGEST_MS - sinceMs));
}

/** Publishes what is found in the open files, for clients that do not ask for it. */
export class Checks {
  private readonly due = new Map<string, { readonly timer: NodeJS.Timeout; readonly since: number }>();
  /** The check of a file that is under way; a newer one takes its place. */
  private readonly current = new Map<string, symbol>();

  constructor(private readonly session: Session) {}

  /** After a change: when no more come for a moment, or some have waited for long. */
  soon(uri: string): void {
    const before = this.due.get(uri);
    const now = performance.now();
    const since = before?.since ?? now;
    this.stop(uri);
    this.due.set(uri, { timer: setTimeout(() => void this.now(uri), waitMs(now - since)), since });
  }

  /** Large files take several turns, and a newer check of the same file ends this one. */
  async now(uri: string): Promise<void> {
    const { session } = this;
    this.stop(uri);
    const check = Symbol(uri);
    this.current.set(uri, check);
    try {
      await session.reading(uri);
      const text = session.texts.get(uri);
      // a change meanwhile has a check of its own
      const diagnostics = text && (await session.slices.do(session.open.diagnosing(text), () => this.current.get(uri) === check));
      if (text && diagnostics) await session.connection.sendDiagnostics({ uri, version: text.version, diagnostics });
    } catch (error) {
      session.logged('diagnostics')(error);
    } finally {
      if (this.current.get(uri) === check) this.current.delete(uri);
    }
  }

  stop(uri: string): void {
    clearTimeout(this.due.get(uri)?.timer);
    this.due.delete(uri);
    this.current.delete(uri);
  }

  stopAll(): void {
    for (const uri of this.due.keys()) this.stop(uri);
    this.current.clear();
  }
}
