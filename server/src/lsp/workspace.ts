import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type PlacedDocument, readFile, type SpecFile } from '../document/document';
import { syntaxOf } from '../features/specFiles';
import { textDocuments } from './positions';
import type { Session } from './session';

/** A spec file of the workspace, open or not. */
export interface KnownFile {
  readonly text: TextDocument;
  readonly file: SpecFile;
}

/** The spec files of the workspace. Folders are searched when somebody first asks, and again after a file has changed on the disk. */
export class Workspace {
  /** Uris of the folders that the client works in. */
  folders: readonly string[] = [];

  private scanned: Promise<readonly TextDocument[]> | undefined;
  private readonly read = new WeakMap<TextDocument, SpecFile>();

  constructor(private readonly session: Session) {}

  /** Files have changed on the disk. */
  forget(): void {
    this.scanned = undefined;
  }

  /** Every file that has a text in it somewhere: the open ones as they are in the editor, others as they are on the disk. */
  async filesWith(needle: string): Promise<KnownFile[]> {
    const { texts, open } = this.session;
    const found = texts.all().flatMap((text) => {
      const file = text.getText().includes(needle) ? open.file(text) : undefined;
      return file ? [{ text, file }] : [];
    });
    for (const text of await this.onDisk()) {
      if (texts.get(text.uri) === undefined && text.getText().includes(needle)) found.push({ text, file: this.fileOf(text) });
    }
    return found;
  }

  private fileOf(text: TextDocument): SpecFile {
    const file = this.read.get(text) ?? readFile(text.getText(), syntaxOf(text.uri, text.getText()));
    this.read.set(text, file);
    return file;
  }

  private onDisk(): Promise<readonly TextDocument[]> {
    const { platform, encoding } = this.session;
    const { create } = textDocuments(() => encoding);
    this.scanned ??= (platform.specFiles?.(this.folders) ?? Promise.resolve([]))
      .then((files) => files.map(({ uri, text }) => create(uri, '', 0, text)))
      .catch(() => []);
    return this.scanned;
  }
}

/** The documents of a file with what they are checked against. */
export function* documentsOf({ text, file }: KnownFile, { open }: Session) {
  for (const placed of file.documents) yield { placed: placed as PlacedDocument, target: open.target(text.uri, placed) };
}
