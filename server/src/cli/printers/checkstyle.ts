import type { Severity } from '../../finding';
import type { Printer } from '../report';
import { xmlAttributes } from './xml';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info', hint: 'ignore' };

/** The XML of Checkstyle, which Jenkins and many others read. */
export function checkstylePrinter(): Printer {
  return {
    start: () => '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n',
    file({ path, findings }): string {
      const errors = findings.map(({ start, severity, message, hint, rule }) => {
        const attributes = { line: start.line + 1, column: start.character + 1, severity: SEVERITIES[severity], message: hint ? `${message} ${hint}` : message, source: `swarmspec.${rule}` };
        return `    <error${xmlAttributes(attributes)}/>\n`;
      });
      return `  <file${xmlAttributes({ name: path })}>\n${errors.join('')}  </file>\n`;
    },
    end: () => '</checkstyle>\n',
  };
}
