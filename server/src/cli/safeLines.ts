import { hideSecrets } from '../apply/secrecy';
import { Lines } from '../document/lines';

/** The lines of a file as they may be shown. A line is looked at once for all findings on it that follow each other: a file may be one line. */
export class SafeLines {
  private readonly lines: Lines;
  private last: { readonly index: number; readonly text: string; readonly hidesSecrets: boolean } | undefined;

  constructor(text: string) {
    this.lines = new Lines(text);
  }

  line(index: number): { readonly text: string; readonly hidesSecrets: boolean } {
    if (this.last?.index !== index) {
      const line = this.lines.line(index);
      const text = hideSecrets(line);
      this.last = { index, text, hidesSecrets: text !== line };
    }
    return this.last;
  }
}
