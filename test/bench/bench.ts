import { spawnSync } from 'node:child_process';
import { cpus, tmpdir } from 'node:os';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { ROOT } from '../../server/src/tools/root';

/** Times whole commands, interleaved so that a busy moment of the machine hits all of them alike. */
function timeCommands(commands: Readonly<Record<string, readonly string[]>>, rounds: number): Map<string, number[]> {
  const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      if (round >= 0) times.get(name)?.push(ms); // the first two warm the page cache
    }
  }
  return times;
}

function quantile(times: readonly number[], q: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

function table(times: ReadonlyMap<string, readonly number[]>, floor: string): string {
  const base = quantile(times.get(floor) ?? [], 0.5);
  const rows = [...times].map(([name, all]) => `| ${name} | ${quantile(all, 0.5).toFixed(0)} ms | ${quantile(all, 0.95).toFixed(0)} ms | ${(quantile(all, 0.5) / base).toFixed(2)} × |`);
  return `| | median | p95 | ratio |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function timeOne(): Map<string, number[]> {
  return timeCommands(
  {
    '`node -e 0`': ['-e', '0'],
    'swarmspec validate, one JSON file': ['dist/cli.js', 'validate', 'examples/migrate.service.json'],
    'swarmspec validate, one YAML file': ['dist/cli.js', 'validate', 'examples/web.service.yaml'],
  },
  25,
);
}

/** A thousand small specs, and the barest loop there is over them: read, parse, one compiled schema. */
const FILES = 1000;

function timeMany(): Map<string, number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'swarmspec-bench-'));
  try {
    const commands: Record<string, string[]> = {};
    for (const [syntax, example] of Object.entries({ json: 'migrate.service.json', yaml: 'web.service.yaml' })) {
      const text = readFileSync(join(ROOT, 'examples', example), 'utf8');
      const inside = join(folder, syntax);
      mkdirSync(inside);
      for (let i = 0; i < FILES; i++) writeFileSync(join(inside, `s${i}.service.${syntax}`), text.replace('swarmspec-example', `swarmspec-example-${i}`));
      commands[`bare read + parse + ajv loop, ${syntax.toUpperCase()}`] = [__filename, 'loop', inside];
      commands[`swarmspec validate, ${syntax.toUpperCase()}, all rules`] = ['dist/cli.js', 'validate', inside];
    }
    return timeCommands(commands, 7);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(): void {
  const one = timeOne();
  const many = timeMany();
  const [json, yaml] = ['JSON', 'YAML'].map((syntax) => new Map([...many].filter(([name]) => name.includes(syntax))));
  const page = `# Performance

Written by \`npm run bench\`; do not edit. Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}. All rows of a table were timed in one run, turn by turn.

## One small file

Wall time of the whole command.

${table(one, '`node -e 0`')}
## ${FILES} small files

Wall time of the whole command. The bare loop reads each file, parses it (\`JSON.parse\`, the \`yaml\` package) and runs the schema compiled by ajv: no position, no rule of the engine.

${table(json, 'bare read + parse + ajv loop, JSON')}
${table(yaml, 'bare read + parse + ajv loop, YAML')}`;
  writeFileSync(join(ROOT, 'docs/performance.md'), page);
  console.log(page);
}

function loop(from: string): void {
  const check = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.json'), 'utf8')));
  for (const name of readdirSync(from)) {
    const text = readFileSync(join(from, name), 'utf8');
    if (!check(name.endsWith('json') ? JSON.parse(text) : parse(text))) throw new Error(`${name}: ${JSON.stringify(check.errors)}`);
  }
}

if (process.argv[2] === 'loop') loop(process.argv[3]);
else report();
