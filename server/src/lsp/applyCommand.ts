import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { applyPlan, describeOutcome } from '../apply/apply';
import { planUpdate } from '../apply/plan';
import { describeChanges } from '../apply/show';
import type { PlacedDocument, SpecFile } from '../document/document';
import { specsIn } from '../document/shape';
import { isObject, type SpecValue } from '../document/value';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/error';
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
  engine(): Engine;
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

async function planAndApply(context: ApplyContext, placed: PlacedDocument, spec: SpecValue): Promise<ApplyEnd> {
  if (!isObject(spec)) return tell(context, MessageType.Warning, { kind: 'nothing', message: 'There is no service spec here to apply.' });
  const engine = context.engine();
  const info = await engine.ping();
  const options = context.options({ api: info.apiVersion, version: info.engineVersion });
  const target = options.target(placed.document);
  // this engine may be older than what the editor checks against, and would lose fields without a word
  const invalid = refuseErrors(context, validatePlaced(placed, options));
  if (invalid) return invalid;
  const { api, as } = target;
  if (as) return tell(context, MessageType.Warning, { kind: 'fragment', message: 'This is a fragment, and only a whole spec can be applied.' });
  const outcome = await planUpdate(spec, engine, { api });
  switch (outcome.kind) {
    case 'unnamed':
      return tell(context, MessageType.Error, { kind: 'unnamed', message: 'The spec has no `Name`, so nobody can tell which service it is for.' });
    case 'noSuchService':
      return offerCreation(context, engine, outcome.name, outcome.body, api);
    case 'unchanged':
      return tell(context, MessageType.Info, { kind: 'unchanged', message: `Nothing to change: \`${outcome.plan.service.name}\` at ${engine.address} already is what this spec says. Nothing was sent.` });
    case 'planned': {
      const { plan } = outcome;
      const lines = describeChanges(plan.changes);
      const shown = lines.slice(0, 12).join('\n') + (lines.length > 12 ? `\n… and ${lines.length - 12} more` : '');
      const question = `Update service \`${plan.service.name}\` at ${engine.address} (API v${api}, version index ${plan.index})?\n${shown}`;
      if (!(await ask(context, question))) return declined(context);
      const ended = await applyPlan(plan, engine);
      return tell(context, ended.kind === 'applied' ? MessageType.Info : MessageType.Error, { kind: ended.kind, message: describeOutcome(ended, plan.service.name) });
    }
  }
}

async function offerCreation(context: ApplyContext, engine: Engine, name: string, body: string, api: string): Promise<ApplyEnd> {
  if (!(await ask(context, `There is no service \`${name}\` at ${engine.address}. Create it?`, 'Create'))) return declined(context, 'noSuchService');
  const answer = await engine.create({ body, api });
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
