/** A glob, ready to be asked about many paths: `*`, `**`, `?`, `[a-z]`, `[!a-z]` and `{a,b}`; a backslash takes a character as it is. */
export interface Glob {
  readonly matches: (path: string) => boolean;
  /** Whether a file somewhere inside a folder may match, so that all other folders need not be read. */
  readonly mayHold: (folder: string) => boolean;
}

/** One part of a glob between slashes; `**` stands for any number of folders. */
type Segment = RegExp | '**';

/**
 * Makes a glob ready. `*`, `?` and `**` pass over names that begin with a dot unless `dot` is set, as shells do.
 */
export function compileGlob(glob: string, { dot = false } = {}): Glob {
  const patterns = expandBraces(glob).map((one) => one.split('/').map((part) => toSegment(part, dot)));
  const states = (path: string) => patterns.map((pattern) => run(pattern, path === '' ? [] : path.split('/'), dot));
  return {
    matches: (path) => states(path).some((reached, i) => reached.has(patterns[i].length)),
    mayHold: (folder) => states(folder).some((reached, i) => [...reached].some((state) => state < patterns[i].length)),
  };
}

const compiled = new Map<string, Glob>();

/** Whether the end of a path matches a glob. */
export function matchesGlob(path: string, glob: string): boolean {
  let ready = compiled.get(glob);
  if (!ready) compiled.set(glob, (ready = compileGlob(`**/${glob}`, { dot: true })));
  return ready.matches(path);
}

/** Whether a text is a glob rather than a path. */
export function isGlob(text: string): boolean {
  return /[*?{[]/.test(text);
}

/** Where in a pattern one can be after these parts of a path. */
function run(pattern: readonly Segment[], parts: readonly string[], dot: boolean): Set<number> {
  let reached = closure(pattern, [0]);
  for (const part of parts) {
    const next: number[] = [];
    for (const state of reached) {
      const segment = pattern[state];
      if (segment === '**') {
        if (dot || !part.startsWith('.')) next.push(state, ...(state === pattern.length - 1 ? [state + 1] : []));
      } else if (segment?.test(part)) next.push(state + 1);
    }
    reached = closure(pattern, next);
  }
  return reached;
}

/** `**` in the middle may stand for no folder at all; at the end it needs a name. */
function closure(pattern: readonly Segment[], states: readonly number[]): Set<number> {
  const all = new Set<number>();
  for (let state of states) {
    all.add(state);
    while (pattern[state] === '**' && state < pattern.length - 1) all.add(++state);
  }
  return all;
}

function toSegment(part: string, dot: boolean): Segment {
  if (part === '**') return '**';
  const pieces = [''];
  for (let i = 0; i < part.length; i++) {
    const char = part[i];
    const set = char === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(part.slice(i)) : null;
    if (char === '*') {
      pieces.push('');
      continue;
    }
    if (set) i += set[0].length - 1;
    const source = set ? `[${set[1] ? '^' : ''}${set[2].replaceAll(/[\\\]^[]/g, '\\$&')}]` : char === '?' ? '.' : escape(char === '\\' && i + 1 < part.length ? part[++i] : char);
    pieces[pieces.length - 1] += source;
  }
  const [first, ...rest] = pieces;
  const last = rest.pop();
  // what stands between two stars is found where it comes first, for good: no going back, so time grows with the length only
  const middle = rest.map((piece, i) => `(?=(.*?${piece}))\\${i + 1}`).join('');
  const hidden = dot || part.startsWith('.') ? '' : '(?!\\.)';
  try {
    return new RegExp(`^${hidden}${first}${middle}${last === undefined ? '' : `.*${last}`}$`, 's');
  } catch {
    return new RegExp(`^${escape(part)}$`); // a set such as `[z-a]` is no set
  }
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** `{a,b}` written out; braces that do not close are ordinary characters. */
function expandBraces(glob: string): string[] {
  for (let open = glob.indexOf('{'); open >= 0; open = glob.indexOf('{', open + 1)) {
    const choices: string[] = [];
    let depth = 0;
    let from = open + 1;
    for (let i = open; i < glob.length; i++) {
      if (glob[i] === '\\') i++;
      else if (glob[i] === '{') depth++;
      else if ((glob[i] === ',' && depth === 1) || (glob[i] === '}' && depth === 1)) {
        choices.push(glob.slice(from, i));
        from = i + 1;
        if (glob[i] !== '}') continue;
        return choices.flatMap((choice) => expandBraces(glob.slice(0, open) + choice + glob.slice(i + 1)));
      } else if (glob[i] === '}') depth--;
    }
  }
  return [glob];
}
