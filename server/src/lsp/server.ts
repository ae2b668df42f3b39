import { type Connection, ErrorCodes, type InitializeParams, type InitializeResult, ResponseError, type ServerCapabilities, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Handler } from './handler';
import { codeLensHandler } from './handlers/codeLens';
import { engineHandler } from './handlers/engine';
import { codeActionsHandler } from './handlers/codeActions';
import { commandsHandler } from './handlers/commands';
import { completionHandler } from './handlers/completion';
import { configurationHandler } from './handlers/configuration';
import { diagnosticsHandler } from './handlers/diagnostics';
import { foldingHandler } from './handlers/folding';
import { formattingHandler } from './handlers/formatting';
import { hoverHandler } from './handlers/hover';
import { linksHandler } from './handlers/links';
import { referencesHandler } from './handlers/references';
import { selectionHandler } from './handlers/selection';
import { inlayHintsHandler } from './handlers/inlayHints';
import { symbolsHandler } from './handlers/symbols';
import { OpenFiles, type World } from './openFiles';
import { RULES_PAGE } from './convert';
import type { Platform } from './platform';
import { chooseEncoding, textDocuments } from './positions';
import { Session } from './session';
import { toSettings } from './settings';

const HANDLERS: readonly Handler[] = [configurationHandler, diagnosticsHandler, hoverHandler, inlayHintsHandler, completionHandler, symbolsHandler, foldingHandler, selectionHandler, formattingHandler, linksHandler, referencesHandler, codeActionsHandler, codeLensHandler, engineHandler, commandsHandler];

/** Wires a connection to the features. The connection starts to listen at the end. */
export function startServer(connection: Connection, version: string, platform: Platform): Session {
  const world: World = { settings: toSettings(undefined) };
  const texts = new TextDocuments(textDocuments(() => session.encoding));
  // the page beside the server works without a network
  const linkTo = (rule: string) => platform.ruleDocs?.(rule) ?? RULES_PAGE + rule;
  const session: Session = new Session(connection, version, platform, texts, new OpenFiles(world, platform.configs(), linkTo), world);

  connection.onInitialize(({ capabilities, initializationOptions, workspaceFolders, rootUri }: InitializeParams): InitializeResult | ResponseError<never> => {
    if (session.state !== 'new') return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized once.');
    session.state = 'running';
    session.client = capabilities ?? {};
    session.encoding = chooseEncoding(session.client);
    session.workspace.folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    // some clients send all settings of their user for this server, ours under our name
    if (initializationOptions) world.settings = toSettings(initializationOptions.swarmspec ?? initializationOptions);
    const announced: ServerCapabilities[] = HANDLERS.map((handler) => handler.capabilities?.(session) ?? {});
    return { serverInfo: { name: 'swarmspec', version }, capabilities: Object.assign({ textDocumentSync: TextDocumentSyncKind.Incremental, positionEncoding: session.encoding }, ...announced) };
  });

  for (const handler of HANDLERS) handler.register(session);
  connection.onInitialized(() => void session.guard('start', undefined, () => session.onStart.forEach((start) => start()))(undefined));
  connection.onShutdown(
    session.guard('stop', undefined, () => {
      session.state = 'stopped';
      session.onStop.forEach((stop) => stop());
    }),
  );
  texts.listen(connection);
  connection.listen();
  return session;
}
