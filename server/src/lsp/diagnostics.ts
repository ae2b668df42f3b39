import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SpecFile } from '../document/document';
import { validating, type ValidateOptions } from '../features/validate';
import type { Finding } from '../finding';
import { type RuleLink, toDiagnostic } from './convert';
import { movedRange, PerDocument } from './perDocument';

const made = new PerDocument<Diagnostic>((diagnostic, by) => ({ ...diagnostic, range: movedRange(diagnostic.range, by) }));

/** The diagnostics of a file, with a pause after each document, and in large ones. */
export function* diagnosticsOf(file: SpecFile, text: TextDocument, options: ValidateOptions, linkTo: RuleLink): Generator<void, Diagnostic[]> {
  const all: Diagnostic[] = [];
  for (const { document, offset } of file.documents) {
    const findings = yield* validating(document, options);
    if (findings.length > 0) {
      const { line } = text.positionAt(offset);
      for (const diagnostic of made.get(findings, '', line, () => findings.map((finding) => toDiagnostic(placed(finding, offset), text, linkTo)))) all.push(diagnostic);
    }
    yield;
  }
  return all;
}

function placed(finding: Finding, offset: number): Finding {
  return { ...finding, span: { start: finding.span.start + offset, end: finding.span.end + offset } };
}
