import { type Progress, ProgressLocation, window } from 'vscode';
import type { HandleWorkDoneProgressSignature, ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient';

interface Shown {
  readonly progress: Progress<{ message?: string }>;
  readonly end: () => void;
}

/**
 * Shows what can be cancelled as a notification with its button in sight. The client library shows every progress in the status bar,
 * where the button comes only to those who click there.
 */
export class ProgressView {
  private readonly shown = new Map<ProgressToken, Promise<Shown>>();

  constructor(private readonly cancel: (token: ProgressToken) => void) {}

  async handle(token: ProgressToken, params: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd, next: HandleWorkDoneProgressSignature): Promise<void> {
    if (params.kind === 'begin' && params.cancellable) this.shown.set(token, this.begin(token, params));
    const shown = this.shown.get(token);
    if (!shown) return next(token, params);
    const { progress, end } = await shown;
    if (params.kind !== 'end') return progress.report({ message: params.message });
    this.shown.delete(token);
    end();
    next(token, params); // which forgets the token
  }

  private begin(token: ProgressToken, { title }: WorkDoneProgressBegin): Promise<Shown> {
    return new Promise((resolve) => {
      void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, cancellation) => {
        cancellation.onCancellationRequested(() => this.cancel(token));
        return new Promise<void>((end) => resolve({ progress, end }));
      });
    });
  }
}
