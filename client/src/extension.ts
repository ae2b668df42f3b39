import * as path from 'node:path';
import { commands, type ExtensionContext, languages, type TextDocument, window, workspace } from 'vscode';
import { LanguageClient, ShowMessageRequest, type ShowMessageRequestParams, TransportKind } from 'vscode-languageclient/node';
import { COMMANDS, MENTION } from '../../server/src/lsp/protocol';

const OURS = [{ language: 'swarmspec-yaml' }, { language: 'swarmspec-json' }];
/** Files of other languages that may be specs too, by a modeline or the setting; the server decides. */
const OTHERS = [{ language: 'yaml' }, { language: 'json' }, { language: 'jsonc' }];

let client: LanguageClient | undefined;
let started: Promise<void> | undefined;

export function activate(context: ExtensionContext): void {
  const start = () => (started ??= startClient(context.asAbsolutePath(path.join('dist', 'cli.js'))));
  // most windows with YAML or JSON in them have no spec, and no server either
  const startIfNeeded = () => {
    // the client itself tells why it could not start
    if (!started && workspace.textDocuments.some(mayBeSpec)) start().catch(() => undefined);
  };
  const onActive = (name: string, act: (uri: string) => Thenable<unknown>) =>
    commands.registerCommand(name, async () => {
      const uri = window.activeTextEditor?.document.uri;
      if (!uri) {
        void window.showInformationMessage('Open a service spec first.');
        return;
      }
      await start();
      await act(uri.toString());
    });
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(startIfNeeded),
    workspace.onDidSaveTextDocument(startIfNeeded),
    workspace.onDidChangeConfiguration(startIfNeeded),
    onActive('swarmspec.validateActive', () => commands.executeCommand('workbench.panel.markers.view.focus')),
    onActive('swarmspec.applyActive', (uri) => commands.executeCommand(COMMANDS.apply, uri)),
    onActive('swarmspec.showTarget', async (uri) => {
      const target = await commands.executeCommand<string | { message: string }>(COMMANDS.target, uri);
      void window.showInformationMessage(typeof target === 'string' ? target : target.message);
    }),
  );
  startIfNeeded();
}

export async function deactivate(): Promise<void> {
  if (client?.isRunning()) await client.stop();
}

/** A cheap guess, never a wrong no. */
function mayBeSpec(document: TextDocument): boolean {
  if (languages.match([...OURS, ...globs()], document) > 0) return true;
  return languages.match(OTHERS, document) > 0 && MENTION.test(document.getText());
}

function globs(): { pattern: string }[] {
  return workspace.getConfiguration('swarmspec').get<string[]>('files', []).map((glob) => ({ pattern: `**/${glob.replace(/^\*\*\//, '')}` }));
}

function startClient(module: string): Promise<void> {
  const run = { module, transport: TransportKind.ipc, args: ['lsp'] };
  client = new LanguageClient(
    'swarmspec',
    { run, debug: run },
    { documentSelector: [...OURS, ...OTHERS, ...globs()], synchronize: { configurationSection: 'swarmspec', fileEvents: workspace.createFileSystemWatcher('**/swarmspec.config.{yaml,yml,json}') } },
  );
  // instead of the client's own toast, which runs the lines together and hides itself unanswered
  client.onRequest(ShowMessageRequest.type, ask);
  return client.start();
}

/** Asks what the server wants to know, the first line as the question and the others under it. */
async function ask({ message, actions = [] }: ShowMessageRequestParams): Promise<{ title: string } | null> {
  const [question, ...detail] = message.split('\n');
  const items = actions.map(({ title }) => ({ title, isCloseAffordance: title === 'Cancel' }));
  const chosen = await window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, ...items);
  return chosen ? { title: chosen.title } : null;
}
