import { dirname, resolve } from 'node:path';
import { readFile } from '../../document/document';
import { CONVERSIONS, type Conversion, convert } from '../../features/convert';
import { syntaxOf } from '../../features/specFiles';
import { type Command, EXIT, TroubleError, UsageError } from '../command';
import { readInput } from '../files';
import { writeWhole } from '../write';

const command: Command = {
  name: 'convert',
  usage: 'FILE --to yaml|json|spec|compose [--service NAME] [--stack NAME] [--out FILE] [--strict]',
  summary: 'Turn a spec into another form: JSON, YAML, from and to compose files.',
  options: [
    { name: 'to', value: 'FORM', doc: 'yaml and json keep what the file says; spec is made of compose services and of inspect output, compose of specs.', example: '--to spec', words: CONVERSIONS },
    { name: 'service', value: 'NAME', doc: 'Only this service of the file.', example: '--service web' },
    { name: 'stack', value: 'NAME', doc: 'With `--to spec`: name everything as `docker stack deploy` does for this stack.', example: '--stack shop' },
    { name: 'out', value: 'FILE', doc: 'Write this file instead of the standard output; one that ends in .json gets JSON.', example: '--out web.service.yaml' },
    { name: 'strict', doc: 'Exit with 1 when something could not be carried over. It is always told on the error stream.', example: '--strict' },
  ],
  examples: ['swarmspec convert compose.yaml --to spec --service web --out web.service.yaml', 'swarmspec convert compose.yaml --to spec --stack shop --strict', 'docker service inspect web | swarmspec convert - --to spec'],

  run({ positionals, values }, terminal) {
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError(path === undefined ? 'no file is given. Name one, or `-` for the standard input.' : 'it takes one file.');
    const to = String(values.to ?? '');
    if (!isConversion(to)) throw new UsageError(values.to === undefined ? '`--to` is missing: yaml, json, spec or compose.' : `\`--to ${to}\` is no form that it knows. It knows yaml, json, spec and compose.`);
    if (values.stack !== undefined && to !== 'spec') throw new UsageError('`--stack` goes with `--to spec`.');
    const out = values.out as string | undefined;
    const text = readInput(path, terminal);
    const made = convert(readFile(text, syntaxOf(path, text)), to, {
      service: values.service as string | undefined,
      stack: values.stack as string | undefined,
      folder: path === '-' ? terminal.cwd : dirname(resolve(terminal.cwd, path)),
      syntax: out?.endsWith('.json') ? 'json' : 'yaml',
    });
    if (made.kind === 'refused') throw new TroubleError(`\`${path}\` is not converted. ${made.reason}`);
    if (out === undefined) terminal.out(made.text);
    else writeWhole(resolve(terminal.cwd, out), made.text);
    for (const { at, reason } of made.losses) terminal.err(`${at}: ${reason}\n`);
    return values.strict && made.losses.length > 0 ? EXIT.findings : EXIT.done;
  },
};
export default command;

function isConversion(word: string): word is Conversion {
  return (CONVERSIONS as readonly string[]).includes(word);
}
