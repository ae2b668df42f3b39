import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { OURS, type Server, start, YAML } from './client';
import { median, ms, p95, spread, table, timeCommands, verdict } from './measure';
import { named, peer } from './peers';

const ROUNDS = 25;

/** From the start of the process to the answer of `initialize`, and to the first diagnostics of a small file. */
async function timeServer(server: Server, text: string): Promise<{ initialized: number; diagnosed: number }> {
  const began = performance.now();
  const session = await start(server);
  const initialized = performance.now() - began;
  const uri = 'file:///bench/web.service.yaml';
  const first = session.diagnostics(uri);
  session.open(uri, server.languageId('yaml'), text);
  await first;
  const diagnosed = performance.now() - began;
  await session.stop();
  return { initialized, diagnosed };
}

export async function startUp(): Promise<string> {
  const floor = '`node -e 0`';
  const commands = timeCommands(
    {
      [floor]: { args: ['-e', '0'] },
      'swarmspec validate, one JSON file': { args: ['dist/cli.js', 'validate', 'examples/migrate.service.json'] },
      'swarmspec validate, one YAML file': { args: ['dist/cli.js', 'validate', 'examples/web.service.yaml'] },
      'ajv-cli, the same JSON file': { args: [peer('ajv-cli/dist/index.js'), 'validate', '--strict=false', '-s', 'schemas/service-spec.json', '-d', 'examples/migrate.service.json'] },
      'ajv-cli, the same YAML file': { args: [peer('ajv-cli/dist/index.js'), 'validate', '--strict=false', '-s', 'schemas/service-spec.json', '-d', 'examples/web.service.yaml'] },
    },
    ROUNDS,
    2,
  );
  const base = median(commands.get(floor)?.wall ?? []);
  const rows = [...commands].map(([name, { wall, cpu }]) => [name, ms(median(wall)), ms(p95(wall)), ms(cpu.reduce((a, b) => a + b, 0) / cpu.length), `${(median(wall) / base).toFixed(2)} ×`, name.startsWith('swarmspec') ? verdict(median(wall) / base <= 1.6) : '']);
  const text = readFileSync(join(ROOT, 'examples/web.service.yaml'), 'utf8');
  const ours: { initialized: number; diagnosed: number }[] = [];
  const theirs: typeof ours = [];
  for (let round = 0; round < 10; round++) {
    ours.push(await timeServer(OURS, text));
    theirs.push(await timeServer(YAML, text));
  }
  const figures = (['initialized', 'diagnosed'] as const).map((what) => {
    const [own, other] = [ours, theirs].map((list) => list.map((one) => one[what]));
    const times = median(other) / median(own);
    return [what === 'initialized' ? '`initialize` answered' : 'first diagnostics of a small file', ms(median(own)), ms(p95(own)), ms(median(other)), ms(p95(other)), `${times.toFixed(1)} × (3 ×)`, verdict(times >= 3)];
  });
  return `## Start

### The command

Wall time of the whole command, ${ROUNDS} rounds. Promised: at most 1.6 times \`node -e 0\`. The times of \`node -e 0\` itself spread by ${spread(commands.get(floor)?.wall ?? [])}. Peer: ${named('ajv-cli')}.

${table(['', 'median', 'p95', 'CPU, mean', 'ratio', 'promise'], rows)}
### The server

From the start of the process, 10 rounds, turn by turn with ${named('yaml-language-server')}. The debounce counts here.

${table(['', 'swarmspec', 'p95', 'peer', 'p95', 'times faster (promised)', 'promise'], figures)}`;
}
