import { fileEdits } from '../../features/codeActions';
import type { Finding } from '../../finding';
import { type FileReport, Lines, type Printer } from '../report';
import { toPointer } from '../../path';

/** Findings for programs; the shape is `schemas/findings.v1.json`, and scripts depend on it. */
export function jsonPrinter(): Printer {
  const files: unknown[] = [];
  return {
    file(report: FileReport): string {
      files.push(fileToJson(report));
      return '';
    },
    end: (summary) => `${JSON.stringify({ version: 1, files, summary })}\n`,
  };
}

function fileToJson({ path, file, target, findings }: FileReport): unknown {
  const lines = findings.length > 0 ? new Lines(file.text) : undefined;
  const range = (start: number, end: number) => ({ start: lines?.position(start), end: lines?.position(end) });
  const diagnostic = (finding: Finding) => {
    const { rule, effect, severity, message, hint, path, document, span, fixes } = finding;
    const written = fixes.flatMap(({ title, safe, edits }) => {
      const replacements = fileEdits(file, finding, edits);
      return replacements ? [{ title, safe, edits: replacements.map(({ start, end, text }) => ({ range: range(start, end), newText: text })) }] : [];
    });
    return { rule, effect, severity, message, hint, path: toPointer(path), document, range: range(span.start, span.end), ...(written.length > 0 ? { fixes: written } : {}) };
  };
  return { path, api: target.api, kind: target.kind.id, diagnostics: findings.map(diagnostic) };
}
