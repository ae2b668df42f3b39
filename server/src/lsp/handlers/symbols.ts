import type { DocumentSymbol } from 'vscode-languageserver';
import { symbols } from '../../features/symbols';
import { toDocumentSymbol } from '../convert';
import type { Handler } from '../handler';

export const symbolsHandler: Handler = {
  capabilities: () => ({ documentSymbolProvider: true }),

  register(session) {
    session.connection.onDocumentSymbol(
      session.guard('symbols', null as DocumentSymbol[] | null, (params) => {
        const found = session.fileOf(params);
        return found ? found.file.documents.flatMap(({ document, offset }) => symbols(document).map((item) => toDocumentSymbol(item, offset, found.text))) : null;
      }),
    );
  },
};
