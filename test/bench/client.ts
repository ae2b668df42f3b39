import { type ChildProcess, spawn } from 'node:child_process';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { peer } from './peers';

/** A language server that is measured, and how its client has to behave. */
export interface Server {
  readonly name: string;
  readonly args: readonly string[];
  readonly languageId: (syntax: string) => string;
  /** Whether diagnostics are asked for instead of waited for. */
  readonly pulls: boolean;
  readonly settings: unknown;
  /** How long it waits for more changes before it checks, as its source has it. */
  readonly debounceMs: number;
}

export const SCHEMA = pathToFileURL(join(ROOT, 'schemas/service-spec.json')).href;

export const OURS: Server = {
  name: 'swarmspec', args: [join(ROOT, 'dist/cli.js'), 'lsp', '--stdio'], languageId: (syntax) => `swarmspec-${syntax}`, pulls: false, settings: { contactEngine: false }, debounceMs: 20,
};
export const OURS_PULLED: Server = { ...OURS, pulls: true, debounceMs: 0 };
export const YAML: Server = {
  name: 'yaml-language-server', args: [peer('yaml-language-server/bin/yaml-language-server'), '--stdio'], languageId: () => 'yaml', pulls: false, debounceMs: 200,
  settings: { validate: true, hover: true, completion: true, schemas: { [SCHEMA]: '*' }, schemaStore: { enable: false } },
};
export const JSON_SERVER: Server = {
  name: 'vscode-json-language-server', args: [peer('vscode-langservers-extracted/bin/vscode-json-language-server'), '--stdio'], languageId: () => 'json', pulls: true, debounceMs: 0,
  settings: { validate: { enable: true }, schemas: [{ fileMatch: ['*'], url: SCHEMA }] },
};

/** What a probe has seen: the longest turn of the event loop, and all that were work. */
export interface Watched {
  readonly longestMs: number;
  readonly turnsMs: number;
}

export interface Session {
  readonly pid: number;
  readonly connection: MessageConnection;
  open(uri: string, languageId: string, text: string): void;
  /** Types text at a place of the file; the next version number is counted here. */
  type(uri: string, position: { line: number; character: number }, text: string): void;
  /** The next diagnostics of the file. */
  diagnostics(uri: string): Promise<unknown[]>;
  request(method: string, params: object): Promise<unknown>;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Begins to look at each turn of the event loop of a server that is probed, and tells what was seen. */
  watch(): Promise<Watched>;
  watched(): Promise<Watched>;
  stop(): Promise<void>;
}

/** Starts a server and initializes it; one that is probed can be asked for how long it takes no message. */
export async function start(server: Server, { probed = false } = {}): Promise<Session> {
  const args = probed ? ['--require', join(ROOT, 'out/test/bench/probe.js'), ...server.args] : server.args;
  const child: ChildProcess = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'ignore', ...(probed ? ['ipc' as const] : [])] });
  const tell = (wanted: 'watch' | 'watched'): Promise<Watched> => {
    const told = new Promise<Watched>((resolve) => child.once('message', (seen) => resolve(seen as Watched)));
    child.send(wanted);
    return told;
  };
  if (!child.stdin || !child.stdout || child.pid === undefined) throw new Error(`${server.name} did not start`);
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map<string, (diagnostics: unknown[]) => void>();
  let version = 1;
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: unknown[] }) => {
    const wake = waiting.get(uri);
    waiting.delete(uri);
    wake?.(diagnostics);
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) => items.map(({ section }) => (['yaml', 'json', 'swarmspec'].includes(section ?? '') ? server.settings : {})));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('vscode/content', () => '{}');
  connection.onRequest('custom/schema/request', () => []);
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ capabilities: Session['capabilities'] }>('initialize', {
    processId: process.pid, rootUri: null,
    capabilities: { workspace: { configuration: true }, textDocument: { ...(server.pulls ? { diagnostic: {} } : {}), publishDiagnostics: {}, completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ['markdown'] }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
    initializationOptions: server === YAML ? undefined : { ...(server.settings as object), handledSchemaProtocols: ['file'] },
  });
  connection.sendNotification('initialized', {});
  connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml: server.settings, json: server.settings, swarmspec: server.settings } });
  return {
    pid: child.pid,
    connection,
    capabilities,
    watch: () => tell('watch'),
    watched: () => tell('watched'),
    open: (uri, languageId, text) => void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    type: (uri, position, text) => void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range: { start: position, end: position }, text }] }),
    diagnostics: (uri) => {
      if (server.pulls) return connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }).then((report) => (report as { items: unknown[] }).items);
      return new Promise((resolve) => waiting.set(uri, resolve));
    },
    request: (method, params) => connection.sendRequest(method, params),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown').catch(() => undefined);
      connection.sendNotification('exit').catch(() => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(timer);
      connection.dispose();
    },
  };
}

export function positionOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return { line, character: offset - (before.lastIndexOf('\n') + 1) };
}
