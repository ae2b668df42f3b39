import type { Printer } from '../report';
import { withoutControls } from '../../controls';

/** One finding a line, in the form that editors and `grep` have read from compilers for decades. */
export function compactPrinter(): Printer {
  return {
    file: ({ path, findings }) =>
      findings
        .filter(({ severity }) => severity !== 'hint')
        .map(({ start, severity, message, hint, rule }) => `${withoutControls(`${path}:${start.line + 1}:${start.character + 1}: ${severity}: ${message}${hint ? ` ${hint}` : ''} [${rule}]`)}\n`)
        .join(''),
    end: () => '',
  };
}
