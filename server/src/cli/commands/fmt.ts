import { resolve } from 'node:path';
import { DEFAULT_FORMAT, format } from '../../features/format';
import { hasSpecName } from '../../features/specFiles';
import { unifiedDiff } from '../../features/unifiedDiff';
import { type Command, EXIT, UsageError } from '../command';
import { readInputs } from '../files';
import { FileOptions } from '../options';
import { writeWhole } from '../write';

const command: Command = {
  name: 'fmt',
  usage: '[FILE|DIR|GLOB|-]… [--check] [--diff] [--sort-keys]',
  summary: 'Lay specs out: indentation, spaces, blank lines; values and comments stay.',
  options: [
    { name: 'check', doc: 'Write nothing; name the files that would change, and exit with 1 if there are any.', example: 'fmt --check deploy/' },
    { name: 'diff', doc: 'Write nothing; print what would change.', example: 'fmt --diff web.service.yaml' },
    { name: 'sort-keys', doc: 'Sort keys in the order of the API too; comments travel along.', example: 'fmt --sort-keys web.service.yaml' },
  ],
  examples: ['swarmspec fmt deploy/', 'swarmspec fmt --check --diff deploy/', 'swarmspec fmt - < web.service.yaml'],

  run({ positionals, values }, terminal) {
    if (positionals.includes('-') && positionals.length > 1) throw new UsageError('`-` stands alone: the result goes to the standard output.');
    const { check = false, diff = false } = values;
    const options = new FileOptions({}, terminal);
    let changed = 0;
    let refused = 0;
    for (const { path, file } of readInputs(positionals, terminal, { ignoreFiles: true, isSpec: (path) => options.names(path) || hasSpecName(path) })) {
      const laid = file.text.includes('\ufffd') ? NOT_UTF8 : format(file, { ...DEFAULT_FORMAT, sort: values['sort-keys'] ? (document) => options.of(path).target(document) : undefined });
      if (laid.kind === 'refused') {
        terminal.err(`${path}: not formatted. ${laid.reason}\n`);
        refused++;
        if (path === '-' && !check && !diff) terminal.out(file.text);
        continue;
      }
      for (const reason of laid.skipped) terminal.err(`${path}: ${reason}\n`);
      const differs = laid.text !== file.text;
      if (differs) changed++;
      if (differs && diff) terminal.out(unifiedDiff(file.text, laid.text, path === '-' ? 'stdin' : path));
      else if (differs && check) terminal.out(`${path}\n`);
      else if (path === '-' && !check && !diff) terminal.out(laid.text);
      else if (differs && !check && !diff) {
        writeWhole(resolve(terminal.cwd, path), laid.text);
        terminal.out(`${path}\n`);
      }
    }
    if (refused > 0) return EXIT.trouble;
    return check && changed > 0 ? EXIT.findings : EXIT.done;
  },
};
export default command;

const NOT_UTF8 = { kind: 'refused', reason: 'It is not UTF-8, and would be changed throughout.' } as const;
