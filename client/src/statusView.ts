import { type Disposable, l10n, languages, LanguageStatusSeverity, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { ShownStatus } from '../../server/src/lsp/protocol';

const SELECTOR = [{ language: 'swarmspec-yaml' }, { language: 'swarmspec-json' }];

/** One item in the status bar: the API version and the engine; and the same, with more words, in the language status. */
export class StatusView implements Disposable {
  private readonly item = window.createStatusBarItem('swarmspec.status', StatusBarAlignment.Right, 100);
  private readonly api = languages.createLanguageStatusItem('swarmspec.api', SELECTOR);
  private readonly engine = languages.createLanguageStatusItem('swarmspec.engine', SELECTOR);

  constructor() {
    this.item.name = 'swarmspec';
    this.item.command = 'swarmspec.showTarget';
    this.api.name = 'swarmspec API';
    this.engine.name = 'swarmspec engine';
    this.api.command = { command: 'swarmspec.showTarget', title: l10n.t('Why?') };
    this.engine.command = { command: 'workbench.action.openSettings', title: l10n.t('Change'), arguments: ['swarmspec.host'] };
  }

  show({ api, apiFrom, engine, wantsAttention }: ShownStatus): void {
    const sign = !engine ? '$(circle-slash)' : engine.reachable ? '$(vm-active)' : '$(vm-outline)';
    this.item.text = `${sign} Swarm API ${api}`;
    const where = !engine ? l10n.t('No engine is asked.') : engine.reachable ? l10n.t('Engine {0} at {1}', engine.version ?? '', engine.address) : l10n.t('No swarm manager answers at {0}', engine.address);
    this.item.tooltip = `${l10n.t('Checked against API v{0} ({1})', api, apiFrom)}\n${where}${engine?.why ? `\n${engine.why}` : ''}`;
    this.item.backgroundColor = wantsAttention ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
    this.api.text = `API v${api}`;
    this.api.detail = apiFrom;
    this.engine.text = where;
    this.engine.severity = wantsAttention ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  }

  dispose(): void {
    for (const item of [this.item, this.api, this.engine]) item.dispose();
  }
}
