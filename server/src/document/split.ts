import type { Span } from '../path';
import type { Change } from './change';

/**
 * Cuts a YAML file into its documents. A line that starts with `---` or `...` ends a document wherever it stands,
 * also inside a quoted or block scalar (YAML 1.2, 9.1.2), so this needs no parser. Comments and directives before
 * a `---` belong to the document that it opens.
 */
export function splitYaml(text: string): Span[] {
  const splitter = new Splitter(text, 0);
  while (splitter.line()) /* the pieces collect themselves */;
  return splitter.finish();
}

/** What has become of the pieces of a text after a change. */
export interface Resplit {
  /** So many pieces at the beginning are what they were. */
  readonly before: number;
  readonly pieces: readonly Span[];
  /** So many pieces at the end are what they were, moved. */
  readonly after: number;
}

/** As `splitYaml`, looking only at the pieces around a change. */
export function resplitYaml(text: string, old: readonly Span[], { start, oldEnd, newEnd }: Change): Resplit {
  // a piece whose first line ends before the change begins where it began; the one before it, because text that
  // is left without content would go to it
  const kept = Math.max(0, old.findLastIndex((piece) => piece.start + 4 < start) - 1);
  const splitter = new Splitter(text, kept === 0 ? 0 : old[kept].start);
  const delta = newEnd - oldEnd;
  let next = kept + 1;
  while (splitter.line()) {
    while (next < old.length && (old[next].start < oldEnd || old[next].start + delta < splitter.begun)) next++;
    // a piece that began there in both texts, and so do all behind it
    if (next < old.length && splitter.isFresh && splitter.begun === old[next].start + delta && splitter.begun >= newEnd) {
      return { before: kept, pieces: splitter.pieces, after: old.length - next };
    }
  }
  return { before: kept, pieces: splitter.finish(), after: 0 };
}

/** Goes through a text line by line. */
class Splitter {
  readonly pieces: Span[] = [];
  /** Where the piece at hand begins. */
  begun: number;
  /** Whether the piece at hand has begun with the line last read. */
  isFresh = false;
  private content = false;
  private at: number;

  constructor(
    private readonly text: string,
    start: number,
  ) {
    this.begun = start;
    this.at = start;
  }

  line(): boolean {
    const { text, at } = this;
    if (at >= text.length) return false;
    this.isFresh = false;
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const first = text.charCodeAt(at);
    const marker = (first === 45 && text.startsWith('---', at)) || (first === 46 && text.startsWith('...', at));
    if (marker && isSpaceOrEnd(text, at + 3)) {
      if (first === 45) {
        if (this.content) this.end(at, at);
        this.content = true;
      } else {
        if (this.content) this.end(next, next);
        else this.begun = next;
        this.content = false;
      }
    } else if (!this.content && !/^[ \t]*(#.*|%.*)?\r?$/.test(text.slice(at, newline < 0 ? text.length : newline))) {
      this.content = true;
    }
    this.at = next;
    return true;
  }

  private end(end: number, next: number): void {
    this.pieces.push({ start: this.begun, end });
    this.begun = next;
    this.isFresh = true;
  }

  /** The pieces, when the last line has been read. */
  finish(): Span[] {
    const { pieces, text } = this;
    if (this.content || pieces.length === 0) pieces.push({ start: this.begun, end: text.length });
    else pieces[pieces.length - 1] = { start: pieces[pieces.length - 1].start, end: text.length };
    return pieces;
  }
}

function isSpaceOrEnd(text: string, at: number): boolean {
  return at >= text.length || /\s/.test(text[at]);
}
