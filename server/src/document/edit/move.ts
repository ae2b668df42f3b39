import type { PlainValue } from '../../finding';
import type { Path } from '../../path';
import { locate, readAgain, readDocument, type SpecDocument } from '../document';
import { resolveAlias } from '../node';
import { applyTextEdits, type TextEdit } from '../textEdit';
import { insert, type Place, type Render } from './insert';
import { inlineText } from './layout';
import { columnOf, indentAt, lineEndAfter, shift, withoutNewline } from './lines';
import { isFree, isGivenTwice, isInside, isShared, valueAt } from './places';
import { commentsIn, flowRemarks } from './remarks';
import { removal } from './remove';
import { set } from './set';
import { memberRanges, ownLines } from './stretches';

/** Moves an entry with everything that is written in it; its comments that cannot travel inside are put above it. `as` is another value for it. */
export function move(document: SpecDocument, from: Path, to: Path, as?: PlainValue): TextEdit[] | undefined {
  const found = locate(document, from);
  if (!found?.entry || isShared(document, from) || isGivenTwice(document, from) || !isFree(document, to)) return undefined;
  if (isInside(to, from)) return undefined;
  const gone = removal(document, from, isInside(to, from.slice(0, -1)));
  const piece = gone && pieceOf(as === undefined ? document : withValue(document, from, as), from);
  const inserted = piece && insert(document, to, (place, indent) => piece.render(place, indent), { comments: piece.comments, leaving: found.entry });
  return inserted && [...gone, ...inserted];
}

/** The document with another value at a place, which has to be there. */
function withValue(document: SpecDocument, at: Path, value: PlainValue): SpecDocument {
  return readDocument(applyTextEdits(document.text, set(document, at, value) ?? []), document.syntax);
}

/** What stands at a path, as a document of its own: with its comments and those of its key, and without some members of it, unless they have comments. */
export function unwrap(document: SpecDocument, at: Path, without: readonly Path[]): TextEdit[] | undefined {
  const { text, syntax, root } = document;
  const { node, entry } = locate(document, at) ?? {};
  if (node?.kind !== 'object' || !root) return undefined;
  const own = node.flow ? indentAt(text, node.start) : ' '.repeat(columnOf(text, node.start));
  const lineEnd = lineEndAfter(text, node.end);
  const end = node.flow || lineEnd > root.end ? node.end : lineEnd;
  const above = entry ? commentsIn(document, Math.max(root.start, ownLines(text, entry.keyStart, entry.keyEnd).start), node.start) : [];
  let spec = readDocument(shift(text.slice(node.start, end).trimEnd(), own, ''), syntax);
  for (const path of without) {
    const gone = removal(spec, path);
    if (gone?.every((edit) => commentsIn(spec, edit.start, edit.end).length === 0)) spec = readAgain(spec, applyTextEdits(spec.text, gone));
  }
  return [{ start: root.start, end: root.end, text: [...above.map((comment) => comment.text), spec.text.trimEnd()].join('\n') }];
}

interface Piece {
  readonly render: Render;
  /** Comments of the removed text that `render` does not carry at a place. */
  comments(place: Place): readonly string[];
}

/** What is written in an entry, ready for another place. Undefined for a key in YAML's `? ` form. */
function pieceOf(document: SpecDocument, path: Path): Piece | undefined {
  const { text, syntax } = document;
  const { node: holder } = locate(document, path.slice(0, -1)) ?? {};
  const entry = locate(document, path)?.entry;
  if (!entry) return undefined;
  const colon = /^\s*:/.exec(text.slice(entry.keyEnd));
  const inside = resolveAlias(holder);
  if (!colon || inside?.kind !== 'object') return undefined;
  const from = entry.keyEnd + colon[0].length;
  const { value } = entry;
  const end = value ? Math.max(value.end, from) : from;
  const whole = inside.flow ? { start: entry.keyStart, end } : ownLines(text, entry.keyStart, end);
  const around = inside.flow ? flowRemarks(document, inside, memberRanges(text, inside), inside.entries.indexOf(entry)) : [];
  const comments = [...around, ...commentsIn(document, whole.start, whole.end)].sort((a, b) => a.start - b.start);
  // the text of a value in flow style, or of a scalar on one line, can stand anywhere
  const anywhere = !value || value.kind === 'alias' || (value.kind === 'scalar' ? value.style !== 'block' && (syntax === 'json' || !text.slice(value.start, value.end).includes('\n')) : value.flow);
  const asFlow = syntax === 'json' || anywhere;
  const own = inside.flow ? indentAt(text, entry.keyStart) : ' '.repeat(columnOf(text, entry.keyStart));
  const tail = inside.flow ? end : Math.max(end, withoutNewline(text, whole.end));
  return {
    render(place, indent) {
      if (place === 'block') return spaced(shift(text.slice(from, tail).trimEnd(), own, indent));
      if (!asFlow) return ` ${inlineText(document, valueAt(document, path) ?? null, indent)}`;
      // an anchor or a tag stands before the value
      const head = text.slice(from, value?.start ?? end).replaceAll(/(?:^|(?<=\s))#.*$/gm, '').trim();
      return spaced([head, value ? shift(text.slice(value.start, value.end), own, indent) : ''].filter(Boolean).join(' '));
    },
    comments: (place) => comments.filter(({ start }) => !(place === 'block' && start >= from && start < tail) && !(asFlow && value && start >= value.start && start < value.end)).map(({ text: comment }) => comment),
  };
}

function spaced(text: string): string {
  return text === '' || /^\s/.test(text) ? text : ` ${text}`;
}
