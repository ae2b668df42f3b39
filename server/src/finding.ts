import type { Path, Span } from './path';

/**
 * What the engine does with the thing a finding is about.
 *
 * - `refused`: the request fails, nothing is stored.
 * - `lost`: accepted and thrown away without a word.
 * - `changed`: stored or run as something else than what is written.
 * - `never-runs`: accepted, but no task will reach `running`.
 * - `crashes-engine`: the request or a task takes the engine down.
 * - `deprecated`: works today, on its way out.
 * - `advice`: the engine is content; a person may want to know.
 */
export type Effect = 'refused' | 'lost' | 'changed' | 'never-runs' | 'crashes-engine' | 'deprecated' | 'advice';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** How bad an effect is unless a rule or a setting says otherwise. */
export const SEVERITY_OF: Readonly<Record<Effect, Severity>> = {
  refused: 'error',
  lost: 'error',
  'crashes-engine': 'error',
  changed: 'warning',
  'never-runs': 'warning',
  deprecated: 'information',
  advice: 'information',
};

/** A value as JSON knows it, for edits that write one. Integers beyond 2^53 are bigints. */
export type PlainValue = null | boolean | number | bigint | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** One change of the document, by path; `document/edit.ts` turns it into text of the syntax at hand. */
export type Edit =
  | { readonly kind: 'rename'; readonly at: Path; readonly to: string }
  | { readonly kind: 'set'; readonly at: Path; readonly value: PlainValue }
  /** Writes a value where there is none yet. */
  | { readonly kind: 'add'; readonly at: Path; readonly value: PlainValue }
  /** `remarks` is the entry above which its comments are put; without one they go. */
  | { readonly kind: 'remove'; readonly at: Path; readonly remarks?: Path }
  /** Moves the entry at `from` to `to`, making the objects on the way; comments travel along. `as` is another value for it. */
  | { readonly kind: 'move'; readonly from: Path; readonly to: Path; readonly as?: PlainValue }
  /** Leaves nothing of the document but the object at a path, without the members at `without`, which are paths inside of it. */
  | { readonly kind: 'unwrap'; readonly at: Path; readonly without: readonly Path[] }
  /** Replaces text as it stands: faults of the syntax have no path. Offsets are relative to the document. */
  | { readonly kind: 'text'; readonly start: number; readonly end: number; readonly text: string };

/** A change that mends a finding. `safe` ones have one right answer and may be applied without asking. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What a check says, before positions and severity are known. Paths are inside the spec. */
export interface Problem {
  readonly rule: string;
  readonly effect: Effect;
  /** The decoder refuses it as it reads, before anything later in the text can replace it. */
  readonly decoding?: true;
  /** Only where it differs from the severity that the effect has. */
  readonly severity?: Severity;
  readonly at: Path;
  /** What to underline instead, where `at` is not there. */
  readonly near?: Path;
  /** Whether the key or the value is underlined; the value unless said. */
  readonly part?: 'key' | 'value';
  /** Underline only these characters of the string value at `at` (offsets into the decoded string). */
  readonly within?: Span;
  /** What, where, why and how to fix it: one or more sentences, the first stands alone. */
  readonly message: string;
  readonly hint?: string;
  readonly fix?: Fix;
  /** The value that the fix writes is a guess, which is safe only where nothing would be found at it. */
  readonly guess?: true;
}

/** A problem at its place in the text. */
export interface Finding {
  readonly rule: string;
  readonly effect: Effect;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Path in the document, wrapper included, in the spelling of the document. */
  readonly path: Path;
  /** Index of the YAML document in the file; 0 in JSON. */
  readonly document: number;
  /** Offsets into the text of the file. */
  readonly span: Span;
  readonly fixes: readonly Fix[];
  /** Why it is not to be reported, where silenced findings are asked for. */
  readonly silenced?: { readonly by: 'comment' | 'baseline'; readonly reason?: string };
}
