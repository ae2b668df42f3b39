import type { Hover } from 'vscode-languageserver';
import { hover } from '../../features/hover';
import { toRange } from '../convert';
import type { Handler } from '../handler';
import { toMarkup } from '../markup';

export const hoverHandler: Handler = {
  capabilities: () => ({ hoverProvider: true }),

  register(session) {
    session.connection.onHover(
      session.guard('hover', null as Hover | null, (params) => {
        const spot = session.spotOf(params) ?? session.configSpotOf(params);
        const found = spot && hover(spot.placed.document, spot.offset, spot.target, session.world.swarm?.());
        if (!found) return null;
        const { text, placed } = spot;
        return { contents: toMarkup(found.markdown, session.client.textDocument?.hover?.contentFormat), range: toRange(text, { start: found.span.start + placed.offset, end: found.span.end + placed.offset }) };
      }),
    );
  },
};
