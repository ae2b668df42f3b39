import { l10n, window } from 'vscode';
import type { ShowMessageRequestParams } from 'vscode-languageclient';
import type { AskedName } from '../../server/src/lsp/protocol';

/** Asks what the server wants to know, the first line as the question and the others under it. A dialog that is closed is a no. */
export async function ask({ message, actions = [] }: ShowMessageRequestParams): Promise<{ title: string } | null> {
  const [question, ...detail] = message.split('\n');
  const items = actions.map(({ title }) => ({ title, isCloseAffordance: title === 'Cancel' }));
  const chosen = await window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, ...items);
  return chosen ? { title: chosen.title } : null;
}

/** Has the name of a protected engine typed. It stays open while its user looks at the plan; Escape is a no. */
export function askName({ message, name }: AskedName): Promise<string | null> {
  const [question, ...detail] = message.split('\n');
  const box = window.createInputBox();
  box.title = question.replaceAll('`', '');
  box.placeholder = name;
  box.prompt = `${detail.join(' · ').replaceAll('`', '')} — ${l10n.t('Changes there need the name of the engine typed: {0}', name)}`;
  box.ignoreFocusOut = true;
  const isBegun = () => name.startsWith(box.value);
  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = isBegun() ? undefined : l10n.t('The name of the engine is {0}.', name)));
    box.onDidAccept(() => {
      if (box.value !== name) return;
      resolve(name);
      box.dispose();
    });
    box.onDidHide(() => {
      resolve(null);
      box.dispose();
    });
    box.show();
  });
}
