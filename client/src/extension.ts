import * as path from 'node:path';
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { COMMANDS } from '../../server/src/lsp/protocol';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(path.join('dist', 'cli.js'));
  const run = { module, transport: TransportKind.ipc, args: ['lsp'] };
  const globs = workspace.getConfiguration('swarmspec').get<string[]>('files', []);
  client = new LanguageClient(
    'swarmspec',
    { run, debug: run },
    {
      documentSelector: [{ language: 'swarmspec-yaml' }, { language: 'swarmspec-json' }, ...globs.map((pattern) => ({ pattern: `**/${pattern.replace(/^\*\*\//, '')}` }))],
      synchronize: { configurationSection: 'swarmspec' },
    },
  );
  const onActive = (name: string, act: (uri: string) => Promise<unknown>) =>
    commands.registerCommand(name, async () => {
      const uri = window.activeTextEditor?.document.uri;
      if (uri) await act(uri.toString());
      else void window.showInformationMessage('Open a service spec first.');
    });
  context.subscriptions.push(
    onActive('swarmspec.validateActive', async () => commands.executeCommand('workbench.actions.view.problems')),
    onActive('swarmspec.applyActive', async (uri) => commands.executeCommand(COMMANDS.apply, uri)),
    onActive('swarmspec.showTarget', async (uri) => {
      const target = await commands.executeCommand<string | { message: string }>(COMMANDS.target, uri);
      void window.showInformationMessage(typeof target === 'string' ? target : target.message);
    }),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
