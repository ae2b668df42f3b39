import { count } from '../../facts/units';
import type { Severity } from '../../finding';
import type { Printer } from '../report';

/** Workflow commands; a hint of ours has no place in a review. */
const COMMANDS: Readonly<Record<Exclude<Severity, 'hint'>, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/**
 * Annotations of GitHub Actions. The runner shows ten errors and ten warnings of a step beside the code, and all of them in
 * the log.
 */
export function githubPrinter(inRepository: (path: string) => string): Printer {
  return {
    file({ path, findings }): string {
      return findings
        .flatMap(({ severity, rule, message, hint, start, end }) => {
          if (severity === 'hint') return [];
          // columns only count on one line
          const columns = start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {};
          const properties = { ...(path === '-' ? {} : { file: inRepository(path) }), line: start.line + 1, endLine: end.line + 1, ...columns, title: `swarmspec: ${rule}` };
          const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
          return [`::${COMMANDS[severity]} ${list.join(',')}::${escapeData(hint ? `${message}\n${hint}` : message)}\n`];
        })
        .join('');
    },
    end: ({ files, errors, warnings }) => `${count(files, 'file')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`,
  };
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
