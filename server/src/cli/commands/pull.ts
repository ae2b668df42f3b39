import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanSpec, remark } from '../../apply/pull';
import { writeDocument } from '../../document/write';
import { toJson } from '../../document/value';
import { type Command, EXIT, TroubleError, UsageError } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { apiOption } from './validate';

const command: Command = {
  name: 'pull',
  usage: 'SERVICE [--format yaml|json] [--comments] [--out FILE] [--json] [--host ADDRESS] [--api V]',
  summary: 'Write the spec of a live service as a file that says no more than it must.',
  options: [
    { name: 'format', value: 'NAME', doc: 'yaml (default) or json.', words: ['yaml', 'json'], example: '--format json' },
    { name: 'comments', doc: 'Say beside numbers what they mean, such as 10 s; in YAML only.', example: 'swarmspec pull web --comments' },
    { name: 'out', short: 'o', value: 'FILE', doc: 'Write to a file that must not exist yet, and that only its owner can read.', example: '--out web.service.yaml' },
    { name: 'json', doc: 'Write one JSON object with the spec and where it is from, of the shape in schemas/pull.v1.json.', example: 'swarmspec pull web --json' },
    ...ENGINE_OPTIONS,
  ],
  examples: ['swarmspec pull web > web.service.yaml', 'swarmspec pull web --comments --out web.service.yaml'],

  async run({ positionals, values }, terminal) {
    if (positionals.length !== 1) throw new UsageError('it takes the name of one service.');
    const [name] = positionals;
    const { comments, out, json } = values;
    const format = values.format ?? 'yaml';
    if (format !== 'yaml' && format !== 'json') throw new UsageError('`--format` takes yaml or json.');
    if (comments && (format === 'json' || json)) throw new UsageError('`--comments` needs YAML: JSON has no comments.');
    const flag = apiOption(values.api);
    const { engine, info } = await openEngine(values, terminal);
    const api = flag ?? info.apiVersion;
    const [live, networks] = await Promise.all([engine.service(name, api), engine.networks(api)]);
    if (!live) throw new TroubleError(`there is no service \`${name}\` at ${engine.address}.`);
    const spec = cleanSpec(live.spec, networks);
    const text = json
      ? toJson({ version: 1, command: 'pull', engine: { address: engine.address, version: info.engineVersion }, service: { id: live.id, name: live.name }, index: live.index, api, spec })
      : writeDocument(spec, format, comments ? remark : undefined);
    if (out === undefined) {
      terminal.out(`${text}\n`);
      return EXIT.done;
    }
    try {
      // specs hold environment values, and a file that is there already may hold somebody's work
      writeFileSync(resolve(terminal.cwd, String(out)), `${text}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
      throw new TroubleError(`cannot write \`${out}\`: ${exists ? 'the file is there already' : (error as Error).message}.`);
    }
    terminal.err(`Wrote the spec of \`${live.name}\` (version index ${live.index}) to ${out}.\n`);
    return EXIT.done;
  },
};
export default command;
