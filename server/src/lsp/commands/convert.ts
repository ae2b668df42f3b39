import { CreateFile, MessageType, ShowMessageNotification, TextDocumentEdit, TextEdit } from 'vscode-languageserver';
import { CONVERSIONS, type Conversion, convert } from '../../features/convert';
import type { Loss } from '../../features/compose/source';
import type { ServerCommand } from '../command';
import { COMMANDS, type ConvertAnswer, type ConvertArguments } from '../protocol';
import type { Session } from '../session';

/** Turns a file into another form: answers the text, and has the client make a file of it where that was asked for. */
export const convertCommand: ServerCommand = {
  name: COMMANDS.convert,
  anyFile: true,

  async run({ text, file }, [given], session): Promise<ConvertAnswer> {
    const { to, service, create } = (typeof given === 'object' && given !== null ? given : {}) as Partial<ConvertArguments>;
    if (!(CONVERSIONS as readonly unknown[]).includes(to)) return { kind: 'refused', message: `It converts to ${CONVERSIONS.join(', ')}.` };
    const path = session.platform.pathOf(text.uri);
    const folder = text.uri.startsWith('file:') && path.startsWith('/') ? path.replace(/\/[^/]*$/, '') : undefined;
    const made = convert(file, to as Conversion, { service: typeof service === 'string' ? service : undefined, folder });
    if (made.kind === 'refused') {
      if (create) void session.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `Not converted. ${made.reason}` });
      return { kind: 'refused', message: made.reason };
    }
    const answer = { kind: 'converted', text: made.text, languageId: made.syntax, losses: made.losses } as const;
    if (!create) return answer;
    const uri = newUri(text.uri, to as Conversion, made.syntax);
    return (await createFile(session, uri, made.text, made.losses)) ? { ...answer, created: uri } : answer;
  },
};

/** Whether this client can make a file when it is asked to. */
export function canCreateFiles({ client }: Session): boolean {
  const { applyEdit, workspaceEdit } = client.workspace ?? {};
  return applyEdit === true && workspaceEdit?.documentChanges === true && workspaceEdit.resourceOperations?.includes('create') === true;
}

async function createFile(session: Session, uri: string, text: string, losses: readonly Loss[]): Promise<boolean> {
  const { connection } = session;
  const tell = (type: MessageType, message: string) => void connection.sendNotification(ShowMessageNotification.type, { type, message });
  if (!canCreateFiles(session)) {
    tell(MessageType.Warning, 'This editor cannot make files when it is asked to. Run: swarmspec convert');
    return false;
  }
  const start = { line: 0, character: 0 };
  const edit = { documentChanges: [CreateFile.create(uri, { overwrite: false, ignoreIfExists: false }), TextDocumentEdit.create({ uri, version: null }, [TextEdit.insert(start, text)])] };
  const { applied, failureReason } = await connection.workspace.applyEdit(edit);
  if (!applied) {
    tell(MessageType.Warning, `\`${session.platform.pathOf(uri)}\` was not made: ${failureReason ?? 'it may be there already'}.`);
    return false;
  }
  if (session.client.window?.showDocument?.support) await connection.window.showDocument({ uri, takeFocus: true });
  if (losses.length > 0) tell(MessageType.Warning, [`Not all was carried over (${losses.length}):`, ...losses.slice(0, 10).map(({ at, reason }) => `${at}: ${reason}`), ...(losses.length > 10 ? [`… and ${losses.length - 10} more`] : [])].join('\n'));
  return true;
}

/** `web.service.json` beside `web.service.yaml`, `web.compose.yaml` for a compose file, `compose.service.yaml` for specs of one, `web.specs.service.yaml` where that is called `web.service.yaml` itself. */
function newUri(uri: string, to: Conversion, syntax: 'yaml' | 'json'): string {
  const stem = uri.replace(/\.(?:json|ya?ml)$/i, '');
  if (to === 'json' || to === 'yaml') return `${stem}.${syntax}`;
  const bare = stem.replace(/\.(?:service|swarmspec|compose)$/i, '');
  if (to === 'compose') return `${bare}.compose.${syntax}`;
  return uri === `${bare}.service.${syntax}` ? `${bare}.specs.service.${syntax}` : `${bare}.service.${syntax}`;
}
