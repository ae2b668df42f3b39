import { join } from 'node:path';
import { loadCached } from './codeCache';
import { setServerFlags } from './serverFlags';

// The beginning of the program: everything else is loaded from here, compiled the first time and taken from the cache after that.
const [command, ...options] = process.argv.slice(2);
const isServer = command === 'lsp' && options.includes('--stdio') && options.every((option) => /^--(stdio$|clientProcessId=)/.test(option));
if (isServer) {
  // an editor waits for its server, and the command line would be loaded only to start it
  setServerFlags();
  void loadCached<typeof import('../lsp/main')>(join(__dirname, 'lsp.js')).serve();
} else loadCached<typeof import('./run')>(join(__dirname, 'main.js')).run(__filename);
