import type { WorkspaceEdit } from 'vscode-languageserver';
import type { LazyEdit } from '../action';
import { resolveEdit } from '../actions/wholeFile';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

/** Has the client apply an edit, for clients that know code actions as commands only. */
export const editCommand: ServerCommand = {
  name: COMMANDS.edit,
  async run(_, [given], session) {
    const edit = typeof given === 'object' && given !== null && 'id' in given ? resolveEdit(given as LazyEdit, session) : (given as WorkspaceEdit | undefined);
    if (!edit) return { kind: 'nothing', message: 'There is nothing to change.' };
    const { applied, failureReason } = await session.connection.workspace.applyEdit(edit);
    return applied ? { kind: 'done', message: 'Done.' } : { kind: 'refused', message: failureReason ?? 'The editor did not apply the edit.' };
  },
};
