import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from './start';

/** Of browsers; this project has no types of theirs. */
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[2];

let stop: (() => Promise<void>) | undefined;

/** In a browser: the server is a worker, without files and sockets. */
export function activate(context: ExtensionContext): void {
  const worker = new Worker(Uri.joinPath(context.extensionUri, 'dist', 'browser', 'server.js').toString(true));
  stop = start(context, (options) => new LanguageClient('swarmspec', 'swarmspec', worker, options));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
