import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { median, ms, p95, type Command, spread, table, timeCommands, verdict } from './measure';
import { named, peer, PLACE } from './peers';

const FILES = 10_000;
/** The slow peers see these many; their times are told for as many files as all others see. */
const FEW = 100;

const BENCH = join(ROOT, 'out/test/bench/bench.js');

function write(folder: string, syntax: string, example: string, count: number): string {
  const inside = join(folder, `${syntax}-${count}`);
  mkdirSync(inside, { recursive: true });
  const text = readFileSync(join(ROOT, 'examples', example), 'utf8');
  for (let i = 0; i < count; i++) writeFileSync(join(inside, `s${i}.service.${syntax}`), text.replace('swarmspec-example', `swarmspec-example-${i}`));
  return inside;
}

export function throughput(): string {
  const folder = join(PLACE, 'files');
  try {
    return (['json', 'yaml'] as const).map((syntax) => compare(folder, syntax)).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(folder: string, syntax: 'json' | 'yaml'): string {
  const example = syntax === 'json' ? 'migrate.service.json' : 'web.service.yaml';
  const all = write(folder, syntax, example, FILES);
  const few = write(folder, syntax, example, FEW);
  const fastest = syntax === 'json' ? '`JSON.parse` and ajv' : 'js-yaml and ajv';
  const ours = `swarmspec validate, one processor`;
  const both = 'swarmspec validate, two processors';
  const commands: Record<string, Command> = {
    [`bare loop: ${fastest}`]: { args: [BENCH, 'loop', syntax === 'json' ? 'json' : 'js-yaml', all], processors: '0' },
    [ours]: { args: ['dist/cli.js', 'validate', all], processors: '0' },
    [both]: { args: ['dist/cli.js', 'validate', all] },
    ...(syntax === 'yaml' ? { 'bare loop: the `yaml` package and ajv': { args: [BENCH, 'loop', 'yaml', all], processors: '0', rounds: 2 } } : {}),
    'ajv-cli': { args: [peer('ajv-cli/dist/index.js'), 'validate', '--strict=false', '-s', 'schemas/service-spec.json', '-d', join(all, '*')], processors: '0', rounds: 2 },
    [`v8r, ${FEW} files`]: { args: [peer('v8r/src/index.js'), '--schema', 'schemas/service-spec.json', join(few, '*')], processors: '0', rounds: 1 },
    [`Spectral, ${FEW} files`]: { args: [peer('@stoplight/spectral-cli/dist/index.js'), 'lint', '--ruleset', ruleset(folder), join(few, '*')], processors: '0', rounds: 1, codes: [0, 1] },
  };
  const times = timeCommands(commands, 7);
  const wall = (name: string) => median(times.get(name)?.wall ?? []);
  const base = wall(`bare loop: ${fastest}`);
  const rows = [...times].map(([name, timed]) => {
    const factor = name.includes(`${FEW} files`) ? FILES / FEW : 1;
    const ratio = (median(timed.wall) * factor) / base;
    const kept = name === ours ? verdict(ratio <= 1.5) : name === both ? verdict(wall(ours) / wall(both) >= 1.7) : factor > 1 ? verdict(ratio * (base / wall(ours)) >= 20) : '';
    const said = name === both ? `${(wall(ours) / wall(both)).toFixed(2)} × faster than on one (1.7 ×)` : name === ours ? `${ratio.toFixed(2)} × (1.5 ×)` : factor > 1 ? `${((median(timed.wall) * factor) / wall(ours)).toFixed(0)} × of ours (20 ×), by the file` : `${ratio.toFixed(2)} ×`;
    return [name, ms(median(timed.wall)), ms(p95(timed.wall)), ms(timed.cpu.reduce((a, b) => a + b, 0) / timed.cpu.length), said, kept];
  });
  return `## ${FILES.toLocaleString('en')} small ${syntax.toUpperCase()} files

All rules on. The bare loops read, parse and run one compiled schema: no position, no rule of the engine. The slow peers see ${FEW} files. The times of the first row spread by ${spread(times.get(`bare loop: ${fastest}`)?.wall ?? [])}. Peers: ${named('ajv', 'js-yaml', 'yaml', 'ajv-cli', 'v8r', '@stoplight/spectral-cli')}.

${table(['', 'wall, median', 'p95', 'CPU, mean', 'ratio (promised)', 'promise'], rows)}`;
}

/** A ruleset of Spectral that holds a file against our schema, and nothing else. */
function ruleset(folder: string): string {
  const path = join(folder, 'spectral.json');
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.json'), 'utf8'));
  writeFileSync(path, JSON.stringify({ rules: { 'service-spec': { given: '$', severity: 'error', then: { function: 'schema', functionOptions: { schema } } } } }));
  return path;
}
