import { type Command, type OptionRow } from '../command';
import { COMMANDS } from '../commands';
import { COMMON_OPTIONS } from '../help';

/** A command as a shell has to know it. */
export interface Shape {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionShape[];
  /** What is offered for arguments; undefined for files. */
  readonly words?: readonly string[];
}

export interface OptionShape {
  readonly name: string;
  readonly short?: string;
  readonly doc: string;
  readonly multiple: boolean;
  /** What its value is called; undefined for a switch. */
  readonly value?: string;
  /** What is offered for its value; those that end in `=` want more behind it. Undefined for files, empty for nothing. */
  readonly words?: readonly string[];
  /** What is offered behind the `=` of a word; files unless said. */
  readonly wordsAfter?: readonly string[];
}

export function shapes(): Shape[] {
  return Object.values(COMMANDS).map((load) => shapeOf(load()));
}

function shapeOf({ name, summary, options, words }: Command): Shape {
  return { name, summary, options: [...options, ...COMMON_OPTIONS].map(optionShape), words: wordsOf(words) };
}

function optionShape({ name, short, doc, multiple, value, words, wordsAfter }: OptionRow): OptionShape {
  return { name, short, doc, multiple: multiple === true, value, words: wordsOf(words) ?? (value === 'FILE' ? undefined : []), wordsAfter };
}

function wordsOf(words: OptionRow['words']): readonly string[] | undefined {
  return typeof words === 'function' ? words() : words;
}
