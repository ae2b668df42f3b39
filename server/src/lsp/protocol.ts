/** Names that the client shares with the server. */
export const COMMANDS = {
  /** Arguments: uri, and the path of a spec in a document (`{document, base}`) where the file has several. Plans, asks, applies. */
  apply: 'swarmspec.apply',
  /** Arguments: as `apply`. Plans, and shows it. */
  plan: 'swarmspec.plan',
  /** Arguments: as `apply`. Plans the way back to the previous spec, asks, goes there. */
  rollback: 'swarmspec.rollback',
  /** Arguments: as `apply`. Puts the live spec in the place of the one in the file. */
  pull: 'swarmspec.pull',
  /** Arguments: uri. Answers the target as text. */
  target: 'swarmspec.target',
  /** Arguments: uri, and an edit (or what one is made from). Has the client apply it. */
  edit: 'swarmspec.edit',
  /** Arguments: uri of any open file, and `ConvertArguments`. Answers a `ConvertAnswer`. */
  convert: 'swarmspec.convert',
} as const;

/** What a client says under `experimental.swarmspec` of its capabilities. */
export interface ClientExtras {
  /** It shows a plan as a diff (`SHOW_PLAN`). Others get the changes as lines of text. */
  readonly showPlan?: boolean;
  /** It shows what the server is connected to (`STATUS`). */
  readonly status?: boolean;
  /** It can have a name typed (`ASK_NAME`), which protected engines want. Others are told which command to run. */
  readonly askName?: boolean;
}

/** Request to the client: have its user type the name of an engine to agree to a change. Answers what was typed, null for nothing. */
export const ASK_NAME = 'swarmspec/askName';

export interface AskedName {
  /** The question in its first line, and what the change comes to in the others. */
  readonly message: string;
  readonly name: string;
}

/** Scheme of the documents in which a client shows a plan; they are never checked. */
export const PLAN_SCHEME = 'swarmspec-plan';

/** Notification to the client: a plan that its user is about to be asked about, or has asked for. */
export const SHOW_PLAN = 'swarmspec/showPlan';

export interface ShownPlan {
  /** Of the file with the spec. */
  readonly uri: string;
  readonly service: string;
  /** Where the service lives, for people. */
  readonly engine: string;
  readonly index: string;
  /** The live spec and the one to come as texts of this language, secrets hidden. */
  readonly language: 'yaml' | 'json';
  readonly live: string;
  readonly ours: string;
}

/** Notification to the client: what files are checked against and which engine is there, whenever that changes. */
export const STATUS = 'swarmspec/status';

export interface ShownStatus {
  /** API version that files without one of their own are checked against, and where it came from. */
  readonly api: string;
  readonly apiFrom: string;
  /** Undefined where no engine is asked at all. */
  readonly engine?: { readonly address: string; readonly reachable: boolean; readonly version?: string; readonly api?: string; readonly why?: string };
  /** Whether somebody should look: an engine that answered does not any more, or one that the settings name does not. */
  readonly wantsAttention: boolean;
}

/** What a file says somewhere that wants to be a spec in spite of its name: a modeline, or a `$schema` of ours. */
export const MENTION = /swarmspec:|service-spec\b/;

export interface ConvertArguments {
  readonly to: 'yaml' | 'json' | 'spec' | 'compose';
  /** Only this service of the file. */
  readonly service?: string;
  /** Have the client make the file beside this one, if it can. */
  readonly create?: boolean;
}

export type ConvertAnswer =
  | { readonly kind: 'converted'; readonly text: string; readonly languageId: 'yaml' | 'json'; readonly losses: readonly { readonly at: string; readonly reason: string }[]; /** Of the file that was made. */ readonly created?: string }
  | { readonly kind: 'refused'; readonly message: string };
