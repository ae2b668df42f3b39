import { readFile, type SpecFile, type Syntax } from '../document/document';
import { applyTextEdits, type TextEdit } from '../document/edit';
import type { Finding, Fix } from '../finding';
import type { Span } from '../path';
import { fileEdits } from './codeActions';
import { validate, type ValidateOptions } from './validate';

export interface FixedFinding {
  readonly rule: string;
  /** What was done. */
  readonly title: string;
  /** Where it began, in the text as it was when it was fixed. */
  readonly line: number;
}

export interface FixedText {
  readonly text: string;
  readonly fixed: readonly FixedFinding[];
}

/** A fix may bring another finding to light, so it goes on; these end what would not end by itself. */
const MOST_ROUNDS = 50;
const MOST_REPEATS = 10;

/**
 * Applies fixes until there is nothing left to fix: those with one right answer, and with `unsafe` also those that a person
 * would have to look at. What is not touched stays as it is, comments, line ends and byte order mark included; a fix after
 * which the text could not be read is left out.
 */
export function fixAll(text: string, syntax: Syntax, options: ValidateOptions, { unsafe = false } = {}): FixedText {
  const fixed: FixedFinding[] = [];
  const repeats = new Map<string, number>();
  let file = readFile(text, syntax);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = choose(file, validate(file, options), unsafe, repeats);
    const next = chosen.length === 0 ? undefined : together(file, chosen);
    if (!next) break;
    for (const { finding, fix, key } of next.applied) {
      repeats.set(key, (repeats.get(key) ?? 0) + 1);
      fixed.push({ rule: finding.rule, title: fix.title, line: lineAt(file.text, finding.span.start) });
    }
    // those that could not be applied would come up again and again
    for (const { key } of next.refused) repeats.set(key, MOST_REPEATS);
    if (next.applied.length === 0) continue;
    file = next.file;
  }
  return { text: file.text, fixed };
}

interface Chosen {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  readonly key: string;
}

/** The fixes of one round: at most one for a finding, and none that touches another. */
function choose(file: SpecFile, findings: readonly Finding[], unsafe: boolean, repeats: ReadonlyMap<string, number>): Chosen[] {
  const chosen: Chosen[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safe }) => safe) ?? (unsafe ? finding.fixes[0] : undefined);
    if (!fix) continue;
    const key = [finding.document, finding.rule, finding.path.join('/'), fix.title].join('\n');
    if ((repeats.get(key) ?? 0) >= MOST_REPEATS) continue;
    const edits = fileEdits(file, finding, fix.edits);
    if (!edits || edits.length === 0 || applyTextEdits(file.text, edits) === file.text) continue;
    if (!chosen.some((other) => other.edits.some((one) => edits.some((edit) => touch(one, edit))))) chosen.push({ finding, fix, edits, key });
  }
  return chosen;
}

function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** All of them at once if the text can still be read afterwards, else one by one without those after which it cannot. */
function together(file: SpecFile, chosen: readonly Chosen[]): { file: SpecFile; applied: readonly Chosen[]; refused: readonly Chosen[] } {
  const apply = (some: readonly Chosen[]) => readFile(applyTextEdits(file.text, some.flatMap(({ edits }) => edits)), file.syntax, file);
  const before = faults(file);
  const all = apply(chosen);
  if (faults(all) <= before) return { file: all, applied: chosen, refused: [] };
  const applied: Chosen[] = [];
  const refused: Chosen[] = [];
  for (const one of chosen) (faults(apply([...applied, one])) <= before ? applied : refused).push(one);
  return { file: apply(applied), applied, refused };
}

/** How much of the text the parsers cannot read. */
function faults({ documents }: SpecFile): number {
  return documents.reduce((sum, { document }) => sum + document.problems.filter(({ rule }) => rule === 'yaml-syntax' || rule === 'json-syntax').length, 0);
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
