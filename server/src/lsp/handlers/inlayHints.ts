import { type InlayHint, type InlayHintParams, InlayHintRefreshRequest, MarkupKind } from 'vscode-languageserver';
import { HINT_KINDS, type HintKind, inlayHints } from '../../features/inlay';
import { keyOf } from '../../target';
import type { Handler } from '../handler';
import { PerDocument } from '../perDocument';
import { documentsOf } from '../workspace';

export const inlayHintsHandler: Handler = {
  capabilities: () => ({ inlayHintProvider: true }),

  register(session) {
    session.onSettings.push(({ inlayHints: before }) => {
      if (!session.client.workspace?.inlayHint?.refreshSupport || JSON.stringify(before) === JSON.stringify(session.world.settings.inlayHints)) return;
      void session.connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
    });

    const made = new PerDocument<InlayHint>((hint, by) => ({ ...hint, position: { line: hint.position.line + by, character: hint.position.character } }));

    session.connection.languages.inlayHint.on(
      session.patient('inlay hints', null as InlayHint[] | null, function* (found, params: InlayHintParams) {
        const { text } = found;
        const start = text.offsetAt(params.range.start);
        const end = text.offsetAt(params.range.end);
        const { inlayHints: chosen } = session.world.settings;
        const wanted = new Set<HintKind>(HINT_KINDS.filter((kind) => chosen[kind] !== false));
        const all: InlayHint[] = [];
        for (const { placed: { document, offset }, target } of documentsOf(found, session)) {
          const { length } = document.text;
          if (offset > end || offset + length < start) continue;
          const make = () => inlayHints(document, { start: start - offset, end: end - offset }, target, wanted).map(
            (hint): InlayHint => ({ position: text.positionAt(hint.offset + offset), label: hint.text, paddingLeft: true, tooltip: { kind: MarkupKind.Markdown, value: hint.tooltip } }),
          );
          const isWhole = start <= offset && offset + length <= end;
          for (const hint of isWhole ? made.get(document, keyOf(target) + [...wanted].join(), text.positionAt(offset).line, make) : make()) all.push(hint);
          yield;
        }
        return all;
      }),
    );
  },
};
