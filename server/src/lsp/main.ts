import { createConnection, LSPErrorCodes, type Message, ProposedFeatures, type RequestMessage, type ResponseMessage } from 'vscode-languageserver/node';
import { VERSION } from '../version';
import { NODE_PLATFORM } from './nodePlatform';
import { startServer } from './server';

/** Serves one client over what the command line names (`--stdio`, `--node-ipc`) until it goes away. */
export function serve(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, { connectionStrategy: { cancelUndispatched } });
  startServer(connection, VERSION, NODE_PLATFORM);
  // the connection ends the process when the client exits or dies
  return new Promise(() => undefined);
}

/** A request that is taken back before its turn is not worked on: typing fast asks for much that nobody waits for. */
function cancelUndispatched(message: Message): ResponseMessage {
  return { jsonrpc: '2.0', id: (message as RequestMessage).id, error: { code: LSPErrorCodes.RequestCancelled, message: 'Taken back.' } };
}
