import {
  type CodeAction as LspCodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity, DiagnosticTag,
  type DocumentSymbol, type Range, type SymbolInformation, SymbolKind, type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../document/textEdit';
import type { CodeAction } from '../features/codeActions';
import type { OutlineKind } from '../features/outlineNames';
import type { OutlineItem } from '../features/symbols';
import type { Finding } from '../finding';
import type { Span } from '../path';

/** Where the rules are described for clients that have no copy of the page at hand. */
export const RULES_PAGE = 'https://github.com/swarmspec/swarmspec/blob/main/docs/rules.md#';

/** Where a rule is described. */
export type RuleLink = (rule: string) => string;

const SEVERITIES = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint } as const;

export function toRange(text: TextDocument, { start, end }: Span): Range {
  return { start: text.positionAt(start), end: text.positionAt(end) };
}

export function toTextEdit({ start, end, text: newText }: TextEdit, text: TextDocument): LspTextEdit {
  return { range: toRange(text, { start, end }), newText };
}

export function toDiagnostic({ rule, effect, severity, message, hint, span }: Finding, text: TextDocument, linkTo: RuleLink): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(text, span), severity: SEVERITIES[severity], source: 'swarmspec', code: rule, codeDescription: { href: linkTo(rule) },
    message: hint ? `${message}\n${hint}` : message, data: { effect },
  };
  if (effect === 'deprecated') diagnostic.tags = [DiagnosticTag.Deprecated];
  return diagnostic;
}

export function toLspCodeAction({ title, finding, edits, preferred }: CodeAction, uri: string, text: TextDocument, linkTo: RuleLink): LspCodeAction {
  return {
    title, kind: CodeActionKind.QuickFix, isPreferred: preferred, diagnostics: [toDiagnostic(finding, text, linkTo)],
    edit: { changes: { [uri]: edits.map((edit) => toTextEdit(edit, text)) } },
  };
}

const SYMBOL_KINDS: Readonly<Record<OutlineKind, SymbolKind>> = {
  object: SymbolKind.Object, list: SymbolKind.Array, text: SymbolKind.String, number: SymbolKind.Number, boolean: SymbolKind.Boolean, nothing: SymbolKind.Null,
  service: SymbolKind.Module, port: SymbolKind.Interface, mount: SymbolKind.File, secret: SymbolKind.Key, config: SymbolKind.Constant, network: SymbolKind.Namespace,
  variable: SymbolKind.Variable, constraint: SymbolKind.Operator, label: SymbolKind.Property, check: SymbolKind.Event, resources: SymbolKind.Struct,
};

/** `offset` is where the document begins in the file. */
export function toDocumentSymbol({ name, detail, kind, span, nameSpan, children }: OutlineItem, offset: number, text: TextDocument): DocumentSymbol {
  return { name, detail, kind: SYMBOL_KINDS[kind], range: placedRange(text, span, offset), selectionRange: placedRange(text, nameSpan, offset), children: children.map((child) => toDocumentSymbol(child, offset, text)) };
}

/** The same for clients that know no tree: every item, with the name of the one around it. */
export function toSymbolInformation(symbols: readonly DocumentSymbol[], uri: string, containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [{ name, kind, location: { uri, range }, containerName }, ...toSymbolInformation(children, uri, name)]);
}

/** A span inside a document as a range of the file. */
export function placedRange(text: TextDocument, { start, end }: Span, offset: number): Range {
  return toRange(text, { start: start + offset, end: end + offset });
}
