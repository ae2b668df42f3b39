import { fileURLToPath } from 'node:url';
import {
  type CodeAction, CodeActionKind, type Connection, DidChangeConfigurationNotification, DocumentDiagnosticReportKind, type InitializeParams, type InitializeResult,
  MarkupKind, ResponseError, TextDocuments, TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect } from '../engine/client';
import { resolveHost } from '../engine/host';
import { EngineError } from '../engine/error';
import { codeActions } from '../features/codeActions';
import { complete } from '../features/complete';
import { hover } from '../features/hover';
import { symbols } from '../features/symbols';
import { API_SOURCES } from '../features/target';
import { specsIn } from '../document/shape';
import { toPointer } from '../path';
import { applyCommand } from './applyCommand';
import { toCompletionItem, toDiagnostic, toDocumentSymbol, toLspCodeAction, toRange } from './convert';
import { OpenFiles, type World } from './openFiles';
import { COMMANDS } from './protocol';
import { toSettings } from './settings';

/** Changes that come this close together are checked once. */
const DEBOUNCE_MS = 20;

/** Wires a connection to the features. The connection starts to listen at the end. */
export function startServer(connection: Connection, version: string): void {
  const world: World = { settings: toSettings(undefined) };
  const texts = new TextDocuments(TextDocument);
  const open = new OpenFiles(world);
  const timers = new Map<string, NodeJS.Timeout>();
  let client: InitializeParams['capabilities'] = {};
  const pulls = () => client.textDocument?.diagnostic !== undefined;

  connection.onInitialize(({ capabilities, initializationOptions }: InitializeParams): InitializeResult => {
    client = capabilities;
    if (initializationOptions) world.settings = toSettings(initializationOptions);
    return {
      serverInfo: { name: 'swarmspec', version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: ['"', "'", ':', ' ', '-'] },
        hoverProvider: true,
        documentSymbolProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
        executeCommandProvider: { commands: Object.values(COMMANDS) },
        ...(pulls() ? { diagnosticProvider: { identifier: 'swarmspec', interFileDependencies: false, workspaceDiagnostics: false } } : {}),
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'swarmspec' }).catch(logged('registration'));
    await readSettings();
    void contactEngine();
  });

  connection.onDidChangeConfiguration(async ({ settings }) => {
    const hostBefore = world.settings.host;
    if (client.workspace?.configuration) await readSettings();
    else if (settings?.swarmspec) world.settings = toSettings(settings.swarmspec);
    checkAll();
    if (world.settings.host !== hostBefore) void contactEngine();
  });

  async function readSettings(): Promise<void> {
    if (!client.workspace?.configuration) return;
    try {
      const given = await connection.workspace.getConfiguration('swarmspec');
      // some clients answer null when their user has set nothing
      if (given) world.settings = toSettings(given);
      checkAll();
    } catch (error) {
      logged('settings')(error);
    }
  }

  /** Learns the API version of the engine in the background; an engine that does not answer is no trouble here. */
  async function contactEngine(): Promise<void> {
    world.engine = undefined;
    if (!world.settings.contactEngine) return;
    const host = resolveHost(process.env, world.settings.host);
    if (host.kind === 'problem') return;
    try {
      const info = await connect(host, { timeoutMs: 2000 }).ping();
      if (info.swarm !== 'manager') return;
      world.engine = { api: info.apiVersion, version: info.engineVersion };
      checkAll();
    } catch (error) {
      if (!(error instanceof EngineError)) logged('engine')(error);
    }
  }

  function checkAll(): void {
    if (pulls()) void connection.languages.diagnostics.refresh().catch(() => undefined);
    else for (const text of texts.all()) publish(text.uri);
  }

  function publish(uri: string): void {
    const text = texts.get(uri);
    if (!text) return;
    try {
      void connection.sendDiagnostics({ uri, version: text.version, diagnostics: open.findings(text).map((finding) => toDiagnostic(finding, text)) });
    } catch (error) {
      logged('diagnostics')(error);
    }
  }

  texts.onDidChangeContent(({ document: { uri } }) => {
    if (pulls()) return;
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(() => publish(uri), DEBOUNCE_MS));
  });

  connection.onDidChangeWatchedFiles(() => {
    open.forgetConfigs();
    checkAll();
  });

  texts.onDidSave(() => open.forgetConfigs());

  connection.onShutdown(() => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  });

  texts.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    open.forget(uri);
    if (!pulls()) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(
    guard('diagnostics', { kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument }) => {
      const text = texts.get(textDocument.uri);
      return { kind: DocumentDiagnosticReportKind.Full, items: text ? open.findings(text).map((finding) => toDiagnostic(finding, text)) : [] };
    }),
  );

  connection.onHover(
    guard('hover', null, ({ textDocument, position }) => {
      const text = texts.get(textDocument.uri);
      const file = text && open.file(text);
      if (!text || !file) return null;
      const { placed, offset } = open.documentAt(file, text.offsetAt(position));
      const found = hover(placed.document, offset, open.target(textDocument.uri, placed));
      return found ? { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: toRange(text, { start: found.span.start + placed.offset, end: found.span.end + placed.offset }) } : null;
    }),
  );

  connection.onCompletion(
    guard('completion', null, ({ textDocument, position }) => {
      const text = texts.get(textDocument.uri);
      const file = text && open.file(text);
      if (!text || !file) return null;
      const { placed, offset } = open.documentAt(file, text.offsetAt(position));
      const snippets = client.textDocument?.completion?.completionItem?.snippetSupport === true;
      return complete(placed.document, offset, open.target(textDocument.uri, placed)).map((item) => toCompletionItem(item, placed.offset, text, snippets));
    }),
  );

  connection.onDocumentSymbol(
    guard('symbols', null, ({ textDocument }) => {
      const text = texts.get(textDocument.uri);
      const file = text && open.file(text);
      return text && file ? file.documents.flatMap(({ document, offset }) => symbols(document).map((item) => toDocumentSymbol(item, offset, text))) : null;
    }),
  );

  connection.onCodeAction(
    guard('code actions', null, ({ textDocument, range, context }) => {
      const text = texts.get(textDocument.uri);
      const file = text && open.file(text);
      if (!text || !file) return null;
      const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
      const wants = (kind: string) => !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
      const actions: CodeAction[] = wants(CodeActionKind.QuickFix) ? codeActions(file, open.findings(text), span).map((action) => toLspCodeAction(action, textDocument.uri, text)) : [];
      const { placed, offset } = open.documentAt(file, span.start);
      const specs = specsIn(placed.document);
      if (specs.length > 0 && wants(`${CodeActionKind.Refactor}.apply`)) {
        const { base } = specs[specIndexAt(placed.document, specs.length, offset)];
        actions.push({
          title: 'Apply this spec to the swarm', kind: `${CodeActionKind.Refactor}.apply`,
          command: { title: 'Apply this spec to the swarm', command: COMMANDS.apply, arguments: [textDocument.uri, { document: placed.index, base: toPointer(base) }] },
        });
      }
      return actions;
    }),
  );

  connection.onExecuteCommand(async ({ command, arguments: given = [] }) => {
    const [uri, where] = given as [string | undefined, { document: number; base: string } | undefined];
    const text = uri === undefined ? undefined : texts.get(uri);
    const file = text && open.file(text);
    if (!text || !file || uri === undefined) return { kind: 'nothing', message: 'Open a service spec first.' };
    if (command === COMMANDS.target) {
      return file.documents.map((placed) => {
        const { kind, api, apiSource, engine } = open.target(uri, placed);
        return `Checked against API v${api} (${API_SOURCES[apiSource]})${engine === undefined ? '' : `, engine ${engine}`}, as a ${kind.id} spec.`;
      })[0];
    }
    if (command !== COMMANDS.apply) return new ResponseError(-32601, `There is no command ${command}.`);
    return applyCommand(
      {
        connection, file, findings: open.findings(text), path: pathOf(uri), options: (connected) => open.options(uri, connected), canAsk: client.window?.showMessage !== undefined,
        engine: () => {
          const host = resolveHost(process.env, world.settings.host);
          if (host.kind === 'problem') throw new EngineError('unreachable', host.message);
          return connect(host);
        },
      },
      where,
    );
  });

  /** Answers a request with a feature; a bug in one is logged, answers `empty`, and the server lives. */
  function guard<P, R>(name: string, empty: R, handler: (params: P) => R): (params: P) => R {
    return (params) => {
      try {
        return handler(params);
      } catch (error) {
        logged(name)(error);
        return empty;
      }
    };
  }

  function logged(what: string): (error: unknown) => void {
    return (error) => connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  texts.listen(connection);
  connection.listen();
}

/** Which of the specs of a list the offset stands in; the first where it stands in none. */
function specIndexAt({ root }: { root: import('../document/node').Node | undefined }, count: number, offset: number): number {
  if (root?.kind !== 'list') return 0;
  return Math.min(Math.max(0, root.items.findLastIndex(({ start }) => start <= offset)), count - 1);
}

function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}
