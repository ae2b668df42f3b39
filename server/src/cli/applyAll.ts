import type { Engine } from '../engine/engine';
import { type Job, resultJson, runJobs, type Workshop, worstOf } from './applying';
import { EXIT } from './command';
import { consent } from './consent';
import type { ServiceResult } from './outcomes';

/** What is to be done about one spec: a job with its plan as text, or a result that stands already. */
export type Readied = { readonly job: Job; readonly text: string } | { readonly result: ServiceResult };

/** Shows every plan and one summary, asks once, and runs the jobs. */
export async function applyAll(command: string, readied: readonly Readied[], workshop: Workshop): Promise<number> {
  const { terminal, values, engine, swarm, sending } = workshop;
  const say = values.json ? () => undefined : terminal.out;
  const known = readied.flatMap((one) => ('result' in one ? [one.result] : []));
  const jobs = readied.flatMap((one) => ('job' in one ? [one] : []));
  for (const { message, exit } of known) (exit === EXIT.done ? say : values.json ? () => undefined : terminal.err)(`${message}\n`);
  for (const { text } of jobs) say(text);
  const finish = (results: readonly ServiceResult[], exit: number) => {
    if (values.json) terminal.out(resultJson(command, engine, swarm, [...known, ...results], exit));
    return exit;
  };
  const blocked = worstOf(known);
  if (blocked !== EXIT.done && (sending.stopOnFailure || jobs.length === 0)) {
    if (jobs.length > 0) terminal.err(`Nothing was sent: not every spec can be applied. \`--on-failure continue\` applies the others.\n`);
    return finish(jobs.map(({ job }) => unsent(job, 'notStarted')), blocked);
  }
  if (readied.length === 0) say('There is nothing to apply.\n');
  if (jobs.length === 0) return finish([], EXIT.done);
  if (jobs.length > 1) say(`${summary(jobs.map(({ job }) => job), known)}\n`);
  if (!(await consent(questionOf(jobs.map(({ job }) => job), engine), workshop.guard, values, terminal))) {
    say('Nothing was applied.\n');
    return finish(jobs.map(({ job }) => unsent(job, 'declined')), EXIT.findings);
  }
  const results = await runJobs(jobs.map(({ job }) => job), workshop);
  if (jobs.length > 1) say(`${tally(results)}\n`);
  return finish(results, worstOf([...known, ...results]));
}

function questionOf(jobs: readonly Job[], engine: Engine): string {
  if (jobs.length > 1) return `Apply these ${jobs.length} plans?`;
  const [{ name, work }] = jobs;
  if (work.kind === 'create') return `There is no service \`${name}\` at ${engine.address}. Create it?`;
  return work.update.goal === 'rollback' ? `Roll \`${name}\` back?` : `Update \`${name}\`?`;
}

function summary(jobs: readonly Job[], known: readonly ServiceResult[]): string {
  const creations = jobs.filter(({ work }) => work.kind === 'create').length;
  return `${jobs.length - creations} to update, ${creations} to create, ${known.filter(({ outcome }) => outcome === 'unchanged').length} unchanged.`;
}

function tally(results: readonly ServiceResult[]): string {
  const count = (of: (result: ServiceResult) => boolean) => results.filter(of).length;
  const notStarted = count(({ outcome }) => outcome === 'notStarted');
  return `${count(({ exit }) => exit === EXIT.done)} applied, ${count(({ exit }) => exit !== EXIT.done) - notStarted} failed, ${notStarted} not started.`;
}

function unsent({ path, name, work }: Job, outcome: string): ServiceResult {
  return { path, service: name, action: work.kind === 'create' ? 'create' : work.update.goal, outcome, exit: EXIT.findings, message: `Nothing was sent for \`${name}\`.` };
}

/** Two specs of one service would overtake each other, or undo what the other says where one of them is there already. */
export function refuseTwice(readied: readonly Readied[]): Readied[] {
  const seen = new Set<string>();
  return readied.map((one) => {
    const { path, service } = 'job' in one ? { path: one.job.path, service: one.job.name } : one.result;
    if (service === '' || !seen.has(service)) {
      seen.add(service);
      return one;
    }
    if ('result' in one && one.result.exit !== EXIT.done) return one;
    return { result: { path, service, action: 'none', outcome: 'blocked', exit: EXIT.usage, message: `${path === undefined ? '' : `${path}: `}\`${service}\` is the service of another spec of this run too, and only one can be applied.` } };
  });
}
