/**
 * Exit codes of every command: done or nothing to do; findings or differences; wrong usage; trouble with the engine or with
 * files; somebody else was first; the engine refuses; not at its end in time; rolled back or paused by the engine; nobody
 * reads the output any more (as a shell tells it).
 */
export const EXIT = { done: 0, findings: 1, usage: 2, trouble: 3, conflict: 4, refused: 5, notConverged: 6, rolledBack: 7, unread: 141 } as const;

/** The world as a command sees it; tests hand in another. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether the output takes colours. */
  readonly color: boolean;
  /** Asks a yes-or-no question; undefined where nobody can answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Asks for a text; undefined where nobody can answer. */
  readonly askText?: (question: string) => Promise<string>;
  /** Asks to pick one of several by its key; undefined where nobody can answer. */
  readonly choose?: (question: string, choices: readonly { readonly key: string; readonly label: string }[]) => Promise<string | undefined>;
  /** Shows how far long work has come, in place of what it showed before; undefined where nobody watches. */
  readonly progress?: (text: string) => void;
  /** Empties the screen; undefined where the output is none. */
  readonly clear?: () => void;
  /** A signal that a person wants to stop. It must be asked for: whoever does is trusted to end. */
  readonly interruption?: () => AbortSignal;
  /** From now on something is being sent: the command goes on to its end even if nobody reads its output any more. */
  readonly seeThrough?: () => void;
  readonly stdin: () => string;
  /** The file of this program, from which it can start threads; undefined where there is none. */
  readonly script?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface OptionRow {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value; none for a switch. */
  readonly value?: string;
  readonly doc: string;
  /** How it looks in use, for the help. */
  readonly example?: string;
  /** Whether it can be given several times. */
  readonly multiple?: true;
  /** The values that a shell offers for it; a function where they are not worth loading with the command. */
  readonly words?: readonly string[] | (() => readonly string[]);
  /** For words that end in `=`: what is offered behind it; files unless said. */
  readonly wordsAfter?: readonly string[];
}

export interface Command {
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
  readonly examples: readonly string[];
  /** What a shell offers for its arguments; files unless said. */
  readonly words?: readonly string[] | (() => readonly string[]);
  run(args: Arguments, terminal: Terminal): Promise<number> | number;
}

export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  /** The values of options that can be given several times. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>;
}

/** What a thread of ours gets as its command; none that a person gives has this name. */
export const THREAD = 'thread';

/** Wrong usage of a command; the message says what it takes. */
export class UsageError extends Error {}

/** The job could not be done: a file that cannot be read, an engine that is not there. */
export class TroubleError extends Error {}
