import { type Arguments, type Terminal, UsageError } from './command';

/** Whether what has been shown may be sent: `--yes`, or a yes of the person at the terminal. */
export async function consent(question: string, values: Arguments['values'], terminal: Terminal): Promise<boolean> {
  if (values.yes) return true;
  requireSomebody(values, terminal);
  return (await terminal.ask?.(question)) ?? false;
}

/** Ends with wrong usage, before anything is read or sent, where a question could reach nobody. */
export function requireSomebody(values: Arguments['values'], { ask }: Terminal): void {
  if (values.yes) return;
  if (values.json) throw new UsageError('`--json` asks no questions. Give `--yes` to apply without being asked.');
  if (!ask) throw new UsageError('nobody is there to answer, since this is no terminal. Give `--yes` to apply without being asked.');
}
