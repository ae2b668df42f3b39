import { type FormattingOptions, MessageType, ShowMessageNotification, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit as OurEdit } from '../../document/edit';
import { formatEdits, type FormatOptions, formatRange } from '../../features/format';
import { toTextEdit } from '../convert';
import type { Handler } from '../handler';

export const formattingHandler: Handler = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),

  register(session) {
    const { connection } = session;
    /** The last reason that was told for each file, so that saving again and again does not tell it again and again. */
    const told = new Map<string, string>();

    const answer = (text: TextDocument, { edits, reason }: { readonly edits: readonly OurEdit[]; readonly reason?: string }): TextEdit[] => {
      if (reason !== undefined && told.get(text.uri) !== reason) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `Not formatted: ${reason}` });
      if (reason === undefined) told.delete(text.uri);
      else told.set(text.uri, reason);
      return edits.map((edit) => toTextEdit(edit, text));
    };

    connection.onDocumentFormatting(
      session.guard('formatting', null as TextEdit[] | null, (params) => {
        const found = session.fileOf(params);
        return found ? answer(found.text, formatEdits(found.file, toOptions(params.options))) : null;
      }),
    );

    connection.onDocumentRangeFormatting(
      session.guard('formatting', null as TextEdit[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { text, file } = found;
        const span = { start: text.offsetAt(params.range.start), end: text.offsetAt(params.range.end) };
        return answer(text, formatRange(file, span, toOptions(params.options)));
      }),
    );

    session.texts.onDidClose(({ document: { uri } }) => told.delete(uri));
  },
};

function toOptions({ tabSize, insertSpaces }: FormattingOptions): FormatOptions {
  return { tabSize: Number.isInteger(tabSize) && tabSize > 0 && tabSize <= 16 ? tabSize : 2, insertSpaces: insertSpaces !== false };
}

