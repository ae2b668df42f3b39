import { setTimeout as sleep } from 'node:timers/promises';
import { JSON_SERVER, OURS, type Server, start, YAML } from './client';
import { type BenchDocument, benchDocuments } from './documents';
import { median, ms, table, verdict } from './measure';
import { named } from './peers';

const FRAME_MS = 16;
const ROUNDS = 7;

interface Opened {
  /** From the opening to its diagnostics. */
  readonly firstMs: readonly number[];
  /** The longest turn of the event loop until a moment after that. */
  readonly blockedMs: readonly number[];
}

/** Opens a document in servers that have just started, which have compiled nothing yet. */
async function open(server: Server, document: BenchDocument, rounds: number): Promise<Opened> {
  const opened = { firstMs: [] as number[], blockedMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const session = await start(server, { probed: true });
    try {
      await sleep(200);
      const uri = `file:///bench/spec.service.${document.syntax}`;
      await session.watch();
      const since = performance.now();
      const first = server.pulls ? undefined : session.diagnostics(uri);
      session.open(uri, server.languageId(document.syntax), document.text);
      await (first ?? session.diagnostics(uri));
      opened.firstMs.push(performance.now() - since);
      await sleep(server === YAML ? 1000 : 300);
      opened.blockedMs.push((await session.watched()).longestMs);
    } finally {
      await session.stop();
    }
  }
  return opened;
}

export async function opening(): Promise<string> {
  const rows: string[][] = [];
  for (const document of benchDocuments()) {
    const ours = await open(OURS, document, ROUNDS);
    const peer = await open(document.syntax === 'json' ? JSON_SERVER : YAML, document, 3);
    rows.push([document.name, ms(median(ours.blockedMs)), ms(Math.max(...ours.blockedMs)), ms(median(ours.firstMs)), ms(median(peer.blockedMs)), ms(median(peer.firstMs)), verdict(median(ours.blockedMs) < FRAME_MS)]);
  }
  return `## Opening

A document is opened in a server that has just started, ${ROUNDS} times: for how long it took no message at the longest, until a moment after the diagnostics, and when those were there (medians; the debounce counts). Promised: a frame, ${FRAME_MS} ms. Peers: ${named('yaml-language-server')} for YAML,
${named('vscode-langservers-extracted')} for JSON.

${table(['document', 'blocked, median', 'at most', 'diagnostics', 'peer: blocked', 'diagnostics', 'promise'], rows)}`;
}
