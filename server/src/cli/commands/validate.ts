import { isApiVersion, API_VERSIONS } from '../../facts/versions';
import { fragmentPath } from '../../features/target';
import { validate } from '../../features/validate';
import { type Command, EXIT, UsageError } from '../command';
import { readInputs } from '../files';
import { FileOptions } from '../options';
import { countSeverity, type Printer } from '../report';

const FORMATS: Readonly<Record<string, (color: boolean) => Printer>> = {
  text: (color) => (require('../printers/text') as typeof import('../printers/text')).textPrinter(color),
  json: () => (require('../printers/json') as typeof import('../printers/json')).jsonPrinter(),
};

const command: Command = {
  name: 'validate',
  usage: '[FILE|DIR|GLOB|-]… [--api V] [--engine V] [--as PATH] [--format text|json] [--fail-on error|warning]',
  summary: 'Check specs the way the engine reads them.',
  options: [
    { name: 'api', value: 'V', doc: 'API version to check against, such as 1.49; a modeline in a file goes before it.' },
    { name: 'engine', value: 'V', doc: 'Release of the engine the specs are for, such as 28.5 or 29.' },
    { name: 'as', value: 'PATH', doc: 'Check a fragment: `partial` for a spec with parts left out, or the block it is, such as TaskTemplate.ContainerSpec.' },
    { name: 'format', value: 'NAME', doc: 'text (default) or json.' },
    { name: 'fail-on', value: 'LEVEL', doc: 'Lowest severity that makes the exit code 1: error (default) or warning.' },
  ],
  examples: ['swarmspec validate deploy/', 'swarmspec validate web.service.yaml --api 1.44 --format json'],

  run({ positionals, values }, terminal) {
    const api = apiOption(values.api);
    const format = String(values.format ?? 'text');
    if (!Object.hasOwn(FORMATS, format)) throw new UsageError(`there is no format \`${format}\`. It has ${Object.keys(FORMATS).join(' and ')}.`);
    const failOn = values['fail-on'] ?? 'error';
    if (failOn !== 'error' && failOn !== 'warning') throw new UsageError('`--fail-on` takes error or warning.');
    const as = values.as as string | undefined;
    if (as !== undefined && !fragmentPath(as)) throw new UsageError(`\`--as ${as}\` is no object of a spec. It takes \`partial\` or a path such as TaskTemplate.ContainerSpec.`);
    const printer = FORMATS[format](terminal.color);
    const options = new FileOptions({ api, engine: values.engine as string | undefined, as }, terminal);
    let files = 0;
    let errors = 0;
    let warnings = 0;
    for (const { path, file } of readInputs(positionals, terminal)) {
      const chosen = options.of(path);
      const findings = validate(file, chosen);
      files++;
      errors += countSeverity(findings, 'error');
      warnings += countSeverity(findings, 'warning');
      terminal.out(printer.file({ path, file, findings, target: chosen.target(file.documents[0].document) }));
    }
    terminal.out(printer.end({ files, errors, warnings }));
    return errors > 0 || (failOn === 'warning' && warnings > 0) ? EXIT.findings : EXIT.done;
  },
};
export default command;

/** The `--api` of a command line: `1.44` or `v1.44`. */
export function apiOption(value: string | boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  const version = String(value).replace(/^v/, '');
  if (!isApiVersion(version)) throw new UsageError(`\`--api ${value}\` is no API version that is known. It takes ${API_VERSIONS[0].version} to ${API_VERSIONS.at(-1)?.version}.`);
  return version;
}
