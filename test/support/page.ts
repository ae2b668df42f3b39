import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';

export interface Page {
  /** From the root of the project, such as `docs/performance.md`. */
  readonly file: string;
  readonly title: string;
  /** What stands before the sections; given the commit that they were measured at. */
  readonly intro: (commit: string) => string;
  /** By name, in the order of the page: what measures and tells. */
  readonly sections: Readonly<Record<string, () => string | Promise<string>>>;
}

/** Measures the sections that are named, or all, and writes the page; the others stay as they were. */
export async function writePage({ file, title, intro, sections }: Page, names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(sections, name));
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`);
  const path = join(ROOT, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const parts: string[] = [];
  for (const [name, run] of Object.entries(sections)) {
    if (names.length > 0 && !names.includes(name)) {
      parts.push(between(before, name) ?? '');
      continue;
    }
    parts.push(`<!-- ${name} -->\n${(await run()).trim()}\n\nMeasured on Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, load of the machine ${loadavg()[0].toFixed(1)} at the end.\n<!-- end of ${name} -->`);
    console.log(parts.at(-1));
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  writeFileSync(path, `# ${title}\n\n${intro(commit)}\n\n${parts.filter(Boolean).join('\n\n')}\n`);
}

function between(page: string, name: string): string | undefined {
  const start = page.indexOf(`<!-- ${name} -->`);
  const last = `<!-- end of ${name} -->`;
  const end = page.indexOf(last);
  return start >= 0 && end >= 0 ? page.slice(start, end + last.length) : undefined;
}
