import { codeActions } from '../../features/codeActions';
import type { ActionSource } from '../action';
import { toLspCodeAction } from '../convert';

/** The fixes of the findings at a place. */
export const fixActions: ActionSource = {
  kind: 'quickfix',
  actions: ({ text, file, span }, { open }) => codeActions(file, open.findings(text), span).map((action) => toLspCodeAction(action, text.uri, text)),
};
