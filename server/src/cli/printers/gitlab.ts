import type { Effect, Severity } from '../../finding';
import { fingerprints } from '../fingerprint';
import type { Printer } from '../report';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', information: 'info', hint: 'info' };

/** What is worse than its severity says. */
const WORSE: { readonly [effect in Effect]?: string } = { 'crashes-engine': 'blocker' };

/** A Code Quality report of GitLab: one list of issues. Its paths are relative to the repository. */
export function gitlabPrinter(inRepository: (path: string) => string): Printer {
  let separator = '';
  return {
    start: () => '[',
    file(report): string {
      const path = inRepository(report.path);
      const prints = fingerprints(report, path);
      return report.findings
        .map(({ rule, effect, severity, message, hint, start, end }, i) => {
          const issue = {
            type: 'issue', check_name: rule, description: hint ? `${message} ${hint}` : message, categories: ['Bug Risk'], severity: (severity === 'error' && WORSE[effect]) || SEVERITIES[severity],
            fingerprint: prints[i], location: { path, lines: { begin: start.line + 1, end: end.line + 1 } },
          };
          const text = `${separator}\n${JSON.stringify(issue)}`;
          separator = ',';
          return text;
        })
        .join('');
    },
    end: () => '\n]\n',
  };
}
