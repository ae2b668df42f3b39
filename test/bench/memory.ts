import { OURS, positionOf, start } from './client';
import { benchDocuments } from './documents';
import { median, memoryOf, table, verdict } from './measure';

const EDITS = 2000;
const WARM_UP = 200;
/** Memory is looked at so often, over so many edits at the beginning and at the end. */
const EVERY = 20;
const WINDOW = 400;

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
    const looks: number[] = [];
    for (let i = 0; i < WARM_UP + WINDOW + EDITS; i++) {
      await edit(i);
      if (i >= WARM_UP && i % EVERY === 0) looks.push(memoryOf(session.pid));
    }
    const [before, after] = [looks.slice(0, WINDOW / EVERY), looks.slice(-WINDOW / EVERY)].map(median);
    return `## Memory

Resident memory of the server with the large document open (200 documents, 14,000 lines), after ${WARM_UP} edits and after ${EDITS} more, all over the file, each checked. It goes up and
down by itself with the collections of garbage, between ${Math.min(...looks).toFixed(0)} and ${Math.max(...looks).toFixed(0)} MiB here, so each figure is the median of ${WINDOW / EVERY} looks over ${WINDOW} edits.

${table(['', 'measured', 'promised', 'promise'], [
  ['with the large document', `${before.toFixed(0)} MiB`, 'below 150 MiB', verdict(before < 150)],
  [`growth by ${EDITS} edits`, `${(after - before).toFixed(1)} MiB`, 'below 10 MiB', verdict(after - before < 10)],
])}`;
  } finally {
    await session.stop();
  }
}
