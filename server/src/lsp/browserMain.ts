import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { VERSION } from '../version';
import type { Platform } from './platform';
import { startServer } from './server';

/** A worker of a browser: no disk, so no config files, and no sockets, so no engine. */
const BROWSER_PLATFORM: Platform = {
  configs: () => ({ settingsOf: () => ({ config: {} }), forget: () => undefined }),
  pathOf: (uri) => uri,
};

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), VERSION, BROWSER_PLATFORM);
