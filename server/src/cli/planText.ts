import { describeDryRun } from '../apply/dryRun';
import { describeObstacle, type Obstacle, severityOf } from '../apply/obstacle';
import type { CreationPlan, Plan } from '../apply/plan';
import { showValue } from '../apply/secrecy';
import { changeTree } from '../apply/show';
import { describeNames, describeRestarts } from '../apply/showPlan';
import { planTexts } from '../apply/showTexts';
import type { Syntax } from '../document/document';
import type { SpecObject } from '../document/value';
import type { Engine } from '../engine/engine';
import { unifiedDiff } from '../features/unifiedDiff';
import { withoutControls } from '../controls';
import { toDotted } from '../path';
import { EXIT } from './command';
import type { ServiceResult } from './outcomes';
import { type Painter, painter } from './paint';

export interface PlanTextOptions {
  readonly color?: boolean;
  /** As a unified diff of texts in this syntax instead of the tree. */
  readonly diff?: Syntax;
  /** Whether to list the differences that mean nothing. */
  readonly showIgnored?: boolean;
}

const STYLES = { '+': 'added', '-': 'removed', '~': 'warning' } as const;

/** A plan on the screen: what changes, what becomes of the tasks, what to know, and what the engine says of it. */
export function planText(plan: Plan, { color = false, diff, showIgnored }: PlanTextOptions = {}): string {
  const { service, engine, api, index, base, ours, names, restart, problems, resolved, ignored, dryRun } = plan;
  const { paint, prose } = painter(color);
  const lines = [prose(`\`${service.name}\` at ${engine.address} (${foundBy(engine)}engine ${engine.version}, API v${api}, version index ${index}) would change:`)];
  if (diff) lines.push(...diffLines(plan, diff, paint));
  else lines.push(...treeLines(base, ours, names, paint));
  lines.push(`  ${prose(`Tasks: ${describeRestarts(restart)}`)}`);
  if (resolved.length > 0) lines.push(`  ${prose(`Names: ${describeNames(resolved)}.`)}`);
  if (plan.registryAuthFrom === 'previous-spec') lines.push('  Registry credentials: those stored with the previous spec are kept.');
  lines.push(...problemLines(problems, paint, prose));
  if (dryRun.kind !== 'none' || dryRun.why === 'not trusted any more') lines.push(`  ${paint(dryRun.kind === 'passed' ? 'added' : 'error', prose(describeDryRun(dryRun)))}`);
  if (dryRun.kind === 'refused' && dryRun.at) lines.push(`    ${prose(`It is about \`${toDotted(dryRun.at)}\`.`)}`);
  lines.push(...(showIgnored ? ignoredLines(ignored) : []));
  return `${lines.join('\n')}\n`;
}

function treeLines(base: SpecObject, ours: SpecObject, names: Plan['names'], paint: Painter['paint']): string[] {
  return changeTree(base, ours, names).map(({ depth, mark, text }) => `  ${'  '.repeat(depth)}${paint(STYLES[mark], mark)} ${text}`);
}

/** What a service that is not there yet would be, and what is known of it. */
export function creationText({ name, ours, problems, resolved }: CreationPlan, engine: Pick<Engine, 'address' | 'from'>, api: string, color = false): string {
  const { paint, prose } = painter(color);
  const lines = [prose(`There is no service \`${name}\` at ${engine.address}. It would be created (${foundBy(engine)}API v${api}):`), ...treeLines({}, ours, {}, paint)];
  if (resolved.length > 0) lines.push(`  ${prose(`Names: ${describeNames(resolved)}.`)}`);
  return `${[...lines, ...problemLines(problems, paint, prose)].join('\n')}\n`;
}

/** How an engine was found, before what else is said of it. */
export function foundBy({ from }: Pick<Engine, 'from'>): string {
  return from === undefined ? '' : `${from}; `;
}

/** The differences in writing that mean nothing to the engine, one a line. */
export function ignoredLines(ignored: Plan['ignored']): string[] {
  const say = (value: Plan['ignored'][number]['live'], path: Plan['ignored'][number]['path']) => (value === undefined ? 'nothing' : showValue(value, path));
  return ['  Ignored, since it means nothing to the engine:', ...ignored.map(({ path, live, ours, why }) => withoutControls(`    ${toDotted(path)}: the service has ${say(live, path)}, the spec ${say(ours, path)}; ${why}`))].slice(0, ignored.length === 0 ? 0 : undefined);
}

function diffLines(plan: Plan, syntax: Syntax, paint: Painter['paint']): string[] {
  const { left, right } = planTexts(plan, syntax);
  const colored = (line: string) => (line.startsWith('+') ? paint('added', line) : line.startsWith('-') ? paint('removed', line) : line.startsWith('@') ? paint('dim', line) : line);
  const [, , ...hunks] = unifiedDiff(left, right, plan.service.name).trimEnd().split('\n');
  return ['--- live', '+++ this spec', ...hunks.map(colored)];
}

function problemLines(problems: Plan['problems'], paint: Painter['paint'], prose: Painter['prose']): string[] {
  return problems.flatMap((problem) => {
    const severity = severityOf(problem);
    const place = problem.at.length > 0 ? ` at ${withoutControls(toDotted(problem.at))}` : '';
    const line = `  ${paint(severity, `${severity}:`)} ${prose(problem.message)} ${paint('dim', `[${problem.rule}]${place}`)}`;
    return problem.hint ? [line, `    ${prose(problem.hint)}`] : [line];
  });
}

/** The result of a plan that is not sent because something stands in its way. */
export function obstacleResult(obstacle: Obstacle, { path, service, subject }: { readonly path?: string; readonly service: string; readonly subject: string }): ServiceResult {
  const wouldRefuse = obstacle.problems.some(({ effect }) => effect === 'refused');
  const exits = { refused: EXIT.refused, blocked: wouldRefuse ? EXIT.refused : EXIT.findings, dryRunStored: EXIT.trouble } as const;
  const said = describeObstacle(obstacle, subject);
  return { path, service, action: 'none', outcome: obstacle.kind, exit: exits[obstacle.kind], message: path === undefined ? said : `${path}: ${said}` };
}
