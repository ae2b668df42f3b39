import * as assert from 'node:assert/strict';
import { readFile, type SpecFile, type Syntax } from '../../server/src/document/document';
import { applyTextEdits } from '../../server/src/document/textEdit';
import { fileEdits } from '../../server/src/features/codeActions';
import { complete, type Completion } from '../../server/src/features/complete';
import { plainText } from '../../server/src/features/completion/draft';
import type { SwarmNames } from '../../server/src/features/swarmNames';
import { hover } from '../../server/src/features/hover';
import { resolveTarget, type Surroundings } from '../../server/src/features/target';
import { validate, type ValidateOptions } from '../../server/src/features/validate';
import type { Edit, Finding } from '../../server/src/finding';

/** How a marked document is read: YAML against API v1.49 unless it says otherwise. */
export interface Reading extends Surroundings {
  readonly swarm?: SwarmNames;
  readonly syntax?: Syntax;
  readonly severity?: ValidateOptions['severity'];
}

const MARK = /^([#\s]*)(\^+) ([a-z][a-z-]*)(?:: (.*))?$/;

/**
 * A test whose expectation stands in the document: a line `#   ^^^^ rule-id: beginning of the message` marks a stretch of
 * the last line above that is no mark. Every finding that is an error or a warning must be marked; others may be.
 * A document without `Name` or `TaskTemplate` at its top gets those of the smallest valid spec.
 */
export function check(name: string, marked: string, reading: Reading = {}): void {
  it(name, () => {
    const { text, marks } = readMarks(marked);
    const whole = reading.syntax === 'json' ? text : completed(text);
    const findings = findingsOf(whole, reading);
    const shown = (finding: Finding) => asMark(whole, finding);
    const wanted = [...marks];
    const loud: string[] = [];
    for (const finding of findings) {
      const actual = shown(finding);
      const i = wanted.findIndex((mark) => mark.line === actual.line && mark.start === actual.start && mark.end === actual.end && mark.rule === actual.rule && actual.message.startsWith(mark.message));
      if (i >= 0) wanted.splice(i, 1);
      else if (finding.severity === 'error' || finding.severity === 'warning') loud.push(asText(actual));
    }
    assert.deepEqual({ notMarked: loud, notFound: wanted.map(asText) }, { notMarked: [], notFound: [] });
  });
}

/** The same with a document that is JSON. The marks are not part of it. */
check.json = (name: string, marked: string, reading: Reading = {}): void => check(`${name} (JSON)`, marked, { ...reading, syntax: 'json' });

interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly message: string;
}

function readMarks(marked: string): { text: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.replace(/^\n/, '').split('\n')) {
    const match = MARK.exec(line);
    if (match) marks.push({ line: lines.length - 1, start: match[1].length, end: match[1].length + match[2].length, rule: match[3], message: match[4] ?? '' });
    else lines.push(line);
  }
  return { text: lines.join('\n'), marks };
}

/** A finding as its mark would stand; of a stretch of several lines the first counts. */
function asMark(text: string, { span, rule, message }: Finding): Mark {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.start);
  const end = Math.min(span.end, newline < 0 ? text.length : Math.max(newline, span.start + 1));
  return { line: text.slice(0, lineStart).split('\n').length - 1, start: span.start - lineStart, end: end - lineStart, rule, message };
}

function asText({ line, start, end, rule, message }: Mark): string {
  return `line ${line + 1}, ${start} to ${end}: ${rule}: ${message}`;
}

function completed(text: string): string {
  if (/^(---|\.\.\.)|^[-{[]|^ID:|^Spec:|^- /m.test(text.replace(/^---\n/, ''))) return text;
  const rest = [/^["']?name\b/im.test(text) ? '' : 'Name: demo\n', /^["']?TaskTemplate\b/im.test(text) ? '' : 'TaskTemplate: {ContainerSpec: {Image: busy:1}}\n'].join('');
  return rest === '' ? text : `${text.replace(/\n?$/, '\n')}${rest}`;
}

export function read(text: string, { syntax = 'yaml' }: Reading = {}): SpecFile {
  return readFile(text, syntax);
}

export function findingsOf(text: string, reading: Reading = {}): Finding[] {
  return validate(read(text, reading), { target: (document) => resolveTarget(document, reading), severity: reading.severity });
}

/** The characters that a finding underlines. */
export function underlined(text: string, { span }: Finding): string {
  return text.slice(span.start, span.end);
}

/** What hovering at the one `|` says; `nothing` where it says nothing. */
export function hoverAt(marked: string, reading: Reading = {}): string {
  const { document, offset, target } = cursorIn(marked, reading);
  return hover(document, offset, target, reading.swarm)?.markdown ?? 'nothing';
}

/** The characters that the hover at the one `|` is about. */
export function hoveredAt(marked: string, reading: Reading = {}): string | undefined {
  const { document, offset, target } = cursorIn(marked, reading);
  const found = hover(document, offset, target);
  return found && document.text.slice(found.span.start, found.span.end);
}

export interface Offered {
  readonly items: readonly Completion[];
  /** In the order in which an editor shows them. */
  readonly labels: readonly string[];
  /** The text after choosing the item, its stops left as they are. */
  accept(label: string): string;
}

/** What is offered at the one `|`. */
export function completeAt(marked: string, reading: Reading = {}): Offered {
  const { document, offset, target, base, text } = cursorIn(marked, reading);
  const items = [...complete(document, offset, target, reading.swarm).items].sort((a, b) => (a.order < b.order ? -1 : 1));
  return {
    items,
    labels: items.map(({ label }) => label),
    accept(label) {
      const item = items.find((one) => one.label === label);
      assert.ok(item, `\`${label}\` is not offered; there are ${items.map((one) => one.label).join(', ')}`);
      return accepted(text, base, item);
    },
  };
}

/** The text after an item is chosen: its snippet as an editor without snippets writes it, in place of what it replaces. */
export function accepted(text: string, base: number, { snippet, replace: { start, end }, edits }: Completion): string {
  const moved = [...edits, { start, end, text: plainText(snippet) }].map((edit) => ({ text: edit.text, start: edit.start + base, end: edit.end + base }));
  return applyTextEdits(text, moved);
}

function cursorIn(marked: string, reading: Reading) {
  const at = marked.indexOf('|');
  assert.ok(at >= 0 && marked.indexOf('|', at + 1) < 0, 'a document with a cursor has one `|`');
  const text = marked.slice(0, at) + marked.slice(at + 1);
  const file = read(text, reading);
  const placed = file.documents.findLast(({ offset }) => offset <= at) ?? file.documents[0];
  return { text, document: placed.document, offset: at - placed.offset, base: placed.offset, target: resolveTarget(placed.document, reading) };
}

/** The text after the first fix of the first finding of a rule (whose title holds `title`, if given). */
export function fixOf(text: string, rule: string, { title = '', ...reading }: Reading & { readonly title?: string } = {}): string {
  const file = read(text, reading);
  const finding = findingsOf(text, reading).find((one) => one.rule === rule && one.fixes.some((fix) => fix.title.includes(title)));
  assert.ok(finding, `there is no finding ${rule} with a fix`);
  const fix = finding.fixes.find((one) => one.title.includes(title));
  const edits = fix && fileEdits(file, finding, fix.edits);
  assert.ok(edits, `the fix of ${rule} cannot be written here`);
  return applyTextEdits(text, edits);
}

/** The text after all safe fixes, one after the other, until there is none left that changes anything; `seen` is told each edit. */
export function fixAll(text: string, reading: Reading = {}, seen?: (edit: Edit) => void): string {
  let now = text;
  for (let i = 0; i < 1000; i++) {
    const next = nextFix(now, reading);
    if (!next) return now;
    next.edits.forEach((edit) => seen?.(edit));
    now = next.text;
  }
  throw new Error(`safe fixes do not come to an end:\n${now}`);
}

function nextFix(text: string, reading: Reading): { text: string; edits: readonly Edit[] } | undefined {
  const file = read(text, reading);
  for (const finding of findingsOf(text, reading)) {
    for (const { safe, edits } of finding.fixes) {
      const written = safe ? fileEdits(file, finding, edits) : undefined;
      const after = written && applyTextEdits(text, written);
      if (after !== undefined && after !== text) return { text: after, edits };
    }
  }
  return undefined;
}
