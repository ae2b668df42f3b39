import type { DryRun } from '../apply/dryRun';
import { obstacleOf, severityOf } from '../apply/obstacle';
import type { Plan } from '../apply/plan';
import { showValue } from '../apply/secrecy';
import { tasks } from '../apply/showPlan';
import type { Swarm } from '../apply/swarm';
import type { SpecValue } from '../document/value';
import type { Engine } from '../engine/engine';
import { type Path, toPointer } from '../path';
import { showChange } from './outcomes';
import type { PlannedInput } from './planning';

/** Plans for programs; see `schemas/plan.v1.json`. Values that may be secret are hidden. */
export function planJson(planned: readonly PlannedInput[], { address }: Pick<Engine, 'address'>, swarm: Swarm, exit: number): string {
  const { counts } = summaryOf(planned);
  return `${JSON.stringify({ version: 1, command: 'plan', engine: { address, version: swarm.info.engineVersion }, ...(swarm.id && { swarm: swarm.id }), specs: planned.map(toJson), summary: counts, exit })}\n`;
}

function toJson({ path, api, outcome, blocked }: PlannedInput): object {
  if (blocked !== undefined) return { path, api, action: 'none', message: blocked };
  switch (outcome.kind) {
    case 'unnamed':
      return { path, api, action: 'none', message: 'The spec has no `Name`, so nobody can tell which service it is for.' };
    case 'noSuchService':
      return { path, api, service: outcome.name, action: 'create', ...problemsOf(outcome), resolved: resolvedOf(outcome) };
    case 'unchanged':
    case 'planned': {
      const { plan } = outcome;
      const { service, index, changes, restart, dryRun, registryAuthFrom } = plan;
      return {
        path, api, service: service.name, id: service.id, index,
        action: outcome.kind === 'planned' ? 'update' : 'none',
        changes: changes.map(showChange),
        ignored: plan.ignored.map(({ path: at, live, ours, why }) => ({ path: toPointer(at), ...shown('live', live, at), ...shown('ours', ours, at), why })),
        ...(restart && { tasks: { ...restart, reasons: restart.reasons.map(({ at, kind, tasks: count }) => ({ path: toPointer(at), kind, tasks: count })) } }),
        ...problemsOf(plan),
        resolved: resolvedOf(plan),
        dryRun: dryRunJson(dryRun),
        ...(registryAuthFrom && { registryAuthFrom }),
      };
    }
  }
}

/** A dry run for programs. */
export function dryRunJson(dryRun: DryRun): object {
  return 'at' in dryRun && dryRun.at ? { ...dryRun, at: toPointer(dryRun.at) } : dryRun;
}

function shown(name: string, value: SpecValue | undefined, path: Path): object {
  return value === undefined ? {} : { [name]: showValue(value, path) };
}

function problemsOf({ problems, ...plan }: Parameters<typeof obstacleOf>[0]): object {
  const obstacle = obstacleOf({ problems, ...plan } as Plan);
  return {
    problems: problems.map((problem) => ({ rule: problem.rule, effect: problem.effect, severity: severityOf(problem), path: toPointer(problem.at), message: problem.message, ...(problem.hint && { hint: problem.hint }) })),
    ...(obstacle && { obstacle: { kind: obstacle.kind, message: obstacle.message, ...(obstacle.at && { path: toPointer(obstacle.at) }) } }),
  };
}

function resolvedOf({ resolved }: Pick<Plan, 'resolved'>): object[] {
  return resolved.map(({ path, what, name, id }) => ({ path: toPointer(path), what, name, id }));
}

interface Counts {
  readonly update: number;
  readonly create: number;
  readonly unchanged: number;
  /** Specs that cannot be applied: errors, fragments, refused by the engine. */
  readonly blocked: number;
  readonly restart: number;
  readonly start: number;
  readonly stop: number;
}

/** What all plans come to: `Plan: 2 to update (3 tasks restart), 1 to create, 4 unchanged.` */
export function summaryOf(planned: readonly PlannedInput[]): { readonly counts: Counts; readonly text: string } {
  const counts = { update: 0, create: 0, unchanged: 0, blocked: 0, restart: 0, start: 0, stop: 0 };
  for (const { outcome, blocked } of planned) {
    if (blocked !== undefined || outcome.kind === 'unnamed') counts.blocked++;
    else if (outcome.kind === 'unchanged') counts.unchanged++;
    else if (obstacleOf(outcome.kind === 'planned' ? outcome.plan : outcome)) counts.blocked++;
    else if (outcome.kind === 'noSuchService') counts.create++;
    else {
      const { restart } = outcome.plan;
      counts.update++;
      counts.restart += restart?.restart ?? 0;
      counts.start += restart?.start ?? 0;
      counts.stop += restart?.stop ?? 0;
    }
  }
  const { update, create, unchanged, blocked, restart, start, stop } = counts;
  const moves = [restart > 0 && tasks(restart, 'restarts', 'restart'), start > 0 && tasks(start, 'starts', 'start'), stop > 0 && tasks(stop, 'stops', 'stop')].filter(Boolean);
  const of = update === 0 ? '' : ` (${moves.length > 0 ? moves.join(', ') : 'no task restarts'})`;
  return { counts, text: `Plan: ${update} to update${of}, ${create} to create, ${unchanged} unchanged${blocked > 0 ? `, ${blocked} that cannot be applied` : ''}.` };
}
