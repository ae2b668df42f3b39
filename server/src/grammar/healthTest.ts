import { splitCommand } from './shellWords';

/**
 * The health check that one text stands for: `NONE`, a command behind `CMD` or `CMD-SHELL`, or a line for the shell, as
 * compose files have it. Undefined where nothing is left to run, a quote stays open, or the text is a list itself.
 */
export function readHealthTest(text: string): string[] | undefined {
  const line = text.trim();
  if (/^NONE$/i.test(line)) return ['NONE'];
  if (line === '' || /^CMD([-_]SHELL)?$/i.test(line) || /^\[\s*["']/.test(line)) return undefined;
  const shell = /^CMD[-_]SHELL\s+(.+)$/s.exec(line);
  if (shell) return ['CMD-SHELL', shell[1]];
  const program = /^CMD\s+(.+)$/s.exec(line);
  if (!program) return ['CMD-SHELL', line];
  const words = splitCommand(program[1]);
  // one word with spaces in it would be looked for as one program
  return words && !/\s/.test(words[0]) ? ['CMD', ...words] : undefined;
}
