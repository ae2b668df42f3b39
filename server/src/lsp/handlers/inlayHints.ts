import { type InlayHint, InlayHintRefreshRequest, MarkupKind } from 'vscode-languageserver';
import { HINT_KINDS, type HintKind, inlayHints } from '../../features/inlay';
import type { Handler } from '../handler';

export const inlayHintsHandler: Handler = {
  capabilities: () => ({ inlayHintProvider: true }),

  register(session) {
    session.onSettings.push(({ inlayHints: before }) => {
      if (!session.client.workspace?.inlayHint?.refreshSupport || JSON.stringify(before) === JSON.stringify(session.world.settings.inlayHints)) return;
      void session.connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
    });

    session.connection.languages.inlayHint.on(
      session.guard('inlay hints', null as InlayHint[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { text, file } = found;
        const start = text.offsetAt(params.range.start);
        const end = text.offsetAt(params.range.end);
        const { inlayHints: chosen } = session.world.settings;
        const wanted = new Set<HintKind>(HINT_KINDS.filter((kind) => chosen[kind] !== false));
        return file.documents
          .filter(({ offset, document }) => offset <= end && offset + document.text.length >= start)
          .flatMap((placed) =>
            inlayHints(placed.document, { start: start - placed.offset, end: end - placed.offset }, session.open.target(text.uri, placed), wanted).map(
              (hint): InlayHint => ({ position: text.positionAt(hint.offset + placed.offset), label: hint.text, paddingLeft: true, tooltip: { kind: MarkupKind.Markdown, value: hint.tooltip } }),
            ),
          );
      }),
    );
  },
};
