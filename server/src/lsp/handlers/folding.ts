import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { folds } from '../../features/folding';
import { toRange } from '../convert';
import type { Handler } from '../handler';

export const foldingHandler: Handler = {
  capabilities: () => ({ foldingRangeProvider: true }),

  register(session) {
    session.connection.onFoldingRanges(
      session.guard('folding', null as FoldingRange[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { lineFoldingOnly, rangeLimit } = session.client.textDocument?.foldingRange ?? {};
        const ranges: FoldingRange[] = [];
        for (const fold of folds(found.file)) {
          const { start, end } = toRange(found.text, fold);
          // a client that folds whole lines would hide a closing bracket that begins its line
          const endLine = lineFoldingOnly && /^[ \t]*$/.test(found.text.getText({ start: { line: end.line, character: 0 }, end })) ? end.line - 1 : end.line;
          if (endLine <= start.line) continue;
          const kind = fold.kind === 'comment' ? FoldingRangeKind.Comment : undefined;
          ranges.push(lineFoldingOnly ? { startLine: start.line, endLine, kind } : { startLine: start.line, startCharacter: start.character, endLine: end.line, endCharacter: end.character, kind });
        }
        return rangeLimit !== undefined && ranges.length > rangeLimit ? longest(ranges, rangeLimit) : ranges;
      }),
    );
  },
};

/** The ranges that save most lines, in the order of the text. */
function longest(ranges: readonly FoldingRange[], limit: number): FoldingRange[] {
  const lines = ({ startLine, endLine }: FoldingRange) => endLine - startLine;
  return [...ranges].sort((a, b) => lines(b) - lines(a)).slice(0, limit).sort((a, b) => a.startLine - b.startLine);
}
