import { describeDryRun } from '../../apply/dryRun';
import { obstacleOf } from '../../apply/obstacle';
import { describeChanges } from '../../apply/show';
import { readSwarm } from '../../apply/swarm';
import type { ApiVersion } from '../../facts/types';
import { resultJson, worstOf } from '../applying';
import { type Command, EXIT } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { showChange, type ServiceResult } from '../outcomes';
import { dryRunJson } from '../planJson';
import { DRY_RUN_OPTION, dryRunOption, type PlannedInput, planInputs } from '../planning';
import { obstacleResult } from '../planText';

const command: Command = {
  name: 'drift',
  usage: 'FILE|DIR|GLOB… [--dry-run server|none] [--json] [--host ADDRESS] [--api V]',
  summary: 'Tell whether live services still are what files say, and whether the engine would take them back there. Changes nothing; 0 in sync, 1 drifted.',
  options: [
    DRY_RUN_OPTION,
    { name: 'json', doc: 'Write one JSON object, of the shape in schemas/result.v1.json.', example: 'swarmspec drift deploy/ --json' },
    ...ENGINE_OPTIONS,
  ],
  examples: ['swarmspec drift deploy/'],

  async run({ positionals, values }, terminal) {
    const dryRun = dryRunOption(values['dry-run']);
    const { engine, info } = await openEngine(values, terminal);
    const swarm = await readSwarm(engine, info.apiVersion as ApiVersion, info);
    const results: ServiceResult[] = [];
    for await (const planned of planInputs(positionals, values, terminal, engine, info, { swarm, dryRun })) {
      const { result, lines } = compare(planned);
      results.push(result);
      if (!values.json) (result.outcome === 'blocked' || result.outcome === 'dryRunStored' ? terminal.err : terminal.out)([result.message, ...lines.map((line) => `  ${line}`), ''].join('\n'));
    }
    const exit = worstOf(results);
    if (values.json) terminal.out(resultJson('drift', engine, swarm, results, exit));
    return exit;
  },
};
export default command;

function compare({ path, outcome, blocked }: PlannedInput): { result: ServiceResult; lines: readonly string[] } {
  const told = (service: string, kind: string, exit: number, message: string): ServiceResult => ({ path, service, action: 'none', outcome: kind, exit, message: `${path}: ${message}` });
  if (blocked) return { result: told('', 'blocked', EXIT.findings, blocked), lines: [] };
  switch (outcome.kind) {
    case 'unnamed':
      return { result: told('', 'blocked', EXIT.findings, 'the spec has no `Name`, so nobody can tell which service it is for.'), lines: [] };
    case 'noSuchService':
      return { result: told(outcome.name, 'missing', EXIT.findings, `there is no service \`${outcome.name}\`.`), lines: [] };
    case 'unchanged':
      return { result: told(outcome.plan.service.name, 'inSync', EXIT.done, `\`${outcome.plan.service.name}\` is what this spec says.`), lines: [] };
    case 'planned': {
      const { service, changes, dryRun } = outcome.plan;
      const obstacle = obstacleOf(outcome.plan);
      if (obstacle?.kind === 'dryRunStored') return { result: obstacleResult(obstacle, { path, service: service.name, subject: `the update of \`${service.name}\`` }), lines: [] };
      // seen from the file: what it says became what is there
      const drifted = changes.map(({ path: at, from, to, before = [] }) => ({ path: at, from: to, to: from, before: [before[1], before[0]] as const }));
      const result = { ...told(service.name, 'drifted', EXIT.findings, `\`${service.name}\` has drifted from this spec:`), changes: drifted.map(showChange), dryRun: dryRunJson(dryRun) };
      return { result, lines: [...describeChanges(drifted), ...(dryRun.kind === 'none' ? [] : [describeDryRun(dryRun)])] };
    }
  }
}
