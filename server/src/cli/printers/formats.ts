import type { Severity } from '../../finding';
import type { Printer } from '../report';

/** What a printer may have to know besides the findings. */
export interface Setting {
  readonly color: boolean;
  /** Whether a finding of this severity makes the command fail. */
  readonly fails: (severity: Severity) => boolean;
  /** A path as the repository has it, whatever folder the command runs in. */
  readonly inRepository: (path: string) => string;
}

export interface Format {
  readonly name: string;
  readonly doc: string;
  /** Whether it prints the replacements of fixes. */
  readonly edits?: boolean;
  /** Whether it prints what a comment or the baseline silences, as such. */
  readonly silenced?: boolean;
  /** Loads the printer: only those that are asked for. */
  readonly load: (setting: Setting) => Printer;
}

/** Every output format; one file and one row each. */
export const FORMATS: readonly Format[] = [
  { name: 'text', doc: 'for people', load: ({ color }) => (require('./text') as typeof import('./text')).textPrinter(color) },
  { name: 'compact', doc: 'a finding a line, as compilers write it', load: () => (require('./compact') as typeof import('./compact')).compactPrinter() },
  { name: 'json', doc: 'one object, of the shape in schemas/findings.v1.json', edits: true, load: () => (require('./json') as typeof import('./json')).jsonPrinter() },
  { name: 'jsonl', doc: 'an object a finding, one a line', edits: true, load: () => (require('./json') as typeof import('./json')).jsonLinesPrinter() },
  { name: 'sarif', doc: 'SARIF 2.1.0, for code scanning', edits: true, silenced: true, load: ({ inRepository }) => (require('./sarif') as typeof import('./sarif')).sarifPrinter(inRepository) },
  { name: 'junit', doc: 'JUnit XML', load: ({ fails }) => (require('./junit') as typeof import('./junit')).junitPrinter(fails) },
  { name: 'github', doc: 'annotations of GitHub Actions', load: ({ inRepository }) => (require('./github') as typeof import('./github')).githubPrinter(inRepository) },
  { name: 'gitlab', doc: 'Code Quality of GitLab', load: ({ inRepository }) => (require('./gitlab') as typeof import('./gitlab')).gitlabPrinter(inRepository) },
  { name: 'checkstyle', doc: 'Checkstyle XML', load: () => (require('./checkstyle') as typeof import('./checkstyle')).checkstylePrinter() },
  { name: 'tap', doc: 'Test Anything Protocol', load: ({ fails }) => (require('./tap') as typeof import('./tap')).tapPrinter(fails) },
  { name: 'markdown', doc: 'for summaries and comments', load: () => (require('./markdown') as typeof import('./markdown')).markdownPrinter() },
];
