import { EXIT } from '../cli/command';
import { type OptionShape, type Shape, shapes } from '../cli/completions/shapes';
import { COMMANDS } from '../cli/commands';
import { FORMATS } from '../cli/printers/formats';

/** What an exit code means, by its name. */
const EXITS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'All is well, or only findings that do not count.',
  findings: 'Findings that count; for `plan`: the service differs from the file.',
  usage: 'Wrong usage.',
  trouble: 'The job could not be done: a file that cannot be read, an engine that cannot be reached.',
  conflict: 'Somebody else was first: the service has changed since it was planned, or while its tasks were replaced.',
  refused: 'The engine refuses the spec.',
  notConverged: 'Applied, and not at its end in time.',
  rolledBack: 'Applied, and paused or rolled back by the engine.',
  unread: 'Whoever read the output went away before the end. What was already being sent goes on, and ends with the code of its own.',
};

const VARIABLES: Readonly<Record<string, string>> = {
  DOCKER_HOST: 'Address of the engine, where `--host` does not say it.',
  SWARMSPEC_REGISTRY_AUTH: 'Registry credentials for `apply`; never given on the command line.',
  'NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE': 'Whether there are colours, where `--color` does not say it.',
  GITHUB_ACTIONS: 'Set by GitHub Actions: annotations are the default format then.',
  SWARMSPEC_DEBUG: 'Show where a bug of swarmspec happened.',
};

const FILES: Readonly<Record<string, string>> = {
  'swarmspec.config.yaml, .yml, .json': 'What a project has decided for its specs; found from the folder of a spec upwards.',
  '.swarmspecignore': 'What searches leave out, in the syntax of .gitignore.',
};

/** The manual page, in the man macros of troff. */
export function manPage(): string {
  const commands = shapes();
  return [
    '.\\" Written by `npm run generate` from the table of commands; do not edit.',
    '.TH SWARMSPEC 1 "" swarmspec "User Commands"',
    '.SH NAME',
    text('swarmspec \\- check, explain and apply Docker Swarm service specs'),
    '.SH SYNOPSIS',
    ...commands.map(({ name }) => `.B swarmspec ${name}\n${text(COMMANDS[name]().usage)}\n.br`),
    '.SH DESCRIPTION',
    text('Checks the JSON or YAML that holds the body of POST /services/{id}/update the way the Docker Engine reads it, and applies it against exactly the version index that was shown.'),
    ...commands.flatMap(section),
    '.SH FORMATS',
    ...terms(FORMATS.map(({ name, doc }) => [name, doc])),
    '.SH EXIT STATUS',
    ...terms(Object.entries(EXIT).map(([name, code]) => [String(code), EXITS[name as keyof typeof EXIT]])),
    '.SH ENVIRONMENT',
    ...terms(Object.entries(VARIABLES)),
    '.SH FILES',
    ...terms(Object.entries(FILES)),
    '',
  ].join('\n');
}

function section({ name, summary, options }: Shape): string[] {
  const { examples } = COMMANDS[name]();
  return [`.SH ${`swarmspec ${name}`.toUpperCase()}`, text(summary), ...options.flatMap(option), '.PP', 'Examples:', '.nf', ...examples.map((example) => `.RS\n${text(example)}\n.RE`), '.fi'];
}

function option({ name, short, value, doc }: OptionShape): string[] {
  const flags = [short && `-${short}`, `--${name}`].filter(Boolean).map((flag) => `\\fB${text(String(flag))}\\fR`).join(', ');
  return ['.TP', `${flags}${value === undefined ? '' : ` \\fI${text(value)}\\fR`}`, text(doc)];
}

function terms(rows: readonly (readonly [string, string])[]): string[] {
  return rows.flatMap(([term, doc]) => ['.TP', `.B ${text(term)}`, text(doc)]);
}

/** Text for troff: hyphens that can be copied, code in bold, nothing that reads as a request. */
function text(plain: string): string {
  return plain
    .replaceAll('\\-', '\u0000')
    .replaceAll('\\', '\\e')
    .replaceAll('\u0000', '-')
    .replaceAll('-', '\\-')
    .replaceAll(/`([^`]+)`/g, '\\fB$1\\fR')
    .replaceAll('…', '...')
    .replaceAll(/^(?=[.'])/gm, '\\&');
}
