import type { ClientCapabilities, Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** What a `character` of a position counts. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/** The encoding that a client likes best among those that we know; UTF-16 where it says nothing, as the protocol has it. */
export function chooseEncoding(client: ClientCapabilities): PositionEncodingKind & Encoding {
  const known: readonly string[] = ['utf-8', 'utf-16', 'utf-32'] satisfies Encoding[];
  const offered: unknown = client.general?.positionEncodings;
  return ((Array.isArray(offered) ? offered.find((encoding) => known.includes(encoding)) : undefined) ?? 'utf-16') as Encoding;
}

/**
 * Text documents whose positions count in the encoding of the client, while offsets stay UTF-16. This is the only place
 * that knows of encodings.
 */
export function textDocuments(encoding: () => Encoding) {
  return {
    create(uri: string, languageId: string, version: number, content: string): TextDocument {
      const text = TextDocument.create(uri, languageId, version, content);
      return encoding() === 'utf-16' ? text : new EncodedText(text, encoding() as 'utf-8' | 'utf-32');
    },
    update(text: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument {
      return text instanceof EncodedText ? text.update(changes, version) : TextDocument.update(text, changes, version);
    },
  };
}

class EncodedText implements TextDocument {
  /** Whether the text is ASCII, where all encodings agree. Undefined until somebody asks. */
  private ascii: boolean | undefined;

  constructor(
    private text: TextDocument,
    private readonly encoding: 'utf-8' | 'utf-32',
  ) {}

  get uri() {
    return this.text.uri;
  }
  get languageId() {
    return this.text.languageId;
  }
  get version() {
    return this.text.version;
  }
  get lineCount() {
    return this.text.lineCount;
  }

  getText(range?: Range): string {
    return range ? this.text.getText().slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text.getText();
  }

  getLineRange(line: number): Range {
    const { start, end } = this.text.getLineRange(line);
    return { start, end: this.positionAt(this.text.offsetAt(end)) };
  }

  getEOLCharacters(line: number): string {
    return this.text.getEOLCharacters(line);
  }

  positionAt(offset: number): Position {
    const position = this.text.positionAt(offset);
    return this.isAscii() ? position : { line: position.line, character: this.count(this.line(position)) };
  }

  offsetAt(position: Position): number {
    return this.text.offsetAt(this.toUtf16(position));
  }

  update(changes: TextDocumentContentChangeEvent[], version: number): this {
    // each change speaks of the text that the one before has left
    for (const change of changes) {
      const given = 'range' in change ? { range: { start: this.toUtf16(change.range.start), end: this.toUtf16(change.range.end) }, text: change.text } : change;
      this.text = TextDocument.update(this.text, [given], version);
      this.ascii = undefined;
    }
    return this;
  }

  private toUtf16({ line, character }: Position): Position {
    if (this.isAscii() || !(character > 0)) return { line, character };
    const text = this.line({ line, character: Number.MAX_SAFE_INTEGER });
    let left = character;
    let at = 0;
    while (left > 0 && at < text.length) {
      const size = text.codePointAt(at)! > 0xffff ? 2 : 1;
      left -= this.count(text.slice(at, at + size));
      at += size;
    }
    return { line, character: at };
  }

  /** The text of a line up to a position. */
  private line({ line, character }: Position): string {
    return this.text.getText({ start: { line, character: 0 }, end: { line, character } });
  }

  private count(text: string): number {
    if (this.encoding === 'utf-32') return [...text].length;
    let bytes = 0;
    for (const char of text) {
      const code = char.codePointAt(0)!;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    return bytes;
  }

  private isAscii(): boolean {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    return (this.ascii ??= !/[^\x00-\x7f]/.test(this.text.getText()));
  }
}
