import { expandTemplate } from './goTemplate';

/** Whether a path is absolute on Linux or on Windows; which of them a node runs is not known here. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|\\|[A-Za-z]:[\\/])/.test(path);
}

/** A text with its templates expanded for a made-up task; undefined where that fails or cannot be told. */
export function expanded(text: string | undefined): string | undefined {
  const expansion = expandTemplate(text ?? '');
  return expansion.kind === 'text' ? expansion.text : undefined;
}

/** A path the way Go's `filepath.Clean` writes it: no double slashes, no dot segments, no slash at the end. */
export function cleaned(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
