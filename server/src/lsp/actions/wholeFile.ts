import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { fixAll, hasSafeFix } from '../../features/fixAll';
import { format } from '../../features/format';
import { lineEdits } from '../../features/unifiedDiff';
import type { ActionSource, LazyEdit } from '../action';
import { toTextEdit } from '../convert';
import type { Session } from '../session';

const FIX_ALL = 'source.fixAll.swarmspec';
const SORT_KEYS = 'source.sortKeys.swarmspec';

/** Actions on the whole file, which editors can run when it is saved. Their edits are made when one is chosen. */
export const wholeFileActions: ActionSource = {
  kinds: [FIX_ALL, SORT_KEYS],

  actions({ text }, { open }) {
    const fixes = hasSafeFix(open.findings(text)) ? [{ title: 'Fix all that has one right answer', kind: FIX_ALL, data: { uri: text.uri, id: 'fixAll' } satisfies LazyEdit }] : [];
    return [...fixes, { title: 'Sort keys in the order of the API', kind: SORT_KEYS, data: { uri: text.uri, id: 'sortKeys' } satisfies LazyEdit }];
  },
};

/** The edit of an action that was given without; undefined where nothing is left to do. */
export function resolveEdit({ uri, id, rule }: LazyEdit, session: Session): WorkspaceEdit | undefined {
  const found = session.fileOf({ textDocument: { uri } });
  if (!found) return undefined;
  const { text, file } = found;
  const options = session.open.options(uri);
  let after = file.text;
  if (id === 'fixAll') after = fixAll(file.text, file.syntax, options, { rule }).text;
  else {
    const laid = format(file, { tabSize: 2, insertSpaces: true, sort: (document) => options.target(document) });
    if (laid.kind === 'formatted') after = laid.text;
  }
  const edits: TextEdit[] = lineEdits(file.text, after).map((edit) => toTextEdit(edit, text));
  return edits.length === 0 ? undefined : { changes: { [uri]: edits } };
}
