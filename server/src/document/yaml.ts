import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, Composer, type CST, Lexer, type ParsedNode, Parser, type Scalar, type YAMLError, type YAMLMap, type YAMLSeq } from 'yaml';
import { duplicateKey, mergeLikeTheEngine } from './duplicates';
import { halfCharacter, MAX_DEPTH } from './json';
import { Lines } from './lines';
import { type AliasNode, type Entry, type Node, type Parsed, resolveAlias, type TextProblem } from './node';
import { isObject, putMember, type SpecObject, type SpecValue } from './value';
import { numberValue } from './yamlScalar';

/** A document may stand for this many values, aliases expanded; beyond it, it is an alias bomb or no spec, and is not read. */
export const MAX_EXPANDED = 500_000;

/** Reads one YAML document (YAML 1.2, core schema). Every fault is a problem; what could be read is in the tree. Never throws. */
export function parseYaml(text: string): Parsed {
  let document: Document.Parsed;
  try {
    const tokens = tokensOf(text);
    if (typeof tokens === 'number') return unread(tokens, tokens + 1, TOO_DEEP);
    [document] = new Composer({ resolveKnownTags: false, uniqueKeys: false, prettyErrors: false, keepSourceTokens: false, logLevel: 'silent' }).compose(tokens, true, text.length) as Iterable<Document.Parsed>;
  } catch (error) {
    return unread(0, Math.max(1, text.length), `The YAML parser gave up: ${(error as Error).message}`);
  }
  const tab = document.errors.find(({ code }) => code === 'TAB_AS_INDENT');
  const problems: TextProblem[] = [];
  for (const error of tab ? [tab] : firstOnLines(text, document.errors)) if (error.code !== 'MULTIPLE_DOCS') problems.push(toProblem(text, error, 'refused'));
  for (const warning of document.warnings) problems.push(toProblem(text, warning, 'changed'));
  const builder = new YamlBuilder(text, problems);
  const built = document.contents === null ? undefined : builder.build(document.contents, 0);
  const isRead = built && !builder.overflow && !isEmptyScalar(document.contents as ParsedNode);
  return { root: isRead ? built.node : undefined, value: isRead ? built.value : undefined, problems: onePerLine(text, problems) };
}

/** Of very many errors only those that `onePerLine` keeps or learns from. */
function firstOnLines(text: string, errors: readonly YAMLError[]): readonly YAMLError[] {
  if (errors.length < 100) return errors;
  const places = new Lines(text);
  const seen = new Set<number>();
  return errors.filter(({ message, pos }) => {
    const { line } = places.position(pos[0]);
    const isFirst = !seen.has(line);
    seen.add(line);
    return isFirst || message.startsWith(UNCLOSED);
  });
}

function unread(start: number, end: number, message: string): Parsed {
  return { root: undefined, value: undefined, problems: [{ rule: 'yaml-syntax', effect: 'refused', start, end, message }] };
}

/**
 * The tokens of a text, or where the nesting passes `MAX_DEPTH`, found as soon as it does: the parser takes a time that grows
 * with the square of the depth, what follows recurses, and a regular expression that is compiled on the last of the stack
 * ends the process.
 */
function tokensOf(text: string): CST.Token[] | number {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // the document itself is one of them
    if (parser.stack.length > MAX_DEPTH + 1) return parser.offset;
  }
  tokens.push(...parser.end());
  return tokens;
}

const HINTS: Readonly<Record<string, string | undefined>> = {
  TAG_RESOLVE_FAILED: 'Tags of your own mean nothing to the engine; the value is read as if there were none.',
  MULTILINE_IMPLICIT_KEY: 'A key is followed by a colon and a space on its own line.',
};

const TOO_DEEP = `The document is nested deeper than ${MAX_DEPTH} levels and is not read.`;

function toProblem(text: string, { code, message, pos }: YAMLError, effect: TextProblem['effect']): TextProblem {
  // the parser may point at the indentation
  const start = pos[0] + (/^[ ]*(?=\S)/.exec(text.slice(pos[0]))?.[0].length ?? 0);
  const range = { rule: 'yaml-syntax', effect, start, end: Math.max(pos[1], start + 1) } as const;
  if (/^-\s/.test(text.slice(start)) && /IMPLICIT_KEY|MISSING_CHAR|UNEXPECTED_TOKEN/.test(code)) {
    return { ...range, end: start + 1, message: 'A list item stands where a key is expected.', hint: 'Put the list under a key of its own, or indent it like the list that it belongs to.' };
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && message.startsWith('Nested mappings')) {
    return { ...range, message: 'This value has a colon and a space in it, which would make it a key.', hint: 'Put it in quotes, or on a line of its own.' };
  }
  if (code === 'TAB_AS_INDENT') return { ...range, message: 'A tab is used as indentation, which YAML does not have.', hint: 'YAML is indented with spaces.', reaches: true, misread: true, fix: spacesForTabs(text) };
  const reaches = message.startsWith(UNCLOSED) ? ({ reaches: true } as const) : {};
  const wording = wordingOf(code, message);
  const fix = wording === NO_COLON ? (spaceBehindColon(text, start) ?? colonBehindKey(text, start)) : undefined;
  return { ...range, message: wording, hint: HINTS[code], ...reaches, ...(fix ? { fix } : {}) };
}

/** Two spaces for each tab at the beginning of a line; not where a text of several lines has its own. */
function spacesForTabs(text: string): TextProblem['fix'] {
  if (/[:-][ \t]+[|>][-+\d]*[ \t]*(?:#.*)?\r?$/m.test(text)) return undefined;
  const edits = [...text.matchAll(/^([ \t]*\t[ \t]*)(?=\S)/gm)].map(({ index, 1: indent }) => ({ start: index, end: index + indent.length, text: indent.replaceAll('\t', '  ') }));
  return { title: 'Indent with spaces', edits };
}

/** `Name:web` is one word to YAML. What looks like an address (`http://`) is left alone. */
function spaceBehindColon(text: string, start: number): TextProblem['fix'] {
  const key = /^[A-Za-z_][\w./-]*:(?=[^\s:/])/.exec(text.slice(start, start + 200));
  const at = start + (key?.[0].length ?? 0);
  return key ? { title: 'Put a space behind the colon', edits: [{ start: at, end: at, text: ' ' }] } : undefined;
}

/** A word alone on its line, with a line below that is indented deeper, is the key of what stands there; one that is spelt like a field, in front of others and with a line below that is not, is that of theirs. */
function colonBehindKey(text: string, start: number): TextProblem['fix'] {
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  const [, key, value, below] = /^([A-Za-z_][\w.-]*)([^\r\n]*)\r?\n([ ]*)[^\s#]/.exec(text.slice(start, start + 300)) ?? [];
  const isKey = value?.trim() === '' ? below.length > indent : /^[ \t]/.test(value ?? '') && /^[A-Z]\w*$/.test(key) && below.length === indent;
  if (!isKey) return undefined;
  const at = start + key.length;
  return { title: `Put a colon behind \`${key}\``, edits: [{ start: at, end: at, text: ':' }] };
}

/** How the parser begins to say that a quote or a bracket is never closed. */
const UNCLOSED = 'Missing closing';

const NO_COLON = 'This is read as a key that has no colon.';

/** What the parser says in words of the YAML specification, in those of a person. */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/^Flow (?:map|sequence) in block collection.*$/, 'What stands in brackets is indented deeper than its key, the closing bracket too.'],
  [/^A block sequence may not be used as an implicit map key$/, 'A list stands where a key is expected.'],
  [/^Unresolved tag: (.*)$/, 'The tag `$1` means nothing here.'],
  [/^All (?:sequence|mapping) items must start at the same column$/, 'This line is not indented like those beside it.'],
  [/^Missing closing ["']quote$/, 'This quote is never closed.'],
  [/^Missing , between .*$/, 'A comma is missing here.'],
  [/^Unexpected empty item in .*$/, 'There is nothing between these commas.'],
  [/^Unexpected , in .*$/, 'A comma stands where a value is expected.'],
  [/^Flow (?:map|sequence) must end with a .*$/, 'This bracket is never closed.'],
  [/^Plain value cannot start with .*?(\S+)$/, 'A text that begins with $1 stands in quotes.'],
  [/^Invalid escape sequence (.*)$/, '`$1` is no escape in double quotes.'],
  [/^Comments must be separated from other tokens by white space characters$/, 'A comment has a space in front of its `#`.'],
  [/^Sequence item without - indicator$/, 'A `-` is missing in front of this item.'],
];

function wordingOf(code: string, message: string): string {
  if (code === 'MULTILINE_IMPLICIT_KEY' || (code === 'MISSING_CHAR' && message.startsWith('Implicit map key'))) return NO_COLON;
  const [sentence] = message.split('\n').map((line) => line.trim());
  for (const [theirs, ours] of WORDINGS) if (theirs.test(sentence)) return sentence.replace(theirs, ours);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** Without the faults of the syntax that follow from an earlier one on their line: the parser trips several times over one slip. */
function onePerLine(text: string, problems: readonly TextProblem[]): readonly TextProblem[] {
  if (problems.length < 2) return problems;
  const kept: TextProblem[] = [];
  const places = new Lines(text);
  const lines = new Map<number, number>();
  for (const problem of problems) {
    const { rule, effect, start, reaches } = problem;
    const line = rule === 'yaml-syntax' && effect === 'refused' ? places.position(start).line : undefined;
    const first = line === undefined ? undefined : lines.get(line);
    if (first === undefined) {
      if (line !== undefined) lines.set(line, kept.length);
      kept.push(problem);
    } else if (reaches) kept[first] = { ...kept[first], reaches };
  }
  return kept;
}

function isEmptyScalar(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && (node.source === '' || node.source === undefined) && node.anchor === undefined;
}

interface Built {
  readonly node: Node;
  readonly value: SpecValue;
  /** How many values this stands for with aliases expanded. */
  readonly size: number;
}

class YamlBuilder {
  overflow = false;
  private readonly anchors = new Map<string, Built>();
  private readonly open = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly problems: TextProblem[],
  ) {}

  build(node: ParsedNode, depth: number): Built {
    if (depth > MAX_DEPTH) {
      if (!this.overflow) this.problem(node, TOO_DEEP);
      this.overflow = true;
      return this.nothing(node);
    }
    if (isAlias(node)) return this.alias(node);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.open.add(anchor);
    const built = isMap(node) ? this.object(node as YAMLMap.Parsed, depth) : isSeq(node) ? this.list(node as YAMLSeq.Parsed, depth) : this.scalar(node as Scalar.Parsed);
    if (anchor !== undefined) {
      this.open.delete(anchor);
      this.anchors.set(anchor, built);
    }
    return built;
  }

  private alias(node: Alias.Parsed): Built {
    const [start, end] = node.range;
    const target = this.open.has(node.source) ? undefined : this.anchors.get(node.source);
    if (!target) {
      const inside = this.open.has(node.source);
      this.problem(node, inside ? `The alias \`*${node.source}\` stands inside the value that it repeats.` : `The alias \`*${node.source}\` repeats nothing: no value above it in this document has the anchor \`&${node.source}\`.`);
    }
    const alias: AliasNode = { kind: 'alias', name: node.source, start, end, target: resolveAlias(target?.node) };
    return { node: alias, value: target?.value ?? null, size: target?.size ?? 1 };
  }

  private list(node: YAMLSeq.Parsed, depth: number): Built {
    const items: Node[] = [];
    const values: SpecValue[] = [];
    let size = 1;
    for (const item of node.items) {
      const built = this.build(item as ParsedNode, depth + 1);
      items.push(built.node);
      values.push(built.value);
      size = this.grow(size, built, node);
    }
    const { start, end } = this.extent(node, items.at(-1)?.end);
    return { node: { kind: 'list', start, end, items, flow: node.flow === true }, value: values, size };
  }

  private object(node: YAMLMap.Parsed, depth: number): Built {
    const entries: Entry[] = [];
    const value: SpecObject = {};
    const merged: SpecValue[] = [];
    let size = 1;
    for (const pair of node.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const key = this.key(pair.key);
      const keyStart = pair.key?.range?.[0] ?? node.range[0];
      const keyEnd = Math.max(pair.key?.range?.[1] ?? keyStart, keyStart);
      if (!pair.value) {
        entries.push({ key, keyStart, keyEnd, value: undefined });
        if (!Object.hasOwn(value, key)) putMember(value, key, null);
        continue;
      }
      const built = this.build(pair.value, depth + 1);
      size = this.grow(size, built, node);
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        entries.push({ key, keyStart, keyEnd, value: built.node, merge: true });
        const sources = Array.isArray(built.value) ? built.value : [built.value];
        if (!sources.every((source) => source === null || isObject(source))) this.problem(pair.value, 'Only objects can be merged: `<<` takes an alias of one, or a list of those.');
        merged.push(...sources);
        continue;
      }
      entries.push({ key, keyStart, keyEnd, value: built.node });
      if (Object.hasOwn(value, key)) {
        this.problems.push(duplicateKey(key, keyStart, keyEnd));
        putMember(value, key, mergeLikeTheEngine(key, value[key], built.value));
      } else {
        putMember(value, key, built.value);
      }
    }
    for (const other of merged) {
      if (!isObject(other)) continue;
      for (const key of Object.keys(other)) if (!Object.hasOwn(value, key)) putMember(value, key, other[key]);
    }
    const last = entries.at(-1);
    const { start, end } = this.extent(node, last && (last.value?.end ?? last.keyEnd));
    return { node: { kind: 'object', start, end, entries, flow: node.flow === true }, value, size };
  }

  private key(node: ParsedNode | null): string {
    if (node && isScalar(node)) {
      const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
      // a key may have an anchor, and values below may repeat it
      if (node.anchor !== undefined) this.anchors.set(node.anchor, this.scalar(node));
      return text;
    }
    if (node && isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (typeof target?.value === 'string') return target.value;
      if (!target) {
        this.alias(node as Alias.Parsed);
        return '';
      }
    }
    if (node) this.problem(node, 'A list or an object cannot be a key: JSON has text keys only.');
    return '';
  }

  private scalar(node: Scalar.Parsed): Built {
    const [start, end] = node.range;
    const half = typeof node.value === 'string' ? halfCharacter(node.value, start, end) : undefined;
    if (half) this.problems.push(half);
    const style = node.type === 'PLAIN' ? 'plain' : node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 'quoted' : 'block';
    return { node: { kind: 'scalar', start, end, value: scalarValue(node), style }, value: scalarValue(node), size: 1 };
  }

  private grow(size: number, { size: more }: Built, at: ParsedNode): number {
    const total = size + more;
    if (total > MAX_EXPANDED && !this.overflow) {
      this.overflow = true;
      this.problem(at, `This document stands for more than ${MAX_EXPANDED.toLocaleString('en')} values, aliases expanded, and is not read.`);
    }
    return Math.min(total, MAX_EXPANDED + 1);
  }

  /** A block collection ends, for people, with its last member and not with the blank lines and comments behind it. */
  private extent(node: YAMLMap.Parsed | YAMLSeq.Parsed, lastEnd = node.range[1]): { start: number; end: number } {
    const [start] = node.range;
    let end = node.flow === true ? node.range[1] : lastEnd;
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    return { start, end };
  }

  private problem(node: ParsedNode, message: string): void {
    const [start, end] = node.range;
    this.problems.push({ rule: 'yaml-syntax', effect: 'refused', start, end: Math.max(end, start + 1), message });
  }

  private nothing(node: ParsedNode): Built {
    return { node: { kind: 'scalar', start: node.range[0], end: node.range[1], value: null, style: 'plain' }, value: null, size: 1 };
  }
}

function scalarValue({ value, source }: Scalar.Parsed): SpecValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' ? numberValue(source, value) : null;
}
