import { BrowserMessageReader, BrowserMessageWriter, createConnection, type Message } from 'vscode-languageserver/browser';
import { VERSION } from '../version';
import { JsonText } from './jsonText';
import type { Platform } from './platform';
import { startServer } from './server';

/** A worker of a browser: no disk, so no config files, and no sockets, so no engine. */
const BROWSER_PLATFORM: Platform = {
  configs: () => ({ settingsOf: () => ({ config: {} }), forget: () => undefined }),
  pathOf: (uri) => uri,
};

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

/** Objects are handed over here, not text. */
class Writer extends BrowserMessageWriter {
  override write(message: Message & { readonly result?: unknown }): Promise<void> {
    return super.write(message.result instanceof JsonText ? ({ ...message, result: message.result.toJSON() } as Message) : message);
  }
}

startServer(createConnection(new BrowserMessageReader(self), new Writer(self)), VERSION, BROWSER_PLATFORM);
