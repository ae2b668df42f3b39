import { withoutControls } from '../controls';
import type { Terminal } from './command';

/** How far one thing has come: in a line of its own, and in a few words among others. */
export interface Step {
  readonly line: string;
  readonly short: string;
}

/**
 * What is under way: on a terminal in one line that is written over, with the long form while there is one thing only; one
 * line after the other where the output is piped.
 */
export class Progress {
  private readonly current = new Map<string, Step>();
  private last: Promise<void> = Promise.resolve();
  private isBusy = false;

  /** `write` takes the lines that stay. */
  constructor(
    private readonly write: (text: string) => void,
    private readonly terminal: Pick<Terminal, 'progress'>,
  ) {}

  set(key: string, step: Step): void {
    if (this.current.get(key)?.line === step.line) return;
    this.current.set(key, step);
    if (this.terminal.progress) this.paint();
    else this.write(`${withoutControls(step.line)}\n`);
  }

  clear(key: string): void {
    this.current.delete(key);
    this.paint();
  }

  /** A line that stays. */
  say(text: string, write = this.write): void {
    write(`${text.split('\n').map(withoutControls).join('\n')}\n`);
    this.paint();
  }

  /** Runs one thing that needs the terminal for itself, such as a question, behind the others that do. */
  alone<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.last.then(() => {
      this.terminal.progress?.('');
      this.isBusy = true;
      return run();
    });
    this.last = turn.then(
      () => void (this.isBusy = false),
      () => void (this.isBusy = false),
    );
    return turn;
  }

  private paint(): void {
    if (this.isBusy) return;
    const steps = [...this.current.values()];
    this.terminal.progress?.(withoutControls(steps.length === 1 ? steps[0].line : steps.map(({ short }) => short).join('  ')));
  }
}
