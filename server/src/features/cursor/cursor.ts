import type { SpecDocument } from '../../document/document';
import type { TextEdit } from '../../document/textEdit';
import type { Path, Span } from '../../path';
import { findInYaml } from './block';
import { findInJson } from './flow';

/**
 * A place where something can be written, as completion needs it. Paths are of the document, offsets relative to it.
 * It is found by reading lines and brackets only: what is being typed is rarely a document that a parser likes.
 */
export interface Cursor {
  /** The object whose key is being written, or the value being written. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly style: 'block' | 'flow' | 'json';
  readonly offset: number;
  /** The word or value under the cursor, its quotes included; empty between words. */
  readonly replace: Span;
  /** The opening quote of what is replaced, if any. */
  readonly quote: '' | '"' | "'";
  /** Keys that the object has already, the one being written aside; of a value those that would be its own. */
  readonly siblings: readonly string[];
  /** Whether a colon follows what is replaced: then only the name of a key is written. */
  readonly colonFollows: boolean;
  /** White space before the members that are written; in JSON and flow style that of the line. */
  readonly indent: string;
  /** One level of indentation. */
  readonly step: string;
  /** A block collection begins on a line of its own, below this one. */
  readonly below: boolean;
  /** Whether a value may begin a collection here: not in front of a comment, not in the middle of a line. */
  readonly scalarsOnly: boolean;
  /** Only a list fits here: the column is that of the key it belongs to. */
  readonly listsOnly: boolean;
  /** Whether the line holds nothing before what is written, a key aside. JSON is then written over several lines. */
  readonly ownLine: boolean;
  /** Written first: a space behind a colon or dash, the dash of a new item. */
  readonly lead: string;
  /** Written last: a comma where more follows. */
  readonly tail: string;
  /** What else has to change for the place to be right: a comma before it, the indentation. */
  readonly edits: readonly TextEdit[];
  /** White space between a colon and the cursor, which is of no use when a collection begins below. */
  readonly gap: Span;
}

/** Where the cursor may be, best first; nothing where nothing can be written, as in comments and block scalars. */
export function findCursors({ text, syntax }: SpecDocument, offset: number): Cursor[] {
  return syntax === 'json' ? findInJson(text, offset) : findInYaml(text, offset);
}

/** A cursor at an offset, with everything that is not said left at what is usual. */
export function cursorAt(offset: number, given: Pick<Cursor, 'path' | 'part' | 'style'> & Partial<Cursor>): Cursor {
  const replace = given.replace ?? { start: offset, end: offset };
  return {
    offset, replace, quote: '', siblings: [], colonFollows: false, indent: '', step: '  ', below: false, scalarsOnly: false, listsOnly: false, ownLine: false, lead: '', tail: '', edits: [],
    gap: { start: offset, end: offset }, ...given,
  };
}

/** One level of indentation, judged by the first line that is indented. */
export function stepOf(text: string): string {
  const first = /\n( +|\t)[^\s#]/.exec(text.slice(0, 4000))?.[1] ?? '  ';
  return first.length > 8 ? '  ' : first;
}
