import type { CompletionItem } from 'vscode-languageserver';
import { complete } from '../../features/complete';
import { toCompletionItem } from '../convert';
import type { Handler } from '../handler';

export const completionHandler: Handler = {
  capabilities: () => ({ completionProvider: { triggerCharacters: ['"', "'", ':', ' ', '-'] } }),

  register(session) {
    session.connection.onCompletion(
      session.guard('completion', null as CompletionItem[] | null, (params) => {
        const spot = session.spotOf(params);
        if (!spot) return null;
        const snippets = session.client.textDocument?.completion?.completionItem?.snippetSupport === true;
        return complete(spot.placed.document, spot.offset, spot.target).map((item) => toCompletionItem(item, spot.placed.offset, spot.text, snippets));
      }),
    );
  },
};
