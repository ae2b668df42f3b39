import { putMember, type SpecValue } from '../../document/value';
import { plainInYaml, quoted } from './quoting';

/** A scalar that its writer is likely to change: a tab stop of a snippet, with the value that is right until then. */
export class Stop {
  constructor(
    readonly value: PlainScalar,
    /** Where only these are right; the value is one of them. */
    readonly choices?: readonly PlainScalar[],
  ) {}
}

export type PlainScalar = string | number | bigint | boolean;

/** A map of one entry, whose key is the writer's own to choose. */
export class Entry {
  constructor(
    readonly key: string,
    readonly value: Draft,
  ) {}
}

export interface Members {
  readonly [key: string]: Draft;
}

/** Something to write, whatever the syntax: a value with stops in it. */
export type Draft = PlainScalar | Stop | Entry | readonly Draft[] | Members;

/** A stop with the value that stands there until it is changed; of several the first is that value. */
export function stop(value: PlainScalar, ...others: readonly PlainScalar[]): Stop {
  return new Stop(value, others.length > 0 ? [value, ...others] : undefined);
}

export function isMembers(draft: Draft): draft is Members {
  return typeof draft === 'object' && !Array.isArray(draft) && !(draft instanceof Stop) && !(draft instanceof Entry);
}

export interface Writing {
  readonly style: 'block' | 'flow' | 'json';
  /** White space before the members. */
  readonly indent: string;
  readonly step: string;
  /** JSON over several lines. */
  readonly lines: boolean;
}

/** Turns drafts into the text of a snippet; the stops of one writer are numbered through. */
export class SnippetWriter {
  private stops = 0;

  /** `key: value` lines for block style, `key: value, …` else; without what goes around. */
  members(members: Members, writing: Writing): string {
    const { style, indent } = writing;
    const written = Object.keys(members).map((key) => this.member(key, members[key], writing));
    return written.join(style === 'block' ? `\n${indent}` : writing.lines ? `,\n${indent}` : ', ');
  }

  member(key: string, draft: Draft, writing: Writing): string {
    return this.keyed(writing.style === 'json' ? quoted(key, '"') : plainInYaml(key, writing.style === 'flow') ? key : quoted(key, '"'), draft, writing);
  }

  /** A member whose key is written already in the way it has to be. */
  keyed(key: string, draft: Draft, writing: Writing): string {
    return `${escapeText(key)}:${this.behindColon(draft, writing)}`;
  }

  /** The items of a list, one below the other in block style; without what goes around. */
  items(items: readonly Draft[], writing: Writing): string {
    const { style, indent, lines } = writing;
    if (style === 'block') return items.map((item) => `- ${this.inPlace(item, { ...writing, indent: `${indent}  ` })}`).join(`\n${indent}`);
    return items.map((item) => this.inPlace(item, writing)).join(lines ? `,\n${indent}` : ', ');
  }

  /** A value where one begins: after a dash, in brackets, on a line of its own. */
  inPlace(draft: Draft, writing: Writing): string {
    if (isScalar(draft)) return this.scalar(draft, writing.style);
    if (isEmpty(draft)) return Array.isArray(draft) ? '[]' : '{}';
    return writing.style === 'block' ? this.inside(draft, writing) : this.inBrackets(draft, writing);
  }

  /** What stands in a collection, without brackets. */
  private inside(draft: Collection, writing: Writing): string {
    if (draft instanceof Entry) return this.entry(draft, writing);
    return Array.isArray(draft) ? this.items(draft, writing) : this.members(draft as Members, writing);
  }

  /** The member of a map whose key is a stop too. */
  entry({ key, value }: Entry, writing: Writing): string {
    const quote = writing.style === 'json' || !plainInYaml(key, writing.style === 'flow') ? '"' : '';
    return `${quote}${this.stop(quote ? quoted(key, quote).slice(1, -1) : key)}${quote}:${this.behindColon(value, writing)}`;
  }

  /** With its colon written: on the line for a scalar, below it for anything else in block style. */
  behindColon(draft: Draft, writing: Writing): string {
    const { style, indent, step } = writing;
    if (style !== 'block' || isScalar(draft) || isEmpty(draft)) return ` ${this.inPlace(draft, writing)}`;
    return `\n${indent}${step}${this.inPlace(draft, { ...writing, indent: indent + step })}`;
  }

  private inBrackets(draft: Collection, writing: Writing): string {
    const { indent, step, lines } = writing;
    const list = Array.isArray(draft);
    const broken = lines && !(list && draft.every(isScalar));
    const text = this.inside(draft, { ...writing, indent: broken ? indent + step : indent, lines: broken });
    const [open, close] = list ? '[]' : '{}';
    return broken ? `${open}\n${indent}${step}${text}\n${indent}${close}` : `${open}${text}${close}`;
  }

  scalar(draft: PlainScalar | Stop, style: Writing['style']): string {
    const value = draft instanceof Stop ? draft.value : draft;
    if (!(draft instanceof Stop)) return escapeText(scalarText(value, style));
    const choices = draft.choices ?? [value];
    // quotes stay where they are while what is inside is chosen
    const quote = typeof value === 'string' && (style === 'json' || choices.some((choice) => !plainInYaml(String(choice), style === 'flow'))) ? '"' : '';
    const inside = (choice: PlainScalar) => (quote ? quoted(String(choice), quote).slice(1, -1) : String(choice));
    return `${quote}${this.stop(inside(value), draft.choices?.map(inside))}${quote}`;
  }

  /** A stop in text that is written as it is. */
  stop(value: string, choices?: readonly string[]): string {
    this.stops++;
    if (value === '') return `$${this.stops}`;
    return choices ? `\${${this.stops}|${choices.map(escapeChoice).join(',')}|}` : `\${${this.stops}:${escapeInStop(value)}}`;
  }
}

type Collection = Exclude<Draft, PlainScalar | Stop>;

function isEmpty(draft: Collection): boolean {
  return Array.isArray(draft) ? draft.length === 0 : isMembers(draft) && Object.keys(draft).length === 0;
}

function isScalar(draft: Draft): draft is PlainScalar | Stop {
  return typeof draft !== 'object' || draft instanceof Stop;
}

function scalarText(value: PlainScalar, style: Writing['style']): string {
  if (typeof value !== 'string') return String(value);
  return style !== 'json' && plainInYaml(value, style === 'flow') ? value : quoted(value, '"');
}

/** The value of a draft while nobody has changed its stops. */
export function valueOf(draft: Draft): SpecValue {
  if (draft instanceof Stop) return draft.value;
  if (draft instanceof Entry) return { [draft.key]: valueOf(draft.value) };
  if (Array.isArray(draft)) return draft.map(valueOf);
  if (typeof draft !== 'object') return draft;
  const value = {};
  for (const [key, member] of Object.entries(draft as Members)) putMember(value, key, valueOf(member));
  return value;
}

/** Text of a snippet outside of its stops. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\$]/g, '\\$&');
}

function escapeInStop(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

function escapeChoice(text: string): string {
  return text.replaceAll(/[\\$},|]/g, '\\$&');
}

/** A snippet as plain text, for clients that have no snippets: its stops with the values that they begin with. */
export function plainText(snippet: string): string {
  return snippet.replaceAll(/\\([\\$},|])|\$\d+|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}/g, (_, escaped?: string, value?: string, choice?: string) => escaped ?? (value ?? choice ?? '').replaceAll(/\\(.)/g, '$1'));
}
