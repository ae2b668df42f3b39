import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from './start';

/** Of browsers; this project has no types of theirs. */
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[2];

let stop: (() => Promise<void>) | undefined;

/** In a browser: the server is a worker, without files and sockets. */
export function activate(context: ExtensionContext): void {
  stop = start(context, async (options) => new LanguageClient('swarmspec', 'swarmspec', await startWorker(context), options));
}

/** An extension on a remote host, or of another origin, cannot start a worker by its address, but it can read its own files. */
async function startWorker({ extensionUri }: ExtensionContext): Promise<InstanceType<typeof Worker>> {
  const code = await fetch(Uri.joinPath(extensionUri, 'dist', 'browser', 'server.js').toString(true));
  return new Worker(URL.createObjectURL(await code.blob()));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
