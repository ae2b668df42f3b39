import * as path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './start';

let stop: (() => Promise<void>) | undefined;

/** On a desktop or a remote host: the server is a process, spoken to through pipes, where it can send text that it has written already. */
export function activate(context: ExtensionContext): void {
  const run = { module: context.asAbsolutePath(path.join('dist', 'cli.js')), transport: TransportKind.stdio, args: ['lsp'] };
  stop = start(context, (options) => new LanguageClient('swarmspec', 'swarmspec', { run, debug: run }, options));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
