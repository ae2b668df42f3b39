import { PassThrough } from 'node:stream';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { NODE_PLATFORM } from '../../server/src/lsp/nodePlatform';
import { startServer } from '../../server/src/lsp/server';
import { sawMessage } from './wholeRun';

export interface ClientOptions {
  readonly capabilities?: object;
  /** Uri of the folder that it works in. */
  readonly folder?: string;
  /** What the client answers when the server asks for its settings. */
  readonly settings?: object | null;
  /** The title of the action that its user chooses when asked; none declines. */
  readonly chooses?: string;
  /** What the client does when asked, instead. */
  readonly answers?: Answer;
}

export type Answer = (question: { readonly message: string; readonly actions?: readonly { readonly title: string }[] }) => Promise<{ readonly title: string } | null>;

/** A client of the server over a real connection, in this process. */
export interface Client {
  readonly connection: MessageConnection;
  readonly capabilities: any;
  readonly published: Map<string, any>;
  readonly shown: { readonly type: number; readonly message: string }[];
  readonly asked: { readonly message: string; readonly actions: { title: string }[] }[];
  readonly logged: string[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  request(method: string, params: unknown): Promise<any>;
  /** The next diagnostics of a file that satisfy a condition. */
  diagnostics(uri: string, are?: (diagnostics: any[]) => boolean): Promise<any[]>;
  stop(): Promise<void>;
}

/** Code actions as objects, which every client of the last years knows. A test of another client says `codeAction: {}`. */
const ACTIONS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };

export async function startClient({ capabilities: given = {}, settings = null, chooses, answers, folder }: ClientOptions = {}): Promise<Client> {
  const capabilities = { ...given, textDocument: { codeAction: ACTIONS, ...(given as { textDocument?: object }).textDocument } };
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  // readers and writers rather than streams: given streams, the library ends the process together with them
  startServer(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), 'test', NODE_PLATFORM);
  const reader = new StreamMessageReader(toClient);
  const listen = reader.listen.bind(reader);
  reader.listen = (callback) =>
    listen((message) => {
      sawMessage(message);
      callback(message);
    });
  const connection = createMessageConnection(reader, new StreamMessageWriter(toServer));
  const published = new Map<string, any>();
  const waiting = new Set<() => void>();
  const shown: Client['shown'] = [];
  const asked: Client['asked'] = [];
  const logged: string[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: any) => {
    published.set(params.uri, params);
    for (const look of waiting) look();
  });
  connection.onNotification('window/showMessage', (params: any) => void shown.push(params));
  connection.onNotification('window/logMessage', ({ message }: any) => void logged.push(message));
  connection.onRequest('window/showMessageRequest', (params: any) => {
    asked.push(params);
    if (answers) return answers(params);
    return params.actions.find(({ title }: any) => title === chooses) ?? null;
  });
  connection.onRequest('workspace/configuration', ({ items }: any) => items.map(() => settings));
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const answer: any = await connection.sendRequest('initialize', { processId: null, rootUri: folder ?? null, capabilities, ...(settings ? { initializationOptions: settings } : {}) });
  await connection.sendNotification('initialized', {});
  return {
    connection, published, shown, asked, logged,
    capabilities: answer.capabilities,
    open: (uri, text, languageId = 'yaml') => connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, text) => connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    request: (method, params) => connection.sendRequest(method, params),
    diagnostics: (uri, are = () => true) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no such diagnostics of ${uri} came; the last were ${JSON.stringify(published.get(uri)?.diagnostics)}`)), 3000);
        const look = () => {
          const last = published.get(uri);
          if (!last || !are(last.diagnostics)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(last.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      await connection.sendRequest('shutdown');
      connection.dispose();
    },
  };
}
