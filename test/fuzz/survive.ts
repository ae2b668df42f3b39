import * as assert from 'node:assert/strict';
import { readFile, type SpecDocument, type SpecFile, type Syntax } from '../../server/src/document/document';
import { applyTextEdits } from '../../server/src/document/textEdit';
import { SERVICE } from '../../server/src/facts/kinds';
import { anchorAt } from '../../server/src/features/anchors';
import { codeActions } from '../../server/src/features/codeActions';
import { complete } from '../../server/src/features/complete';
import { CONVERSIONS, convert } from '../../server/src/features/convert';
import { fixAll } from '../../server/src/features/fixAll';
import { folds } from '../../server/src/features/folding';
import { DEFAULT_FORMAT, format, formatRange } from '../../server/src/features/format';
import { hover } from '../../server/src/features/hover';
import { HINT_KINDS, inlayHints } from '../../server/src/features/inlay';
import { namedSpecs } from '../../server/src/features/lenses';
import { links } from '../../server/src/features/links';
import { mentionAt, mentions } from '../../server/src/features/references';
import { selections } from '../../server/src/features/selection';
import { symbols } from '../../server/src/features/symbols';
import { validate } from '../../server/src/features/validate';
import type { Finding } from '../../server/src/finding';
import type { Span } from '../../server/src/path';

const TARGET = { kind: SERVICE, api: '1.49', apiSource: 'default' } as const;

/** What `Object.prototype` has before any document was read. */
const CLEAN = Object.getOwnPropertyNames(Object.prototype).sort().join();

/** Reads and checks a text. Whatever it says: no exception, no failed rule, every place inside the text, and nothing left behind. */
export function survive(text: string, syntax: Syntax): readonly Finding[] {
  const findings = validate(readFile(text, syntax), { target: () => TARGET });
  for (const { rule, message, span } of findings) {
    assert.notEqual(rule, 'internal-error', message);
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${rule} stands at ${span.start}–${span.end} of ${text.length}`);
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), CLEAN, 'Object.prototype has changed');
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  return findings;
}

/** A place in a text, read and checked. */
interface Place {
  readonly text: string;
  readonly syntax: Syntax;
  readonly offset: number;
  readonly file: SpecFile;
  readonly findings: readonly Finding[];
  readonly document: SpecDocument;
  /** The offset inside of the document. */
  readonly within: number;
}

/** What can be asked of a text besides findings, by name. */
export const FEATURES: Readonly<Record<string, (place: Place) => void>> = {
  hover: ({ document, within }) => void hover(document, within, TARGET),
  complete: ({ document, within }) => void complete(document, within, TARGET),
  symbols: ({ document }) => void symbols(document, TARGET),
  folding: ({ file }) => {
    for (const { start, end } of folds(file)) assert.ok(start <= end, `a fold from ${start} to ${end}`);
  },
  selection: ({ document, within }) => {
    for (const span of selections(document, within)) inside(span, document.text);
  },
  inlay: ({ document }) => void inlayHints(document, { start: 0, end: document.text.length }, TARGET, new Set(HINT_KINDS)),
  links: ({ document }) => {
    for (const { span } of links(document, TARGET)) inside(span, document.text);
  },
  references: ({ document, within }) => {
    for (const { span } of mentions(document, TARGET)) inside(span, document.text);
    mentionAt(document, TARGET, within);
    anchorAt(document, within);
  },
  names: ({ document }) => void namedSpecs(document),
  format: ({ file, syntax }) => {
    const once = format(file);
    if (once.kind === 'formatted') {
      const twice = format(readFile(once.text, syntax));
      assert.equal(twice.kind === 'formatted' ? twice.text : twice.reason, once.text, 'laid out, it is laid out anew');
    }
    format(file, { ...DEFAULT_FORMAT, sort: () => TARGET });
  },
  'format of a range': ({ file, text, offset }) => {
    const { edits } = formatRange(file, { start: offset, end: Math.min(text.length, offset + 200) });
    applyTextEdits(text, edits);
  },
  convert: ({ file }) => {
    for (const to of CONVERSIONS) {
      const made = convert(file, to);
      if (made.kind === 'converted') readFile(made.text, made.syntax);
    }
  },
  'each fix': ({ file, findings, text, syntax }) => {
    for (const { edits } of codeActions(file, findings, { start: 0, end: text.length }).slice(0, 10)) readFile(applyTextEdits(text, edits), syntax);
  },
  'all fixes': ({ text, syntax }) => void fixAll(text, syntax, { target: () => TARGET }),
};

/** All that an editor asks at a place of a text. `time` runs one question, and may measure it. */
export function surviveEditor(text: string, syntax: Syntax, offset: number, time: (feature: string, run: () => void) => void = (_, run) => run()): void {
  const file = readFile(text, syntax);
  const findings = validate(file, { target: () => TARGET });
  const { document, offset: start } = file.documents.findLast((one) => one.offset <= offset) ?? file.documents[0];
  const place: Place = { text, syntax, offset, file, findings, document, within: offset - start };
  for (const [name, run] of Object.entries(FEATURES)) time(name, () => run(place));
}

function inside({ start, end }: Span, text: string): void {
  assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} of ${text.length}`);
}
