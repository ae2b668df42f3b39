import { readAgain, readDocument, type SpecDocument, type SpecFile } from '../../document/document';
import { applyTextEdits, type TextEdit } from '../../document/textEdit';
import type { Entry, ObjectNode } from '../../document/node';
import type { FormatOptions } from '../format';
import { sortedEntries } from '../sortKeys';
import { NotArranged } from './arrange';
import { whiteSpaceChanges } from './edits';
import { isKept } from './kept';
import { plainYamlEdits } from './plainYaml';
import { printJson } from './printJson';
import { stepOf, yamlText } from './yamlText';

/** What matters for a document in the rest of its file. */
export interface Surroundings {
  /** Windows line ends, at least one: all become such. */
  readonly windows: boolean;
  readonly last: SpecDocument;
}

export function surroundingsOf({ text, documents }: SpecFile): Surroundings {
  return { windows: text.includes('\r\n'), last: documents[documents.length - 1].document };
}

/** A document laid out, or why it is as it was. */
export interface Laid {
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly reason?: string;
}

const known = new WeakMap<SpecDocument, { readonly as: string; readonly laid: Laid }>();

/** Lays out one document. What came of it is kept as long as the document is, so that of a file that is edited only one is looked at. Pauses where it takes long. */
export function* layOut(document: SpecDocument, { windows, last }: Surroundings, options: FormatOptions): Generator<void, Laid> {
  const as = `${options.tabSize} ${options.insertSpaces} ${windows} ${document === last}`;
  const before = options.sort ? undefined : known.get(document);
  if (before?.as === as) return before.laid;
  const unix = windows ? withUnixLines(document) : document;
  let { text, reason, edits } = yield* formatDocument(unix, options);
  if (document === last && text !== '' && !/[\r\n]$/.test(text)) text += '\n';
  if (windows) text = text.replaceAll('\n', '\r\n');
  if (windows || edits === undefined) edits = text === document.text ? [] : yield* whiteSpaceChanges(document.text, text);
  const laid = { text, edits, reason };
  if (!options.sort) known.set(document, { as, laid });
  return laid;
}

/** `edits` are those that lead to the text, where they are known already. */
function* formatDocument(document: SpecDocument, { tabSize, insertSpaces, sort }: FormatOptions): Generator<void, { readonly text: string; readonly edits?: readonly TextEdit[]; readonly reason?: string }> {
  const { root, text, syntax } = document;
  if (!root) return { text };
  const orders = sort ? sortedEntries(document, sort(document)) : new Map<ObjectNode, readonly Entry[]>();
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  try {
    const edits = syntax === 'yaml' && orders.size === 0 ? yield* plainYamlEdits(document, stepOf(tabSize)) : undefined;
    if (edits?.length === 0) return { text, edits };
    const laid = edits
      ? applyTextEdits(text, edits)
      : syntax === 'json'
        ? `${mark}${yield* printJson(text, root, { unit: insertSpaces ? ' '.repeat(tabSize) : '\t', entries: (node) => orders.get(node) ?? node.entries })}\n`
        : mark + yamlText(document, tabSize, orders);
    // nothing but the layout may change: where it does, that is a bug of ours, and the file stays as it is
    if (laid === text) return { text, edits };
    yield;
    const again = readAgain(document, laid);
    yield;
    if (isKept(document, again, sort !== undefined)) return { text: laid, edits };
    return { text, reason: 'It is laid out in a way that cannot be changed safely.' };
  } catch (error) {
    if (error instanceof NotArranged) return { text, reason: `It has ${error.message}, and is left as it is.` };
    throw error;
  }
}

const unixLines = new WeakMap<SpecDocument, SpecDocument>();

/** A document as it would be without Windows line ends. */
export function withUnixLines(document: SpecDocument): SpecDocument {
  let unix = unixLines.get(document);
  if (!unix) {
    unix = readDocument(document.text.replaceAll('\r\n', '\n'), document.syntax);
    unixLines.set(document, unix);
  }
  return unix;
}
