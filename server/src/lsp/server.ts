import { type Connection, type InitializeParams, type InitializeResult, type ServerCapabilities, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Handler } from './handler';
import { codeActionsHandler } from './handlers/codeActions';
import { commandsHandler } from './handlers/commands';
import { completionHandler } from './handlers/completion';
import { configurationHandler } from './handlers/configuration';
import { diagnosticsHandler } from './handlers/diagnostics';
import { hoverHandler } from './handlers/hover';
import { symbolsHandler } from './handlers/symbols';
import { OpenFiles, type World } from './openFiles';
import type { Platform } from './platform';
import { Session } from './session';
import { toSettings } from './settings';

const HANDLERS: readonly Handler[] = [configurationHandler, diagnosticsHandler, hoverHandler, completionHandler, symbolsHandler, codeActionsHandler, commandsHandler];

/** Wires a connection to the features. The connection starts to listen at the end. */
export function startServer(connection: Connection, version: string, platform: Platform): void {
  const world: World = { settings: toSettings(undefined) };
  const texts = new TextDocuments(TextDocument);
  const session = new Session(connection, version, platform, texts, new OpenFiles(world, platform.configs()), world);

  connection.onInitialize(({ capabilities, initializationOptions }: InitializeParams): InitializeResult => {
    session.client = capabilities;
    if (initializationOptions) world.settings = toSettings(initializationOptions);
    const announced: ServerCapabilities[] = HANDLERS.map((handler) => handler.capabilities?.(session) ?? {});
    return { serverInfo: { name: 'swarmspec', version }, capabilities: Object.assign({ textDocumentSync: TextDocumentSyncKind.Incremental }, ...announced) };
  });

  for (const handler of HANDLERS) handler.register(session);
  connection.onInitialized(session.guard('start', undefined, () => session.onStart.forEach((start) => start())));
  connection.onShutdown(session.guard('stop', undefined, () => session.onStop.forEach((stop) => stop())));
  texts.listen(connection);
  connection.listen();
}
