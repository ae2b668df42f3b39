/** Exit codes of every command. */
export const EXIT = { done: 0, findings: 1, usage: 2, trouble: 3, conflict: 4, refused: 5 } as const;

/** The world as a command sees it; tests hand in another. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly color: boolean;
  /** Asks a yes-or-no question; undefined where nobody can answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  readonly stdin: () => string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface OptionRow {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value; none for a switch. */
  readonly value?: string;
  readonly doc: string;
}

export interface Command {
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
  readonly examples: readonly string[];
  run(args: Arguments, terminal: Terminal): Promise<number> | number;
}

export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** Wrong usage of a command; the message says what it takes. */
export class UsageError extends Error {}

/** The job could not be done: a file that cannot be read, an engine that is not there. */
export class TroubleError extends Error {}
