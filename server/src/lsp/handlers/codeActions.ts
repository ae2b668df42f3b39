import { type CodeAction, type CodeActionParams, Command } from 'vscode-languageserver';
import { codeActions } from '../../features/codeActions';
import type { ActionSource, LazyEdit } from '../action';
import { applyAction } from '../actions/apply';
import { composeActions, convertActions } from '../actions/convert';
import { fixActions } from '../actions/fixes';
import { resolveEdit, wholeFileActions } from '../actions/wholeFile';
import { canCreateFiles } from '../commands/convert';
import { toLspCodeAction } from '../convert';
import type { Handler } from '../handler';
import { COMMANDS } from '../protocol';
import type { Session } from '../session';

const SOURCES: readonly ActionSource[] = [fixActions, wholeFileActions, convertActions, applyAction];

export const codeActionsHandler: Handler = {
  capabilities: (session) => ({ codeActionProvider: { codeActionKinds: [...new Set(SOURCES.flatMap(({ kinds }) => kinds))], resolveProvider: resolvesEdits(session) } }),

  register(session) {
    const foreign = session.guard('code actions', null as CodeAction[] | null, (params: CodeActionParams) => configActions(params, session) ?? foreignActions(params.textDocument.uri, session));
    const ours = session.patient('code actions', null as (CodeAction | Command)[] | null, function* (found, { range, context }: CodeActionParams) {
      // what is wrong has to be known in the whole file, and the first look at it takes long
      yield* session.open.diagnosing(found.text);
      const span = { start: found.text.offsetAt(range.start), end: found.text.offsetAt(range.end) };
      const isWanted = (kind: string) => !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
      const actions = SOURCES.filter(({ kinds }) => kinds.some(isWanted)).flatMap((source) => source.actions({ ...found, span }, session));
      return actions.filter(({ kind }) => isWanted(kind ?? '')).flatMap((action) => fitting(action, session, context.only !== undefined));
    });
    session.connection.onCodeAction((params, token) => (session.texts.get(params?.textDocument?.uri) && !session.fileOf(params) ? foreign(params) : ours(params, token)));

    session.connection.onCodeActionResolve(
      session.guard<CodeAction, CodeAction>('code action', { title: '' }, (action) => {
        const edit = action.data ? resolveEdit(action.data as LazyEdit, session) : undefined;
        return edit ? { ...action, edit } : action;
      }),
    );
  },
};

/** The fixes in a config file. */
function configActions({ textDocument: { uri }, range }: CodeActionParams, { texts, open }: Session): CodeAction[] | undefined {
  const text = texts.get(uri);
  const config = text && open.configIn(text);
  if (!config) return undefined;
  const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
  return codeActions(config.file, config.findings, span).map((action) => toLspCodeAction(action, uri, text, open.linkTo));
}

/** What can be done in a file that is not ours. Only what looks like a compose file is read. */
function foreignActions(uri: string, session: Session): CodeAction[] | null {
  const text = session.texts.get(uri)?.getText();
  if (text === undefined || !canCreateFiles(session) || !/^services:/m.test(text)) return null;
  const found = session.anyFileOf(uri);
  return found ? composeActions(uri, found.file) : null;
}

/** Whether the client asks for the edit of an action when it is chosen. */
function resolvesEdits({ client }: Session): boolean {
  const { dataSupport, resolveSupport } = client.textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes('edit') === true;
}

/** An action as this client can take it: with its edit or without, or as a command that has the edit applied. */
function fitting(action: CodeAction, session: Session, wanted: boolean): (CodeAction | Command)[] {
  const { client } = session;
  const lazy = action.data as LazyEdit | undefined;
  if (client.textDocument?.codeAction?.codeActionLiteralSupport) {
    // on save, editors ask for one kind and apply what they get
    if (!lazy || (resolvesEdits(session) && !wanted)) return [action];
    if (!wanted && client.workspace?.applyEdit) return [{ ...action, data: undefined, command: Command.create(action.title, COMMANDS.edit, lazy.uri, lazy) }];
    const edit = resolveEdit(lazy, session);
    return edit ? [{ ...action, data: undefined, edit }] : [];
  }
  if (action.command) return [action.command];
  if (!client.workspace?.applyEdit) return [];
  return [Command.create(action.title, COMMANDS.edit, lazy?.uri ?? Object.keys(action.edit?.changes ?? {})[0], lazy ?? action.edit)];
}
