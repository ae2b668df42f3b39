import type { SpecDocument } from '../document/document';
import type { Node } from '../document/node';
import type { Finding } from '../finding';
import { nearest } from '../schema/nearest';
import { ruleDocs } from './explain';

/** A comment that silences rules: `# swarmspec-ignore rule-id, other-rule -- reason`. */
interface Suppression {
  /** What is written where `swarmspec-ignore` or `swarmspec-ignore-document` is known. */
  readonly word: string;
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The line it speaks of: its own, or the next one with content where it stands alone. Undefined: the whole document. */
  readonly line: Line | undefined;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

const COMMENT = /(^|[ \t])#[ \t]*(swarmspec-ignore(?:-[a-z-]*[a-z])?)\b([^\n]*)/gm;
const [ONE_LINE, WHOLE] = ['swarmspec-ignore', 'swarmspec-ignore-document'];

/**
 * The findings that are left after the suppression comments of a YAML document, and what is wrong with those comments.
 * The silenced ones are kept with a mark where somebody wants them.
 */
export function applySuppressions(document: SpecDocument, findings: readonly Finding[], keep = false): Finding[] {
  if (document.syntax !== 'yaml' || !document.text.includes('swarmspec-ignore')) return [...findings];
  const suppressions = [...suppressionsOf(document)];
  const used = new Map<Suppression, Set<string>>(suppressions.map((suppression) => [suppression, new Set()]));
  const byRule = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    if (suppression.word !== ONE_LINE && suppression.word !== WHOLE) continue;
    for (const rule of new Set(suppression.rules)) {
      const same = byRule.get(rule);
      if (same) same.push(suppression);
      else byRule.set(rule, [suppression]);
    }
  }
  const lookups = new Map([...byRule].map(([rule, same]) => [rule, lookupOf(same)]));
  const left = findings.flatMap((finding): Finding[] => {
    const by = lookups.get(finding.rule)?.(finding.span.start);
    if (!by) return [finding];
    used.get(by)!.add(finding.rule);
    return keep ? [{ ...finding, silenced: { by: 'comment', reason: by.reason } }] : [];
  });
  for (const [suppression, hits] of used) {
    const about = { effect: 'advice', path: [], document: 0, span: { start: suppression.start, end: suppression.end }, fixes: [] } as const;
    const idle = whyIdle(suppression, hits);
    if (idle) left.push({ ...about, rule: 'unused-suppression', severity: 'warning', ...idle });
    else if (suppression.reason === undefined) left.push({ ...about, rule: 'suppression-without-reason', severity: 'information', message: 'This comment does not say why.', hint: 'End it with `-- reason`, for whoever meets it next.' });
  }
  return left;
}

let ruleIds: ReadonlySet<string> | undefined;

/** Why a comment silences less than it says; undefined where it does not. */
function whyIdle({ word, rules, reason }: Suppression, hits: ReadonlySet<string>): { readonly message: string; readonly hint: string } | undefined {
  if (word !== ONE_LINE && word !== WHOLE) return { message: `\`${word}\` means nothing, so it silences nothing.`, hint: `\`${ONE_LINE}\` speaks of its own line, or of the next one where it stands alone; \`${WHOLE}\` of the whole document.` };
  if (rules.length === 0) return { message: 'This comment names no rule, so it silences nothing.', hint: 'Write `# swarmspec-ignore rule-id -- reason`.' };
  const ids = (ruleIds ??= new Set(ruleDocs().map(({ id }) => id)));
  const unknown = rules.filter((rule) => !ids.has(rule));
  const near = unknown.length === 1 ? nearest(unknown[0], [...ids]) : undefined;
  if (unknown.length > 0) {
    return {
      message: `There is no rule \`${unknown.join('`, `')}\`.${near ? ` Did you mean \`${near}\`?` : ''}`,
      hint: reason === undefined && rules.length > unknown.length ? 'A reason stands behind ` -- `.' : '`swarmspec rules` lists them.',
    };
  }
  const idle = rules.filter((rule) => !hits.has(rule));
  return idle.length > 0 ? { message: `There is nothing here that \`${idle.join('`, `')}\` finds.`, hint: 'Remove it from the comment.' } : undefined;
}

/** Finds the first of these, given in the order of the text, that silences what begins at an offset. */
function lookupOf(suppressions: readonly Suppression[]): (offset: number) => Suppression | undefined {
  const whole = suppressions.find(({ line }) => line === undefined);
  // those that speak of one line speak of all of it, so the first is enough
  const lines = suppressions.filter((one) => one.line).filter(({ line }, i, all) => line!.start !== all[i - 1]?.line!.start);
  return (offset) => {
    const last = lastUpTo(lines, offset, ({ line }) => line!.start);
    const here = last && offset <= last.line!.end ? last : undefined;
    return here && whole ? (here.start < whole.start ? here : whole) : (here ?? whole);
  };
}

/** The last of a list that starts at an offset or before; the list is in the order of the starts. */
function lastUpTo<T>(sorted: readonly T[], offset: number, startOf: (one: T) => number): T | undefined {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (startOf(sorted[middle]) <= offset) from = middle + 1;
    else to = middle;
  }
  return sorted[from - 1];
}

function* suppressionsOf({ text, root }: SpecDocument): Generator<Suppression> {
  const texts: Line[] = [];
  if (root) collectTexts(root, texts);
  /** What the last comment on a line of its own speaks of: many above one line are not followed to it one by one. */
  let next: { readonly line: Line | undefined } | undefined;
  for (const match of text.matchAll(COMMENT)) {
    const start = match.index + match[1].length;
    const end = match.index + match[0].length;
    const around = lastUpTo(texts, start, (one) => one.start);
    if (around && around.start < start && start < around.end) continue; // no comment but part of a value
    const [named, reason] = match[3].split(/\s--\s*/, 2);
    const rules = named.split(/[\s,]+/).filter(Boolean);
    let line: Line | undefined;
    if (match[2] !== WHOLE) {
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      if (text.slice(lineStart, start).trim() !== '') line = { start: lineStart, end };
      else {
        if (!next || (next.line && next.line.start < end)) next = { line: contentAfter(text, end) };
        line = next.line ?? { start, end };
      }
    }
    yield { word: match[2], rules, reason: reason?.trim() || undefined, start, end, line };
  }
}

/** Where the scalars are that are long enough for what looks like a comment, in the order of the text. */
function collectTexts(node: Node, texts: Line[]): void {
  if (node.end - node.start < 'swarmspec-ignore'.length) return;
  if (node.kind === 'scalar') texts.push(node);
  else if (node.kind === 'list') for (const item of node.items) collectTexts(item, texts);
  else if (node.kind === 'object') for (const { value } of node.entries) if (value) collectTexts(value, texts);
}

/** The next line with content. */
function contentAfter(text: string, end: number): Line | undefined {
  for (let at = end; at < text.length; ) {
    const newline = text.indexOf('\n', at + 1);
    const line = text.slice(at + 1, newline < 0 ? text.length : newline);
    if (line.trim() !== '' && !line.trim().startsWith('#')) return { start: at + 1, end: newline < 0 ? text.length : newline };
    if (newline < 0) return undefined;
    at = newline;
  }
  return undefined;
}
