import type { CodeAction } from 'vscode-languageserver';
import type { SpecFile } from '../../document/document';
import { SERVICE } from '../../facts/kinds';
import { isCompose, isComposeFile } from '../../features/composeFile';
import type { ActionSource } from '../action';
import { canCreateFiles } from '../commands/convert';
import { COMMANDS, type ConvertArguments } from '../protocol';

const KIND = 'refactor.convert';

/** Makes another file of this one. The name of the action says what may be lost; the rest is told afterwards. */
export const convertActions: ActionSource = {
  kinds: [KIND],
  actions({ text, file }, session) {
    if (!canCreateFiles(session) || text.uri.startsWith('untitled:')) return [];
    if (file.documents.some(({ document }) => isComposeFile(document.value, SERVICE.root))) return composeActions(text.uri, file);
    const comments = file.syntax === 'yaml' && /(?:^|\s)#/.test(file.text) ? ' (JSON has no comments)' : '';
    const other = file.syntax === 'yaml' ? action(text.uri, `Convert to JSON${comments}`, { to: 'json' }) : action(text.uri, 'Convert to YAML', { to: 'yaml' });
    return file.documents.length > 1 && file.syntax === 'yaml' ? [action(text.uri, 'Convert to a compose file', { to: 'compose' })] : [other, action(text.uri, 'Convert to a compose file', { to: 'compose' })];
  },
};

/** What there is to do in a compose file: make specs of it. */
export function composeActions(uri: string, { documents }: SpecFile): CodeAction[] {
  return documents.some(({ document }) => isCompose(document.value)) ? [action(uri, 'Convert its services to service specs', { to: 'spec' })] : [];
}

function action(uri: string, title: string, what: ConvertArguments): CodeAction {
  return { title, kind: KIND, command: { title, command: COMMANDS.convert, arguments: [uri, { ...what, create: true }] } };
}
