import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { VERSION } from '../version';
import { NODE_PLATFORM } from './nodePlatform';
import { startServer } from './server';

/** Serves one client over what the command line names (`--stdio`, `--node-ipc`) until it goes away. */
export function serve(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all);
  startServer(connection, VERSION, NODE_PLATFORM);
  // the connection ends the process when the client exits or dies
  return new Promise(() => undefined);
}
