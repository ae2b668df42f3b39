import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SpecFile } from '../document/document';
import type { Session } from './session';

/** A command of `workspace/executeCommand` about one open file. Adding one is a file in `commands/`, its name in `protocol.ts` and its line in `handlers/commands.ts`. */
export interface ServerCommand {
  readonly name: string;
  /** It also works on files that hold no spec, such as compose files. */
  readonly anyFile?: true;
  run(on: { readonly text: TextDocument; readonly file: SpecFile }, rest: readonly unknown[], session: Session): unknown;
}
