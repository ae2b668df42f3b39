/** An API version such as `1.49`, as the path prefix of a request names it. */
export type ApiVersion = `1.${number}`;

/** What a number counts, which decides how it is read aloud and typed. */
export type Unit =
  | 'ns'
  | 'bytes'
  | 'nano-cpus'
  | 'file-mode'
  | 'port'
  | 'tasks'
  | 'attempts'
  | 'processes'
  | 'percent'
  | 'ratio'
  | 'oom-score'
  | 'counter';

/** The Go type of a leaf, which says what the engine's JSON decoder takes. */
export type ScalarType = 'string' | 'bool' | 'int64' | 'uint64' | 'uint32' | 'float32' | 'bytes' | 'ip-address';

export type Type =
  | { readonly kind: 'scalar'; readonly name: ScalarType }
  | StructType
  | { readonly kind: 'list'; readonly item: Field; readonly nullItem: NullItem }
  | { readonly kind: 'map'; readonly value: Field };

export interface StructType {
  readonly kind: 'struct';
  /** The engine's name for it, for messages: `ContainerSpec`. */
  readonly name: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** What a `null` in a list becomes: it takes the request down, or an empty string, or an object of defaults. */
export type NullItem = 'crashes-engine' | 'empty-string' | 'default-object' | 'nothing';

/** One word of an enum. */
export interface Word {
  readonly doc: string;
  /** First API version whose description lists it, where it is not as old as the field. */
  readonly since?: ApiVersion;
  /** The engine refuses it for services although the description lists it. */
  readonly refused?: string;
}

export interface Words {
  readonly words: Readonly<Record<string, Word>>;
  /** What becomes of a word that is not listed: the request is refused, or it silently turns into this word. */
  readonly unknown: 'refused' | { readonly becomes: string };
  /** Whether `TCP` is taken for `tcp`. */
  readonly letterCase: 'exact' | 'ignored';
  /** What the empty string means. */
  readonly empty?: string;
  /** Words of compose files and of containers, and the word that says the same here. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** The numbers the engine takes; anything else is answered with 400. Bigints where a number would lose digits. */
export interface Range {
  readonly min?: number | bigint;
  readonly max?: number | bigint;
  /** 0 is taken although it lies below `min`. */
  readonly orZero?: true;
}

/** One field of a spec: everything that is true of it, told once. */
export interface Field {
  readonly type: Type;
  /** For the person who writes the spec: what it does and what to watch for. Markdown, one to three sentences. */
  readonly doc: string;
  /** Where we know it from: `API v1.25`, `engine 28.5`, `Go type *uint64`. */
  readonly source: string;
  readonly since: ApiVersion;
  readonly unit?: Unit;
  /** What 0 (or an empty value) means, where that is not obvious. */
  readonly zero?: string;
  /** A Go pointer: 0 or `false` written out is stored, and differs from leaving it out. */
  readonly pointer?: true;
  /** What leaving it out ends up as. */
  readonly default?: string;
  readonly range?: Range;
  /** The engine takes less, and does next to nothing with it: a smaller number above 0 is one of another unit. */
  readonly leastSensible?: number;
  /** The engine keeps only so many bits of the number, without a word; the range is that of what is left. */
  readonly storedBits?: 32;
  /** Narrower range of the API description that the engine does not enforce. */
  readonly describedRange?: Range;
  readonly words?: Words;
  /** Of a list of strings: what one text in its place stands for. Without it, a text with spaces may be one entry or several. */
  readonly inOneText?: 'variable' | 'host' | 'program' | 'arguments' | 'health-test';
  /** Of a string: what without quotes is the text that is meant, a number, or also `true`. Without it, such a value is a slip. */
  readonly bareText?: 'number' | 'number-or-boolean';
  /** Useful values where anything is taken. */
  readonly suggestions?: readonly string[];
  readonly examples?: readonly (string | number | boolean | readonly string[])[];
  /** The engine erases it without a message below this API version. Members inherit it. */
  readonly erasedBelow?: ApiVersion;
  /** What the erasure leads to, when it is worse than the field missing. */
  readonly erasedMeans?: string;
  /** The engine accepts it at every version and stores nothing; why, and what to use instead. Members inherit it. */
  readonly neverStored?: string;
  /** The engine's decoder does not know it at all: whatever stands there is skipped. */
  readonly unread?: true;
  readonly deprecated?: { readonly since: ApiVersion; readonly use: string; readonly note: string };
  /** What engine 28 and engine 29 do differently. */
  readonly engines?: string;
  /** Leaving it out is refused; the sentence says what the engine answers. */
  readonly required?: string;
  /** The member whose value a plan looks it up by, where it is left out. */
  readonly lookedUpBy?: string;
  /** Another spelling in the API description (`HealthCheck`). */
  readonly describedAs?: string;
  /** What the `HostConfig` of a container calls it. */
  readonly containersCallIt?: string;
  /** What else people write for it, letter case aside, where nothing else in its object can be meant. */
  readonly alsoCalled?: readonly string[];
  /** Of the options of a mount: the `Type` that they are for. */
  readonly ofType?: string;
  /** Ranks completion: the few fields most people write come first. */
  readonly usual?: true;
}
