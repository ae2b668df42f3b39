import { setTimeout as sleep } from 'node:timers/promises';
import { OURS, positionOf, start } from './client';
import { benchDocuments } from './documents';
import { memoryOf, table, verdict } from './measure';

const EDITS = 2000;

export async function memory(): Promise<string> {
  const document = benchDocuments().find(({ name }) => name === 'large');
  if (!document) throw new Error('there is no large document');
  const session = await start(OURS);
  try {
    const uri = 'file:///bench/spec.service.yaml';
    const first = session.diagnostics(uri);
    session.open(uri, OURS.languageId('yaml'), document.text);
    await first;
    let text = document.text;
    const edit = async (i: number): Promise<void> => {
      // all over the file, so that each version leaves its traces somewhere else
      const at = text.indexOf(`SETTING_${i % 12}=value`, Math.floor((i * 7919) % (text.length - 10_000))) + 8;
      const next = session.diagnostics(uri);
      session.type(uri, positionOf(text, at), 'x');
      text = `${text.slice(0, at)}x${text.slice(at)}`;
      await next;
    };
    for (let i = 0; i < 200; i++) await edit(i);
    await sleep(1000);
    const before = memoryOf(session.pid);
    for (let i = 0; i < EDITS; i++) await edit(i + 200);
    await sleep(1000);
    const after = memoryOf(session.pid);
    return `## Memory

Resident memory of the server with the large document open (200 documents, 14,000 lines), after 200 edits and after ${EDITS} more, all over the file, each checked.

${table(['', 'measured', 'promised', 'promise'], [
  ['with the large document', `${before.toFixed(0)} MiB`, 'below 150 MiB', verdict(before < 150)],
  [`growth by ${EDITS} edits`, `${(after - before).toFixed(1)} MiB`, 'below 10 MiB', verdict(after - before < 10)],
])}`;
  } finally {
    await session.stop();
  }
}
