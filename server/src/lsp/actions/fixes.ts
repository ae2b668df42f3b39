import { CodeActionKind } from 'vscode-languageserver';
import { codeActions, MOST_ACTIONS } from '../../features/codeActions';
import { hasSafeFix } from '../../features/fixAll';
import { suppressionEdit } from '../../features/suppression';
import type { ActionSource, LazyEdit } from '../action';
import { toDiagnostic, toLspCodeAction, toTextEdit } from '../convert';

/** The fixes of the findings at a place, those of the same rule in the whole file, and the comment that silences one. */
export const fixActions: ActionSource = {
  kinds: [CodeActionKind.QuickFix],

  actions({ text, file, span }, { open }) {
    const findings = open.findings(text);
    const here = findings.filter((finding) => finding.span.start <= span.end && finding.span.end >= span.start);
    const fixes = codeActions(file, findings, span).map((action) => toLspCodeAction(action, text.uri, text, open.linkTo));
    const rules = [...new Set(here.map(({ rule }) => rule))];
    const sameRule = rules
      .filter((rule) => findings.filter((finding) => finding.rule === rule && hasSafeFix([finding])).length > 1)
      .map((rule) => ({ title: `Fix all \`${rule}\` in this file`, kind: CodeActionKind.QuickFix, data: { uri: text.uri, id: 'fixAll', rule } satisfies LazyEdit }));
    const silenced = new Set<string>();
    const suppressions = here.slice(0, MOST_ACTIONS).flatMap((finding) => {
      const edit = suppressionEdit(file, finding);
      const key = `${finding.rule} ${edit?.start}`;
      if (!edit || silenced.has(key)) return [];
      silenced.add(key);
      return [{ title: `Silence \`${finding.rule}\` here`, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(finding, text, open.linkTo)], edit: { changes: { [text.uri]: [toTextEdit(edit, text)] } } }];
    });
    return [...fixes, ...sameRule, ...suppressions];
  },
};
