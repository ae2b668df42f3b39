import type { SelectionRange } from 'vscode-languageserver';
import { selections } from '../../features/selection';
import { placedRange, toRange } from '../convert';
import type { Handler } from '../handler';

export const selectionHandler: Handler = {
  capabilities: () => ({ selectionRangeProvider: true }),

  register(session) {
    session.connection.onSelectionRanges(
      session.guard('selection', null as SelectionRange[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { text, file } = found;
        // around the document, where there are several in the file
        const whole = file.documents.length > 1 ? { range: toRange(text, { start: 0, end: text.getText().length }) } : undefined;
        return params.positions.map((position) => {
          const { placed, offset } = session.open.documentAt(file, text.offsetAt(position));
          return selections(placed.document, offset).reduceRight<SelectionRange | undefined>((parent, span) => ({ range: placedRange(text, span, placed.offset), parent }), whole) as SelectionRange;
        });
      }),
    );
  },
};
