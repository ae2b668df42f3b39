import type { SpecDocument } from '../../document/document';
import type { TextEdit } from '../../document/textEdit';
import type { Path, Span } from '../../path';
import type { Target } from '../../target';
import type { Cursor } from '../cursor/cursor';
import type { SwarmNames } from '../swarmNames';
import { escapeText, type Writing } from './draft';
import type { Trial } from './trial';

export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'word' | 'skeleton' | 'reference';
  /** What replaces `replace`, as a snippet. */
  readonly snippet: string;
  /** The whole word or value, also behind the cursor: what is offered is whole, and the rest of another would be left as rubbish. */
  readonly replace: Span;
  /** Further changes, none of which touches `replace`. */
  readonly edits: readonly TextEdit[];
  /** Type of a field, or meaning of a value, on the line of the label. */
  readonly detail?: string;
  /** Items are offered in the order of this text. */
  readonly order: string;
  readonly deprecated: boolean;
  /** What typed text is matched with. */
  readonly filter: string;
  /** Markdown; made when it is asked for. */
  readonly documentation: () => string;
}

/** Where something is about to be written, and how. */
export interface Place {
  readonly scene: Scene;
  readonly cursor: Cursor;
  /** In the spec; `cursor.path` is the same place in the document. */
  readonly path: Path;
  readonly documentPath: Path;
  /** Snippet text around what is written: brackets, a dash, the line break before a collection. */
  readonly before: string;
  readonly after: string;
  readonly writing: Writing;
  /** Keys that the object has already. */
  readonly siblings: readonly string[];
  /** What is written begins on a line below the cursor's. */
  readonly below: boolean;
}

/** What completion knows besides the cursor. */
export interface Scene {
  readonly document: SpecDocument;
  readonly target: Target;
  readonly trial: Trial;
  readonly swarm?: SwarmNames;
}

/** An item that writes `body` at a place. */
export function itemAt({ cursor, before, after, below, scene }: Place, body: string, given: Pick<Completion, 'label' | 'kind' | 'order' | 'documentation'> & Partial<Completion>): Completion {
  const { replace, lead, tail, quote, edits, gap } = cursor;
  const newline = scene.document.text.includes('\r\n') ? '\r\n' : '\n';
  const snippet = `${below ? '' : escapeText(lead)}${before}${body}${after}${tail}`;
  return {
    detail: undefined, deprecated: false, filter: quote + given.label,
    snippet: newline === '\n' ? snippet : snippet.replaceAll('\n', newline),
    replace,
    edits: below && gap.end > gap.start ? [...edits, { ...gap, text: '' }] : edits,
    ...given,
  };
}
