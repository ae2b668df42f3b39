import { type DocumentDiagnosticParams, type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { isConfigFile } from '../../config/config';
import type { Handler } from '../handler';
import type { Session } from '../session';

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** After the first diagnostics, and before the first key: a person reads what they have opened for longer than this. */
const PREPARED_AFTER_MS = 100;

/** Findings, pushed after each change or pulled by clients that can. */
export const diagnosticsHandler: Handler = {
  capabilities: ({ pulls }) => (pulls ? { diagnosticProvider: { identifier: 'swarmspec', interFileDependencies: false, workspaceDiagnostics: false } } : {}),

  register(session) {
    const { connection, texts, open, checks } = session;

    texts.onDidOpen(({ document: { uri } }) => {
      const prepare = () => void session.slices.do(open.preparing(uri), () => texts.get(uri) !== undefined).catch(session.logged('opening'));
      setTimeout(prepare, PREPARED_AFTER_MS).unref?.();
    });

    texts.onDidChangeContent(({ document: { uri } }) => {
      if (!session.pulls) checks.soon(uri);
    });

    texts.onDidClose(({ document: { uri } }) => {
      checks.stop(uri);
      open.forget(uri);
      if (!session.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    });

    session.onStop.push(() => checks.stopAll());

    const ofSpecs = session.patient('diagnostics', NOTHING, function* ({ text }, _: DocumentDiagnosticParams): Generator<void, DocumentDiagnosticReport> {
      return { kind: DocumentDiagnosticReportKind.Full, items: yield* open.diagnosing(text) };
    });
    const ofConfig = session.guard('diagnostics', NOTHING, ({ textDocument: { uri } }: DocumentDiagnosticParams): DocumentDiagnosticReport => {
      const text = texts.get(uri);
      return { kind: DocumentDiagnosticReportKind.Full, items: (text && open.configDiagnostics(text)) ?? [] };
    }) as typeof ofSpecs;
    connection.languages.diagnostics.on((params, token) => (isConfigFile(params.textDocument.uri) ? ofConfig : ofSpecs)(params, token));
  },
};

/** Checks every open file again, as after a change of the settings. */
export function checkAll(session: Session): void {
  if (session.pulls) void session.connection.languages.diagnostics.refresh().catch(() => undefined);
  else for (const { uri } of session.texts.all()) void session.checks.now(uri);
}
