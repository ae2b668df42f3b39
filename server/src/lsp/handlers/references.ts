import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams, LSPErrorCodes, type Location, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { type AnchorGroup, anchorAt, renameFault } from '../../features/anchors';
import { type Mention, mentionAt, mentions } from '../../features/references';
import type { Span } from '../../path';
import { placedRange } from '../convert';
import type { Handler } from '../handler';
import type { Session, Spot } from '../session';
import { documentsOf, type KnownFile } from '../workspace';

/** Places of one answer; nobody reads more. */
const MOST = 5000;

/** Where else the anchor, secret, config, network, volume or label at the cursor stands. */
export const referencesHandler: Handler = {
  capabilities: () => ({ definitionProvider: true, referencesProvider: true, documentHighlightProvider: true, renameProvider: { prepareProvider: true } }),

  register(session) {
    const { connection } = session;

    connection.onDefinition(
      session.guard('definition', null as Location | null, (params) => {
        const spot = session.spotOf(params);
        const group = spot && anchorAt(spot.placed.document, spot.offset);
        return group ? { uri: spot.text.uri, range: rangeOf(spot, group.anchor) } : null;
      }),
    );

    connection.onReferences(
      session.guard('references', null as Location[] | null, async (params) => {
        const spot = session.spotOf(params);
        if (!spot) return null;
        const group = anchorAt(spot.placed.document, spot.offset);
        if (group) return (params.context?.includeDeclaration === false ? group.aliases : spansOf(group)).map((span) => ({ uri: spot.text.uri, range: rangeOf(spot, span) }));
        return mentionedElsewhere(spot, session);
      }),
    );

    connection.onDocumentHighlight(
      session.patient('highlights', null as DocumentHighlight[] | null, function* (_, params: DocumentHighlightParams) {
        const spot = session.spotOf(params);
        if (!spot) return null;
        const group = anchorAt(spot.placed.document, spot.offset);
        if (group) return spansOf(group).map((span) => ({ range: rangeOf(spot, span), kind: span === group.anchor ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }));
        const here = mentionAt(spot.placed.document, spot.target, spot.offset);
        if (!here) return null;
        const highlights: DocumentHighlight[] = [];
        for (const { placed, target } of documentsOf(spot, session)) {
          for (const { kind, name, span } of mentions(placed.document, target)) {
            if (kind === here.kind && name === here.name) highlights.push({ range: placedRange(spot.text, span, placed.offset), kind: DocumentHighlightKind.Text });
          }
          yield;
        }
        return highlights;
      }),
    );

    connection.onPrepareRename(
      session.guard('rename', null as Range | { range: Range; placeholder: string } | null, (params) => {
        const renamed = toRename(session.spotOf(params));
        if (renamed instanceof ResponseError) return renamed as never;
        const { spot, group } = renamed;
        const span = spansOf(group).find(({ start, end }) => start - 1 <= spot.offset && spot.offset <= end) ?? group.anchor;
        return { range: rangeOf(spot, span), placeholder: group.name };
      }),
    );

    connection.onRenameRequest(
      session.guard('rename', null as WorkspaceEdit | null, (params) => {
        const renamed = toRename(session.spotOf(params));
        if (renamed instanceof ResponseError) return renamed as never;
        const { spot, group } = renamed;
        const fault = renameFault(spot.placed.document, group, params.newName);
        if (fault) return refusal(fault) as never;
        return { changes: { [spot.text.uri]: spansOf(group).map((span) => ({ range: rangeOf(spot, span), newText: params.newName })) } };
      }),
    );
  },
};

async function mentionedElsewhere(spot: Spot, session: Session): Promise<Location[] | null> {
  const here = mentionAt(spot.placed.document, spot.target, spot.offset);
  if (!here) return null;
  const locations: Location[] = [];
  for (const known of await session.workspace.filesWith(here.name)) {
    const isUnchanged = () => known.text.getText() === known.file.text;
    const found = isUnchanged() ? await session.slices.do(placesOf(here, known, session), isUnchanged) : undefined;
    if (!found) return new ResponseError(LSPErrorCodes.ContentModified, 'A file has changed.') as never;
    for (const location of found) if (locations.length < MOST) locations.push(location);
  }
  return locations;
}

/** Where a file mentions what is mentioned somewhere, with a pause after each document. */
function* placesOf(here: Mention, known: KnownFile, session: Session): Generator<void, Location[]> {
  const locations: Location[] = [];
  for (const { placed, target } of documentsOf(known, session)) {
    for (const { kind, name, span } of mentions(placed.document, target)) {
      if (kind === here.kind && name === here.name) locations.push({ uri: known.text.uri, range: placedRange(known.text, span, placed.offset) });
    }
    yield;
  }
  return locations;
}

function toRename(spot: Spot | undefined): { readonly spot: Spot; readonly group: AnchorGroup } | ResponseError<void> {
  const group = spot && anchorAt(spot.placed.document, spot.offset);
  if (spot && group) return { spot, group };
  const here = spot && mentionAt(spot.placed.document, spot.target, spot.offset);
  if (here?.kind === 'service') return refusal('The name of a service cannot be changed later, not even its letter case: the engine refuses it. Only anchors and aliases can be renamed here.');
  if (here) return refusal(`The ${here.kind} \`${here.name}\` has this name in the swarm, which a change of the text would not rename. Only anchors and aliases can be renamed here.`);
  return refusal('Only anchors (`&name`) and aliases (`*name`) of YAML can be renamed.');
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

function spansOf({ anchor, aliases }: AnchorGroup): Span[] {
  return [anchor, ...aliases];
}

function rangeOf({ text, placed }: Spot, span: Span): Range {
  return placedRange(text, span, placed.offset);
}
