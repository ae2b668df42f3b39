import { spotAt, type SpecDocument } from '../document/document';
import type { Finding } from '../finding';

/** A comment that silences rules: `# swarmspec-ignore rule-id, other-rule -- reason`. */
interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The line it speaks of: its own, or the next one with content where it stands alone. Undefined: the whole document. */
  readonly line: { readonly start: number; readonly end: number } | undefined;
}

const COMMENT = /(^|[ \t])#[ \t]*swarmspec-ignore(-document)?\b([^\n]*)/gm;

/**
 * The findings that are left after the suppression comments of a YAML document, and what is wrong with those comments.
 * The silenced ones are kept with a mark where somebody wants them.
 */
export function applySuppressions(document: SpecDocument, findings: readonly Finding[], keep = false): Finding[] {
  if (document.syntax !== 'yaml' || !document.text.includes('swarmspec-ignore')) return [...findings];
  const used = new Map<Suppression, Set<string>>([...suppressionsOf(document)].map((suppression) => [suppression, new Set()]));
  const left = findings.flatMap((finding): Finding[] => {
    const { rule, span } = finding;
    for (const [{ rules, line, reason }, hits] of used) {
      if (!rules.includes(rule) || (line && (span.start < line.start || span.start > line.end))) continue;
      hits.add(rule);
      return keep ? [{ ...finding, silenced: { by: 'comment', reason } }] : [];
    }
    return [finding];
  });
  for (const [{ rules, reason, start, end }, hits] of used) {
    const about = { effect: 'advice', path: [], document: 0, span: { start, end }, fixes: [] } as const;
    const idle = rules.filter((rule) => !hits.has(rule));
    if (rules.length === 0) left.push({ ...about, rule: 'unused-suppression', severity: 'warning', message: 'This comment names no rule, so it silences nothing.', hint: 'Write `# swarmspec-ignore rule-id -- reason`.' });
    else if (idle.length > 0) left.push({ ...about, rule: 'unused-suppression', severity: 'warning', message: `There is nothing here that \`${idle.join('`, `')}\` finds.`, hint: 'Remove it from the comment.' });
    if (rules.length > 0 && reason === undefined) left.push({ ...about, rule: 'suppression-without-reason', severity: 'information', message: 'This comment does not say why.', hint: 'End it with `-- reason`, for whoever meets it next.' });
  }
  return left;
}

function* suppressionsOf(document: SpecDocument): Generator<Suppression> {
  const { text } = document;
  for (const match of text.matchAll(COMMENT)) {
    const start = match.index + match[1].length;
    const end = match.index + match[0].length;
    if (isInValue(document, start)) continue;
    const [named, reason] = match[3].split(/\s--\s*/, 2);
    const rules = named.split(/[\s,]+/).filter(Boolean);
    yield { rules, reason: reason?.trim() || undefined, start, end, line: match[2] ? undefined : lineOf(text, start, end) };
  }
}

/** Whether what looks like a comment is part of a block or quoted scalar. */
function isInValue(document: SpecDocument, offset: number): boolean {
  const spot = spotAt(document, offset);
  return spot?.part === 'value' && spot.span.start < offset && offset < spot.span.end;
}

function lineOf(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return { start: lineStart, end };
  let at = end;
  while (at < text.length) {
    const newline = text.indexOf('\n', at + 1);
    const line = text.slice(at + 1, newline < 0 ? text.length : newline);
    if (line.trim() !== '' && !line.trim().startsWith('#')) return { start: at + 1, end: newline < 0 ? text.length : newline };
    if (newline < 0) break;
    at = newline;
  }
  return { start, end };
}
