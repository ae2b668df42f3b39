import { type DocumentFormattingParams, type DocumentRangeFormattingParams, type FormattingOptions, MessageType, ShowMessageNotification, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type FormatEdits, type FormatOptions, formatting, formattingRange } from '../../features/format';
import { toTextEdit } from '../convert';
import type { Handler } from '../handler';
import { writtenList } from '../jsonText';

export const formattingHandler: Handler = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),

  register(session) {
    const { connection } = session;
    /** The last reason that was told for each file, so that saving again and again does not tell it again and again. */
    const told = new Map<string, string>();

    function* answer(text: TextDocument, { edits, reason }: FormatEdits): Generator<void, TextEdit[]> {
      if (reason !== undefined && told.get(text.uri) !== reason) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `Not formatted: ${reason}` });
      if (reason === undefined) told.delete(text.uri);
      else told.set(text.uri, reason);
      return (yield* writtenList(edits, (edit) => toTextEdit(edit, text))) as unknown as TextEdit[];
    }

    connection.onDocumentFormatting(
      session.patient('formatting', null as TextEdit[] | null, function* ({ text, file }, params: DocumentFormattingParams) {
        return yield* answer(text, yield* formatting(file, toOptions(params.options)));
      }),
    );

    connection.onDocumentRangeFormatting(
      session.patient('formatting', null as TextEdit[] | null, function* ({ text, file }, params: DocumentRangeFormattingParams) {
        const span = { start: text.offsetAt(params.range.start), end: text.offsetAt(params.range.end) };
        return yield* answer(text, yield* formattingRange(file, span, toOptions(params.options)));
      }),
    );

    session.texts.onDidClose(({ document: { uri } }) => told.delete(uri));
  },
};

function toOptions({ tabSize, insertSpaces }: FormattingOptions): FormatOptions {
  return { tabSize: Number.isInteger(tabSize) && tabSize > 0 && tabSize <= 16 ? tabSize : 2, insertSpaces: insertSpaces !== false };
}

