import { type DocumentSymbol, type SymbolInformation, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import { serviceSymbol, services, symbols } from '../../features/symbols';
import { placedRange, toDocumentSymbol, toSymbolInformation } from '../convert';
import type { Handler } from '../handler';

/** Workspace symbols shown at once; nobody reads more. */
const MOST = 200;

export const symbolsHandler: Handler = {
  capabilities: () => ({ documentSymbolProvider: true, workspaceSymbolProvider: true }),

  register(session) {
    const { connection, texts, open } = session;

    connection.onDocumentSymbol(
      session.guard('symbols', null as DocumentSymbol[] | SymbolInformation[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { text, file } = found;
        const outline = file.documents.length > 1 ? serviceSymbol : symbols;
        const tree = file.documents.flatMap((placed) => outline(placed.document, open.target(text.uri, placed)).map((item) => toDocumentSymbol(item, placed.offset, text)));
        return session.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ? tree : toSymbolInformation(tree, text.uri);
      }),
    );

    connection.onWorkspaceSymbol(
      session.guard('workspace symbols', null as WorkspaceSymbol[] | SymbolInformation[] | null, ({ query }) => {
        const found: SymbolInformation[] = [];
        for (const text of texts.all()) {
          const file = open.file(text);
          for (const placed of file?.documents ?? []) {
            for (const { name, span } of services(placed.document, open.target(text.uri, placed))) {
              if (matches(name, query) && found.length < MOST) found.push({ name, kind: SymbolKind.Module, location: { uri: text.uri, range: placedRange(text, span, placed.offset) } });
            }
          }
        }
        return found;
      }),
    );
  },
};

/** Whether the letters of a query stand in a name in their order, as editors match; they rank by themselves. */
function matches(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = name.toLowerCase().indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
