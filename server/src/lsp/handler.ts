import type { ServerCapabilities } from 'vscode-languageserver';
import type { Session } from './session';

/** One part of the protocol. Adding a part is a file in `handlers/` and its line in `server.ts`. */
export interface Handler {
  /** What the server announces for it, now that the client is known. */
  capabilities?(session: Session): ServerCapabilities;
  register(session: Session): void;
}
