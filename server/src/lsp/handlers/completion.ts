import { type CompletionContext, CompletionItem, CompletionItemKind, CompletionItemTag, type CompletionList, CompletionTriggerKind, InsertTextFormat, type MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { complete, type Completion } from '../../features/complete';
import { plainText } from '../../features/completion/draft';
import { isWorthAsking, isWorthOffering } from '../../features/completion/triggers';
import { toRange } from '../convert';
import type { Handler } from '../handler';
import { toMarkup } from '../markup';
import type { Session, Spot } from '../session';

/** What makes an editor ask by itself. Which of them mean anything at their place is for `isWorthAsking` to say. */
const TRIGGERS = ['"', "'", ' ', '.', '=', '{', '*'];

/** The items that the client was given last; their docs are made when it asks for them. */
interface Given {
  readonly number: number;
  readonly items: readonly Completion[];
}

export const completionHandler: Handler = {
  capabilities: () => ({ completionProvider: { triggerCharacters: TRIGGERS, resolveProvider: true } }),

  register(session) {
    let given: Given = { number: 0, items: [] };

    session.connection.onCompletion(
      session.guard('completion', null as CompletionList | null, (params) => {
        const spot = session.spotOf(params) ?? session.configSpotOf(params);
        const typed = typedIn(params.context);
        if (!spot || !isWorthAsking(spot.placed.document, spot.offset, typed)) return null;
        const { items: all, isIncomplete } = complete(spot.placed.document, spot.offset, spot.target, session.world.swarm?.());
        const items = all.filter((item) => isWorthOffering(item, spot.placed.document, spot.offset, typed));
        given = { number: given.number + 1, items };
        return { isIncomplete, items: items.map((item, i) => toCompletionItem(item, spot, clientOf(session), `${given.number} ${i}`)) };
      }),
    );

    session.connection.onCompletionResolve((item) => {
      const [number, index] = String(item.data).split(' ').map(Number);
      const known = number === given.number ? given.items[index] : undefined;
      return known ? session.guard('completion', item, () => ({ ...item, documentation: toMarkup(known.documentation(), clientOf(session).formats) }))(undefined) : item;
    });
  },
};

/** The character whose typing made the editor ask; undefined where somebody wants to know. */
function typedIn(context: CompletionContext | undefined): string | undefined {
  return context?.triggerKind === CompletionTriggerKind.TriggerCharacter ? context.triggerCharacter : undefined;
}

/** What a client can do with an item. */
interface ItemClient {
  readonly snippets: boolean;
  readonly resolvesDocs: boolean;
  readonly formats: readonly MarkupKind[] | undefined;
}

function clientOf({ client }: Session): ItemClient {
  const can = client.textDocument?.completion?.completionItem;
  return {
    snippets: can?.snippetSupport === true,
    // the docs of clients that do not say so, such as Neovim's own, are shown only if they come along
    resolvesDocs: can?.resolveSupport?.properties.includes('documentation') === true,
    formats: can?.documentationFormat,
  };
}

const KINDS = {
  field: CompletionItemKind.Property, value: CompletionItemKind.Value, word: CompletionItemKind.EnumMember, skeleton: CompletionItemKind.Snippet, reference: CompletionItemKind.Reference,
} as const;

function toCompletionItem(item: Completion, { placed, text }: Spot, client: ItemClient, data: string): CompletionItem {
  const range = (span: Completion['replace']) => toRange(text as TextDocument, { start: span.start + placed.offset, end: span.end + placed.offset });
  const newText = client.snippets ? item.snippet : plainText(item.snippet);
  return {
    label: item.label,
    kind: KINDS[item.kind],
    detail: item.detail,
    sortText: item.order,
    filterText: item.filter,
    tags: item.deprecated ? [CompletionItemTag.Deprecated] : undefined,
    insertTextFormat: client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // 1 is "as is": the indentation is in the text, and an editor that adds its own would double it
    insertTextMode: 1,
    // one range and not two, also for clients that could leave what follows the cursor
    textEdit: { newText, range: range(item.replace) },
    additionalTextEdits: item.edits.length > 0 ? item.edits.map(({ start, end, text: newText }) => ({ range: range({ start, end }), newText })) : undefined,
    documentation: client.resolvesDocs ? undefined : toMarkup(item.documentation(), client.formats),
    data,
  };
}
