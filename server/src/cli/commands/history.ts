import { obstacleOf } from '../../apply/obstacle';
import { updateOf } from '../../apply/apply';
import { type JournalEntry, recall } from '../../apply/journal';
import { planUpdate } from '../../apply/plan';
import { comparable } from '../../apply/resolve';
import { readSwarm, type Swarm } from '../../apply/swarm';
import type { Engine } from '../../engine/engine';
import type { ApiVersion } from '../../facts/types';
import { applyAll, type Readied } from '../applyAll';
import { SENDING_OPTIONS, sendingOptions } from '../applying';
import { type Arguments, type Command, EXIT, type Terminal, UsageError } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { requireSomebody } from '../consent';
import { JournalFile } from '../journalFile';
import { creationText, obstacleResult, planText } from '../planText';

const command: Command = {
  name: 'history',
  usage: '[SERVICE] [--return N] [--yes] [--json] [--host ADDRESS]',
  summary: 'Tell what was applied from this machine, and return to any of it.',
  options: [{ name: 'return', value: 'N', doc: 'Plan the way back to entry N of the service, ask, and apply it.', example: 'swarmspec history web --return 3' }, ...SENDING_OPTIONS, ...ENGINE_OPTIONS],
  examples: ['swarmspec history web', 'swarmspec history web --return 3'],

  async run({ positionals, values }, terminal) {
    if (positionals.length > 1) throw new UsageError('it takes the name of one service, or none for all.');
    const [name] = positionals;
    if (values.return !== undefined && name === undefined) throw new UsageError('`--return` needs the name of the service.');
    const { engine, info } = await openEngine(values, terminal);
    const api = info.apiVersion as ApiVersion;
    const swarm = await readSwarm(engine, api, info);
    const entries = swarm.id ? new JournalFile(swarm.id, terminal).read().filter(({ service }) => name === undefined || service.name === name || service.id === name) : [];
    if (values.return !== undefined) return returnTo(entries, values, terminal, engine, swarm);
    if (values.json) terminal.out(`${JSON.stringify({ version: 1, command: 'history', ...(swarm.id && { swarm: swarm.id }), entries: entries.map(toJson) })}\n`);
    else if (entries.length === 0) terminal.out(`Nothing was applied${name === undefined ? '' : ` to \`${name}\``} from here yet.\n`);
    else terminal.out(entries.map((entry, i) => `${line(entry, i, name === undefined)}\n`).join(''));
    return EXIT.done;
  },
};
export default command;

function line({ time, service, action, base, index, result, hash, hidden }: JournalEntry, i: number, withName: boolean): string {
  const indexes = base === undefined ? `index ${index ?? '?'}` : `index ${base} → ${index ?? '?'}`;
  const kept = hidden.length === 0 ? '' : `, ${hidden.length} value${hidden.length === 1 ? '' : 's'} not kept`;
  return `${String(i + 1).padStart(3)}  ${time.replace(/\.\d+Z$/, 'Z')}  ${withName ? `${service.name}  ` : ''}${action}  ${indexes}  ${result}  ${hash.slice(0, 12)}${kept}`;
}

function toJson({ time, service, action, api, base, index, result, hash, hidden }: JournalEntry, i: number): object {
  return { number: i + 1, time, service, action, api, base, index, result, hash, hidden };
}

/** Plans, asks and applies the spec of an entry, where all of it is known. */
async function returnTo(entries: readonly JournalEntry[], values: Arguments['values'], terminal: Terminal, engine: Engine, swarm: Swarm): Promise<number> {
  const sending = sendingOptions(values);
  const guard = requireSomebody({ positionals: [], values }, terminal);
  const entry = entries[Number(values.return) - 1];
  if (!entry) throw new UsageError(entries.length === 0 ? 'the journal has nothing of this service.' : `there is no entry ${values.return}. The journal has 1 to ${entries.length} of this service.`);
  const readied = await ready(entry, Number(values.return), engine, swarm);
  return applyAll('history', [readied], { engine, swarm, terminal, values, sending, guard, planOptions: { swarm } });
}

async function ready(entry: JournalEntry, number: number, engine: Engine, swarm: Swarm): Promise<Readied> {
  const api = entry.api as ApiVersion;
  const { id, name } = entry.service;
  const stands = (outcome: string, exit: number, message: string): Readied => ({ result: { service: name, action: 'none', outcome, exit, message } });
  const live = await engine.service(id, api);
  const sources = [live?.spec, live?.previousSpec].flatMap((spec) => (spec ? [comparable(spec, swarm.networks)] : []));
  const recalled = recall(entry, sources);
  if (recalled.kind === 'incomplete') {
    return stands('incomplete', EXIT.findings, `Entry ${number} cannot be returned to: the journal keeps no values that may be secret, and those at ${recalled.places.join(', ')} are neither in the live spec nor in the one before any more. A file or a saved plan still has them.`);
  }
  const outcome = await planUpdate(recalled.spec, engine, { api, swarm, ...(live && { service: live.id }) });
  switch (outcome.kind) {
    case 'unnamed':
      return stands('blocked', EXIT.findings, `Entry ${number} has no name.`);
    case 'unchanged':
      return stands('unchanged', EXIT.done, `\`${name}\` already is what entry ${number} says. Nothing was sent.`);
    case 'noSuchService':
      return { job: { name, api, work: { kind: 'create', creation: outcome } }, text: `Returning to entry ${number} of ${entry.time}: ${creationText(outcome, engine, api)}` };
    case 'planned': {
      const obstacle = obstacleOf(outcome.plan);
      if (obstacle) return { result: obstacleResult(obstacle, { service: name, subject: `entry ${number} of \`${name}\`` }) };
      return { job: { name, api, work: { kind: 'update', update: updateOf(outcome.plan), changes: outcome.plan.changes } }, text: `Returning to entry ${number} of ${entry.time}: ${planText(outcome.plan)}` };
    }
  }
}
