import type { Place } from '../../document/lines';
import { documentedRules, type RuleDoc } from '../../features/explain';
import type { Severity } from '../../finding';
import { VERSION } from '../../version';
import { fingerprints } from '../fingerprint';
import type { FileReport, Printer, ReportedFinding, ReportedFix } from '../report';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

export const HOME = 'https://github.com/swarmspec/swarmspec';

/**
 * SARIF 2.1.0, for code scanning. All rules are listed, so that results can be written as they come. What a comment or the
 * baseline silences is there as suppressed.
 */
export function sarifPrinter(inRepository: (path: string) => string): Printer {
  const rules = documentedRules();
  const indexOf = new Map(rules.map(({ id }, i) => [id, i]));
  let separator = '';

  function result(finding: ReportedFinding, uri: string, fingerprint: string): object {
    const { rule, severity, message, hint, pointer, start, end, fixes, effect, document, silenced } = finding;
    const written = fixes.filter(({ edits }) => edits);
    return {
      ruleId: rule,
      ruleIndex: indexOf.get(rule),
      level: LEVELS[severity],
      message: { text: hint ? `${message} ${hint}` : message },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: region(start, end) },
          ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
        },
      ],
      partialFingerprints: { 'swarmspecFinding/v1': fingerprint },
      ...(written.length > 0 ? { fixes: written.map((fix) => toFix(fix, uri)) } : {}),
      ...(silenced ? { suppressions: [{ kind: silenced.by === 'comment' ? 'inSource' : 'external', ...(silenced.reason ? { justification: silenced.reason } : {}) }] } : {}),
      properties: { effect, document },
    };
  }

  return {
    start: () => {
      const driver = { name: 'swarmspec', version: VERSION, semanticVersion: /^\d/.test(VERSION) ? VERSION : undefined, informationUri: HOME, rules: rules.map(descriptor) };
      const head = JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: [] }] });
      return head.slice(0, head.lastIndexOf(']}]}'));
    },
    file(report: FileReport): string {
      const path = inRepository(report.path);
      const uri = path.split('/').map(encodeURIComponent).join('/');
      const prints = fingerprints(report, path);
      return report.findings
        .map((finding, i) => {
          const text = `${separator}\n${JSON.stringify(result(finding, uri, prints[i]))}`;
          separator = ',';
          return text;
        })
        .join('');
    },
    end: () => '\n]}]}\n',
  };
}

function descriptor({ id, severity, effect, summary, why, source, bad, good }: RuleDoc): object {
  const example = (title: string, text: string) => `${title}:\n\n${text.trimEnd().replaceAll(/^/gm, '    ')}`;
  const help = [summary, why, `Source: ${source}`, example('Bad', bad), example('Good', good)].join('\n\n');
  return {
    id,
    name: id.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: help, markdown: help },
    helpUri: `${HOME}/blob/main/docs/rules.md#${id}`,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [effect], 'problem.severity': severity === 'error' || severity === 'warning' ? severity : 'recommendation', precision: 'very-high' },
  };
}

function toFix({ title, edits = [] }: ReportedFix, uri: string): object {
  const replacements = edits.map(({ start, end, text }) => ({ deletedRegion: region(start, end), ...(text === '' ? {} : { insertedContent: { text } }) }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, replacements }] };
}

function region(start: Place, end: Place): object {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}
