import { type ExtensionContext, languages, l10n, type TextDocument, Uri, window, workspace, commands } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, ShowMessageRequest, type StaticFeature, WorkDoneProgressCancelNotification } from 'vscode-languageclient';
import { ASK_NAME, type AskedName, type ClientExtras, COMMANDS, MENTION, SHOW_PLAN, type ShownPlan, STATUS } from '../../server/src/lsp/protocol';
import { ask, askName } from './ask';
import { convertFile, makesConversion, openConverted } from './convert';
import { PlanView } from './planView';
import { ProgressView } from './progress';
import { StatusView } from './statusView';
import { redactedTrace } from './trace';

const OURS = [{ language: 'swarmspec-yaml' }, { language: 'swarmspec-json' }];
/** Files of other languages that may be specs too, by a modeline or a setting, or that become some; the server decides. */
const OTHERS = [{ language: 'yaml' }, { language: 'json' }, { language: 'jsonc' }, { language: 'dockercompose' }];

/** Makes a client of the server; how the server runs is all that differs between a desktop and a browser. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient | Promise<BaseLanguageClient>;

/** Everything the extension does, wherever it runs. Answers what to do when it ends. */
export function start(context: ExtensionContext, makeClient: MakeClient): () => Promise<void> {
  let client: BaseLanguageClient | undefined;
  let started: Promise<void> | undefined;
  const output = window.createOutputChannel('swarmspec', { log: true });
  const plans = new PlanView();
  const status = new StatusView();
  const progress = new ProgressView((token) => void client?.sendNotification(WorkDoneProgressCancelNotification.type, { token }));

  const run = () => (started ??= startClient());
  async function startClient(): Promise<void> {
    const options: LanguageClientOptions = {
      documentSelector: [...OURS, ...OTHERS, ...globs()],
      synchronize: { configurationSection: 'swarmspec', fileEvents: workspace.createFileSystemWatcher(CONFIG_FILES) },
      outputChannel: output,
      traceOutputChannel: redactedTrace(output),
      initializationOptions: settings(),
      middleware: {
        workspace: { configuration: (params, token, next) => withTrust(next(params, token)) },
        handleWorkDoneProgress: (token, params, next) => void progress.handle(token, params, next),
        executeCommand: (command, args, next) => (makesConversion(command, args) ? openConverted(args, (given) => next(command, given), output) : next(command, args)),
      },
    };
    client = await makeClient(options);
    client.registerFeature(extras({ showPlan: true, status: true, askName: true }));
    // a plan that opens later would take the keyboard away from the question about it
    let planShown: Promise<unknown> = Promise.resolve();
    client.onNotification(SHOW_PLAN, (plan: ShownPlan) => (planShown = plans.show(plan).catch((error) => output.error(error))));
    // instead of the client's own toast, which runs the lines together and hides itself unanswered
    client.onRequest(ShowMessageRequest.type, (question) => planShown.then(() => ask(question)));
    client.onRequest(ASK_NAME, (question: AskedName) => planShown.then(() => askName(question)));
    client.onNotification(STATUS, (shown) => status.show(shown));
    await client.start();
  }

  // most windows with YAML or JSON in them have no spec, and no server either
  const startIfNeeded = () => {
    // the client itself tells why it could not start
    if (!started && workspace.textDocuments.some(mayBeSpec)) run().catch(() => undefined);
  };
  const onActive = (name: string, act: (uri: string) => Thenable<unknown>) =>
    commands.registerCommand(name, async () => {
      const uri = window.activeTextEditor?.document.uri;
      if (!uri) return void window.showInformationMessage(l10n.t('Open a service spec first.'));
      await run();
      await act(plans.specOf(uri) ?? uri.toString());
    });
  /** An engine is asked for nothing in a folder that nobody trusts; the server would refuse too. */
  const withEngine = (name: string, command: string) =>
    onActive(name, async (uri) => {
      if (workspace.isTrusted) return commands.executeCommand(command, uri);
      return window.showWarningMessage(l10n.t('This folder is not trusted, so no engine is asked. Trust it to plan and apply.'));
    });

  context.subscriptions.push(
    output, plans, status,
    workspace.onDidOpenTextDocument(startIfNeeded),
    workspace.onDidSaveTextDocument(startIfNeeded),
    workspace.onDidChangeConfiguration(startIfNeeded),
    workspace.onDidGrantWorkspaceTrust(() => client?.sendNotification('workspace/didChangeConfiguration', { settings: null })),
    onActive('swarmspec.validateActive', () => commands.executeCommand('workbench.panel.markers.view.focus')),
    onActive('swarmspec.convertActive', async (uri) => {
      const document = await workspace.openTextDocument(Uri.parse(uri));
      await convertFile(document, mayBeSpec(document));
    }),
    commands.registerCommand('swarmspec.checkThisFile', checkThisFile),
    commands.registerCommand('swarmspec.showOutput', () => output.show()),
    withEngine('swarmspec.planActive', COMMANDS.plan),
    withEngine('swarmspec.applyActive', COMMANDS.apply),
    withEngine('swarmspec.rollbackActive', COMMANDS.rollback),
    withEngine('swarmspec.pullActive', COMMANDS.pull),
    onActive('swarmspec.showTarget', async (uri) => {
      const target = await commands.executeCommand<string | { message: string }>(COMMANDS.target, uri);
      void window.showInformationMessage(typeof target === 'string' ? target : target.message);
    }),
  );
  startIfNeeded();
  return async () => {
    if (client?.isRunning()) await client.stop();
  };
}

/** Gives a file of another name our language, so that it is checked and other extensions leave it alone. */
async function checkThisFile(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return void window.showInformationMessage(l10n.t('Open a service spec first.'));
  await languages.setTextDocumentLanguage(document, /json/.test(document.languageId) || /^\s*[{[]/.test(document.getText()) ? 'swarmspec-json' : 'swarmspec-yaml');
}

const CONFIG_FILES = '**/swarmspec.config.{yaml,yml,json}';

/** A cheap guess, never a wrong no. */
function mayBeSpec(document: TextDocument): boolean {
  if (languages.match([...OURS, ...globs(), { pattern: CONFIG_FILES }], document) > 0) return true;
  return languages.match(OTHERS, document) > 0 && MENTION.test(document.getText());
}

function globs(): { pattern: string }[] {
  return workspace.getConfiguration('swarmspec').get<string[]>('files', []).map((glob) => ({ pattern: `**/${glob.replace(/^\*\*\//, '')}` }));
}

/** As plain data: a worker is sent copies, and the configuration of the editor has functions in it. */
function settings(): unknown {
  return trusted(JSON.parse(JSON.stringify(workspace.getConfiguration('swarmspec'))));
}

async function withTrust(asked: unknown): Promise<never> {
  const answers = (await asked) as unknown[];
  return answers.map(trusted) as never;
}

/** The settings, with a word for the server where nobody trusts the folder: then it contacts no engine. */
function trusted(values: unknown): unknown {
  return workspace.isTrusted || typeof values !== 'object' || values === null ? values : { ...values, trusted: false };
}

/** Tells the server what this client can do beyond the protocol. */
function extras(swarmspec: ClientExtras): StaticFeature {
  return {
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...(capabilities.experimental as object | undefined), swarmspec };
    },
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  };
}
