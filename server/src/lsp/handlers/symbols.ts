import { type DocumentSymbol, type SymbolInformation, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SpecDocument } from '../../document/document';
import { outline, type OutlineItem, services } from '../../features/symbols';
import { keyOf } from '../../target';
import { placedRange, toDocumentSymbol, toSymbolInformation } from '../convert';
import type { Handler } from '../handler';
import { JsonText, toBytes } from '../jsonText';
import { documentsOf } from '../workspace';

/** Workspace symbols shown at once; nobody reads more. */
const MOST = 200;

export const symbolsHandler: Handler = {
  capabilities: () => ({ documentSymbolProvider: true, workspaceSymbolProvider: true }),

  register(session) {
    const { connection, texts, open } = session;

    // what has moved is written anew
    const made = new WeakMap<SpecDocument, { readonly as: string; readonly pieces: readonly Uint8Array[] }>();

    connection.onDocumentSymbol(
      session.patient('symbols', null as DocumentSymbol[] | SymbolInformation[] | null, function* (found) {
        const { text, file } = found;
        const isTree = session.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;
        const several = file.documents.length > 1;
        const pieces = [toBytes('[')];
        for (const { placed: { document, offset }, target } of documentsOf(found, session)) {
          const as = `${keyOf(target)} ${several} ${text.positionAt(offset).line}`;
          let known = made.get(document);
          if (known?.as !== as) {
            const items = yield* outline(document, target, several);
            known = { as, pieces: yield* isTree ? written(items, offset, text) : writtenFlat(items, offset, text) };
            made.set(document, known);
          }
          if (pieces.length > 1 && known.pieces.length > 0) pieces.push(COMMA);
          for (const piece of known.pieces) pieces.push(piece);
          yield;
        }
        pieces.push(toBytes(']'));
        return new JsonText(pieces) as unknown as DocumentSymbol[];
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

const COMMA = toBytes(',');
/** Of an item with more children than this, so many are written at once. */
const BATCH = 100;

/** Items with all that is in them as JSON, without the brackets around. */
function* written(items: readonly OutlineItem[], offset: number, text: TextDocument): Generator<void, Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let short: OutlineItem[] = [];
  const add = (json: string): void => void pieces.push(...(pieces.length > 0 ? [COMMA] : []), toBytes(json));
  const addShort = (): void => {
    if (short.length > 0) add(short.map((item) => JSON.stringify(toDocumentSymbol(item, offset, text))).join(','));
    short = [];
  };
  for (const item of items) {
    if (isLong(item)) {
      addShort();
      const { children: _, ...head } = toDocumentSymbol({ ...item, children: [] }, offset, text);
      add(`${JSON.stringify(head).slice(0, -1)},"children":[`);
      pieces.push(...(yield* written(item.children, offset, text)), toBytes(']}'));
    } else {
      short.push(item);
      if (short.length < BATCH) continue;
      addShort();
    }
    yield;
  }
  addShort();
  return pieces;
}

function isLong({ children }: OutlineItem): boolean {
  return children.length > BATCH || children.some(isLong);
}

/** The same for a client that knows no tree. */
function* writtenFlat(items: readonly OutlineItem[], offset: number, text: TextDocument): Generator<void, Uint8Array[]> {
  const flat = toSymbolInformation(items.map((item) => toDocumentSymbol(item, offset, text)), text.uri);
  return flat.length === 0 ? [] : [toBytes(JSON.stringify(flat).slice(1, -1))];
}
