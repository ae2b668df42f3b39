import type { DocumentLink } from 'vscode-languageserver';
import { links } from '../../features/links';
import { keyOf } from '../../target';
import { placedRange } from '../convert';
import type { Handler } from '../handler';
import { movedRange, PerDocument } from '../perDocument';
import { documentsOf } from '../workspace';

export const linksHandler: Handler = {
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),

  register(session) {
    const made = new PerDocument<DocumentLink>((link, by) => ({ ...link, range: movedRange(link.range, by) }));

    session.connection.onDocumentLinks(
      session.patient('links', null as DocumentLink[] | null, function* (found) {
        const { text } = found;
        const tooltips = session.client.textDocument?.documentLink?.tooltipSupport === true;
        const all: DocumentLink[] = [];
        for (const { placed: { document, offset }, target } of documentsOf(found, session)) {
          const make = () => links(document, target).map(({ span, url, tooltip }) => ({ range: placedRange(text, span, offset), target: url, ...(tooltips ? { tooltip } : {}) }));
          for (const link of made.get(document, keyOf(target), text.positionAt(offset).line, make)) all.push(link);
          yield;
        }
        return all;
      }),
    );
  },
};
