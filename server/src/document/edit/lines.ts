/** Moves lines from one indentation to another: all but the first, which stands where it is put, unless asked. */
export function shift(text: string, from: string, to: string, first = false): string {
  return text
    .split('\n')
    .map((line, i) => {
      if (i === 0 && !first) return line;
      if (line.trim() === '') return '';
      return line.startsWith(from) ? to + line.slice(from.length) : to + line.trimStart();
    })
    .join('\n');
}

/** The end of the line (its newline included) on which a block value ends. */
export function lineEndAfter(text: string, offset: number): number {
  const newline = text.indexOf('\n', Math.max(0, offset - (text[offset - 1] === '\n' ? 1 : 0)));
  return newline < 0 ? text.length : newline + 1;
}

/** The end of a line without its newline, however that is written. */
export function withoutNewline(text: string, lineEnd: number): number {
  return lineEnd - (/\r?\n$/.exec(text.slice(Math.max(0, lineEnd - 2), lineEnd))?.[0].length ?? 0);
}

/** Where the line of an offset begins; that of the first is behind a byte order mark. */
export function lineStartAt(text: string, offset: number): number {
  const newline = offset > 0 ? text.lastIndexOf('\n', offset - 1) : -1;
  return newline < 0 && text.startsWith('\uFEFF') ? 1 : newline + 1;
}

/** How many characters stand before an offset on its line; in block style dashes count as indentation. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartAt(text, offset);
}

export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset)))?.[0] ?? '';
}
