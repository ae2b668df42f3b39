import { applyPlan, type ApplyOutcome, describeOutcome, rollBack } from '../../apply/apply';
import { type Plan, planRollback } from '../../apply/plan';
import { describeChanges } from '../../apply/show';
import { checkAuth } from '../../engine/auth';
import type { Engine } from '../../engine/engine';
import { toDotted } from '../../path';
import { type Arguments, type Command, EXIT, type Terminal, UsageError } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { type PlannedInput, planInputs } from '../planning';

const EXIT_OF: Readonly<Record<ApplyOutcome['kind'], number>> = {
  applied: EXIT.done, refused: EXIT.refused, outOfSequence: EXIT.conflict, notFound: EXIT.conflict, notAManager: EXIT.trouble, unreachable: EXIT.trouble, unknown: EXIT.trouble,
};

const command: Command = {
  name: 'apply',
  usage: 'FILE… [--yes] [--rollback] [--host ADDRESS] [--api V]',
  summary: 'Show what would change, ask, and send exactly that.',
  options: [
    { name: 'yes', short: 'y', doc: 'Do not ask.', example: 'swarmspec apply web.service.yaml --yes' },
    { name: 'rollback', doc: 'Go back to the previous spec of the service that the file names.', example: 'swarmspec apply web.service.yaml --rollback' },
    ...ENGINE_OPTIONS,
    { name: 'registry-auth-from', value: 'WHOSE', doc: 'Whose stored registry credentials to keep: spec (default) or previous-spec.', example: '--registry-auth-from previous-spec' },
  ],
  examples: ['swarmspec apply web.service.yaml', 'swarmspec apply web.service.yaml --rollback', 'SWARMSPEC_REGISTRY_AUTH=… swarmspec apply web.service.yaml --yes'],

  async run({ positionals, values }, terminal) {
    const options = authOptions(values, terminal);
    const { engine, info } = await openEngine(values, terminal);
    let worst: number = EXIT.done;
    for await (const planned of planInputs(positionals, values, terminal, engine, info)) {
      const code = values.rollback ? await rollBackOne(planned, values, terminal, engine) : await applyOne(planned, values, terminal, engine, options);
      worst = Math.max(worst, code);
      if (worst > EXIT.findings) break; // nothing more is sent after trouble
    }
    return worst;
  },
};
export default command;

/** The credentials come from the environment, since a command line is seen by everybody on the machine. */
function authOptions(values: Arguments['values'], { env }: Terminal) {
  const from = values['registry-auth-from'];
  if (from !== undefined && from !== 'spec' && from !== 'previous-spec') throw new UsageError('`--registry-auth-from` takes spec or previous-spec.');
  const registryAuth = env.SWARMSPEC_REGISTRY_AUTH || undefined;
  const problem = registryAuth && checkAuth(registryAuth);
  if (problem) throw new UsageError(`\`SWARMSPEC_REGISTRY_AUTH\` would be stored by the engine without a look, and then fail: ${problem}`);
  return { registryAuth, registryAuthFrom: from as 'spec' | 'previous-spec' | undefined };
}

async function applyOne({ path, outcome, api, blocked }: PlannedInput, values: Arguments['values'], terminal: Terminal, engine: Engine, options: ReturnType<typeof authOptions>): Promise<number> {
  if (blocked) {
    terminal.err(`${path}: ${blocked}\n`);
    return EXIT.findings;
  }
  switch (outcome.kind) {
    case 'unnamed':
      terminal.err(`${path}: the spec has no \`Name\`, so nobody can tell which service it is for.\n`);
      return EXIT.findings;
    case 'unchanged':
      terminal.out(`${path}: nothing to change, \`${outcome.plan.service.name}\` already is what this spec says. Nothing was sent.\n`);
      return EXIT.done;
    case 'noSuchService': {
      if (!(await consent(`There is no service \`${outcome.name}\` at ${engine.address}. Create it?`, values, terminal))) return EXIT.findings;
      const answer = await engine.create({ body: outcome.body, api, registryAuth: options.registryAuth });
      if (answer.kind === 'ok') {
        terminal.out(`\`${outcome.name}\` is created.\n${answer.warnings.map((warning) => `The engine warns: ${warning}\n`).join('')}`);
        return EXIT.done;
      }
      terminal.err(`${answer.kind === 'unknownEnding' ? `Nobody knows whether \`${outcome.name}\` was created` : `\`${outcome.name}\` was not created`}: ${'message' in answer ? answer.message : answer.cause.message}\n`);
      return answer.kind === 'refused' || answer.kind === 'nameConflict' ? EXIT.refused : EXIT.trouble;
    }
    case 'planned': {
      const { plan } = outcome;
      showPlan(plan, terminal, engine);
      if (!(await consent(`Update \`${plan.service.name}\`?`, values, terminal))) return EXIT.findings;
      return tell(await applyPlan(plan, engine, options), plan, terminal);
    }
  }
}

async function rollBackOne({ path, outcome, api }: PlannedInput, values: Arguments['values'], terminal: Terminal, engine: Engine): Promise<number> {
  if (outcome.kind === 'unnamed' || outcome.kind === 'noSuchService') {
    terminal.err(`${path}: there is no service to roll back.\n`);
    return EXIT.findings;
  }
  const live = await engine.service(outcome.plan.service.id, api);
  const plan = live && (await planRollback(live, engine, { api }));
  if (!plan) {
    terminal.err(`${path}: \`${outcome.plan.service.name}\` has no previous spec to go back to.\n`);
    return EXIT.findings;
  }
  if (plan.changes.length === 0) {
    terminal.out(`${path}: the previous spec of \`${plan.service.name}\` is the same as the current one. Nothing was sent.\n`);
    return EXIT.done;
  }
  showPlan(plan, terminal, engine);
  if (!(await consent(`Roll \`${plan.service.name}\` back?`, values, terminal))) return EXIT.findings;
  return tell(await rollBack(plan, engine), plan, terminal);
}

function showPlan(plan: Plan, terminal: Terminal, engine: Engine): void {
  terminal.out(`\`${plan.service.name}\` at ${engine.address} (API v${plan.api}, version index ${plan.index}) would change:\n${describeChanges(plan.changes).map((line) => `  ${line}\n`).join('')}`);
}

async function consent(question: string, { yes }: Arguments['values'], terminal: Terminal): Promise<boolean> {
  if (yes) return true;
  if (!terminal.ask) throw new UsageError('nobody is there to answer, since this is no terminal. Give `--yes` to apply without being asked.');
  if (await terminal.ask(question)) return true;
  terminal.out('Nothing was applied.\n');
  return false;
}

function tell(outcome: ApplyOutcome, plan: Plan, terminal: Terminal): number {
  const at = outcome.kind === 'refused' && outcome.at ? `It is about \`${toDotted(outcome.at)}\`.\n` : '';
  (outcome.kind === 'applied' ? terminal.out : terminal.err)(`${describeOutcome(outcome, plan.service.name)}\n${at}`);
  return EXIT_OF[outcome.kind];
}
