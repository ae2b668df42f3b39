import type { SpecValue } from './value';

/**
 * The tree of a document, one shape for JSON and YAML. Offsets are UTF-16, relative to the text of the document,
 * end exclusive. Broken text gives a tree of what could be read.
 */
export type Node = ObjectNode | ListNode | ScalarNode | AliasNode;

interface Base {
  readonly start: number;
  readonly end: number;
}

export interface ObjectNode extends Base {
  readonly kind: 'object';
  /** In the order of the text, duplicates included. */
  readonly entries: readonly Entry[];
  /** Written with braces: JSON, or YAML's flow style. */
  readonly flow: boolean;
}

export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Undefined where the text ends after the key. */
  readonly value: Node | undefined;
  /** `<<` of YAML: the members of the value count as members of this object. */
  readonly merge?: true;
}

export interface ListNode extends Base {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export interface ScalarNode extends Base {
  readonly kind: 'scalar';
  readonly value: SpecValue;
  readonly style: 'plain' | 'quoted' | 'block';
}

export interface AliasNode extends Base {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Exclude<Node, AliasNode> | undefined;
}

/** The node an alias stands for; any other node is itself. */
export function resolveAlias(node: Node | undefined): Exclude<Node, AliasNode> | undefined {
  return node?.kind === 'alias' ? node.target : node;
}

/** A fault of the text itself, found while reading it. */
export interface TextProblem extends Base {
  readonly rule: 'json-syntax' | 'yaml-syntax' | 'trailing-text' | 'text-encoding' | 'duplicate-key';
  readonly effect: 'refused' | 'lost' | 'changed';
  readonly message: string;
  readonly hint?: string;
  /** How far it reaches depends on text far below, as that of a quote that is never closed. */
  readonly reaches?: true;
  /** What is read of the document is not what is meant, so that nothing else is worth saying of it. */
  readonly misread?: true;
  /** Text edits (relative offsets) that mend it, where there is one right answer. */
  readonly fix?: { readonly title: string; readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[] };
}

/** What a parser hands over. */
export interface Parsed {
  readonly root: Node | undefined;
  readonly value: SpecValue | undefined;
  readonly problems: readonly TextProblem[];
}
