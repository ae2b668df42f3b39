import type { SpecFile } from '../document/document';
import { Lines, type Place } from '../document/lines';
import { fileEdits } from '../features/codeActions';
import type { Effect, Finding, Severity } from '../finding';
import { toPointer } from '../path';
import type { Target } from '../target';

/** A fix as printers take it. */
export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  /** Only where a format prints them; undefined also where the fix cannot be written in this document. */
  readonly edits?: readonly { readonly start: Place; readonly end: Place; readonly text: string }[];
}

/** A finding as printers take it: with lines instead of offsets. */
export interface ReportedFinding {
  readonly rule: string;
  readonly effect: Effect;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** JSON Pointer into the document. */
  readonly pointer: string;
  /** Index of the YAML document in the file. */
  readonly document: number;
  readonly start: Place;
  readonly end: Place;
  readonly fixes: readonly ReportedFix[];
  readonly silenced?: Finding['silenced'];
}

/** The findings of one file. Plain data, so that it can come from another thread. */
export interface FileReport {
  /** As given, or relative to where the command runs, with slashes; `-` is the standard input. */
  readonly path: string;
  readonly text: string;
  /** API version that the first document was checked against. */
  readonly api: string;
  /** Sort of spec. */
  readonly kind: string;
  readonly findings: readonly ReportedFinding[];
}

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Turns reports into the text of a format, one file after the other, so that none need be kept. */
export interface Printer {
  start?(): string;
  /** Called once with each file, in order. */
  file(report: FileReport): string;
  end(summary: Summary): string;
}

export interface Checked {
  readonly path: string;
  readonly file: SpecFile;
  readonly findings: readonly Finding[];
  readonly target: Pick<Target, 'api'> & { readonly kind: { readonly id: string } };
}

export function toReport({ path, file, findings, target }: Checked, { edits = false } = {}): FileReport {
  const lines = findings.length > 0 ? new Lines(file.text) : undefined;
  const place = (offset: number) => (lines as Lines).position(offset);
  const reported = findings.map((finding): ReportedFinding => {
    const { path: at, span, fixes, ...rest } = finding;
    return {
      ...rest,
      pointer: toPointer(at),
      start: place(span.start),
      end: place(span.end),
      fixes: fixes.map(({ title, safe, edits: wanted }) => ({
        title, safe,
        edits: edits ? fileEdits(file, finding, wanted)?.map(({ start, end, text }) => ({ start: place(start), end: place(end), text })) : undefined,
      })),
    };
  });
  return { path, text: file.text, api: target.api, kind: target.kind.id, findings: reported };
}

export function countSeverity(findings: readonly { readonly severity: Severity; readonly silenced?: unknown }[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity && !finding.silenced).length;
}
