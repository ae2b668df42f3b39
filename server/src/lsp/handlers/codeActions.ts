import type { CodeAction } from 'vscode-languageserver';
import type { ActionSource } from '../action';
import { applyAction } from '../actions/apply';
import { fixActions } from '../actions/fixes';
import type { Handler } from '../handler';

const SOURCES: readonly ActionSource[] = [fixActions, applyAction];

export const codeActionsHandler: Handler = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [...new Set(SOURCES.map(({ kind }) => kind))] } }),

  register(session) {
    session.connection.onCodeAction(
      session.guard('code actions', null as CodeAction[] | null, (params) => {
        const found = session.fileOf(params);
        if (!found) return null;
        const { range, context } = params;
        const span = { start: found.text.offsetAt(range.start), end: found.text.offsetAt(range.end) };
        const wanted = SOURCES.filter(({ kind }) => !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`)));
        return wanted.flatMap((source) => source.actions({ ...found, span }, session));
      }),
    );
  },
};
