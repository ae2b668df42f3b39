import { type ConnectionOptions, createConnection, LSPErrorCodes, type Message, ProposedFeatures, type RequestMessage, type ResponseMessage, StreamMessageReader } from 'vscode-languageserver/node';
import { VERSION } from '../version';
import { FrameCheck } from './frames';
import { NODE_PLATFORM } from './nodePlatform';
import { Output } from './nodeOutput';
import { startServer } from './server';

/** Serves one client over what the command line names (`--stdio`, `--node-ipc`) until it goes away. */
export function serve(): Promise<void> {
  const options = { connectionStrategy: { cancelUndispatched } };
  if (process.argv.includes('--stdio')) serveStdio(options);
  else startServer(createConnection(ProposedFeatures.all, options), VERSION, NODE_PLATFORM);
  // the connection ends the process when the client exits or dies
  return new Promise(() => undefined);
}

/** The protocol library would go on in silence after a frame that is none, where nobody can tell any more where the next begins. */
function serveStdio(options: ConnectionOptions): void {
  const frames = new FrameCheck();
  // before the reader, which would take such a frame for something else
  process.stdin.on('data', (bytes: Buffer) => {
    const wrong = frames.take(bytes);
    if (wrong !== undefined) refuse(wrong);
  });
  const reader = new StreamMessageReader(process.stdin);
  const session = startServer(createConnection(ProposedFeatures.all, reader, new Output(process.stdout), options), VERSION, NODE_PLATFORM);
  const end = () => process.exit(session.state === 'stopped' ? 0 : 1);
  process.stdin.on('end', end).on('close', end);
  reader.onError((error) => {
    // the body of one message: the next can be read
    if (!(error instanceof SyntaxError)) refuse(error.message.split('\n')[0]);
  });
}

function refuse(why: string): never {
  process.stderr.write(`swarmspec lsp: the input is no language server protocol: ${why}\n`);
  process.exit(1);
}

/** A request that is taken back before its turn is not worked on: typing fast asks for much that nobody waits for. */
function cancelUndispatched(message: Message): ResponseMessage {
  return { jsonrpc: '2.0', id: (message as RequestMessage).id, error: { code: LSPErrorCodes.RequestCancelled, message: 'Taken back.' } };
}
