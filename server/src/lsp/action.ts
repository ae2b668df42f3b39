import type { CodeAction } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SpecFile } from '../document/document';
import type { Span } from '../path';
import type { Session } from './session';

/** What code actions are asked for. */
export interface ActionRequest {
  readonly text: TextDocument;
  readonly file: SpecFile;
  /** In the file. */
  readonly span: Span;
}

/** A source of code actions. Adding one is a file in `actions/` and its line in `handlers/codeActions.ts`. */
export interface ActionSource {
  /** The kinds of its actions, such as `quickfix` or `source.fixAll.swarmspec`; it is not asked when a client wants others only. */
  readonly kinds: readonly string[];
  actions(request: ActionRequest, session: Session): CodeAction[];
}

/** What a whole-file edit needs to be told again when it is wanted: the answer to the first request has no edit yet. */
export interface LazyEdit {
  readonly uri: string;
  readonly id: 'fixAll' | 'sortKeys';
  /** Only the findings of this rule. */
  readonly rule?: string;
}
