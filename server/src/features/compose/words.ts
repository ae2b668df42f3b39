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

/**
 * A text of a compose file with its variables replaced by what they stand for when nothing is set: `$$` is a dollar sign,
 * `${NAME:-text}` is the text. `left` are the variables that have no default; they stay as they are written.
 */
export function withDefaults(text: string): { readonly text: string; readonly left: readonly string[]; readonly replaced: readonly string[] } {
  const left: string[] = [];
  const replaced: string[] = [];
  const result = text.replaceAll(/\$\$|\$\{([A-Za-z_]\w*)(?::?-([^{}]*))?[^}]*\}|\$([A-Za-z_]\w*)/g, (whole, name: string | undefined, fallback: string | undefined, bare: string | undefined) => {
    if (whole === '$$') return '$';
    if (fallback !== undefined) {
      replaced.push(name!);
      return fallback;
    }
    left.push((name ?? bare)!);
    return whole;
  });
  return { text: result, left, replaced };
}
