import { readVerdicts, type Verdict } from '../agreement/score';

let verdicts: Verdict[] | undefined;

/** The recorded verdicts of the engine, read once. */
export function corpus(): readonly Verdict[] {
  verdicts ??= readVerdicts();
  return verdicts;
}

/** Those whose text is JSON. */
export function jsonCorpus(): readonly Verdict[] {
  return corpus().filter(({ text }) => isJson(text));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
