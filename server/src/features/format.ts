import { type PlacedDocument, readAgain, type SpecDocument, type SpecFile } from '../document/document';
import { applyTextEdits, type TextEdit } from '../document/textEdit';
import { splitYaml } from '../document/split';
import type { Span } from '../path';
import { isKept } from './format/kept';
import { layOut, surroundingsOf, withUnixLines } from './format/layOut';
import { stretches, tearsBlocks } from './format/stretches';
import { finished } from './steps';
import type { SpecRoots } from './typedTree';

export interface FormatOptions {
  readonly tabSize: number;
  /** Tabs are used where this is false and the syntax has them; YAML has not. */
  readonly insertSpaces: boolean;
  /** Sort the keys of every document in the order of the API too; undefined leaves them as they are. */
  readonly sort?: (document: SpecDocument) => SpecRoots;
}

/** The text laid out anew, or why it is left alone. `skipped` says why a document of several is as it was. */
export type Formatted = { readonly kind: 'formatted'; readonly text: string; readonly skipped: readonly string[] } | { readonly kind: 'refused'; readonly reason: string };

export const DEFAULT_FORMAT: FormatOptions = { tabSize: 2, insertSpaces: true };

/**
 * Lays a file out anew: indentation, blank lines, spaces. Every value, comment and anchor stays as it is; a file with
 * faults of the syntax is left alone, since nobody knows what they mean.
 */
export function format(file: SpecFile, options: FormatOptions = DEFAULT_FORMAT): Formatted {
  const fault = faultOf(file, file.documents);
  if (fault) return { kind: 'refused', reason: fault };
  const surroundings = surroundingsOf(file);
  const laid = file.documents.map(({ document }) => finished(layOut(document, surroundings, options)));
  const skipped = laid.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  return { kind: 'formatted', text: laid.map(({ text }) => text).join(''), skipped };
}

/** Edits in a file that lay it out anew, and why some of it, or all, is left as it is. */
export interface FormatEdits {
  readonly edits: readonly TextEdit[];
  readonly reason?: string;
}

/** The edits that lay a file out anew: only the white space that changes, where only that does. */
export function formatEdits(file: SpecFile, options: FormatOptions = DEFAULT_FORMAT): FormatEdits {
  return finished(formatting(file, options));
}

/** The same with a pause after each document. What was found out about a document is kept as long as it is. */
export function* formatting(file: SpecFile, options: FormatOptions): Generator<void, FormatEdits> {
  return yield* editsOf(file, file.documents, options);
}

/** The edits for a stretch of a file. */
export function formatRange(file: SpecFile, span: Span, options: FormatOptions = DEFAULT_FORMAT): FormatEdits {
  return finished(formattingRange(file, span, options));
}

/**
 * The edits for a stretch of a file, with a pause after each document. Only the documents that it touches are looked at. Indentation cannot change on some
 * lines of a block only, so the stretch grows to the entries around it until the values are as they were.
 */
export function* formattingRange(file: SpecFile, given: Span, options: FormatOptions): Generator<void, FormatEdits> {
  const touched = file.documents.filter(({ offset, document }) => offset <= given.end && offset + document.text.length >= given.start);
  const { edits, reason } = yield* editsOf(file, touched, options);
  if (edits.length === 0) return { edits, reason };
  for (const span of stretches(file, given)) {
    const chosen = edits.filter((edit) => edit.start <= span.end && edit.end >= span.start);
    if (chosen.length === edits.length) break;
    let isSame = true;
    for (const placed of touched) isSame &&= yield* isKeptBy(placed, chosen);
    if (isSame) return { edits: chosen };
  }
  return { edits };
}

function* editsOf(file: SpecFile, documents: readonly PlacedDocument[], options: FormatOptions): Generator<void, FormatEdits> {
  const fault = faultOf(file, documents);
  if (fault) return { edits: [], reason: fault };
  const surroundings = surroundingsOf(file);
  const edits: TextEdit[] = [];
  let reason: string | undefined;
  for (const { document, offset } of documents) {
    const laid = yield* layOut(document, surroundings, options);
    reason ??= laid.reason;
    for (const { start, end, text } of laid.edits) edits.push({ start: start + offset, end: end + offset, text });
    yield;
  }
  return { edits, reason };
}

/** Whether a document says the same after those edits of its file that are in it. */
function* isKeptBy({ document, offset }: PlacedDocument, edits: readonly TextEdit[]): Generator<void, boolean> {
  const own = edits.flatMap(({ start, end, text }) => (start >= offset && end <= offset + document.text.length ? [{ start: start - offset, end: end - offset, text }] : []));
  if (own.length === 0) return true;
  if (tearsBlocks(document, own)) return false;
  const after = applyTextEdits(document.text, own);
  if (document.syntax === 'yaml' && splitYaml(after).length > 1) return false;
  yield;
  const again = readAgain(document, after);
  yield;
  return isKept(document, again, false);
}

/** Why a file cannot be laid out; undefined where it can. */
function faultOf({ text }: SpecFile, documents: readonly PlacedDocument[]): string | undefined {
  const windows = text.includes('\r\n');
  for (const { document: given, offset } of documents) {
    const document = windows ? withUnixLines(given) : given;
    const fault = document.problems.find(({ rule, effect }) => (rule === 'json-syntax' || rule === 'yaml-syntax' || rule === 'trailing-text') && effect !== 'changed');
    if (fault) return `Line ${(text.slice(0, offset) + document.text.slice(0, fault.start)).split('\n').length} cannot be read: ${fault.message}`;
  }
  return undefined;
}
