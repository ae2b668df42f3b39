import { existsSync } from 'node:fs';
import { main } from '../cli/main';
import type { Terminal } from '../cli/command';
import { connect } from '../engine/client';
import { resolveHost } from '../engine/resolve';
import { ROOT } from './root';

/** `npm start`: the main job on the examples, with a line before each step that says what is shown. */
async function tour(): Promise<void> {
  const terminal: Terminal = {
    out: (text) => void process.stdout.write(text), err: (text) => void process.stdout.write(text), color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    stdin: () => '', cwd: ROOT, env: process.env,
  };
  const step = (title: string, command: string) => console.log(`\n── ${title}\n$ swarmspec ${command}\n`);
  const run = async (title: string, expected: number[], ...args: string[]) => {
    step(title, args.join(' '));
    const code = await main(args, terminal);
    if (!expected.includes(code)) throw new Error(`swarmspec ${args.join(' ')} ended with ${code}`);
  };
  await run('Two good specs, YAML and JSON', [0], 'validate', 'examples/web.service.yaml', 'examples/migrate.service.json');
  await run('A broken one: what the engine would refuse, lose or change, all at once', [1], 'validate', 'examples/broken.service.yaml');
  await run('Why', [0], 'explain', 'unknown-field');

  const host = resolveHost(process.env);
  const unreachable = host.kind === 'problem' ? host.message : host.kind === 'unix' && !existsSync(host.socketPath) ? `There is no socket at \`${host.address}\`.` : await trouble(host);
  if (unreachable === undefined) {
    await run('What applying the good ones would change on your engine (nothing is sent)', [0, 1], 'plan', 'examples/web.service.yaml', 'examples/migrate.service.json');
  } else {
    console.log(`\n── No plan against an engine: ${unreachable}\n   With one in swarm mode (\`docker swarm init\`), \`npm start\` also shows what applying would change.`);
  }
  console.log('\nNext: open examples/ in an editor (docs/editors.md), or run `node dist/cli.js --help`.');
}

async function trouble(host: Exclude<ReturnType<typeof resolveHost>, { kind: 'problem' }>): Promise<string | undefined> {
  try {
    const { swarm } = await connect(host, { timeoutMs: 3000 }).ping();
    return swarm === 'manager' ? undefined : `The engine at \`${host.address}\` is no swarm manager.`;
  } catch (error) {
    return (error as Error).message;
  }
}

tour().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
