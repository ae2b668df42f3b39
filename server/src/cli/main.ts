import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { VERSION } from '../version';
import { type Command, EXIT, type OptionRow, type Terminal, TroubleError, UsageError } from './command';

/** Every command; loaded when it is called, since start-up is most of what a small file costs. */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  validate: () => (require('./commands/validate') as typeof import('./commands/validate')).default,
  plan: () => (require('./commands/plan') as typeof import('./commands/plan')).default,
  apply: () => (require('./commands/apply') as typeof import('./commands/apply')).default,
  schema: () => (require('./commands/schema') as typeof import('./commands/schema')).default,
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).default,
  lsp: () => (require('./commands/lsp') as typeof import('./commands/lsp')).default,
};

const HELP: OptionRow = { name: 'help', short: 'h', doc: 'Show this help.' };

/** Runs a command line and answers the exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    terminal.out(`${VERSION}\n`);
    return EXIT.done;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? terminal.err : terminal.out)(overview());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    terminal.err(`swarmspec: there is no command \`${name}\`. It has ${Object.keys(COMMANDS).join(', ')}; \`swarmspec --help\` tells more.\n`);
    return EXIT.usage;
  }
  const command = COMMANDS[name]();
  try {
    const options = [...command.options, HELP];
    const { values, positionals } = parse(rest, options);
    if (values.help) {
      terminal.out(help(command, options));
      return EXIT.done;
    }
    if (values.version) {
      terminal.out(`${VERSION}\n`);
      return EXIT.done;
    }
    return await command.run({ values, positionals }, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`swarmspec ${name}: ${error.message}\nUsage: swarmspec ${name} ${command.usage}\n`);
      return EXIT.usage;
    }
    if (error instanceof TroubleError || (error instanceof Error && error.name === 'EngineError')) {
      terminal.err(`swarmspec ${name}: ${error.message}\n`);
      return EXIT.trouble;
    }
    throw error;
  }
}

function parse(args: string[], options: readonly OptionRow[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries([...options, { name: 'version', doc: '' } as OptionRow].map(({ name, short, value }) => [name, { type: value === undefined ? 'boolean' : 'string', ...(short ? { short } : {}) }])),
    }) as { values: Record<string, string | boolean | undefined>; positionals: string[] };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0].replace(/[^.]$/, '$&.'));
  }
}

function overview(): string {
  const rows = Object.values(COMMANDS).map((load) => load()).map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`);
  return `swarmspec checks, explains and applies Docker Swarm service specs.

Usage: swarmspec COMMAND [OPTION]…

${rows.join('\n')}

Options:
  -h, --help     Show help; after a command, that of the command.
  -v, --version  Show the version.

Example: swarmspec validate deploy/web.service.yaml
`;
}

function help({ name, usage, summary, examples }: Command, options: readonly OptionRow[]): string {
  const rows = options.map(({ name, short, value, doc }) => [`${short ? `-${short}, ` : '    '}--${name}${value === undefined ? '' : ` ${value}`}`, doc]);
  const width = Math.max(...rows.map(([left]) => left.length));
  return `${summary}

Usage: swarmspec ${name} ${usage}

Options:
${rows.map(([left, doc]) => `  ${left.padEnd(width)}  ${doc}`).join('\n')}

${examples.length > 1 ? 'Examples' : 'Example'}:
${examples.map((example) => `  ${example}`).join('\n')}
`;
}

/** The terminal of this process. */
function processTerminal(): Terminal {
  const { env, stdout } = process;
  const color = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' ? true : env.NO_COLOR ? false : stdout.isTTY === true;
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color,
    ask: process.stdin.isTTY && stdout.isTTY ? askOnTerminal : undefined,
    stdin: () => readFileSync(0, 'utf8'),
    cwd: process.cwd(),
    env,
  };
}

async function askOnTerminal(question: string): Promise<boolean> {
  const { createInterface }: typeof import('node:readline/promises') = require('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

if (require.main === module) {
  // a reader that goes away, such as `head`, is no trouble
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  main(process.argv.slice(2), processTerminal()).then(
    (code) => {
      process.exitCode = code;
    },
    (error: Error) => {
      process.stderr.write(`swarmspec: this is a bug of swarmspec: ${process.env.SWARMSPEC_DEBUG ? error.stack : error.message}\n`);
      process.exitCode = EXIT.trouble;
    },
  );
}
