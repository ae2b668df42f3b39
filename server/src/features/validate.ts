import { locate, type Located, pathAt, type PlacedDocument, spanAt, type SpecDocument, type SpecFile } from '../document/document';
import { isFree } from '../document/edit/places';
import { resolveAlias } from '../document/node';
import { replacedValues, type SpecPlace, specsIn } from '../document/shape';
import { isObject, type SpecValue } from '../document/value';
import { SERVICE } from '../facts/kinds';
import { fieldAt, findKey } from '../facts/lookup';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { Type } from '../facts/types';
import { type Edit, type Finding, type Fix, type Problem, SEVERITY_OF, type Severity } from '../finding';
import type { Path } from '../path';
import { RULES } from '../rules/all';
import { rulesWorthRunning } from '../rules/gates';
import type { Rule, RuleProblem } from '../rules/rule';
import { runRules } from '../rules/run';
import { thrownAway, unusedSpec } from '../rules/unusedRuntimeSpec';
import { checkFacts, type Written } from '../schema/check';
import { normalise } from '../schema/normalise';
import { keyOf, type Target } from '../target';
import { isComposeFile } from './composeFile';
import { Faults } from './faults';
import { missingNames } from './missingNames';
import { afterFixes, judgedBy } from './safety';
import { applySuppressions } from './suppress';
import type { SwarmNames } from './swarmNames';
import { isUnknownPart, targetProblems } from './target';
import { placesIn } from './typedTree';

export interface ValidateOptions {
  /** The target of a document; it may differ from one to the next, since a modeline speaks for its own document. */
  target(document: SpecDocument): Target;
  /** Severity of single rules, instead of their own; `off` silences a rule. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /** What the connected swarm has, where names that it lacks are to be told. */
  readonly swarm?: SwarmNames;
  /** Whether findings that a comment silences are given too, with a mark. */
  readonly silenced?: boolean;
}

/** Every finding of a file, in the order of the text; and one more where it holds no spec at all. Never throws. */
export function validate(file: SpecFile, options: ValidateOptions): Finding[] {
  const findings: Finding[] = [];
  const settings = settingsKey(options);
  for (const placed of file.documents) for (const finding of placedFindings(placed, options, settings)) findings.push(finding);
  if (findings.length === 0 && file.documents.every(({ document }) => document.value === undefined)) return withSeverity({ ...NOTHING, span: { start: 0, end: Math.min(1, file.text.length) } }, options.severity);
  return findings;
}

/** Of a file as a whole: somebody who has just opened a new one need not be told. */
const NOTHING: Omit<Finding, 'span'> = {
  rule: 'nothing-to-check', effect: 'advice', severity: 'warning', message: 'This file holds no spec, so nothing of it is checked, planned or applied.', path: [], document: 0, fixes: [],
};

/** The findings of one document at its place; those of a document that has not changed are reused. */
export function validatePlaced(placed: PlacedDocument, options: ValidateOptions): readonly Finding[] {
  return placedFindings(placed, options, settingsKey(options));
}

/** The findings of one document wherever it stands: spans are relative to its text, and its index is 0. With a pause now and then in a large one. */
export function* validating(document: SpecDocument, options: ValidateOptions): Generator<void, readonly Finding[]> {
  const settings = settingsKey(options);
  const target = options.target(document);
  if (document.text.length <= LARGE || known.get(document)?.key === keyOf(target) + settings) return knownFindings(document, options, settings).findings;
  const problems: Problem[][] = [];
  for (const { base, value } of placesIn(document, target)) problems.push(yield* findingProblems(value, target, writtenIn(document, base)));
  yield;
  return knownFindings(document, options, settings, problems).findings;
}

/** A document with a longer text is looked at in several turns. */
const LARGE = 30_000;

/** What has been found in a document, and at the place where it stood last. */
interface Known {
  readonly key: string;
  readonly findings: readonly Finding[];
  placed?: { readonly index: number; readonly offset: number; readonly findings: readonly Finding[] };
}

const known = new WeakMap<SpecDocument, Known>();

const settingsKeys = new WeakMap<ValidateOptions, string>();

/** What of the options matters for what is found, as text. */
function settingsKey(options: ValidateOptions): string {
  const before = settingsKeys.get(options);
  if (before !== undefined) return before;
  const { severity, silenced, swarm } = options;
  const key = `${severity ? JSON.stringify(severity) : '{}'} ${silenced === true} ${swarm?.revision ?? ''}`;
  settingsKeys.set(options, key);
  return key;
}

function placedFindings({ document, index, offset }: PlacedDocument, options: ValidateOptions, settings: string): readonly Finding[] {
  const before = knownFindings(document, options, settings);
  if (index === 0 && offset === 0) return before.findings;
  if (before.placed?.index !== index || before.placed.offset !== offset) {
    const findings = before.findings.map((finding) => ({ ...finding, document: index, span: { start: offset + finding.span.start, end: offset + finding.span.end } }));
    before.placed = { index, offset, findings };
  }
  return before.placed.findings;
}

/** `problems` are those of each spec in the document, where they have been found already. */
function knownFindings(document: SpecDocument, options: ValidateOptions, settings: string, problems?: readonly Problem[][]): Known {
  const target = options.target(document);
  const key = keyOf(target) + settings;
  const before = known.get(document);
  if (before?.key === key) return before;
  const { length } = document.text; // what is missing at the end is underlined behind the last character
  const sure = isReadForSure(document);
  const found: Finding[] = [];
  findInText(document, target, found);
  if (!document.problems.some(({ misread }) => misread)) {
    findInSpecs(document, target, found, problems);
    if (options.swarm) findNames(document, target, options.swarm, found);
  }
  const findings = sortAndMerge(applySuppressions(document, found, options.silenced))
    .map((finding) => ({ ...finding, fixes: sure ? finding.fixes : finding.fixes.map((fix) => ({ ...fix, safe: false })), span: { start: Math.min(finding.span.start, length), end: Math.min(finding.span.end, length) } }))
    .flatMap((finding) => withSeverity(finding, options.severity));
  const now: Known = { key, findings };
  known.set(document, now);
  return now;
}

/**
 * Whether the tree is certainly what the writer meant. Behind a fault of the syntax that has no one right answer, such as
 * a quote that is missing somewhere, everything may have been read as something else, and no fix is safe. Nor is one where
 * nobody knows which part of a spec this is.
 */
function isReadForSure({ problems, modeline }: SpecDocument): boolean {
  return !isUnknownPart(modeline.as) && problems.every(({ rule, fix }) => fix !== undefined || (rule !== 'json-syntax' && rule !== 'yaml-syntax'));
}

function withSeverity(finding: Finding, severity: ValidateOptions['severity']): Finding[] {
  const wanted = severity?.[finding.rule];
  if (wanted === undefined) return [finding];
  return wanted === 'off' ? [] : [{ ...finding, severity: wanted }];
}

/** Faults of the text: what the parsers and the modeline say. */
function findInText(document: SpecDocument, target: Target, found: Finding[]): void {
  const { engine } = target;
  for (const problem of document.problems) {
    // engine 20.10 stops reading at the end of the document, whatever follows; 28 refuses
    const unread = problem.rule === 'trailing-text' && engine !== undefined && engine < 23;
    const { rule, effect, start, end, message, hint, fix } = unread ? { ...problem, effect: 'lost' as const, message: `The document ends before this text, and engine ${engine} stops reading without a word here.` } : problem;
    const fixes: Fix[] = fix ? [{ title: fix.title, safe: true, edits: fix.edits.map((edit) => ({ kind: 'text', ...edit })) }] : [];
    found.push({ rule, effect, severity: SEVERITY_OF[effect], message, hint, path: pathAt(document, start), document: 0, span: { start, end }, fixes });
  }
  const replaced = document.text.indexOf('\ufffd');
  if (replaced >= 0) {
    found.push({
      rule: 'text-encoding', effect: 'changed', severity: 'warning', message: 'U+FFFD stands here, the mark of text that is not UTF-8; that is what the engine would store.',
      hint: 'Save the file as UTF-8.', path: pathAt(document, replaced), document: 0, span: { start: replaced, end: replaced + 1 }, fixes: [],
    });
  }
  for (const { effect, severity = SEVERITY_OF[effect], ...problem } of targetProblems(document, target)) {
    found.push({ ...problem, effect, severity, path: [], document: 0, fixes: [] });
  }
}

/** What the engine refuses and plan and apply make right themselves: they send what is inside of a wrapper, and look names up. */
const MADE_RIGHT: ReadonlySet<string> = new Set(['inspect-output', 'list-of-specs', 'reference-by-name']);

/** Whether a finding is about what plan and apply send, and not about what they make right themselves. */
export function isAboutWhatIsSent({ rule }: Finding): boolean {
  return !MADE_RIGHT.has(rule);
}

function* wrapperProblems(document: SpecDocument, places: readonly SpecPlace[], target: Target): Generator<Problem> {
  const only = places.length === 1 ? places[0] : undefined;
  if (Array.isArray(document.value) && !only?.inspected && only?.base.length !== 0 && places.some(({ value }) => isObject(value))) {
    yield {
      rule: 'list-of-specs', effect: 'refused', at: [], fix: only && unwrap(only, target),
      message: 'This is a list, which the engine refuses as a body: it takes one spec a request. What is checked, planned and applied is each of its items.',
      hint: 'Give each spec a file of its own, or in YAML a document of its own behind `---`.',
    };
  }
  for (const place of places) {
    if (!place.inspected) continue;
    yield {
      rule: 'inspect-output', effect: 'refused', at: place.base, part: 'key', fix: only && unwrap(only, target),
      message: 'This is the output of `docker service inspect`, which the engine refuses as a body. What is checked, planned and applied is its `Spec`.',
    };
  }
}

const COMPOSE_FILE: Problem = {
  rule: 'compose-file', effect: 'refused', at: ['services'], part: 'key',
  message: 'This is a compose file, which the engine refuses as a body: it takes the spec of one service. Nothing in the file is checked.',
  hint: '`swarmspec convert FILE --to spec` makes a spec of each of its services.',
};

/** The one spec of a document without what is around it, and without what the engine has filled in. */
function unwrap({ base, value, inspected }: SpecPlace, { kind }: Target): Fix | undefined {
  if (!isObject(value)) return undefined;
  const without = inspected ? filledIn(value, normalise(value, kind.root), kind.root) : [];
  return { title: 'Make it a clean spec', safe: true, edits: [{ kind: 'unwrap', at: base, without }] };
}

/** The paths of the members that a value has and its normal form has not. */
function filledIn(value: SpecValue, normal: SpecValue, type: Type): Path[] {
  if (Array.isArray(value)) return Array.isArray(normal) && type.kind === 'list' ? value.flatMap((item, i) => filledIn(item, normal[i], type.item.type).map((path) => [i, ...path])) : [];
  if (!isObject(value) || !isObject(normal) || type.kind !== 'struct') return [];
  return Object.keys(value).flatMap((key): Path[] => {
    const name = findKey(type, key);
    if (name === undefined) return [];
    return Object.hasOwn(normal, name) ? filledIn(value[key], normal[name], type.fields[name].type).map((path) => [key, ...path]) : [[key]];
  });
}

/** Faults of the specs, by the facts and the rules. */
function findInSpecs(document: SpecDocument, target: Target, found: Finding[], problems?: readonly Problem[][]): void {
  if (!target.as && isComposeFile(document.value, target.kind.root)) {
    found.push(toFinding(COMPOSE_FILE, document, []));
    return; // its words are right where they stand
  }
  const places = placesIn(document, target);
  for (const problem of wrapperProblems(document, places, target)) found.push(toFinding(problem, document, []));
  for (const [i, { base, value }] of places.entries()) {
    for (const problem of problems?.[i] ?? problemsOf(value, target, { written: writtenIn(document, base) })) found.push(toFinding(problem, document, base));
  }
  if (!document.problems.some(({ rule }) => rule === 'duplicate-key')) return;
  for (const { path, node, value } of replacedValues(document.root)) {
    const place = places.find(({ base }) => base.every((step, i) => path[i] === step));
    const as = place && [...(target.as ?? []), ...path.slice(place.base.length)];
    if (!as?.length || !fieldAt(target.kind.root, as)) continue;
    for (const problem of checkFacts(value, target.kind.root, { ...target, as }).problems) {
      if (problem.decoding) found.push(toFinding(problem, document, path, locate({ root: node }, problem.at)));
    }
  }
}

/** Names that the connected swarm does not have. */
function findNames(document: SpecDocument, target: Target, swarm: SwarmNames, found: Finding[]): void {
  for (const { base, value } of specsIn(document)) for (const problem of missingNames(value, target, swarm)) found.push(toFinding(problem, document, base));
}

/** What is wrong with one spec, positions aside; by the facts and all rules, or by the facts and some. */
export function problemsOf(value: SpecValue, target: Target, { rules, written }: { readonly rules?: readonly Rule[]; readonly written?: Written } = {}): Problem[] {
  const judge = (one: SpecValue) => {
    const look = new Look(one, target, written);
    if (look.spec) look.run(rules ?? rulesWorthRunning(look.spec, target));
    return look.problems();
  };
  const problems = judge(value);
  const fixed = afterFixes(value, problems);
  return fixed === undefined ? problems : judgedBy(judge(fixed), problems);
}

/** The text of numbers and truth values in a spec that stands somewhere in a document. */
function writtenIn(document: SpecDocument, base: Path): Written {
  return (path) => {
    const node = resolveAlias(locate(document, [...base, ...path])?.node);
    return node?.kind === 'scalar' && node.style === 'plain' ? document.text.slice(node.start, node.end) : undefined;
  };
}

/** The same by all rules, with a pause after each. */
function* findingProblems(value: SpecValue, target: Target, written: Written): Generator<void, Problem[]> {
  const problems = yield* judging(value, target, written);
  const fixed = afterFixes(value, problems);
  return fixed === undefined ? problems : judgedBy(yield* judging(fixed, target, written), problems);
}

function* judging(value: SpecValue, target: Target, written: Written): Generator<void, Problem[]> {
  const look = new Look(value, target, written);
  if (!look.spec) return look.problems();
  for (const rule of RULES) {
    yield;
    look.run([rule]);
  }
  return look.problems();
}

/** A look at one spec: by the facts at once, then by rules. */
class Look {
  /** Without what the engine refuses or loses; undefined where nothing is left for rules. */
  readonly spec: ServiceSpec | undefined;
  private readonly faults: readonly Problem[];
  private known: Faults | undefined;
  private readonly all: Problem[];

  constructor(
    value: SpecValue,
    private readonly target: Target,
    written: Written | undefined,
  ) {
    const { problems, accepted } = checkFacts(value, target.kind.root, target, written);
    this.faults = problems;
    this.all = [...problems];
    if (accepted !== undefined) this.spec = inPlace(accepted, target.as ?? []) as ServiceSpec;
  }

  run(rules: readonly Rule[]): void {
    const { spec, target, faults, all } = this;
    const { as } = target;
    // rules are about services
    if (!spec || target.kind !== SERVICE) return;
    const known = faults.length === 0 ? undefined : (this.known ??= new Faults(faults, target));
    for (const { rule, found, failed } of runRules(rules, target, (one, context) => (as && one.wholeSpec ? undefined : one.check(spec, context)))) {
      if (failed) all.push(failed);
      for (const one of found) {
        const problem = as ? outOfPlace(one, as) : one;
        if (!problem || known?.accountFor(problem, rule)) continue;
        all.push({ rule: rule.id, effect: rule.effect, ...problem, at: known?.placeOf(problem) ?? problem.at, severity: problem.severity ?? rule.severity });
      }
    }
  }

  problems(): Problem[] {
    const { spec, target, faults, all } = this;
    if (!spec || target.as) return all;
    const unused = unusedSpec(spec);
    const unresolved = (spec.TaskTemplate?.Networks?.length ?? 0) > 0 && spec.Networks !== undefined;
    if (!unresolved && (unused === undefined || spec.TaskTemplate?.[unused] === undefined)) return all;
    const facts = new Set(faults);
    return all.flatMap((problem) => {
      if (unresolved && !problem.decoding && problem.effect === 'refused' && isInside(['Networks'], problem.at)) return [];
      return unused && isInside(['TaskTemplate', unused], problem.at) ? inUnused(problem, unused, facts.has(problem)) : [problem];
    });
  }
}

/**
 * What is left of a problem in a spec that is decoded and thrown away: that something is lost, whatever was wrong with it.
 * Rules see only what was right, and one of them tells all of that.
 */
function inUnused(problem: Problem, unused: Parameters<typeof thrownAway>[0], isFact: boolean): Problem[] {
  const { rule, effect, decoding, at } = problem;
  if (decoding || rule === 'unused-runtime-spec') return [problem];
  if (!isFact || rule === 'missing-field' || rule === 'reference-by-name' || rule === 'null-item') return [];
  return effect === 'lost' || rule === 'wrong-case' ? [problem] : effect === 'refused' || effect === 'changed' ? [{ rule: 'unused-runtime-spec', effect: 'lost', at, ...thrownAway(unused) }] : [];
}

/** Whether a path is another or one below it, in whatever letter case. */
function isInside(object: Path, path: Path): boolean {
  return path.length >= object.length && isSamePath(object, path.slice(0, object.length));
}

function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, i) => String(step).toLowerCase() === String(other[i]).toLowerCase());
}

/** A fragment as a spec that holds nothing else. */
function inPlace(value: SpecValue, as: Path): SpecValue {
  return as.reduceRight<SpecValue>((inside, step) => (typeof step === 'number' ? [inside] : { [step]: inside }), value);
}

/** What a rule found in such a spec, as seen from the fragment; undefined for what lies outside of it. */
function outOfPlace(problem: RuleProblem, as: Path): RuleProblem | undefined {
  if (!as.every((step, i) => problem.at[i] === step)) return undefined;
  const { fix, computesWith, goesBy } = problem;
  const inside = (paths: readonly Path[] | undefined) => paths?.filter((path) => as.every((step, i) => path[i] === step)).map((path) => path.slice(as.length));
  return { ...problem, at: problem.at.slice(as.length), fix: as.length === 0 ? fix : undefined, computesWith: inside(computesWith), goesBy: inside(goesBy) };
}

/** A problem of what is at `base`; underlined where it says, unless the place is known already. */
function toFinding({ rule, effect, severity, at, near, part, within, message, hint, fix }: Problem, document: SpecDocument, base: Path, known?: Located): Finding {
  const path = [...base, ...at];
  const shown = near ? [...base, ...near] : path;
  const located = known ?? locate(document, shown);
  const edits = fix?.edits.map((edit) => rebase(edit, base)) ?? [];
  const taken = edits.find((edit) => edit.kind === 'move' && !isFree(document, edit.to));
  return {
    rule, effect, severity: severity ?? SEVERITY_OF[effect], message, hint: hint ?? (taken && 'What is there already stays: put both together by hand.'),
    path: known || near ? path : (located?.path ?? path),
    document: 0,
    span: spanAt(document, shown, part, within, located),
    fixes: fix && !taken ? [base.length === 0 ? fix : { ...fix, edits }] : [],
  };
}

/** An edit of a spec as an edit of the document that wraps it. */
function rebase(edit: Edit, base: Path): Edit {
  if (edit.kind === 'text') return edit;
  if ('at' in edit) return { ...edit, at: [...base, ...edit.at] };
  return { ...edit, from: [...base, ...edit.from], to: [...base, ...edit.to] };
}

/** In the order of the text; the same finding on the same place once, as when two aliases repeat one value. */
function sortAndMerge(findings: Finding[]): Finding[] {
  if (findings.length < 2) return findings;
  const seen = new Set<string>();
  const single = findings.filter(({ rule, span, message }) => {
    const key = `${rule} ${span.start} ${span.end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return single.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
