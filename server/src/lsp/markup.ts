import { type MarkupContent, MarkupKind } from 'vscode-languageserver';

/** A text for people, as Markdown or as the client can show it: one that lists its formats without Markdown gets plain text. */
export function toMarkup(markdown: string, formats: readonly MarkupKind[] | undefined): MarkupContent {
  if (!formats || formats.length === 0 || formats.includes(MarkupKind.Markdown)) return { kind: MarkupKind.Markdown, value: markdown };
  return { kind: MarkupKind.PlainText, value: plainOf(markdown) };
}

/** Markdown without its signs; what stands in code keeps them. */
function plainOf(markdown: string): string {
  return markdown
    .replaceAll(/^```\w*\n([^]*?)^```$/gm, '$1')
    .split(/(`[^`\n]*`)/)
    .map((part) => (/^`.*`$/.test(part) ? part.slice(1, -1) : part.replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)').replaceAll(/\*\*([^*]+)\*\*|(?<!\w)[*_]([^*_\n]+)[*_](?!\w)/g, '$1$2').replaceAll(/\\([\\`*_{}[\]()#+.!|<>~-])/g, '$1')))
    .join('');
}
