import { hideSecrets } from '../../apply/secrecy';
import type { Finding, Severity } from '../../finding';
import { type FileReport, Lines, type Printer } from '../report';

const COLORS: Readonly<Record<Severity | 'dim' | 'bold', string>> = { error: '31;1', warning: '33;1', information: '36', hint: '36', dim: '2', bold: '1' };

/** Findings for people: place, message, the line with the stretch underlined, and what would mend it. */
export function textPrinter(color: boolean): Printer {
  const paint = (style: keyof typeof COLORS, text: string) => (color ? `\u001b[${COLORS[style]}m${text}\u001b[0m` : text);
  // what could be typed stands in backticks; on a terminal with colours it is bold instead
  const prose = (text: string) => (color ? text.replaceAll(/`([^`]+)`/g, (_, code: string) => paint('bold', code)) : text);

  function finding({ severity, rule, message, hint, span, fixes }: Finding, path: string, lines: Lines): string {
    const start = lines.position(span.start);
    const end = lines.position(span.end);
    const number = String(start.line + 1);
    const source = hideSecrets(lines.line(start.line).replaceAll('\t', ' '));
    const width = Math.max(1, (end.line === start.line ? end.character : source.length) - start.character);
    const from = Math.max(0, Math.min(start.character, source.length) - 100);
    const shown = source.slice(from, from + 160);
    const gutter = ' '.repeat(number.length);
    const rows = [
      `${paint('bold', `${path}:${number}:${start.character + 1}`)} ${paint(severity, severity)} ${prose(message)} ${paint('dim', `[${rule}]`)}`,
      `${paint('dim', `  ${number} |`)} ${shown}`,
      `${paint('dim', `  ${gutter} |`)} ${' '.repeat(start.character - from)}${paint(severity, '^'.repeat(Math.min(width, 160)))}`,
    ];
    if (hint) rows.push(`${paint('dim', `  ${gutter} =`)} ${prose(hint)}`);
    for (const { title } of fixes) rows.push(`${paint('dim', `  ${gutter} =`)} fix: ${prose(title)}`);
    return `${rows.join('\n')}\n\n`;
  }

  return {
    file({ path, file, findings }: FileReport): string {
      // hints are for editors, where they take no room; in a log they would bury the rest
      const told = findings.filter(({ severity }) => severity !== 'hint');
      if (told.length === 0) return '';
      const lines = new Lines(file.text);
      return told.map((one) => finding(one, path, lines)).join('');
    },
    end({ files, errors, warnings }): string {
      const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
      const found = errors + warnings === 0 ? paint('bold', 'no errors, no warnings') : [errors > 0 ? paint('error', count(errors, 'error')) : '', warnings > 0 ? paint('warning', count(warnings, 'warning')) : ''].filter(Boolean).join(', ');
      return `${count(files, 'file')}: ${found}\n`;
    },
  };
}
