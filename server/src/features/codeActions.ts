import { locate, type SpecFile } from '../document/document';
import { toTextEdits } from '../document/edit';
import { commentsIn } from '../document/edit/remarks';
import type { TextEdit } from '../document/textEdit';
import type { Finding } from '../finding';
import type { Span } from '../path';

export interface CodeAction {
  readonly title: string;
  readonly finding: Finding;
  /** Replacements in the text of the file. */
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

/** A menu with more is no help, and each one is written, which takes a while where thousands are selected. */
export const MOST_ACTIONS = 50;

/** The fixes of the findings that touch a stretch of the file, the first of them where it touches very many. */
export function codeActions(file: SpecFile, findings: readonly Finding[], { start, end }: Span): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const finding of findings) {
    if (actions.length >= MOST_ACTIONS) break;
    if (finding.span.start > end || finding.span.end < start) continue;
    for (const { title, safe, edits } of finding.fixes) {
      const written = fileEdits(file, finding, edits);
      if (written) actions.push({ title: takesRemark(file, finding, edits, written) ? `${title}, and the comment above it` : title, finding, edits: written, preferred: safe });
    }
  }
  return actions;
}

/** Whether a fix that takes an entry away takes a comment along that stands above it. */
function takesRemark(file: SpecFile, finding: Finding, edits: Finding['fixes'][number]['edits'], [written]: readonly TextEdit[]): boolean {
  const [edit, ...more] = edits;
  const placed = file.documents[finding.document];
  if (edit?.kind !== 'remove' || more.length > 0 || !written || !placed) return false;
  const { document, offset } = placed;
  const entry = locate(document, edit.at);
  const start = (entry?.entry?.keyStart ?? entry?.node?.start ?? 0) + offset;
  return written.start < start && commentsIn(document, written.start - offset, start - offset).length > 0;
}

/** The edits of a finding as replacements in the text of the file; undefined where they cannot be written. */
export function fileEdits(file: SpecFile, finding: Finding, edits: Finding['fixes'][number]['edits']): TextEdit[] | undefined {
  const placed = file.documents[finding.document];
  return placed && toTextEdits(placed.document, edits)?.map(({ start, end, text }) => ({ start: start + placed.offset, end: end + placed.offset, text }));
}
