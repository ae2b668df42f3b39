import { describeChanges } from '../../apply/show';
import { readSwarm } from '../../apply/swarm';
import type { ApiVersion } from '../../facts/types';
import { resultJson, worstOf } from '../applying';
import { type Command, EXIT } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { showChange, type ServiceResult } from '../outcomes';
import { type PlannedInput, planInputs } from '../planning';

const command: Command = {
  name: 'drift',
  usage: 'FILE|DIR|GLOB… [--json] [--host ADDRESS] [--api V]',
  summary: 'Tell whether live services still are what files say. Only reads; 0 in sync, 1 drifted.',
  options: [{ name: 'json', doc: 'Write one JSON object, of the shape in schemas/result.v1.json.', example: 'swarmspec drift deploy/ --json' }, ...ENGINE_OPTIONS],
  examples: ['swarmspec drift deploy/'],

  async run({ positionals, values }, terminal) {
    const { engine, info } = await openEngine(values, terminal);
    const swarm = await readSwarm(engine, info.apiVersion as ApiVersion, info);
    const results: ServiceResult[] = [];
    // what the engine would say of an update is for plans; whether there is a difference needs no question to it
    for await (const planned of planInputs(positionals, values, terminal, engine, info, { swarm, dryRun: 'none' })) {
      const { result, lines } = compare(planned);
      results.push(result);
      if (!values.json) (result.outcome === 'blocked' ? terminal.err : terminal.out)([result.message, ...lines.map((line) => `  ${line}`), ''].join('\n'));
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
      const { service, changes } = outcome.plan;
      // seen from the file: what it says became what is there
      const drifted = changes.map(({ path: at, from, to }) => ({ path: at, from: to, to: from }));
      return { result: { ...told(service.name, 'drifted', EXIT.findings, `\`${service.name}\` has drifted from this spec:`), changes: drifted.map(showChange) }, lines: describeChanges(drifted) };
    }
  }
}
