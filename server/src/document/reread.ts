import { changeBetween } from './change';
import type { SpecDocument } from './document';
import { readModeline } from './modeline';
import type { Parsed } from './node';
import { rereadJson } from './rereadJson';
import { rereadYaml } from './rereadYaml';

/** A modeline or `$schema` stands at the beginning. */
const MODELINE_WITHIN = 4096;

/**
 * A document after a change of its text, with what did not change taken over: only the members of the innermost
 * collection around the change are read again, and the objects and lists elsewhere are the same ones as before.
 *
 * Gives exactly what reading the whole text gives, which a differential test over random edits holds; undefined
 * wherever that is not sure.
 */
export function rereadDocument(before: SpecDocument, text: string): SpecDocument | undefined {
  const change = changeBetween(before.text, text);
  if (!change) return before;
  // all is read faster than most, as nothing of it has to be put together
  if (change.newEnd - change.start > text.length / 2) return undefined;
  const parsed: Parsed | undefined = before.syntax === 'json' ? rereadJson(before, text, change) : rereadYaml(before, text, change);
  return parsed && { text, syntax: before.syntax, modeline: change.start >= MODELINE_WITHIN ? before.modeline : readModeline(text, before.syntax), ...parsed };
}

