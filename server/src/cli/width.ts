import { withoutControls } from '../controls';

/**
 * How a stretch of a line looks on a terminal: tabs as spaces, characters that would move the cursor or turn the text
 * around as visible marks, and how many columns it takes.
 */
export interface Shown {
  readonly text: string;
  readonly width: number;
}

const TAB = '    ';

/** Most lines are ASCII without tabs, where a character is a column. */
const PLAIN = /^[\x20-\x7e]*$/;

export function shownText(text: string): Shown {
  if (PLAIN.test(text)) return { text, width: text.length };
  const visible = withoutControls(text.replaceAll('\t', TAB));
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(visible)) width += widthOf(segment);
  return { text: visible, width };
}

/** Columns of one grapheme: what is joined or put above something takes no room of its own. */
function widthOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (/^[\p{M}\p{Cf}\u200b]+$/u.test(grapheme)) return 0;
  return isWide(code) || /\p{Emoji_Presentation}|\ufe0f/u.test(grapheme) ? 2 : 1;
}

/** The East Asian wide and full-width blocks (Unicode TR 11), by their ends. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0x303e) || (code >= 0x3041 && code <= 0xa4cf && code !== 0x303f) || (code >= 0xa960 && code <= 0xa97f) ||
    (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe10 && code <= 0xfe19) || (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1b000 && code <= 0x1b2ff) || (code >= 0x20000 && code <= 0x3fffd)
  );
}
