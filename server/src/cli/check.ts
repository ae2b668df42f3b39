import { readFile } from '../document/document';
import { syntaxOf } from '../features/specFiles';
import { validate, type ValidateOptions } from '../features/validate';
import { type FileReport, toReport } from './report';

export interface CheckOptions extends ValidateOptions {
  /** Whether the fixes are written out as replacements of text. */
  readonly edits?: boolean;
}

/** Reads and checks the text of one file: a function of its arguments, for whichever thread. */
export function checkText(path: string, text: string, options: CheckOptions): FileReport {
  const file = readFile(text, syntaxOf(path, text));
  return toReport({ path, file, findings: validate(file, options), target: options.target(file.documents[0].document) }, options);
}
