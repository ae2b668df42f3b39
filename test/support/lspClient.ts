import { PassThrough } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import { startServer } from '../../server/src/lsp/server';

/** Answers a question of the server, such as a button of `window/showMessageRequest`. */
export type Answer = (params: { readonly message: string; readonly actions?: readonly { readonly title: string }[] }) => Promise<{ readonly title: string } | null>;

export interface LspClient {
  readonly connection: MessageConnection;
  /** Everything the server has told its user, in order. */
  readonly messages: string[];
  open(uri: string, text: string, languageId?: string): void;
  request<T>(method: string, params: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** A client and the real server over a pair of streams, as over stdio. */
export async function startLsp(options: { readonly capabilities?: object; readonly settings?: object | null; readonly answer?: Answer } = {}): Promise<LspClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, 'test');
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const messages: string[] = [];
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => void messages.push(message));
  connection.onRequest('window/showMessageRequest', (params: Parameters<Answer>[0]) => {
    messages.push(params.message);
    return options.answer ? options.answer(params) : null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => options.settings ?? null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onNotification('window/logMessage', () => undefined);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: null, rootUri: null,
    capabilities: options.capabilities ?? { workspace: { configuration: true }, window: { showMessage: {} }, textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    messages,
    open: (uri, text, languageId = uri.endsWith('json') ? 'json' : 'yaml') => void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    request: (method, params) => connection.sendRequest(method, params),
    async stop() {
      await connection.sendRequest('shutdown');
      connection.dispose();
      server.dispose();
    },
  };
}
