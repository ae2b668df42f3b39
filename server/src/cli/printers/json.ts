import type { Place } from '../../document/lines';
import type { FileReport, Printer, ReportedFinding } from '../report';

/** Findings for programs; the shape is `schemas/findings.v1.json`, and scripts depend on it. */
export function jsonPrinter(): Printer {
  let separator = '';
  return {
    start: () => '{"version":1,"files":[',
    file({ path, api, kind, findings }: FileReport): string {
      const text = separator + JSON.stringify({ path, api, kind, diagnostics: findings.map(toDiagnostic) });
      separator = ',';
      return text;
    },
    end: (summary) => `],"summary":${JSON.stringify(summary)}}\n`,
  };
}

/** The same, one finding a line, each with its file: for pipes and logs that take lines. */
export function jsonLinesPrinter(): Printer {
  return {
    file: ({ path, api, kind, findings }) => findings.map((finding) => `${JSON.stringify({ file: path, api, kind, ...toDiagnostic(finding) })}\n`).join(''),
    end: () => '',
  };
}

function toDiagnostic({ rule, effect, severity, message, hint, pointer, document, start, end, fixes }: ReportedFinding): object {
  const written = fixes.flatMap(({ title, safe, edits }) => (edits ? [{ title, safe, edits: edits.map((edit) => ({ range: range(edit), newText: edit.text })) }] : []));
  return { rule, effect, severity, message, hint, path: pointer, document, range: range({ start, end }), ...(written.length > 0 ? { fixes: written } : {}) };
}

function range({ start, end }: { readonly start: Place; readonly end: Place }) {
  return { start, end };
}
