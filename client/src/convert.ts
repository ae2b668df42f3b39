import { commands, l10n, type LogOutputChannel, type QuickPickItem, type TextDocument, Uri, ViewColumn, window, workspace } from 'vscode';
import { COMMANDS, type ConvertAnswer, type ConvertArguments } from '../../server/src/lsp/protocol';

type Form = ConvertArguments['to'];

/** Asks what a file is to become, and opens that. `isSpec` says whether it holds specs; else it may be a compose file. */
export async function convertFile({ uri, languageId }: TextDocument, isSpec: boolean): Promise<void> {
  const forms: readonly (QuickPickItem & { readonly to: Form })[] = isSpec
    ? [/json/.test(languageId) ? { to: 'yaml', label: 'YAML' } : { to: 'json', label: 'JSON' }, { to: 'compose', label: l10n.t('Compose file') }]
    : [{ to: 'spec', label: l10n.t('Service specs'), detail: l10n.t('of the services of a compose file') }];
  const chosen = await window.showQuickPick(forms, { placeHolder: l10n.t('Convert {0} to', workspace.asRelativePath(uri)) });
  if (chosen) await commands.executeCommand(COMMANDS.convert, uri.toString(), { to: chosen.to, create: true } satisfies ConvertArguments);
}

/** Whether somebody wants a conversion made, and not its text. */
export function makesConversion(command: string, [, what]: readonly unknown[]): boolean {
  return command === COMMANDS.convert && (what as ConvertArguments | undefined)?.create === true;
}

/** Opens what a file was converted to beside it, nothing saved yet, and tells that something could not be carried over, which the log lists. */
export async function openConverted([uri, what]: readonly unknown[], convert: (args: unknown[]) => Promise<ConvertAnswer>, output: LogOutputChannel): Promise<ConvertAnswer> {
  const { to, ...rest } = what as ConvertArguments;
  const answer = await convert([uri, { ...rest, to, create: false }]);
  if (answer.kind !== 'converted') {
    void window.showWarningMessage(l10n.t('Not converted. {0}', answer.message));
    return answer;
  }
  const language = to === 'compose' ? answer.languageId : `swarmspec-${answer.languageId}`;
  await window.showTextDocument(await workspace.openTextDocument({ language, content: answer.text }), { viewColumn: ViewColumn.Beside });
  const { losses } = answer;
  if (losses.length === 0) return answer;
  const name = workspace.asRelativePath(Uri.parse(String(uri)));
  output.warn(l10n.t('{0}: not all was carried over ({1}):', name, losses.length));
  for (const { at, reason } of losses) output.warn(`  ${at}: ${reason}`);
  const show = l10n.t('Show what was lost');
  void window.showWarningMessage(l10n.t('{0}: not all was carried over ({1}).', name, losses.length), show).then((chosen) => chosen && output.show(true));
  return answer;
}
