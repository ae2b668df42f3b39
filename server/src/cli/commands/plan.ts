import { obstacleOf } from '../../apply/obstacle';
import type { Plan } from '../../apply/plan';
import { readSwarm } from '../../apply/swarm';
import type { ApiVersion } from '../../facts/types';
import { type Command, EXIT, TroubleError, UsageError } from '../command';
import { ENGINE_OPTIONS, openEngine } from '../connection';
import { planJson, summaryOf } from '../planJson';
import { DRY_RUN_OPTION, dryRunOption, type PlannedInput, planInputs } from '../planning';
import { makeRoomForPlan, savePlans } from '../planFiles';
import { creationText, ignoredLines, planText } from '../planText';

const command: Command = {
  name: 'plan',
  usage: 'FILE|DIR|GLOB… [--diff] [--show-ignored] [--dry-run server|none] [--service NAME] [--json] [--out FILE] [--host ADDRESS] [--api V]',
  summary: 'Show what applying specs would change, which tasks would restart, and whether the engine would take it. Sends nothing.',
  options: [
    { name: 'diff', doc: 'Show the change as a text diff, live spec against this one.', example: 'swarmspec plan web.service.yaml --diff' },
    { name: 'show-ignored', doc: 'List the differences in writing that mean nothing to the engine.', example: 'swarmspec plan web.service.yaml --show-ignored' },
    DRY_RUN_OPTION,
    { name: 'service', value: 'NAME', doc: 'Name or id of the service to update, where it is not the one that the spec names.', example: '--service web' },
    { name: 'json', doc: 'Write one JSON object, of the shape in schemas/plan.v1.json.', example: 'swarmspec plan deploy/ --json' },
    { name: 'out', short: 'o', value: 'FILE', doc: 'Save the plan for `swarmspec apply FILE`, which sends exactly that or nothing. It holds the specs, and only its owner can read it.', example: '--out deploy.plan' },
    ...ENGINE_OPTIONS,
  ],
  examples: ['swarmspec plan web.service.yaml', 'swarmspec plan deploy/ --out deploy.plan', 'swarmspec plan web.service.yaml --diff --show-ignored'],

  async run({ positionals, values }, terminal) {
    const dryRun = dryRunOption(values['dry-run']);
    if (typeof values.out === 'string') makeRoomForPlan(values.out, terminal);
    const { engine, info } = await openEngine(values, terminal);
    const swarm = await readSwarm(engine, info.apiVersion as ApiVersion, info);
    const service = values.service as string | undefined;
    const planned: PlannedInput[] = [];
    for await (const one of planInputs(positionals, values, terminal, engine, info, { swarm, dryRun, service })) {
      planned.push(one);
      if (!values.json) show(one);
    }
    if (service !== undefined && planned.length > 1) throw new UsageError(`\`--service\` is for one spec, and there are ${planned.length}.`);
    const exit = planned.reduce<number>((worst, one) => Math.max(worst, exitOf(one)), EXIT.done);
    if (values.json) terminal.out(planJson(planned, engine, swarm, exit));
    else terminal.out(`${summaryOf(planned).text}\n`);
    if (typeof values.out === 'string') save(values.out);
    return exit;

    function show({ path, outcome, api, blocked, syntax }: PlannedInput): void {
      if (blocked) return terminal.err(`${path}: ${blocked}\n`);
      switch (outcome.kind) {
        case 'unnamed':
          return terminal.err(`${path}: the spec has no \`Name\`, so nobody can tell which service it is for.\n`);
        case 'noSuchService':
          return terminal.out(`${path}: ${creationText(outcome, engine, api, terminal.color)}`);
        case 'unchanged':
          return terminal.out(`${path}: nothing to change, \`${outcome.plan.service.name}\` already is what this spec says.\n${values['show-ignored'] ? ignoredLines(outcome.plan.ignored).map((line) => `${line}\n`).join('') : ''}`);
        case 'planned':
          return terminal.out(`${path}: ${planText(outcome.plan, { color: terminal.color, diff: values.diff ? syntax : undefined, showIgnored: values['show-ignored'] === true })}`);
      }
    }

    function save(file: string): void {
      const plans = planned.flatMap(({ outcome }): Plan[] => (outcome.kind === 'planned' ? [outcome.plan] : []));
      if (exit > EXIT.findings || planned.some(({ blocked, outcome }) => blocked !== undefined || (outcome.kind !== 'planned' && outcome.kind !== 'unchanged'))) {
        throw new TroubleError('nothing is saved: a saved plan holds updates of services that are there and that nothing stands in the way of, and not every spec has led to one.');
      }
      if (plans.length === 0) terminal.err('Nothing would change, and the saved plan says so.\n');
      savePlans(file, plans.map((plan) => ({ plan, goal: 'update' })), engine, swarm, terminal);
    }
  },
};
export default command;

function exitOf({ outcome, blocked }: PlannedInput): number {
  if (blocked || outcome.kind === 'unnamed') return EXIT.findings;
  if (outcome.kind === 'unchanged') return EXIT.done;
  const obstacle = obstacleOf(outcome.kind === 'planned' ? outcome.plan : outcome);
  switch (obstacle?.kind) {
    case 'refused':
      return EXIT.refused;
    case 'dryRunStored':
      return EXIT.trouble;
    case 'blocked':
      return obstacle.problems.some(({ effect }) => effect === 'refused') ? EXIT.refused : EXIT.findings;
    case undefined:
      return EXIT.findings;
  }
}
