import { type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import type { Handler } from '../handler';
import type { Session } from '../session';

/** Changes that come this close together are checked once. */
const DEBOUNCE_MS = 20;

/** Findings, pushed after each change or pulled by clients that can. */
export const diagnosticsHandler: Handler = {
  capabilities: ({ pulls }) => (pulls ? { diagnosticProvider: { identifier: 'swarmspec', interFileDependencies: false, workspaceDiagnostics: false } } : {}),

  register(session) {
    const { connection, texts, open } = session;
    const timers = new Map<string, NodeJS.Timeout>();
    const stop = (uri: string) => {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
    };

    texts.onDidChangeContent(({ document: { uri } }) => {
      if (session.pulls) return;
      stop(uri);
      timers.set(uri, setTimeout(() => publish(session, uri), DEBOUNCE_MS));
    });

    texts.onDidClose(({ document: { uri } }) => {
      stop(uri);
      open.forget(uri);
      if (!session.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    });

    session.onStop.push(() => [...timers.keys()].forEach(stop));

    connection.languages.diagnostics.on(
      session.guard('diagnostics', { kind: DocumentDiagnosticReportKind.Full, items: [] } as DocumentDiagnosticReport, ({ textDocument }) => {
        const text = texts.get(textDocument.uri);
        return { kind: DocumentDiagnosticReportKind.Full, items: text ? open.diagnostics(text) : [] };
      }),
    );
  },
};

/** Checks every open file again, as after a change of the settings. */
export function checkAll(session: Session): void {
  if (session.pulls) void session.connection.languages.diagnostics.refresh().catch(() => undefined);
  else for (const { uri } of session.texts.all()) publish(session, uri);
}

function publish(session: Session, uri: string): void {
  const text = session.texts.get(uri);
  if (!text) return;
  try {
    void session.connection.sendDiagnostics({ uri, version: text.version, diagnostics: session.open.diagnostics(text) });
  } catch (error) {
    session.logged('diagnostics')(error);
  }
}
