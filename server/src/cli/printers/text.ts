import { withoutControls } from '../../controls';
import { painter } from '../paint';
import { count } from '../../facts/units';
import type { FileReport, Printer, ReportedFinding } from '../report';
import { SafeLines } from '../safeLines';
import { shownText } from '../width';

/** How much of a long line is shown: so many characters, at most so many of them before the stretch. */
const SHOWN = 160;
const BEFORE = 100;

/** Findings for people: place, message, the line with the stretch underlined, and what would mend it. */
export function textPrinter(color: boolean): Printer {
  const { paint, prose } = painter(color);

  function finding({ severity, rule, message, hint, start, end, fixes }: ReportedFinding, path: string, lines: SafeLines): string {
    const number = String(start.line + 1);
    const { before, marked, after } = cut(lines.line(start.line).text, start.character, end.line === start.line ? end.character : Infinity);
    const gutter = ' '.repeat(number.length);
    const rows = [
      `${paint('bold', `${withoutControls(path)}:${number}:${start.character + 1}`)} ${paint(severity, severity)} ${prose(message)} ${paint('dim', `[${rule}]`)}`,
      `${paint('dim', `  ${number} |`)} ${before.text}${marked.text}${after.text}`,
      `${paint('dim', `  ${gutter} |`)} ${' '.repeat(before.width)}${paint(severity, '^'.repeat(Math.max(1, marked.width)))}`,
    ];
    if (hint) rows.push(`${paint('dim', `  ${gutter} =`)} ${prose(hint)}`);
    for (const { title, safe } of fixes) rows.push(`${paint('dim', `  ${gutter} =`)} fix: ${prose(title)}${safe ? '' : paint('dim', ' (with --unsafe-fixes)')}`);
    return `${rows.join('\n')}\n\n`;
  }

  return {
    file({ path, text, findings }: FileReport): string {
      // hints are for editors, where they take no room; in a log they would bury the rest
      const told = findings.filter(({ severity }) => severity !== 'hint');
      if (told.length === 0) return '';
      const lines = new SafeLines(text);
      return told.map((one) => finding(one, path, lines)).join('');
    },
    end({ files, errors, warnings }): string {
      const found = errors + warnings === 0 ? paint('bold', 'no errors, no warnings') : [errors > 0 ? paint('error', count(errors, 'error')) : '', warnings > 0 ? paint('warning', count(warnings, 'warning')) : ''].filter(Boolean).join(', ');
      return `${count(files, 'file')}: ${found}\n`;
    },
  };
}

/** The part of a line around a stretch, ready to be shown, with an ellipsis where it is cut. */
function cut(source: string, from: number, to: number) {
  // a value that was hidden moves what stands behind it; the mark then ends with the line
  const start = Math.min(from, source.length);
  const end = Math.max(start, Math.min(to, source.length));
  const first = wholeCharacter(source, Math.max(0, start - BEFORE));
  const last = wholeCharacter(source, Math.min(source.length, first + SHOWN));
  const stop = Math.min(end, last);
  const before = shownText(source.slice(first, start));
  return {
    before: first > 0 ? { text: `…${before.text}`, width: before.width + 1 } : before,
    marked: shownText(source.slice(start, stop)),
    after: shownText(source.slice(stop, last) + (last < source.length ? '…' : '')),
  };
}

/** An offset that does not lie between the halves of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const low = text.charCodeAt(offset);
  return low >= 0xdc00 && low <= 0xdfff ? offset - 1 : offset;
}
