import type { Severity } from '../../finding';
import type { Printer, ReportedFinding } from '../report';
import { xmlAttributes, xmlText } from './xml';

/** JUnit XML: a suite is a file, a case a finding; what makes the command fail is a failure, the rest passes with a remark. */
export function junitPrinter(fails: (severity: Severity) => boolean): Printer {
  function testCase({ rule, severity, message, hint, pointer, start }: ReportedFinding, path: string): string {
    const place = `${path}:${start.line + 1}:${start.character + 1}`;
    const text = xmlText([`${place}: ${severity}: ${message}`, hint, pointer && `at ${pointer}`].filter(Boolean).join('\n'));
    const inside = fails(severity) ? `<failure${xmlAttributes({ message, type: `${severity}: ${rule}` })}>${text}</failure>` : `<system-out>${text}</system-out>`;
    return `    <testcase${xmlAttributes({ classname: path, name: `${rule} (${start.line + 1}:${start.character + 1})`, file: path, line: start.line + 1, time: 0 })}>${inside}</testcase>\n`;
  }

  return {
    start: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="swarmspec">\n',
    file({ path, findings }): string {
      const told = findings.filter(({ severity }) => severity !== 'hint');
      const failures = told.filter(({ severity }) => fails(severity)).length;
      const cases = told.length > 0 ? told.map((finding) => testCase(finding, path)) : [`    <testcase${xmlAttributes({ classname: path, name: 'no findings', file: path, time: 0 })}/>\n`];
      return `  <testsuite${xmlAttributes({ name: path, tests: cases.length, failures, errors: 0, skipped: 0, time: 0 })}>\n${cases.join('')}  </testsuite>\n`;
    },
    end: () => '</testsuites>\n',
  };
}
