import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentFolds, type Fold } from '../../features/folding';
import { placedRange } from '../convert';
import type { Handler } from '../handler';
import { PerDocument } from '../perDocument';

export const foldingHandler: Handler = {
  capabilities: () => ({ foldingRangeProvider: true }),

  register(session) {
    const made = new PerDocument<FoldingRange>((range, by) => ({ ...range, startLine: range.startLine + by, endLine: range.endLine + by }));

    session.connection.onFoldingRanges(
      session.patient('folding', null as FoldingRange[] | null, function* ({ text, file }) {
        const { lineFoldingOnly = false, rangeLimit } = session.client.textDocument?.foldingRange ?? {};
        const several = file.documents.length > 1;
        const ranges: FoldingRange[] = [];
        for (const { document, offset } of file.documents) {
          const { line } = text.positionAt(offset);
          for (const range of made.get(document, String(several), line, () => documentFolds(document, several).flatMap((fold) => toFoldingRange(fold, offset, text, lineFoldingOnly)))) ranges.push(range);
          yield;
        }
        return rangeLimit !== undefined && ranges.length > rangeLimit ? longest(ranges, rangeLimit) : ranges;
      }),
    );
  },
};

function toFoldingRange(fold: Fold, offset: number, text: TextDocument, lineFoldingOnly: boolean): FoldingRange[] {
  const { start, end } = placedRange(text, fold, offset);
  // a client that folds whole lines would hide a closing bracket that begins its line
  const endLine = lineFoldingOnly && /^[ \t]*$/.test(text.getText({ start: { line: end.line, character: 0 }, end })) ? end.line - 1 : end.line;
  if (endLine <= start.line) return [];
  const kind = fold.kind === 'comment' ? FoldingRangeKind.Comment : undefined;
  return [lineFoldingOnly ? { startLine: start.line, endLine, kind } : { startLine: start.line, startCharacter: start.character, endLine: end.line, endCharacter: end.character, kind }];
}

/** The ranges that save most lines, in the order of the text. */
function longest(ranges: readonly FoldingRange[], limit: number): FoldingRange[] {
  const lines = ({ startLine, endLine }: FoldingRange) => endLine - startLine;
  return [...ranges].sort((a, b) => lines(b) - lines(a)).slice(0, limit).sort((a, b) => a.startLine - b.startLine);
}
