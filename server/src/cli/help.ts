import type { Command, OptionRow } from './command';
import { COMMANDS } from './commands';

/** Options of every command. */
export const COMMON_OPTIONS: readonly OptionRow[] = [
  { name: 'color', value: 'WHEN', doc: 'Colours: auto (default), always or never.', example: '--color always', words: ['auto', 'always', 'never'] },
  { name: 'help', short: 'h', doc: 'Show this help.', example: 'swarmspec validate --help' },
];

const WIDTH = 100;

export function overview(): string {
  const rows = Object.values(COMMANDS).map((load) => load()).map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`);
  return `swarmspec checks, explains and applies Docker Swarm service specs.

Usage: swarmspec COMMAND [OPTION]…

${rows.join('\n')}

Options:
  -h, --help     Show help; after a command, that of the command.
  -v, --version  Show the version.

Example: swarmspec validate deploy/web.service.yaml
`;
}

export function help({ name, usage, summary, options, examples }: Command): string {
  const rows = [...options, ...COMMON_OPTIONS].map(({ doc, example, ...row }) => {
    return `  ${optionName(row)}\n${wrapped(example ? `${doc} Example: ${example}` : doc, 10)}`;
  });
  return `${summary}

Usage: swarmspec ${name} ${usage}

Options:
${rows.join('\n')}

${examples.length > 1 ? 'Examples' : 'Example'}:
${examples.map((example) => `  ${example}`).join('\n')}
`;
}

/** `-f, --format NAME` */
export function optionName({ name, short, value }: Pick<OptionRow, 'name' | 'short' | 'value'>): string {
  return `${short ? `-${short}, ` : '    '}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one).join('\n');
}
