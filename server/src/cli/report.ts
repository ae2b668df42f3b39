import type { SpecFile } from '../document/document';
import type { Finding, Severity } from '../finding';
import type { Target } from '../target';

/** The findings of one file, as printers take them. */
export interface FileReport {
  readonly path: string;
  readonly file: SpecFile;
  readonly target: Target;
  readonly findings: readonly Finding[];
}

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

export interface Printer {
  /** Called once with each file, in order. */
  file(report: FileReport): string;
  end(summary: Summary): string;
}

export function countSeverity(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** Turns offsets of a text into lines and UTF-16 characters, both from zero. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): { line: number; character: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low] };
  }

  /** The text of a line without its ending. */
  line(index: number): string {
    return this.text.slice(this.starts[index], this.starts[index + 1] ?? this.text.length).replace(/\r?\n$/, '');
  }
}
