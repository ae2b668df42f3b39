/** A command line cut into words the way a shell does: quotes, backslashes. Undefined for a quote that is never closed. */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quote === "'") {
      if (char === "'") quote = '';
      else word += char;
    } else if (char === '\\' && (quote === '' || /["\\$`\n]/.test(text[i + 1] ?? ''))) {
      word = (word ?? '') + (text[++i] ?? '');
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

/** The words of a command line. One with a backslash, which may be a path of Windows, is not taken apart: it is one word or none. */
export function splitCommand(text: string): string[] | undefined {
  if (!text.includes('\\')) return splitWords(text);
  return /\s/.test(text.trim()) ? undefined : [text.trim()];
}
