import type { OptionShape, Shape } from './shapes';

export function fish(commands: readonly Shape[]): string {
  const first = "complete -c swarmspec -n '__fish_use_subcommand'";
  return [
    '# fish completion for swarmspec; written by `swarmspec completion fish`',
    `${first} -f -a help -d 'Show help.'`,
    ...commands.map(({ name, summary }) => `${first} -f -a ${name} -d ${quoted(summary)}`),
    `${first} -l help -s h -d 'Show help.'`,
    `${first} -l version -s v -d 'Show the version.'`,
    `complete -c swarmspec -n '__fish_seen_subcommand_from help' -f -a ${quoted(commands.map(({ name }) => name).join(' '))}`,
    ...commands.flatMap(({ name, options, words }) => {
      const here = `complete -c swarmspec -n '__fish_seen_subcommand_from ${name}'`;
      return [...(words === undefined ? [] : [`${here} -f -a ${quoted(words.join(' '))}`]), ...options.map((option) => `${here}${optionText(option)}`)];
    }),
    '',
  ].join('\n');
}

function optionText({ name, short, doc, value, words, wordsAfter }: OptionShape): string {
  const flags = ` -l ${name}${short ? ` -s ${short}` : ''} -d ${quoted(doc)}`;
  if (value === undefined) return flags;
  if (words === undefined) return `${flags} -r -F`;
  // what stands behind \`=\` is offered with it, if it can be listed
  const all = wordsAfter ? words.flatMap((word) => (word.endsWith('=') ? wordsAfter.map((after) => word + after) : [word])) : words;
  return `${flags} -x${all.length > 0 ? ` -a ${quoted(all.join(' '))}` : ''}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
