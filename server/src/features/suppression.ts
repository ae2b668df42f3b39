import { type SpecFile, spotAt } from '../document/document';
import type { TextEdit } from '../document/textEdit';
import type { Finding } from '../finding';

/** What stands in the comment until somebody writes why. */
export const REASON = 'why this is right here';

/**
 * The comment that silences a finding, above its line or added to the one that is there. Undefined in JSON, which has no
 * comments, inside of texts, and for faults of the syntax, which no comment can be read around.
 */
export function suppressionEdit({ text, syntax, documents }: SpecFile, { rule, span, document }: Finding): TextEdit | undefined {
  if (syntax === 'json' || rule === 'yaml-syntax' || rule.endsWith('-suppression') || rule === 'suppression-without-reason') return undefined;
  const line = text.lastIndexOf('\n', span.start - 1) + 1;
  const { document: source, offset } = documents[document];
  const spot = spotAt(source, line - offset);
  if (spot && spot.span.start + offset < line && line < spot.span.end + offset) return undefined; // inside of a text of several lines
  const indent = /^[ ]*/.exec(text.slice(line))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const above = /(?:^|\n)([ \t]*#[ \t]*swarmspec-ignore[ \t]+)([^\n]*)\n$/.exec(text.slice(Math.max(0, line - 400), line));
  if (above) {
    // one more rule for the comment that is there
    const at = line - 1 - above[2].length;
    return { start: at, end: at, text: `${rule}, ` };
  }
  return { start: line, end: line, text: `${indent}# swarmspec-ignore ${rule} -- ${REASON}${newline}` };
}
