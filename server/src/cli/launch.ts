import { join } from 'node:path';
import { loadCached } from './codeCache';

// The beginning of the program: everything else is loaded from here, compiled the first time and taken from the cache after that.
loadCached<typeof import('./run')>(join(__dirname, 'main.js')).run(__filename);
