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
