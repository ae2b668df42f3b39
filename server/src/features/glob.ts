/** Whether the end of a path matches a glob of `*`, `**`, `?` and `{a,b}`. */
export function matchesGlob(path: string, glob: string): boolean {
  let pattern = '';
  let braces = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i];
    if (glob.startsWith('**/', i)) {
      pattern += '(?:[^/]+/)*';
      i += 2;
    } else if (glob.startsWith('**', i)) {
      pattern += '.*';
      i++;
    } else if (char === '*') pattern += '[^/]*';
    else if (char === '?') pattern += '[^/]';
    else if (char === '{') {
      braces++;
      pattern += '(?:';
    } else if (char === '}' && braces > 0) {
      braces--;
      pattern += ')';
    } else if (char === ',' && braces > 0) pattern += '|';
    else pattern += char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  if (braces > 0) return false;
  return new RegExp(`(?:^|/)${pattern}$`).test(path);
}
