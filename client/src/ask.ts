import { window } from 'vscode';
import type { ShowMessageRequestParams } from 'vscode-languageclient';

/** Asks what the server wants to know, the first line as the question and the others under it. A dialog that is closed is a no. */
export async function ask({ message, actions = [] }: ShowMessageRequestParams): Promise<{ title: string } | null> {
  const [question, ...detail] = message.split('\n');
  const items = actions.map(({ title }) => ({ title, isCloseAffordance: title === 'Cancel' }));
  const chosen = await window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, ...items);
  return chosen ? { title: chosen.title } : null;
}
