/** Names that the client shares with the server. */
export const COMMANDS = {
  /** Arguments: uri, and the path of a spec in a document (`{document, base}`) where the file has several. */
  apply: 'swarmspec.apply',
  /** Arguments: uri. Answers the target as text. */
  target: 'swarmspec.target',
  /** Arguments: uri, and an edit (or what one is made from). Has the client apply it. */
  edit: 'swarmspec.edit',
  /** Arguments: uri of any open file, and `ConvertArguments`. Answers a `ConvertAnswer`. */
  convert: 'swarmspec.convert',
} as const;

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
