import { describeChanges } from '../../apply/show';
import { type Command, EXIT } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { planInputs } from '../planning';

const command: Command = {
  name: 'plan',
  usage: 'FILE… [--host ADDRESS] [--api V]',
  summary: 'Show what applying a spec would change. Sends nothing.',
  options: ENGINE_OPTIONS,
  examples: ['swarmspec plan web.service.yaml'],

  async run({ positionals, values }, terminal) {
    const { engine, info } = await openEngine(values, terminal);
    let differences = false;
    for await (const { path, outcome, api, blocked } of planInputs(positionals, values, terminal, engine, info)) {
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
    return differences ? EXIT.findings : EXIT.done;
  },
};
export default command;
