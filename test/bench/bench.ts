import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { features } from './features';
import { loop } from './loops';
import { memory } from './memory';
import { installPeers } from './peers';
import { startUp } from './startUp';
import { throughput } from './throughput';
import { typing } from './typing';

/** The parts of the report, in its order; `npm run bench -- typing start` runs some, and the others stay as they are. */
const SECTIONS: Readonly<Record<string, () => string | Promise<string>>> = { typing, features, start: startUp, throughput, memory };

const PAGE = join(ROOT, 'docs/performance.md');

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`);
  installPeers();
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const parts: string[] = [];
  for (const [name, run] of Object.entries(SECTIONS)) {
    const wanted = names.length === 0 || names.includes(name);
    const known = between(before, name);
    if (!wanted) parts.push(known ?? '');
    else parts.push(`<!-- ${name} -->\n${(await run()).trim()}\n\nMeasured on Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, load of the machine ${loadavg()[0].toFixed(1)} at the end.\n<!-- end of ${name} -->`);
    console.log(parts.at(-1));
  }
  writeFileSync(
    PAGE,
    `# Performance

Written by \`npm run bench\`, at ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim()} or later; do not edit. Each promise stands beside what was measured; peers ran in the same minutes, turn by turn, on the same machine, which other work shares. CPU time and ratios are steadier
than wall time. \`npm run bench -- typing\` runs one part.

${parts.filter(Boolean).join('\n\n')}
`,
  );
}

function between(page: string, name: string): string | undefined {
  const start = page.indexOf(`<!-- ${name} -->`);
  const last = `<!-- end of ${name} -->`;
  const end = page.indexOf(last);
  return start >= 0 && end >= 0 ? page.slice(start, end + last.length) : undefined;
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'loop') loop(rest[0], rest[1]);
else
  main(first === undefined ? [] : [first, ...rest]).then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
