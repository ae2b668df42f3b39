import type { Plan } from '../../apply/plan';
import { describeChanges } from '../../apply/show';
import { readSwarm } from '../../apply/swarm';
import type { ApiVersion } from '../../facts/types';
import { type Command, EXIT, TroubleError } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { planInputs } from '../planning';
import { savePlans } from '../planFiles';

const command: Command = {
  name: 'plan',
  usage: 'FILE… [--out FILE] [--host ADDRESS] [--api V]',
  summary: 'Show what applying a spec would change. Sends nothing.',
  options: [{ name: 'out', short: 'o', value: 'FILE', doc: 'Save the plan for `swarmspec apply FILE`, which sends exactly that or nothing. It holds the specs, and only its owner can read it.', example: '--out deploy.plan' }, ...ENGINE_OPTIONS],
  examples: ['swarmspec plan web.service.yaml', 'swarmspec plan deploy/ --out deploy.plan'],

  async run({ positionals, values }, terminal) {
    const { engine, info } = await openEngine(values, terminal);
    const swarm = await readSwarm(engine, info.apiVersion as ApiVersion, info);
    let differences = false;
    let unsaved = false;
    const plans: Plan[] = [];
    for await (const { path, outcome, api, blocked } of planInputs(positionals, values, terminal, engine, info, { swarm })) {
      if (outcome.kind === 'planned') plans.push(outcome.plan);
      else unsaved ||= outcome.kind !== 'unchanged';
      if (blocked) {
        terminal.err(`${path}: ${blocked}\n`);
        differences = true;
        continue;
      }
      switch (outcome.kind) {
        case 'unnamed':
          terminal.err(`${path}: the spec has no \`Name\`, so nobody can tell which service it is for.\n`);
          differences = true;
          break;
        case 'noSuchService':
          terminal.out(`${path}: there is no service \`${outcome.name}\` at ${engine.address}; applying would offer to create it.\n`);
          differences = true;
          break;
        case 'unchanged':
          terminal.out(`${path}: nothing to change, \`${outcome.plan.service.name}\` already is what this spec says.\n`);
          break;
        case 'planned':
          terminal.out(`${path}: \`${outcome.plan.service.name}\` would change (API v${api}, version index ${outcome.plan.index}):\n${describeChanges(outcome.plan.changes).map((line) => `  ${line}\n`).join('')}`);
          differences = true;
      }
    }
    if (typeof values.out === 'string') {
      if (unsaved) throw new TroubleError('nothing is saved: a saved plan holds updates of services that are there, and not every spec has led to one.');
      if (plans.length === 0) terminal.err('Nothing is saved, since nothing would change.\n');
      else savePlans(values.out, plans.map((plan) => ({ plan, goal: 'update' })), engine, swarm, terminal);
    }
    return differences ? EXIT.findings : EXIT.done;
  },
};
export default command;
