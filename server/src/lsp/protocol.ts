/** Names that the client shares with the server. */
export const COMMANDS = {
  /** Arguments: uri, and the path of a spec in a document (`{document, base}`) where the file has several. */
  apply: 'swarmspec.apply',
  /** Arguments: uri. Answers the target as text. */
  target: 'swarmspec.target',
} as const;
