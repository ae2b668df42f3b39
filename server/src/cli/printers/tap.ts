import type { Severity } from '../../finding';
import type { Printer } from '../report';

/** The Test Anything Protocol, version 13: a test is a file, and its findings are the diagnostics under it. */
export function tapPrinter(fails: (severity: Severity) => boolean): Printer {
  let number = 0;
  return {
    start: () => 'TAP version 13\n',
    file({ path, findings }): string {
      number++;
      const told = findings.filter(({ severity }) => severity !== 'hint');
      const ok = told.some(({ severity }) => fails(severity)) ? 'not ok' : 'ok';
      // `#` would begin a directive; JSON is YAML, and needs no care with quotes
      const line = `${ok} ${number} - ${path.replaceAll(/[\r\n]/g, ' ').replaceAll(/[\\#]/g, '\\$&')}\n`;
      if (told.length === 0) return line;
      const rows = told.map(({ rule, severity, message, hint, pointer, start }) => `    - ${JSON.stringify({ rule, severity, message, hint, path: pointer, line: start.line + 1, column: start.character + 1 })}\n`);
      return `${line}  ---\n  findings:\n${rows.join('')}  ...\n`;
    },
    end: () => `1..${number}\n`,
  };
}
