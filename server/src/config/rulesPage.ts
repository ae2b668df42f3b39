import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** From the bundle in `dist/`, and from the compiled sources. */
const PLACES = ['../docs/rules.md', '../../../../docs/rules.md'];

let pages: ReadonlyMap<string, string> | undefined;

/** The heading of a rule in the page that is shipped with the server, as a uri with its line; the page is read when somebody first asks. */
export function ruleDocs(rule: string): string | undefined {
  pages ??= readPages();
  return pages.get(rule);
}

function readPages(): ReadonlyMap<string, string> {
  for (const place of PLACES) {
    const path = join(__dirname, place);
    try {
      const { href } = pathToFileURL(path);
      const lines = readFileSync(path, 'utf8').split('\n');
      return new Map(lines.flatMap((line, at) => (line.startsWith('## ') ? [[line.slice(3).trim(), `${href}#L${at + 1}`] as const] : [])));
    } catch {
      // not there: the next place, else no page at all
    }
  }
  return new Map();
}
