import type { DocumentLink } from 'vscode-languageserver';
import { links } from '../../features/links';
import { placedRange } from '../convert';
import type { Handler } from '../handler';
import { documentsOf } from '../workspace';

export const linksHandler: Handler = {
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),

  register(session) {
    session.connection.onDocumentLinks(
      session.guard('links', null as DocumentLink[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const tooltips = session.client.textDocument?.documentLink?.tooltipSupport === true;
        return [...documentsOf(found, session)].flatMap(({ placed, target }) =>
          links(placed.document, target).map(({ span, url, tooltip }) => ({ range: placedRange(found.text, span, placed.offset), target: url, ...(tooltips ? { tooltip } : {}) })),
        );
      }),
    );
  },
};
