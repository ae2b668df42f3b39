import { createHash } from 'node:crypto';
import type { FileReport } from './report';
import { SafeLines } from './safeLines';

/**
 * A short name for each finding of a file, by which it is known again after other lines, list items or documents have come
 * or gone: rule, place without list indexes, and the text that is marked. The message is no part of it, since its wording
 * may improve; nor is the text of a line that holds something secret. Findings that are alike are numbered.
 */
export function fingerprints({ text, findings }: FileReport, path: string): string[] {
  const lines = findings.length > 0 ? new SafeLines(text) : undefined;
  const seen = new Map<string, number>();
  return findings.map(({ rule, pointer, start, end }) => {
    const line = lines?.line(start.line);
    const marked = line && !line.hidesSecrets ? line.text.slice(start.character, end.line === start.line ? end.character : undefined).trim() : '';
    const key = [path, rule, pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'), marked].join('\n');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 32);
  });
}
