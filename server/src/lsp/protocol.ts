/** Names that the client shares with the server. */
export const COMMANDS = {
  /** Arguments: uri, and the path of a spec in a document (`{document, base}`) where the file has several. */
  apply: 'swarmspec.apply',
  /** Arguments: uri. Answers the target as text. */
  target: 'swarmspec.target',
  /** Arguments: uri, and an edit (or what one is made from). Has the client apply it. */
  edit: 'swarmspec.edit',
} as const;

/** What a file says somewhere that wants to be a spec in spite of its name: a modeline, or a `$schema` of ours. */
export const MENTION = /swarmspec:|service-spec\b/;
