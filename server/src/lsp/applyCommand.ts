import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { describeOutcome, updateOf } from '../apply/apply';
import { carryOut } from '../apply/lifeCycle';
import { describeObstacle, obstacleOf } from '../apply/obstacle';
import { type CreationPlan, type Plan, type PlanOptions, planUpdate } from '../apply/plan';
import { type AuthChoice, chooseAuth, type FoundAuth, imageOf } from '../apply/registryAuth';
import { describeEndedTask, describeRollout, describeView } from '../apply/rolloutText';
import { describeChanges } from '../apply/show';
import { readSwarm, type Swarm } from '../apply/swarm';
import { consentFor } from '../config/protection';
import type { PlacedDocument, SpecFile } from '../document/document';
import { specsIn } from '../document/shape';
import { isObject, type SpecValue } from '../document/value';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/error';
import { apiProblem } from '../engine/negotiate';
import { isAboutWhatIsSent, type ValidateOptions, validatePlaced } from '../features/validate';
import type { Finding } from '../finding';
import { toPointer } from '../path';

/** What an apply needs from the server. */
export interface ApplyContext {
  readonly connection: Connection;
  readonly file: SpecFile;
  readonly findings: readonly Finding[];
  /** Path of the file as the command line takes it. */
  readonly path: string;
  /** How the file is checked against the engine that is connected: modeline, settings and config file included. */
  options(connected: { readonly api: string; readonly version: string }): ValidateOptions;
  /** Whether the client can ask its user a question. */
  readonly canAsk: boolean;
  /** Whether the client shows the progress of work that the server begins. */
  readonly canShowProgress: boolean;
  engine(): Engine;
  /** How that engine is protected; undefined where there is none. Throws as `engine` does. */
  guard(): Parameters<typeof consentFor>[0] | undefined;
  /** What is known of the registry of an image; absent where no credentials are to be sent. */
  readonly registryAuth?: (image: string) => Promise<FoundAuth>;
}

/** How the command ended, for the client and for tests. */
export type ApplyEnd = { readonly kind: string; readonly message: string };

const APPLY = 'Apply';

/** Plans, asks, applies and tells how it ended. Never throws for what the engine does. */
export async function applyCommand(context: ApplyContext, where?: { readonly document: number; readonly base: string }): Promise<ApplyEnd> {
  const places = context.file.documents.flatMap((placed) => specsIn(placed.document).map((place) => ({ placed, place })));
  const chosen = where ? places.filter(({ placed, place }) => placed.index === where.document && toPointer(place.base) === where.base) : places;
  if (chosen.length === 0) return tell(context, MessageType.Warning, { kind: 'nothing', message: 'There is no service spec here to apply.' });
  if (chosen.length > 1) return tell(context, MessageType.Warning, { kind: 'several', message: `This file holds ${chosen.length} specs. Put the cursor into the one to apply and use its code action.` });
  const [{ placed, place }] = chosen;
  const invalid = refuseErrors(context, context.findings.filter(({ document }) => document === placed.index));
  if (invalid) return invalid;
  try {
    return await planAndApply(context, placed, place.value);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return tell(context, MessageType.Error, { kind: error.trouble, message: `${error.message} Nothing was applied.` });
  }
}

function refuseErrors(context: ApplyContext, findings: readonly Finding[]): ApplyEnd | undefined {
  const errors = findings.filter((finding) => finding.severity === 'error' && isAboutWhatIsSent(finding));
  if (errors.length === 0) return undefined;
  return tell(context, MessageType.Error, { kind: 'invalid', message: `The spec has ${errors.length} error${errors.length === 1 ? '' : 's'}, the first: ${errors[0].message} Nothing was applied.` });
}

/** An editor can ask for a yes and not for a name. */
function refuseProtected(context: ApplyContext): ApplyEnd | undefined {
  const guard = context.guard();
  const needed = guard && consentFor(guard, {});
  switch (needed?.kind) {
    case 'refused':
      return tell(context, MessageType.Error, { kind: 'forbidden', message: needed.why });
    case 'askName':
      return tell(context, MessageType.Warning, { kind: 'needsName', message: `Changes at \`${needed.name}\` need its name typed, which an editor cannot ask for. Nothing was applied. Run: swarmspec apply ${context.path}` });
    default:
      return undefined;
  }
}

/** What is done about registry credentials, as a choice, or the end of the command where those that are wanted cannot be had. */
async function authFor(context: ApplyContext, action: 'create' | 'update', spec: SpecValue, live?: SpecValue): Promise<AuthChoice | ApplyEnd> {
  const image = imageOf(spec);
  if (image === undefined) return { says: '' };
  const found = await context.registryAuth?.(image);
  if (found?.problem) return tell(context, MessageType.Error, { kind: 'noCredentials', message: `${found.problem} Nothing was applied.` });
  const choice = chooseAuth({ action, image, liveImage: live === undefined ? undefined : imageOf(live), found });
  return found || choice.warning ? choice : { ...choice, says: '' };
}

async function planAndApply(context: ApplyContext, placed: PlacedDocument, spec: SpecValue): Promise<ApplyEnd> {
  if (!isObject(spec)) return tell(context, MessageType.Warning, { kind: 'nothing', message: 'There is no service spec here to apply.' });
  const engine = context.engine();
  const guarded = refuseProtected(context);
  if (guarded) return guarded;
  const info = await engine.ping();
  const options = context.options({ api: info.apiVersion, version: info.engineVersion });
  const target = options.target(placed.document);
  // this engine may be older than what the editor checks against, and would lose fields without a word
  const invalid = refuseErrors(context, validatePlaced(placed, options));
  if (invalid) return invalid;
  const { api, as } = target;
  if (as) return tell(context, MessageType.Warning, { kind: 'fragment', message: 'This is a fragment, and only a whole spec can be applied.' });
  const unsuitable = apiProblem(api, info);
  if (unsuitable) return tell(context, MessageType.Error, { kind: 'apiVersion', message: `This spec is not applied: ${unsuitable}` });
  const swarm = await readSwarm(engine, api, info);
  const outcome = await planUpdate(spec, engine, { api, swarm, severity: options.severity });
  switch (outcome.kind) {
    case 'unnamed':
      return tell(context, MessageType.Error, { kind: 'unnamed', message: 'The spec has no `Name`, so nobody can tell which service it is for.' });
    case 'noSuchService': {
      const obstacle = obstacleOf(outcome);
      if (obstacle) return tell(context, MessageType.Error, { kind: obstacle.kind, message: describeObstacle(obstacle, `the creation of \`${outcome.name}\``) });
      return offerCreation(context, engine, outcome, api);
    }
    case 'unchanged':
      return tell(context, MessageType.Info, { kind: 'unchanged', message: `Nothing to change: \`${outcome.plan.service.name}\` at ${engine.address} already is what this spec says. Nothing was sent.` });
    case 'planned': {
      const obstacle = obstacleOf(outcome.plan);
      if (obstacle) return tell(context, MessageType.Error, { kind: obstacle.kind, message: describeObstacle(obstacle, `the update of \`${outcome.plan.service.name}\``) });
      const auth = await authFor(context, 'update', outcome.plan.ours, outcome.plan.live);
      if ('kind' in auth) return auth;
      if (!(await ask(context, questionOf(outcome.plan) + lineOf(auth)))) return declined(context);
      return apply(context, engine, outcome.plan, { api, swarm }, auth);
    }
  }
}

/** The longest wait for the tasks of a service; whoever waits can cancel it. */
const ROLLOUT_MS = 600_000;

/** Sends the plan, follows it with a progress that can be cancelled, and tells how it ended. */
async function apply(context: ApplyContext, engine: Engine, plan: Plan, planOptions: PlanOptions & { readonly swarm: Swarm }, { registryAuth }: AuthChoice): Promise<ApplyEnd> {
  const { name } = plan.service;
  const abort = new AbortController();
  const progress = await beginProgress(context, `Applying ${name}`, abort);
  const life = await carryOut(updateOf(plan), engine, {
    registryAuth,
    networks: planOptions.swarm.networks,
    plan: planOptions,
    mostRebases: 3,
    conflict: {
      resolve: async ({ overlaps }) => (overlaps.length === 0 && context.canAsk ? new Map() : undefined),
      consent: (again) => ask(context, `${name} has changed since it was read, and the changes do not overlap. ${questionOf(again)}`),
    },
    // without a progress that can be cancelled nobody would know what it waits for
    ...(progress && { follow: { timeoutMs: ROLLOUT_MS, signal: abort.signal } }),
    onEvent: (event) => progress?.report(event.kind === 'progress' ? describeView(event.view) : event.kind === 'taskEnded' ? describeEndedTask(event.task, name) : event.cause.message),
    onSettling: (cause) => progress?.report(`${cause.message} Reading the service to learn what has become of the request.`),
  });
  progress?.done();
  const { outcome, rollout } = life;
  if (outcome.kind === 'unchanged') return tell(context, MessageType.Info, { kind: 'unchanged', message: `Nothing to change any more: \`${name}\` already is what this spec says.` });
  const message = `${describeOutcome(outcome, name)}${rollout ? ` ${describeRollout(rollout, name)}` : ''}`;
  if (outcome.kind !== 'applied') return tell(context, MessageType.Error, { kind: outcome.kind, message });
  const isFine = rollout === undefined || rollout.end.kind === 'converged' || rollout.end.kind === 'cancelled';
  return tell(context, isFine ? MessageType.Info : MessageType.Error, { kind: isFine ? 'applied' : (rollout?.end.kind ?? 'applied'), message });
}

function questionOf({ service, engine, api, index, changes }: Plan): string {
  const lines = describeChanges(changes);
  const shown = lines.slice(0, 12).join('\n') + (lines.length > 12 ? `\n… and ${lines.length - 12} more` : '');
  return `Update service \`${service.name}\` at ${engine.address} (API v${api}, version index ${index})?\n${shown}`;
}

function lineOf({ says, warning }: AuthChoice): string {
  return [says, warning].filter(Boolean).map((text) => `\n${text}`).join('');
}

/** A progress of the editor with a button that cancels; undefined where the client shows none. */
async function beginProgress({ connection, canShowProgress }: ApplyContext, title: string, abort: AbortController) {
  if (!canShowProgress) return undefined;
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin(title, undefined, undefined, true);
  progress.token.onCancellationRequested(() => abort.abort());
  return { report: (message: string) => progress.report(message), done: () => progress.done() };
}

async function offerCreation(context: ApplyContext, engine: Engine, { name, body, ours }: CreationPlan, api: string): Promise<ApplyEnd> {
  const auth = await authFor(context, 'create', ours);
  if ('kind' in auth) return auth;
  if (!(await ask(context, `There is no service \`${name}\` at ${engine.address}. Create it?${lineOf(auth)}`, 'Create'))) return declined(context, 'noSuchService');
  const answer = await engine.create({ body, api, registryAuth: auth.registryAuth });
  if (answer.kind === 'ok') {
    const warnings = answer.warnings.length > 0 ? ` The engine warns: ${answer.warnings.join(' ')}` : '';
    return tell(context, MessageType.Info, { kind: 'created', message: `\`${name}\` is created.${warnings}` });
  }
  const message = 'message' in answer ? answer.message : answer.cause.message;
  return tell(context, MessageType.Error, { kind: answer.kind, message: answer.kind === 'unknownEnding' ? `Nobody knows whether \`${name}\` was created: ${message}` : `\`${name}\` was not created: ${message}` });
}

/** Asks a yes-or-no question; a client that cannot ask gets the command line instead, and the answer is no. */
async function ask({ connection, canAsk, path }: ApplyContext, message: string, yes = APPLY): Promise<boolean> {
  if (!canAsk) {
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `This editor cannot ask for your consent. Run: swarmspec apply ${path}` });
    return false;
  }
  const answer = await connection.sendRequest<{ title: string } | null>('window/showMessageRequest', { type: MessageType.Warning, message, actions: [{ title: yes }, { title: 'Cancel' }] });
  return answer?.title === yes;
}

function declined({ canAsk, path }: ApplyContext, kind = 'declined'): ApplyEnd {
  return canAsk ? { kind, message: 'Nothing was applied.' } : { kind: 'cannotAsk', message: `This editor cannot ask for your consent. Nothing was applied. Run: swarmspec apply ${path}` };
}

function tell({ connection }: ApplyContext, type: MessageType, end: ApplyEnd): ApplyEnd {
  void connection.sendNotification(ShowMessageNotification.type, { type, message: end.message });
  return end;
}
