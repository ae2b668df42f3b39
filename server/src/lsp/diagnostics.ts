import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SpecFile } from '../document/document';
import { validateDocument, type ValidateOptions } from '../features/validate';
import type { Finding } from '../finding';
import { type RuleLink, toDiagnostic } from './convert';

/** The diagnostics of a document, and the line of the file that it began on when they were made. */
interface Made {
  readonly line: number;
  readonly diagnostics: readonly Diagnostic[];
}

const made = new WeakMap<readonly Finding[], Made>();

/** The diagnostics of a file. Those of documents that have not changed are those of before, moved by whole lines where lines above have come or gone. */
export function* diagnosticsOf(file: SpecFile, text: TextDocument, options: ValidateOptions, linkTo: RuleLink): Generator<void, Diagnostic[]> {
  const all: Diagnostic[] = [];
  for (const { document, offset } of file.documents) {
    const findings = validateDocument(document, options);
    yield;
    if (findings.length === 0) continue;
    const { line } = text.positionAt(offset);
    let before = made.get(findings);
    if (before?.line !== line) {
      before = { line, diagnostics: before ? moved(before, line) : findings.map((finding) => toDiagnostic(placed(finding, offset), text, linkTo)) };
      made.set(findings, before);
    }
    for (const diagnostic of before.diagnostics) all.push(diagnostic);
  }
  return all;
}

function placed(finding: Finding, offset: number): Finding {
  return { ...finding, span: { start: finding.span.start + offset, end: finding.span.end + offset } };
}

function moved({ line: before, diagnostics }: Made, line: number): Diagnostic[] {
  const by = line - before;
  return diagnostics.map((diagnostic) => {
    const { start, end } = diagnostic.range;
    return { ...diagnostic, range: { start: { line: start.line + by, character: start.character }, end: { line: end.line + by, character: end.character } } };
  });
}
