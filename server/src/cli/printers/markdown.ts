import { count } from '../../facts/units';
import type { Severity } from '../../finding';
import type { Printer } from '../report';

const MARKS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', information: 'ℹ️', hint: '💡' };

/** A comment on a review and the summary of a job take no more than this, with room to spare. */
const MOST = 200;

/** Markdown for summaries and comments: a table a file. */
export function markdownPrinter(): Printer {
  let told = 0;
  let left = 0;
  return {
    start: () => '## swarmspec\n\n',
    file({ path, findings }): string {
      const all = findings.filter(({ severity }) => severity !== 'hint');
      const shown = all.slice(0, Math.max(0, MOST - told));
      told += shown.length;
      left += all.length - shown.length;
      if (shown.length === 0) return '';
      const rows = shown.map(({ severity, rule, message, hint, start }) => `| ${start.line + 1}:${start.character + 1} | ${MARKS[severity]} ${severity} | ${cell(hint ? `${message} ${hint}` : message)} | \`${rule}\` |`);
      return `### ${plain(path)}\n\n| place | | finding | rule |\n|---|---|---|---|\n${rows.join('\n')}\n\n`;
    },
    end: ({ files, errors, warnings }) => `${left > 0 ? `… and ${left} more.\n\n` : ''}**${count(files, 'file')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}**\n`,
  };
}

/** A message in a table: its code spans stay, all else is text. */
function cell(message: string): string {
  return message
    .split(/(`[^`\n]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : plain(part)))
    .join('')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\r?\n\s*/g, ' ');
}

function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#!~&]/g, '\\$&');
}
