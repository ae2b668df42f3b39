import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';

/** What the processor is spent on. */
export const PARTS = {
  garbage: 'collecting garbage',
  files: 'reading files',
  parsing: 'parsing, and whether that may be trusted',
  facts: 'the facts',
  rules: 'the rules, and which of them to run',
  findings: 'findings, suppressions, targets',
  command: 'paths, options, reports',
  start: 'the start',
  other: 'other',
} as const;
type Part = (typeof PARTS)[keyof typeof PARTS];

/** By the name and the place of a function; the first that fits counts. */
const PLACES: readonly (readonly [Part, RegExp])[] = [
  [PARTS.garbage, /^\(garbage collector\)/],
  [PARTS.files, /^(readFileUtf8|read|open|fstat|close|readdir|lstat|stat) |node:(internal\/)?fs/],
  [PARTS.parsing, /server\/src\/document\//],
  [PARTS.facts, /server\/src\/(schema|facts)\//],
  [PARTS.rules, /server\/src\/(rules|grammar|remember)/],
  [PARTS.findings, /server\/src\/(features|finding|target|path|config)/],
  [PARTS.command, /server\/src\/cli\/|node:path/],
  [PARTS.start, /node:internal|^(Script|compileFunction|wrapSafe)/],
];

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Shares of the time of `swarmspec validate` on one processor, the largest first. The code is the one that tests run, whose files have names. */
export function shares(folder: string): (readonly [part: Part, share: number])[] {
  const out = mkdtempSync(join(tmpdir(), 'swarmspec-profile-'));
  try {
    const run = `require(${JSON.stringify(join(ROOT, 'out/server/src/cli/run.js'))}).run()`;
    execFileSync('taskset', ['-c', '0', process.execPath, '--cpu-prof', '--cpu-prof-interval', '250', '--cpu-prof-dir', out, '-e', run, 'swarmspec', 'validate', folder], { cwd: ROOT, stdio: 'ignore' });
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(out, readdirSync(out)[0]), 'utf8')) as CpuProfile;
    const partOf = new Map(nodes.map(({ id, callFrame: { functionName, url } }) => [id, PLACES.find(([, where]) => where.test(`${functionName} ${url}`))?.[0] ?? PARTS.other]));
    const sums = new Map<Part, number>();
    for (const [i, id] of samples.entries()) {
      const part = partOf.get(id) ?? PARTS.other;
      sums.set(part, (sums.get(part) ?? 0) + timeDeltas[i]);
    }
    const all = timeDeltas.reduce((sum, delta) => sum + delta, 0);
    return [...sums].map(([part, sum]) => [part, sum / all] as const).sort(([, a], [, b]) => b - a);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
