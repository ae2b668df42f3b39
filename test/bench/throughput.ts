import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument, type Syntax } from '../../server/src/document/document';
import { toJson } from '../../server/src/document/value';
import { ROOT } from '../../server/src/tools/root';
import { median, ms, p95, type Command, spread, table, timeCommands, verdict } from './measure';
import { named, peer } from './peers';
import { PARTS, shares } from './profile';

const FILES = 10_000;
/** The slow peers see these many; their times are told for as many files as all others see. */
const FEW = 100;

const BENCH = join(ROOT, 'out/test/bench/bench.js');

/** Files that hold one spec each, with nothing to say of it: a fleet, alike in how it is run and different in what runs. */
function write(folder: string, syntax: Syntax, count: number): string {
  const inside = join(folder, `${syntax}-${count}`);
  mkdirSync(inside, { recursive: true });
  const yaml = readFileSync(join(ROOT, 'examples/web.service.yaml'), 'utf8');
  const text = syntax === 'yaml' ? yaml : toJson(readDocument(yaml, 'yaml').value ?? null, 2);
  for (let i = 0; i < count; i++) writeFileSync(join(inside, `s${i}.service.${syntax}`), OTHERS.reduce((one, [what, by]) => one.replace(what, by(i)), text));
  return inside;
}

/** What is different in each file. */
const OTHERS: readonly (readonly [string | RegExp, (i: number) => string])[] = [
  ['swarmspec-example', (i) => `swarmspec-example-${i}`],
  ['nginx:1.27-alpine', (i) => `registry.example/team-${i % 40}/app-${i}:1.${i % 30}.${i % 7}`],
  ['TZ=Europe/Berlin', (i) => `SHARD=${i}`],
  ['platform', (i) => `team-${i % 40}`],
  [/(?<=PublishedPort"?: )\d+/, (i) => String(10_000 + i)],
  [/(?<=Replicas"?: )\d+/, (i) => String(1 + (i % 5))],
  [/134217728/, (i) => String(2 ** 27 * (1 + (i % 4)))],
];

export function throughput(): string {
  // outside of the project: v8r looks at no file that git ignores
  const folder = mkdtempSync(join(tmpdir(), 'swarmspec-bench-'));
  try {
    return [...(['json', 'yaml'] as const).map((syntax) => compare(folder, syntax)), compareMemory(folder)].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the command holds at most, for a tenth of the files and for all. */
function compareMemory(folder: string): string {
  const peak = (count: number): number => {
    const { status, stderr } = spawnSync(process.execPath, ['--require', join(ROOT, 'out/test/bench/peak.js'), 'dist/cli.js', 'validate', write(folder, 'yaml', count)], { cwd: ROOT, encoding: 'utf8' });
    const [, kib] = /^peak (\d+)$/m.exec(stderr) ?? [];
    if (status !== 0 || !kib) throw new Error(`validate ended with ${status}: ${stderr}`);
    return Number(kib) / 1024;
  };
  const [some, all] = [FILES / 10, FILES].map((count) => median([1, 2, 3].map(() => peak(count))));
  return `## Memory for many files

${table(['', 'held at most', 'promise'], [
  [`${(FILES / 10).toLocaleString('en')} YAML files`, `${some.toFixed(0)} MiB`, ''],
  [`${FILES.toLocaleString('en')} YAML files`, `${all.toFixed(0)} MiB`, `flat but for the names of the files and the heat of the machine code (less than half as much again): ${verdict(all < some * 1.5)}`],
])}`;
}

function compare(folder: string, syntax: Syntax): string {
  const all = write(folder, syntax, FILES);
  const few = write(folder, syntax, FEW);
  const fastest = syntax === 'json' ? '`JSON.parse` and ajv' : 'js-yaml and ajv';
  const ours = `swarmspec validate, one processor`;
  const both = 'swarmspec validate, two processors';
  const parser = syntax === 'json' ? 'json' : 'js-yaml';
  const half = 'swarmspec validate, one processor, half of the files';
  const halves = 'swarmspec validate, two processes, half of the files each';
  const commands: Record<string, Command> = {
    [`bare loop: ${fastest}`]: { args: [BENCH, 'loop', parser, all], processors: '0' },
    [ours]: { args: ['dist/cli.js', 'validate', all], processors: '0' },
    [both]: { args: ['dist/cli.js', 'validate', all] },
    [half]: { args: ['dist/cli.js', 'validate', write(folder, syntax, FILES / 2)], processors: '0' },
    [halves]: { args: ['dist/cli.js', 'validate', write(folder, syntax, FILES / 2)], twice: true },
    ...(syntax === 'yaml' ? { 'bare loop: the `yaml` package and ajv': { args: [BENCH, 'loop', 'yaml', all], processors: '0', rounds: 2 } } : {}),
    'ajv-cli': { args: [peer('ajv-cli/dist/index.js'), 'validate', '--strict=false', '-s', 'schemas/service-spec.json', '-d', join(all, '*')], processors: '0', rounds: 2 },
    [`v8r, ${FEW} files`]: { args: [peer('v8r/src/index.js'), '--schema', join(ROOT, 'schemas/service-spec.json'), '*'], processors: '0', rounds: 1, cwd: few },
    [`Spectral, ${FEW} files`]: { args: [peer('@stoplight/spectral-cli/dist/index.js'), 'lint', '--ruleset', ruleset(folder), join(few, '*')], processors: '0', rounds: 1, codes: [0, 1] },
  };
  const times = timeCommands(commands, 7);
  const wall = (name: string) => median(times.get(name)?.wall ?? []);
  const base = wall(`bare loop: ${fastest}`);
  const rows = [...times].map(([name, timed]) => {
    const factor = name.includes(`${FEW} files`) ? FILES / FEW : 1;
    const ratio = (median(timed.wall) * factor) / base;
    const kept = name === ours ? verdict(ratio <= 1.5) : name === both ? verdict(wall(ours) / wall(both) >= 1.7) : factor > 1 ? verdict(ratio * (base / wall(ours)) >= 20) : '';
    const said = name === half ? '' : name === halves ? `${(wall(ours) / wall(halves)).toFixed(2)} × faster than one with all` : name === both ? `${(wall(ours) / wall(both)).toFixed(2)} × faster than on one (1.7 ×)` : name === ours ? `${ratio.toFixed(2)} × (1.5 ×)` : factor > 1 ? `${((median(timed.wall) * factor) / wall(ours)).toFixed(0)} × of ours (20 ×), by the file` : `${ratio.toFixed(2)} ×`;
    return [name, ms(median(timed.wall)), ms(p95(timed.wall)), ms(timed.cpu.reduce((a, b) => a + b, 0) / timed.cpu.length), said, kept];
  });
  return `## ${FILES.toLocaleString('en')} small ${syntax.toUpperCase()} files

All rules on; each file has a name, an image, a variable and a port of its own. The bare loops read, parse and run one compiled schema: no position, no rule of the engine. The slow peers see ${FEW} files. The times of the first row spread by ${spread(times.get(`bare loop: ${fastest}`)?.wall ?? [])}. Peers: ${named('ajv', 'js-yaml', 'yaml', 'ajv-cli', 'v8r', '@stoplight/spectral-cli')}.

${table(['', 'wall, median', 'p95', 'CPU, mean', 'ratio (promised)', 'promise'], rows)}
Half of the files take ${percent(wall(half) / wall(ours))} of the time of all on one processor: the start, and the first thousands of files, which V8 checks slowly while it makes machine code, once in each thread. So two processors can be ${(wall(ours) / wall(half)).toFixed(2)} × faster
at most where each does half, with nothing to tell each other; two processes that do just that reach ${(wall(ours) / wall(halves)).toFixed(2)} ×.

${whereItGoes(all, wall(ours), base * 1.5)}`;
}

/** What the time of one processor is spent on, and what it could not be without. */
function whereItGoes(folder: string, oursMs: number, promisedMs: number): string {
  const parts = shares(folder);
  const needed = parts.filter(([part]) => NEEDED.includes(part)).reduce((sum, [, share]) => sum + share, 0);
  return `Where the ${ms(oursMs)} go, by a profile (\`--cpu-prof\`) of the code before it is bundled: ${NEEDED.join(', ')} take ${percent(needed)} by themselves, ${ms(needed * oursMs)} of the ${ms(promisedMs)} that are promised for all.

${table(['', 'share'], parts.map(([part, share]) => [part, percent(share)]))}`;
}

/** What no validator does without. */
const NEEDED: readonly string[] = [PARTS.files, PARTS.parsing, PARTS.garbage, PARTS.start];

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** A ruleset of Spectral that holds a file against our schema, and nothing else. */
function ruleset(folder: string): string {
  const path = join(folder, 'spectral.json');
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.json'), 'utf8'));
  writeFileSync(path, JSON.stringify({ rules: { 'service-spec': { given: '$', severity: 'error', then: { function: 'schema', functionOptions: { schema } } } } }));
  return path;
}
