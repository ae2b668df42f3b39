import { parseArgs } from 'node:util';
import { VERSION } from '../version';
import { type Arguments, type Command, EXIT, type OptionRow, type Terminal, TroubleError, UsageError } from './command';
import { COMMANDS } from './commands';

/** Runs a command line and answers the exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    (first === undefined ? terminal.err : terminal.out)(helpTexts().overview());
    return first === undefined ? EXIT.usage : EXIT.done;
  }
  if (first === '--version' || first === '-v') {
    terminal.out(`${VERSION}\n`);
    return EXIT.done;
  }
  const [name, given] = first === 'help' ? [rest[0], ['--help']] : [first, rest];
  if (!Object.hasOwn(COMMANDS, name)) {
    const near = nearestOf(name, Object.keys(COMMANDS));
    terminal.err(`swarmspec: there is no command \`${name}\`.${near ? ` Did you mean \`${near}\`?` : ''} It has ${Object.keys(COMMANDS).join(', ')}; \`swarmspec --help\` tells more.\n`);
    return EXIT.usage;
  }
  const command = COMMANDS[name]();
  try {
    const { values, positionals, lists } = parse(given, command);
    if (values.help) {
      terminal.out(helpTexts().help(command));
      return EXIT.done;
    }
    if (values.version) {
      terminal.out(`${VERSION}\n`);
      return EXIT.done;
    }
    return await command.run({ values, positionals, lists }, inColor(terminal, values.color));
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

/** Loaded when someone asks. */
function helpTexts(): typeof import('./help') {
  return require('./help');
}

function nearestOf(word: string, words: readonly string[]): string | undefined {
  const { nearest }: typeof import('../schema/nearest') = require('../schema/nearest');
  return nearest(word, words);
}

function inColor(terminal: Terminal, when: string | boolean | undefined): Terminal {
  if (when === undefined || when === 'auto') return terminal;
  if (when !== 'always' && when !== 'never') throw new UsageError(`\`--color ${when}\` is none of auto, always and never.`);
  return { ...terminal, color: when === 'always' };
}

/** What each command takes besides its own options; the help shows all but the last. */
const COMMON: readonly Pick<OptionRow, 'name' | 'short' | 'value' | 'multiple'>[] = [{ name: 'color', value: 'WHEN' }, { name: 'help', short: 'h' }, { name: 'version' }];

function parse(args: readonly string[], command: Command): Arguments {
  const options = [...command.options, ...COMMON];
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(options.map(({ name, short, value, multiple }) => [name, { type: value === undefined ? 'boolean' : 'string', ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }])),
    });
    const all = Object.entries(parsed.values);
    return {
      positionals: parsed.positionals,
      values: Object.fromEntries(all.filter(([, value]) => !Array.isArray(value))) as Arguments['values'],
      lists: Object.fromEntries(all.filter(([, value]) => Array.isArray(value))) as Arguments['lists'],
    };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const [, unknown] = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? (/'(-[^']*)'/.exec(message) ?? []) : [];
    if (unknown === undefined) throw new UsageError(message.split('. ')[0].replace(/[^.]$/, '$&.'));
    const near = unknown.startsWith('--') ? nearestOf(unknown.slice(2), options.map(({ name }) => name)) : undefined;
    throw new UsageError(`there is no option \`${unknown}\`.${near ? ` Did you mean \`--${near}\`?` : ''}`);
  }
}
