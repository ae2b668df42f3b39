import { readFile, type SpecFile, type Syntax } from '../document/document';
import { applyTextEdits, type TextEdit } from '../document/textEdit';
import type { Finding, Fix } from '../finding';
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
const MOST_ROUNDS = 1000;
const MOST_REPEATS = 10;

/**
 * Applies fixes until there is nothing left to fix: those with one right answer, and with `unsafe` also those that a person
 * would have to look at; with `rule` those of that rule only. What is not touched stays as it is, comments, line ends and byte order mark included; a fix after
 * which the text could not be read is left out.
 */
export function fixAll(text: string, syntax: Syntax, options: ValidateOptions, { unsafe = false, rule }: { readonly unsafe?: boolean; readonly rule?: string } = {}): FixedText {
  const fixed: FixedFinding[] = [];
  const repeats = new Map<string, number>();
  // where not all could be made at once, the next round does not try all of them again
  let most = Infinity;
  let file = readFile(text, syntax);
  let findings: readonly Finding[] = validate(file, options);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = choose(file, findings.filter((finding) => rule === undefined || finding.rule === rule), unsafe, repeats);
    if (chosen.length === 0) break;
    const next = together(file, findings, chosen.slice(0, most), options);
    most = next?.applied.length === chosen.length ? Infinity : 2 * (next?.applied.length ?? 1);
    if (!next) {
      // it would come up again and again
      repeats.set(chosen[0].key, MOST_REPEATS);
      continue;
    }
    for (const { finding, fix, key } of next.applied) {
      repeats.set(key, (repeats.get(key) ?? 0) + 1);
      fixed.push({ rule: finding.rule, title: fix.title, line: lineAt(file.text, finding.span.start) });
    }
    ({ file, findings } = next);
  }
  return { text: file.text, fixed };
}

/** Whether there is something that `fixAll` could mend. */
export function hasSafeFix(findings: readonly Finding[]): boolean {
  return findings.some(({ fixes }) => fixes.some(({ safe }) => safe));
}

interface Chosen {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  readonly key: string;
}

/**
 * The fixes of one round: at most one for a finding, and none that touches what another writes. One that adds what is missing
 * has to wait for all others: what is missing may be there under another name. So does one that is not safe for all that are,
 * since it may take away what they mend. Faults of the syntax go first, since behind one everything may have been read as
 * something else.
 */
function choose(file: SpecFile, findings: readonly Finding[], unsafe: boolean, repeats: ReadonlyMap<string, number>): Chosen[] {
  const syntax: Chosen[] = [];
  const chosen: Chosen[] = [];
  const adding: Chosen[] = [];
  const unsure: Chosen[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safe }) => safe) ?? (unsafe ? finding.fixes[0] : undefined);
    if (!fix) continue;
    const key = [finding.document, finding.rule, finding.path.join('/'), fix.title].join('\n');
    if ((repeats.get(key) ?? 0) >= MOST_REPEATS) continue;
    const edits = fileEdits(file, finding, fix.edits);
    if (!edits || edits.length === 0 || applyTextEdits(file.text, edits) === file.text) continue;
    (isSyntax(finding) ? syntax : !fix.safe ? unsure : fix.edits.some(({ kind }) => kind === 'add') ? adding : chosen).push({ finding, fix, edits, key });
  }
  const apart: Chosen[] = [];
  const made = new Set<string>();
  let reached = -1;
  for (const one of [syntax, chosen, adding, unsure].find(({ length }) => length > 0) ?? []) {
    if (one.edits.some(({ start }) => start <= reached)) continue;
    // of two that make the same entry, one would be lost
    const makes = placesMadeBy(one);
    if (makes.some((place) => made.has(place))) continue;
    makes.forEach((place) => made.add(place));
    apart.push(one);
    reached = Math.max(...one.edits.map(({ end }) => end));
  }
  return apart;
}

/** The entries that a fix makes, letter case aside. */
function placesMadeBy({ finding, fix }: Chosen): string[] {
  return fix.edits.flatMap((edit) => {
    const to = edit.kind === 'rename' ? [...edit.at.slice(0, -1), edit.to] : edit.kind === 'move' ? edit.to : edit.kind === 'add' ? edit.at : undefined;
    return to ? [[finding.document, ...to].join('\n').toLowerCase()] : [];
  });
}

interface Round {
  readonly file: SpecFile;
  readonly findings: readonly Finding[];
  readonly applied: readonly Chosen[];
}

/**
 * All of them at once, if nothing is found afterwards that was not before. Else fewer, down to one, whose consequences are
 * its own; undefined if the text could not be read after that one.
 */
function together(file: SpecFile, findings: readonly Finding[], chosen: readonly Chosen[], options: ValidateOptions): Round | undefined {
  const before = new Set(findings.map(nameOf));
  for (let applied = chosen; ; applied = applied.slice(0, Math.ceil(applied.length / 2))) {
    const after = readFile(applyTextEdits(file.text, applied.flatMap(({ edits }) => edits)), file.syntax, file);
    const readable = faults(after) <= faults(file);
    const left = validate(after, options);
    if (readable && (applied.length === 1 || left.every((finding) => before.has(nameOf(finding))))) return { file: after, findings: left, applied };
    if (applied.length === 1) return undefined;
  }
}

function nameOf({ document, rule, path }: Finding): string {
  return [document, rule, path.join('/').toLowerCase()].join('\n');
}

/** How much of the text the parsers cannot read. */
function faults({ documents }: SpecFile): number {
  return documents.reduce((sum, { document }) => sum + document.problems.filter(isSyntax).length, 0);
}

function isSyntax({ rule }: { readonly rule: string }): boolean {
  return rule === 'yaml-syntax' || rule === 'json-syntax';
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
