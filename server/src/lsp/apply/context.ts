import { MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { describeObstacle, obstacleOf } from '../../apply/obstacle';
import type { CreationPlan, Plan, PlanOptions } from '../../apply/plan';
import { planTexts } from '../../apply/showTexts';
import { readSwarm, type Swarm } from '../../apply/swarm';
import type { PlacedDocument, SpecFile } from '../../document/document';
import { type SpecPlace, specsIn } from '../../document/shape';
import { isObject, type SpecObject } from '../../document/value';
import { consentFor, protectionOf } from '../../config/protection';
import type { Engine, EngineInfo } from '../../engine/engine';
import { EngineError } from '../../engine/error';
import { apiProblem } from '../../engine/negotiate';
import type { ApiVersion } from '../../facts/types';
import { isAboutWhatIsSent, validatePlaced } from '../../features/validate';
import type { Finding } from '../../finding';
import { toPointer } from '../../path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { extrasOf } from '../handlers/engine';
import { ASK_NAME, type AskedName, SHOW_PLAN, type ShownPlan } from '../protocol';
import type { Session } from '../session';

/** How a command ended, for the client and for tests. */
export type End = { readonly kind: string; readonly message: string };

/** Which spec of a file is meant: the index of its document, and the JSON Pointer of the spec inside. */
export type Where = { readonly document: number; readonly base: string } | undefined;

/** The file that a command is about. */
export interface Subject {
  readonly text: TextDocument;
  readonly file: SpecFile;
  readonly session: Session;
}

/** One spec of it, and the engine that it is for. */
export interface Chosen extends Subject {
  readonly placed: PlacedDocument;
  readonly place: SpecPlace;
  readonly spec: SpecObject;
  readonly engine: Engine;
  readonly info: EngineInfo;
  readonly api: ApiVersion;
  readonly swarm: Swarm;
  /** What plans are made with: the swarm as it was read, and what the project has decided. */
  readonly planOptions: PlanOptions & { readonly swarm: Swarm };
  /** Where the engine is protected: a yes to a change is this name, typed. */
  readonly nameToType?: string;
}

/** Finds the spec that is meant and its engine, and acts on them; every obstacle is told and ends it. Never throws for what the engine does. */
export async function withSpec(subject: Subject, where: Where, verb: 'plan' | 'apply' | 'roll back' | 'pull', act: (chosen: Chosen) => Promise<End>): Promise<End> {
  const { file, session } = subject;
  const places = file.documents.flatMap((placed) => specsIn(placed.document).map((place) => ({ placed, place })));
  const chosen = where ? places.filter(({ placed, place }) => placed.index === where.document && toPointer(place.base) === where.base) : places;
  if (chosen.length === 0) return tell(subject, MessageType.Warning, { kind: 'nothing', message: `There is no service spec here to ${verb}.` });
  if (chosen.length > 1) return tell(subject, MessageType.Warning, { kind: 'several', message: `This file holds ${chosen.length} specs. Put the cursor into the one to ${verb} and use its code action.` });
  const [{ placed, place }] = chosen;
  const { value: spec } = place;
  if (!isObject(spec)) return tell(subject, MessageType.Warning, { kind: 'nothing', message: `There is no service spec here to ${verb}.` });
  const invalid = verb === 'apply' ? refuseKnownErrors(subject, placed) : undefined;
  if (invalid) return invalid;
  try {
    const engine = engineOf(session);
    const nameToType = verb === 'apply' || verb === 'roll back' ? nameToTypeOf(subject) : undefined;
    if (typeof nameToType === 'object') return nameToType;
    const info = await engine.ping();
    const { target, severity } = session.open.options(subject.text.uri, { api: info.apiVersion, version: info.engineVersion });
    const { api, as } = target(placed.document);
    if (as) return tell(subject, MessageType.Warning, { kind: 'fragment', message: `This is a fragment, and only a whole spec can be used to ${verb}.` });
    const unsuitable = apiProblem(api, info);
    if (unsuitable) return tell(subject, MessageType.Error, { kind: 'apiVersion', message: `Nothing was applied: ${unsuitable}` });
    const swarm = await readSwarm(engine, api, info);
    return await act({ ...subject, placed, place, spec, engine, info, api, swarm, planOptions: { api, swarm, severity }, nameToType });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return tell(subject, MessageType.Error, { kind: error.trouble, message: `${error.message} Nothing was applied.` });
  }
}

/** The name that has to be typed where the engine is protected so; the end where nothing may change there, or this editor has no place to type it. */
function nameToTypeOf(subject: Subject): string | End | undefined {
  const { platform, world, open } = subject.session;
  const engine = platform.whereabouts?.(world.settings);
  const needed = engine && consentFor(protectionOf(engine, world.settings.protection, open.configOf(subject.text.uri).protection), {});
  switch (needed?.kind) {
    case 'refused':
      return tell(subject, MessageType.Error, { kind: 'forbidden', message: needed.why });
    case 'askName':
      if (extrasOf(subject.session).askName) return needed.name;
      return tell(subject, MessageType.Warning, { kind: 'needsName', message: `Changes at \`${needed.name}\` need its name typed, which this editor cannot ask for. Nothing was applied. Run: ${commandLine(subject)}` });
    default:
      return undefined;
  }
}

function engineOf({ platform, world }: Session): Engine {
  if (!platform.connect) throw new EngineError('unreachable', 'No engine can be reached from a browser.');
  if (!world.settings.trusted) throw new EngineError('unreachable', 'This folder is not trusted, so no engine is asked. Trust it to plan and apply.');
  return platform.connect(world.settings);
}

/** Tells of errors that are there whatever the engine, before it is asked for anything; undefined where there are none. */
function refuseKnownErrors(subject: Subject, placed: PlacedDocument): End | undefined {
  return refuse(subject, errorsAmong(subject.session.open.findings(subject.text).filter(({ document }) => document === placed.index)));
}

function errorsAmong(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity === 'error' && isAboutWhatIsSent(finding));
}

function refuse(subject: Subject, errors: readonly Finding[]): End | undefined {
  if (errors.length === 0) return undefined;
  return tell(subject, MessageType.Error, { kind: 'invalid', message: `The spec has ${errors.length} error${errors.length === 1 ? '' : 's'}, the first: ${errors[0].message} Nothing was applied.` });
}

/** What is wrong with the spec, as the engine that is connected sees it: it may be older than what the editor checks against. */
export function errorsOf({ session, text, placed, info }: Chosen): readonly Finding[] {
  const options = session.open.options(text.uri, { api: info.apiVersion, version: info.engineVersion });
  return errorsAmong(validatePlaced(placed, options));
}

/** Tells of the errors of a spec, which is then not sent anywhere; undefined where there are none. */
export function refuseErrors(chosen: Chosen): End | undefined {
  return refuse(chosen, errorsOf(chosen));
}

/** The docker context that the engine was found by, if it was. */
function contextOf({ session: { platform, world } }: Chosen): string | undefined {
  const context = platform.whereabouts?.(world.settings).context;
  return context === undefined || context === 'default' ? undefined : `docker context \`${context}\``;
}

/** The engine, for whoever has to decide about it: by its docker context, which is how people know it, and its address. */
export function whereOf(chosen: Chosen): string {
  const context = contextOf(chosen);
  return context ? `${context}, ${chosen.engine.address}` : chosen.engine.address;
}

/** Shows a plan as a diff, where the client has a place for it. */
export async function present(chosen: Chosen, { service, index, base, ours, body }: Plan): Promise<void> {
  const { session, file, text } = chosen;
  if (!extrasOf(session).showPlan) return;
  const { left, right } = planTexts({ base, ours, body }, file.syntax);
  const shown: ShownPlan = { uri: text.uri, service: service.name, engine: contextOf(chosen) ?? chosen.engine.address, index, language: file.syntax, live: left, ours: right };
  await session.connection.sendNotification(SHOW_PLAN, shown);
}

/** Tells what stands in the way of a plan, which is then not sent; undefined where nothing does. */
export function refuseObstacle(chosen: Chosen, plan: Plan | CreationPlan, subject: string): End | undefined {
  const obstacle = obstacleOf(plan);
  return obstacle && tell(chosen, MessageType.Error, { kind: obstacle.kind, message: describeObstacle(obstacle, subject) });
}

/** Asks whether a change is wanted; a client that cannot ask gets the command line instead, and the answer is no. */
export async function ask(subject: Chosen, message: string, yes: string): Promise<boolean> {
  const { nameToType, session: { connection } } = subject;
  if (nameToType !== undefined) return (await connection.sendRequest<string | null>(ASK_NAME, { message, name: nameToType } satisfies AskedName)) === nameToType;
  if (!canAsk(subject)) {
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `This editor cannot ask for your consent. Run: ${commandLine(subject)}` });
    return false;
  }
  const answer = await connection.sendRequest<{ title: string } | null>('window/showMessageRequest', { type: MessageType.Warning, message, actions: [{ title: yes }, { title: 'Cancel' }] });
  return answer?.title === yes;
}

export function declined(subject: Subject, kind = 'declined'): End {
  return canAsk(subject) ? { kind, message: 'Nothing was applied.' } : { kind: 'cannotAsk', message: `This editor cannot ask for your consent. Nothing was applied. Run: ${commandLine(subject)}` };
}

export function canAsk({ session }: Subject): boolean {
  return session.client.window?.showMessage !== undefined;
}

function commandLine({ session, text }: Subject): string {
  return `swarmspec apply ${session.platform.pathOf(text.uri)}`;
}

/** A progress of the editor with a button that cancels; undefined where the client shows none. */
export async function beginProgress({ session: { client, connection } }: Subject, title: string, abort: AbortController) {
  if (client.window?.workDoneProgress !== true) return undefined;
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin(title, undefined, undefined, true);
  progress.token.onCancellationRequested(() => abort.abort());
  return { report: (message: string) => progress.report(message), done: () => progress.done() };
}

export function tell({ session }: Subject, type: MessageType, end: End): End {
  void session.connection.sendNotification(ShowMessageNotification.type, { type, message: end.message });
  return end;
}
