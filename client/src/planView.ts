import { commands, type Disposable, l10n, languages, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { PLAN_SCHEME, type ShownPlan } from '../../server/src/lsp/protocol';

/** Shows plans in the diff editor: the live spec on the left, the one to come on the right. Nothing of it is on a disk. */
export class PlanView implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, { readonly text: string; readonly spec: string }>();
  private readonly registration = workspace.registerTextDocumentContentProvider(PLAN_SCHEME, this);
  private count = 0;

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.toString())?.text ?? '';
  }

  /** The file that a shown plan is about; whoever looks at a plan and applies means that one. Undefined for any other document. */
  specOf(uri: Uri): string | undefined {
    return this.texts.get(uri.toString())?.spec;
  }

  async show({ uri: spec, service, engine, index, language, live, ours }: ShownPlan): Promise<void> {
    this.count++;
    const [left, right] = [this.keep(`${service}.live`, language, live, spec), this.keep(`${service}.plan`, language, ours, spec)];
    const title = l10n.t('{0} at {1}: live (version index {2}) ↔ plan', service, engine.replaceAll('`', ''), index);
    for (const side of [left, right]) await languages.setTextDocumentLanguage(await workspace.openTextDocument(side), language);
    await commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }

  /** An editor keeps the text of a uri that it has seen, so each plan has uris of its own. */
  private keep(name: string, language: string, text: string, spec: string): Uri {
    const uri = Uri.from({ scheme: PLAN_SCHEME, path: `/${this.count}/${name}.${language}` });
    this.texts.set(uri.toString(), { text, spec });
    return uri;
  }
}
