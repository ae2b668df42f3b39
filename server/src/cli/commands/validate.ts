import { dirname, resolve } from 'node:path';
import { count } from '../../facts/units';
import { API_VERSIONS, isApiVersion } from '../../facts/versions';
import { fragmentPath, meantPart } from '../../features/target';
import type { Severity } from '../../finding';
import type { Baseline } from '../baseline';
import { Checker, type CheckJob } from '../check';
import { checkFiles } from '../checkFiles';
import { type Arguments, type Command, EXIT, type Terminal, TroubleError, UsageError } from '../command';
import { findInputs } from '../files';
import type { Fixer } from '../fixing';
import type { Flags } from '../options';
import { formatOf, Outputs } from '../outputs';
import { FORMATS } from '../printers/formats';
import { countSeverity, type FileReport, type Summary } from '../report';

/** What `--fail-on` takes, worst first; `never` stands for none. */
const LEVELS: readonly Severity[] = ['error', 'warning', 'information'];

const FORMAT_NAMES = FORMATS.map(({ name }) => name);

const command: Command = {
  name: 'validate',
  usage: '[OPTION]… FILE|DIR|GLOB|!GLOB|-…',
  summary: 'Check specs the way the engine reads them.',
  options: [
    { name: 'api', value: 'V', doc: 'API version to check against; a modeline in a file goes before it.', example: '--api 1.44', words: API_VERSIONS.map(({ version }) => version) },
    { name: 'engine', value: 'V', doc: 'Release of the engine the specs are for.', example: '--engine 28.5', words: ['20', '28', '29'] },
    { name: 'as', value: 'PATH', doc: 'Check fragments: `partial` for specs with parts left out, or the block they are.', example: '--as TaskTemplate.ContainerSpec' },
    { name: 'rule', value: 'ID=SEVERITY', multiple: true, doc: 'Severity of a rule: error, warning, information, hint or off.', example: '--rule floating-image-tag=off', words: () => ruleIds().map((id) => `${id}=`), wordsAfter: ['error', 'warning', 'information', 'hint', 'off'] },
    { name: 'config', value: 'FILE', doc: 'Config file for all specs, instead of the one found above each.', example: '--config ci/swarmspec.config.yaml' },
    { name: 'no-config', doc: 'Take no config file into account.', example: 'swarmspec validate web.yaml --no-config' },
    { name: 'format', short: 'f', value: 'NAME', doc: `What is printed: ${FORMAT_NAMES.join(', ')}. Default: text; github where GitHub Actions runs it.`, example: '--format compact', words: FORMAT_NAMES },
    { name: 'output', short: 'o', value: 'FORMAT=FILE', multiple: true, doc: 'Write this format to a file as well; folders on the way are made.', example: '--output sarif=reports/swarmspec.sarif --output junit=reports/swarmspec.xml', words: FORMAT_NAMES.map((name) => `${name}=`) },
    { name: 'quiet', short: 'q', doc: 'Report errors only, and nothing when there are none.', example: 'swarmspec validate deploy/ --quiet' },
    { name: 'fail-on', value: 'LEVEL', doc: 'Lowest severity that makes the exit code 1: error (default), warning, information or never.', example: '--fail-on warning', words: [...LEVELS, 'never'] },
    { name: 'max-warnings', value: 'N', doc: 'Exit code 1 when there are more warnings than this.', example: '--max-warnings 10' },
    { name: 'exit-zero', doc: 'Exit code 0 whatever is found.', example: 'swarmspec validate deploy/ --exit-zero' },
    { name: 'fix', doc: 'Apply the fixes that have one right answer, then report what is left. From the standard input to the standard output.', example: 'swarmspec validate deploy/ --fix' },
    { name: 'fix-dry-run', doc: 'Print what `--fix` would change, as a patch of the files as they are (values that look secret included); exit code 1 if it would.', example: 'swarmspec validate deploy/ --fix-dry-run | git apply' },
    { name: 'unsafe-fixes', doc: 'With `--fix` or `--fix-dry-run`: also the fixes that a person should look at.', example: '--fix-dry-run --unsafe-fixes' },
    { name: 'baseline', value: 'FILE', doc: 'Do not report the findings that this file knows; lines may have moved.', example: '--baseline swarmspec.baseline.json' },
    { name: 'update-baseline', doc: 'Write what is found now to the baseline.', example: '--baseline swarmspec.baseline.json --update-baseline' },
    { name: 'stdin-filename', value: 'FILE', doc: 'What the standard input is called: in the findings, for its syntax, and to find its config.', example: '--stdin-filename deploy/web.service.yaml -' },
    { name: 'no-ignore', doc: 'Do not let .gitignore and .swarmspecignore leave out anything.', example: 'swarmspec validate build/ --no-ignore' },
    { name: 'no-error-on-unmatched-pattern', doc: 'It is fine if a file, folder or glob matches nothing.', example: "swarmspec validate 'stacks/**/*.json' --no-error-on-unmatched-pattern" },
    { name: 'watch', short: 'w', doc: 'Check again when something changes, until Ctrl+C.', example: 'swarmspec validate deploy/ --watch' },
  ],
  examples: ['swarmspec validate deploy/', "swarmspec validate 'stacks/**/*.json' '!stacks/old/**' --api 1.44", 'swarmspec validate - --format json < web.service.json', 'swarmspec validate deploy/ --fix --fail-on warning'],

  async run(args, terminal) {
    const job = jobOf(args, terminal);
    if (!args.values.watch) return job.run(terminal);
    if (args.positionals.includes('-')) throw new UsageError('`--watch` needs files: the standard input is read once.');
    const { watchFolders }: typeof import('../watch') = require('../watch');
    await watchFolders((onFolder) => watched(job, terminal, onFolder), terminal);
    return EXIT.done;
  },
};
export default command;

interface Job {
  /** Checks everything once and answers the exit code. */
  run(terminal: Terminal, onFolder?: (path: string) => void): number;
}

/** One round of `--watch`: what goes wrong is told, and the next change may mend it. */
function watched(job: Job, terminal: Terminal, onFolder: (path: string) => void): void {
  terminal.clear?.();
  try {
    job.run(terminal, onFolder);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TroubleError)) throw error;
    terminal.err(`swarmspec validate: ${error.message}\n`);
  }
  terminal.err('Watching for changes; Ctrl+C ends.\n');
}

/** Reads the command line; what is wrong with it is told before any file is looked at. */
function jobOf({ positionals, values, lists }: Arguments, terminal: Terminal): Job {
  const flags = flagsOf({ values, lists });
  const screen = formatOf(String(values.format ?? (terminal.env.GITHUB_ACTIONS === 'true' ? 'github' : 'text')));
  const failOn = levelOf(values);
  const fails = (severity: Severity) => failOn !== undefined && LEVELS.includes(severity) && LEVELS.indexOf(severity) <= LEVELS.indexOf(failOn);
  const mostWarnings = maxWarningsOf(values['max-warnings']);
  const baselinePath = values.baseline as string | undefined;
  if (values['update-baseline'] && baselinePath === undefined) throw new UsageError('`--update-baseline` needs `--baseline FILE`.');
  const stdinName = values['stdin-filename'] as string | undefined;
  const names = stdinName !== undefined && positionals.length === 0 ? ['-'] : positionals;
  if (stdinName !== undefined && !names.includes('-')) throw new UsageError('`--stdin-filename` names the standard input, and `-` is not among the files.');
  const fixing = values.fix === true || values['fix-dry-run'] === true;
  if (values['unsafe-fixes'] && !fixing) throw new UsageError('`--unsafe-fixes` goes with `--fix` or `--fix-dry-run`.');
  if (fixing && names.includes('-') && names.length > 1) throw new UsageError('the standard input is fixed alone, since the result goes to the standard output.');

  function run(here: Terminal, onFolder?: (path: string) => void): number {
    const baseline = baselinePath === undefined ? undefined : baselineAt(baselinePath, here, values['update-baseline'] === true);
    const fixer = fixing ? fixerOf(values, here, screen !== formatOf('text') && (values['fix-dry-run'] === true || names.includes('-'))) : undefined;
    // what is fixed goes to the output, so what is found goes beside it
    const outputs = Outputs.open({ format: screen, write: fixer?.takesOutput(names) ? here.err : here.out }, lists.output ?? [], { quiet: values.quiet === true, fails }, here);
    const tally = new Tally(here);
    let checker: Checker | undefined;
    try {
      const job: CheckJob = { flags, edits: outputs.edits, silenced: outputs.silenced, stdinName };
      checker = new Checker(job, here, fixer && ((...file) => fixer.fix(...file)));
      const { options } = checker;
      const search = { ignoreFiles: !values['no-ignore'], allowUnmatched: values['no-error-on-unmatched-pattern'] === true, isSpec: (path: string) => options.names(path), onFolder };
      const found = findInputs(names, here, search);
      const script = fixing || names.includes('-') ? undefined : here.script;
      const watched = onFolder ? tellFolders(found, (path) => [resolve(here.cwd, path), options.configOf(path)?.path], onFolder) : found;
      for (const report of checkFiles(watched, checker, { script, job, cwd: here.cwd })) {
        const marked = baseline ? baseline.mark(report) : report;
        tally.add(marked, fails);
        outputs.file(marked);
      }
    } catch (error) {
      outputs.abandon();
      if (error instanceof UsageError) checker?.options.tellConfigOf('.');
      throw error;
    }
    outputs.end(tally.end());
    if (baseline) tellBaseline(baseline, values['update-baseline'] === true, here);
    if (values['update-baseline'] || values['exit-zero']) return EXIT.done;
    const tooMany = mostWarnings !== undefined && tally.warnings > mostWarnings;
    if (tooMany) here.err(`swarmspec validate: there ${tally.warnings === 1 ? 'is 1 warning' : `are ${tally.warnings} warnings`}, and \`--max-warnings\` allows ${mostWarnings}.\n`);
    return tally.failed || tooMany || fixer?.wouldChange ? EXIT.findings : EXIT.done;
  }
  return { run };
}

/** Passes paths on, and tells the folders of what each depends on before it is read. */
function* tellFolders(paths: Iterable<string>, sourcesOf: (path: string) => readonly (string | undefined)[], onFolder: (path: string) => void): Generator<string> {
  for (const path of paths) {
    for (const source of sourcesOf(path)) if (source !== undefined) onFolder(dirname(source));
    yield path;
  }
}

/** Counts what is found, and tells on a terminal how far it is. */
class Tally {
  warnings = 0;
  /** Whether something was found that makes the command fail. */
  failed = false;
  private files = 0;
  private errors = 0;
  private toldAt = Date.now() + 200; // short work is over before anyone asks

  constructor(private readonly terminal: Terminal) {}

  add({ findings }: FileReport, fails: (severity: Severity) => boolean): void {
    this.files++;
    this.errors += countSeverity(findings, 'error');
    this.warnings += countSeverity(findings, 'warning');
    this.failed ||= findings.some(({ severity, silenced }) => !silenced && fails(severity));
    if (!this.terminal.progress || Date.now() - this.toldAt < 100) return;
    this.toldAt = Date.now();
    this.terminal.progress(`${this.files} files checked …`);
  }

  end(): Summary {
    this.terminal.progress?.('');
    const { files, errors, warnings } = this;
    return { files, errors, warnings };
  }
}

function fixerOf(values: Arguments['values'], terminal: Terminal, silent: boolean): Fixer {
  const { Fixer: Class }: typeof import('../fixing') = require('../fixing');
  return new Class({ dryRun: values['fix-dry-run'] === true, unsafe: values['unsafe-fixes'] === true, silent }, terminal);
}

function baselineAt(path: string, { cwd }: Terminal, fresh: boolean): Baseline {
  const { Baseline: Class }: typeof import('../baseline') = require('../baseline');
  return Class.open(path, cwd, { fresh });
}

function tellBaseline(baseline: Baseline, update: boolean, { err }: Terminal): void {
  if (update) return err(`swarmspec validate: the baseline knows ${count(baseline.update(), 'finding')} now.\n`);
  const stale = baseline.countStale();
  if (stale > 0) err(`swarmspec validate: ${stale} of the findings in the baseline ${stale === 1 ? 'is' : 'are'} no longer there. \`--update-baseline\` takes ${stale === 1 ? 'it' : 'them'} out.\n`);
}

function flagsOf({ values, lists }: Pick<Arguments, 'values' | 'lists'>): Flags {
  const as = values.as as string | undefined;
  if (as !== undefined && !fragmentPath(as)) throw new UsageError(`\`--as ${as}\` is no part of a spec.${meantPart(as)} It takes \`partial\` or a path such as TaskTemplate.ContainerSpec.`);
  if (values.config !== undefined && values['no-config']) throw new UsageError('`--config` and `--no-config` exclude each other.');
  return {
    api: apiOption(values.api),
    engine: engineOption(values.engine),
    as,
    severity: lists.rule && severitiesOf(lists.rule),
    config: values['no-config'] ? false : (values.config as string | undefined),
  };
}

function engineOption(given: unknown): string | undefined {
  if (given !== undefined && !/^\d/.test(String(given))) throw new UsageError(`\`--engine ${given}\` is no release of the engine. It takes a number, such as 28 or 28.5.`);
  return given as string | undefined;
}

function severitiesOf(given: readonly string[]): Flags['severity'] {
  // the rules are needed anyway; their docs and the config only here
  const { nearest }: typeof import('../../schema/nearest') = require('../../schema/nearest');
  const { LEVELS: levels }: typeof import('../../config/fields') = require('../../config/fields');
  const ids = ruleIds();
  return Object.fromEntries(
    given.map((text) => {
      const [id, severity, ...more] = text.split('=');
      const level = levels.find((one) => one === severity);
      if (!ids.includes(id)) {
        const near = nearest(id, ids);
        throw new UsageError(`\`--rule ${text}\`: there is no rule \`${id}\`.${near ? ` Did you mean \`${near}\`?` : ''} \`swarmspec rules\` lists them.`);
      }
      if (!level || more.length > 0) throw new UsageError(`\`--rule ${text}\` does not give a severity. It takes ID=SEVERITY, one of ${levels.join(', ')}.`);
      return [id, level];
    }),
  );
}

function ruleIds(): string[] {
  const { ruleDocs }: typeof import('../../features/explain') = require('../../features/explain');
  return ruleDocs().map(({ id }) => id);
}

/** The lowest severity that fails; undefined for none. */
function levelOf(values: Arguments['values']): Severity | undefined {
  const wanted = values['fail-on'];
  if (values['exit-zero'] && wanted !== undefined) throw new UsageError('`--exit-zero` and `--fail-on` exclude each other.');
  if (values['exit-zero'] || wanted === 'never') return undefined;
  const level = LEVELS.find((one) => one === (wanted ?? 'error'));
  if (!level) throw new UsageError(`\`--fail-on ${wanted}\` is no level. It takes error, warning, information or never.`);
  return level;
}

function maxWarningsOf(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(String(value))) throw new UsageError(`\`--max-warnings ${value}\` is no number. It takes how many warnings are fine, such as 10.`);
  return Number(value);
}

/** The `--api` of a command line: `1.44` or `v1.44`. */
export function apiOption(value: string | boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  const version = String(value).replace(/^v/, '');
  if (!isApiVersion(version)) throw new UsageError(`\`--api ${value}\` is no API version that is known. It takes ${API_VERSIONS[0].version} to ${API_VERSIONS.at(-1)?.version}.`);
  return version;
}
