import { MessageType } from 'vscode-languageserver';
import { describeOutcome, type Update } from '../../apply/apply';
import type { Conflict } from '../../apply/conflict';
import { carryOut, carryOutCreation, type LifeCycle, type LifeCycleOptions } from '../../apply/lifeCycle';
import type { Choices } from '../../apply/merge';
import { severityOf } from '../../apply/obstacle';
import type { CreationPlan, Plan } from '../../apply/plan';
import type { AuthChoice } from '../../apply/registryAuth';
import type { RolloutEvent } from '../../apply/rollout';
import { describeEndedTask, describeRollout, describeView } from '../../apply/rolloutText';
import { showValue } from '../../apply/secrecy';
import { describeChanges } from '../../apply/show';
import { describeRestarts } from '../../apply/showPlan';
import { toDotted, toPointer } from '../../path';
import { ask, beginProgress, canAsk, type Chosen, type End, present, tell, whereOf } from './context';

/** The longest wait for the tasks of a service; whoever waits can cancel it. */
const ROLLOUT_MS = 600_000;

/** How many times others may be first before it is left to the person to start anew. */
const MOST_REBASES = 3;

/** Sends an update that was agreed to, follows it with a progress that can be cancelled, and tells how it ended. */
export async function send(chosen: Chosen, update: Update, { registryAuth }: Pick<AuthChoice, 'registryAuth'> = {}): Promise<End> {
  const { engine, swarm, planOptions } = chosen;
  const { name } = update.service;
  return withProgress(chosen, `Applying ${name}`, name, (options) =>
    carryOut(update, engine, {
      ...options, registryAuth, networks: swarm.networks, plan: planOptions, mostRebases: MOST_REBASES,
      conflict: {
        resolve: (conflict) => resolve(chosen, conflict),
        consent: async (again, { overlaps }) => {
          await present(chosen, again);
          const how = overlaps.length === 0 ? ', and the changes do not overlap' : '; this is with what you have chosen';
          return ask(chosen, `${name} has changed since it was read${how}. Update it as it is now?\n${questionOf(chosen, again)}`, 'Apply');
        },
      },
    }),
  );
}

/** Creates a service that was agreed to, and follows it in the same way. */
export async function sendNew(chosen: Chosen, creation: CreationPlan, { registryAuth }: Pick<AuthChoice, 'registryAuth'>): Promise<End> {
  const { engine, api, swarm, planOptions } = chosen;
  return withProgress(chosen, `Creating ${creation.name}`, creation.name, (options) =>
    carryOutCreation(creation, engine, api, { ...options, registryAuth, networks: swarm.networks, plan: planOptions, mostRebases: 0, conflict: { resolve: async () => undefined, consent: async () => false } }),
  );
}

type Watching = Pick<LifeCycleOptions, 'follow' | 'settle' | 'onEvent' | 'onSettling'>;

async function withProgress(chosen: Chosen, title: string, name: string, run: (watching: Watching) => Promise<LifeCycle>): Promise<End> {
  const abort = new AbortController();
  const progress = await beginProgress(chosen, title, abort);
  let life: LifeCycle;
  try {
    life = await run({
      // without a progress that can be cancelled nobody would know what it waits for
      ...(progress && { follow: { timeoutMs: ROLLOUT_MS, signal: abort.signal } }),
      settle: { signal: abort.signal },
      onEvent: (event) => progress?.report(describeEvent(event, name)),
      onSettling: (cause) => progress?.report(`${cause.message} Reading the service to learn what has become of the request.`),
    });
  } finally {
    progress?.done();
  }
  void chosen.session.link.refresh().catch(chosen.session.logged('engine'));
  return tellEnd(chosen, life, name);
}

function describeEvent(event: RolloutEvent, name: string): string {
  return event.kind === 'progress' ? describeView(event.view) : event.kind === 'taskEnded' ? describeEndedTask(event.task, name) : event.cause.message;
}

function tellEnd(chosen: Chosen, { outcome, rollout, notStored }: LifeCycle, name: string): End {
  if (outcome.kind === 'unchanged') return tell(chosen, MessageType.Info, { kind: 'unchanged', message: `Nothing to change any more: \`${name}\` already is what this spec says.` });
  const lost = notStored.length === 0 ? '' : ` What was posted and is not stored: ${describeChanges(notStored).join('; ')}.`;
  const ending = rollout ? [describeRollout(rollout, name)] : [];
  const stored = [describeOutcome(outcome, name)];
  // whoever stops watching is told first that nothing else has stopped
  const isCancelled = rollout?.end.kind === 'cancelled';
  const message = `${(isCancelled ? [...ending, ...stored] : [...stored, ...ending]).join(' ')}${lost}`;
  if (outcome.kind !== 'applied') return tell(chosen, MessageType.Error, { kind: outcome.kind, message });
  const isFine = rollout === undefined || rollout.end.kind === 'converged';
  const type = lost !== '' || !(isFine || isCancelled) ? MessageType.Error : isFine ? MessageType.Info : MessageType.Warning;
  return tell(chosen, type, { kind: isFine ? 'applied' : rollout.end.kind, message });
}

/** Where both sides have changed the same, the person says which counts; the three values are shown. */
async function resolve(chosen: Chosen, { service, overlaps }: Conflict): Promise<Choices | undefined> {
  if (!canAsk(chosen)) return undefined;
  if (overlaps.length === 0) return new Map();
  const lines = overlaps.map(({ path, base, live, ours }) => {
    const [before, now, mine] = [base, live, ours].map((value) => (value === undefined ? 'nothing' : showValue(value, path)));
    return `${toDotted(path)}: was ${before}, is now ${now}, mine is ${mine}`;
  });
  const side = await chosen.session.connection.sendRequest<{ title: string } | null>('window/showMessageRequest', {
    type: MessageType.Warning,
    message: `Somebody else has changed the same of ${service.name}. Whose values count?\n${lines.join('\n')}`,
    actions: [{ title: 'Mine' }, { title: 'Theirs' }, { title: 'Cancel' }],
  });
  if (side?.title !== 'Mine' && side?.title !== 'Theirs') return undefined;
  return new Map(overlaps.map(({ path }) => [toPointer(path), side.title === 'Mine' ? 'ours' : 'live']));
}

/** What a plan comes to, on as many lines as a dialog bears: where, which tasks restart, what changes. */
export function questionOf(chosen: Chosen, { service, api, index, changes, restart, problems }: Plan): string {
  const lines = describeChanges(changes);
  const warnings = problems.filter((problem) => severityOf(problem) === 'error' || severityOf(problem) === 'warning').map(({ message }) => `! ${message}`);
  return [
    `Service ${service.name} at ${whereOf(chosen)} (API v${api}, version index ${index})`,
    `Tasks: ${describeRestarts(restart)}`,
    ...warnings.slice(0, 4),
    ...lines.slice(0, 12),
    ...(lines.length > 12 ? [`… and ${lines.length - 12} more`] : []),
  ].join('\n');
}
